"""首页标题为空或是建站软件的默认标题。

为什么：标题显示在浏览器标签、收藏夹和搜索结果里；写着“公司网站”“无标题文档”，公众无法辨认，也说明网站没有认真校对。
看什么：首页<title>里的文字：空的，或者就是“首页”“网站名称”“无标题文档”“公司网站”“Untitled”“Document”一类建站软件的默认值。
不报：写了网站名称的，无论长短和附加文字；其他网页；标题由脚本填写而没有在浏览器中打开的（交人工核实）。
整改：在站点设置里把标题改为网站全称。
依据：《政府网站发展指引》（国办发〔2017〕47号）附件《网页设计规范》；GB/T 37668—2019对网页标题的要求（转述，条文未核对）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import (
    Confidence,
    Evidence,
    Finding,
    Page,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
)
from plugins.facts.language.text import squeeze
from plugins.facts.site.home import is_home

RULE = Rule(
    __doc__,
    code="PLT309",
    severity=Severity.MINOR,
    deduct=0.5,
    requirements=("R63",),
    confidence=Confidence.HIGH,
)
DEFAULT = re.compile(
    r"(?:无标题(?:文档|页|页面)?|未命名(?:文档|页面|网页)?|新建(?:网页|文档|页面)(?:\s?\d)?|(?:我的)?网站(?:名称|标题)|网页标题|站点名称|公司(?:网站|名称|首页)|我的公司|企业网站|某某(?:单位|公司|政府|局)?(?:网站)?|XX+(?:单位|公司|政府|局)?(?:网站)?|test|demo|untitled(?:[ -]?(?:document|page|\d+))?|document|new page(?: \d+)?|welcome(?: to .*)?|index(?:\.\w+)?|home(?:page)?|title|首页|网站首页|vue app|react app)",
    re.IGNORECASE,
)


@hookimpl
def check_page(page: Page, site: Site) -> Iterator[Finding]:
    """Look at the home page only."""
    if not is_home(page, site):
        return
    node = page.tree.css_first("title")
    title = squeeze(node.text() if node is not None else "")
    if title and not DEFAULT.fullmatch(title):
        return
    doubt = "" if page.rendered or not page.needs_browser else "标题可能由脚本填写，请人工核实。"
    said = f"是默认的“{title[:40]}”，没有网站名称。" if title else "是空的。"
    yield Finding(
        f"首页标题{said}{doubt}",
        of=Subject(SubjectKind.SITE, site.host, site.host),
        where=(Evidence(page.address, title[:100], "title"),),
        review=bool(doubt),
    )
