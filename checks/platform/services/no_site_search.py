"""首页没有站内检索。

为什么：政府网站信息多，没有检索，公众找不到要看的文件。
看什么：首页有没有检索框，或者名为“搜索”“检索”“查询”的输入框、按钮、链接和脚本。
不报：首页打不开的；有任何一种检索入口的，无论由谁提供；只有一个跳转画面的。
整改：在页头提供站内检索，最好能按文件类型、日期、主题筛选。
依据：《政府网站发展指引》（国办发〔2017〕47号）“提供信息检索”；黄石港区2022年度通报“按照文件类型、日期、主题分类搜索”。

首页由没有读到的脚本或内嵌页面写出时，交人工核实，确认前不扣分。
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
from plugins.facts.answers.site_search import search_form
from plugins.facts.page.site_codes import without_comments
from plugins.facts.site.home import is_home, unread_part

RULE = Rule(
    __doc__,
    code="PLT501",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R51",),
    confidence=Confidence.HIGH,
)
TRACE = re.compile(r"搜索|检索|搜一搜|站内搜|全文搜|search|sousuo", re.IGNORECASE)
FEW_LINKS = 5


@hookimpl
def check_page(page: Page, site: Site) -> Iterator[Finding]:
    """Look at the home page only."""
    if not is_home(page, site) or search_form(page) is not None:
        return
    # A script, a button or a link that speaks of searching is an entry of some kind.
    if TRACE.search(without_comments(page.markup)):
        return
    doubt = unread_part(page)
    if len(page.links) < FEW_LINKS and not doubt:
        return
    tail = f"{doubt}，请人工核实。" if doubt else ""
    yield Finding(
        f"首页没有找到站内检索。{tail}",
        of=Subject(SubjectKind.SITE, site.host, site.host),
        where=(Evidence(page.address, selector="header"),),
        review=bool(doubt),
    )
