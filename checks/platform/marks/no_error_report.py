"""首页没有“我为政府网站找错”入口。

为什么：找错是全国统一的网民监督渠道，没有入口，群众发现错误无处反映。
看什么：首页（连同写出页脚的本站脚本）有没有找错的链接、图片、脚本（jiucuo.js）或标记，本站自办的“纠错”页面也算。
不报：首页打不开的；有任何一种入口的；没有标识码、无从接入的临时页面。
整改：从全国政府网站找错平台取得本站代码，加到网站统一页脚。
依据：《国务院办公厅关于印发政府网站发展指引的通知》（国办发〔2017〕47号）；国办秘函〔2019〕19号扣分指标“我为政府网站找错”；黄石港区2022年度通报对能力保障的评价。

首页的页脚可能由没有读到的脚本或内嵌页面写出时，交人工核实，确认前不扣分。留言是否按时办理，从网站上看不到。
"""

from __future__ import annotations

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
from plugins.facts.site.home import is_home, unread_part

RULE = Rule(
    __doc__,
    code="PLT304",
    severity=Severity.MINOR,
    deduct=2,
    requirements=("R23", "R54"),
    confidence=Confidence.HIGH,
)
FEW_LINKS = 5


@hookimpl
def check_page(page: Page, site: Site) -> Iterator[Finding]:
    """Look at the home page only."""
    if not is_home(page, site) or page.footer.get("error_report"):
        return
    doubt = unread_part(page)
    if len(page.links) < FEW_LINKS and not doubt:
        return
    tail = f"{doubt}，请人工核实。" if doubt else ""
    yield Finding(
        f"首页没有找到“我为政府网站找错”入口。{tail}",
        of=Subject(SubjectKind.SITE, site.host, site.host),
        where=(Evidence(page.address, selector="footer"),),
        review=bool(doubt),
    )
