"""部分网页没有底部标识。

为什么：底部标识区应当各页统一；从搜索引擎直接进到内页的公众，只能凭内页的标识辨认网站。
看什么：首页有、而某一类模板的网页全都没有的标识：网站标识码、党政机关网站标识、“找错”入口。每类模板至少看到pages页才下结论，按“标识＋模板”归并。
不报：首页也没有的（见PLT301、PLT304）；页脚可能由脚本、内嵌页面写出而没有读到的网页；打不开的页面；一类模板里有一页有标识的。
整改：把统一页脚加到所列模板，一次改好同类的全部网页。
依据：黄石港区2022年度通报“网站底部标识区”的要求；《政府网站发展指引》（国办发〔2017〕47号）关于各页头尾统一的要求。

可调整：pages（一类模板至少看到的页数，默认3）。模板按网址的样式划分，同类标识在全站缺得多时合并为一条。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, PageDigest, Rule, Severity, Site, hookimpl
from plugins.facts.kept.fittings import Fittings

NAMES = {"site_code": "网站标识码", "party_badge": "党政机关网站标识", "error_report": "“找错”入口"}
TEMPLATES = 5
PLACES = 20


@dataclass(frozen=True)
class Options:
    """Pages of a template that must be seen."""

    pages: int = 3


RULE = Rule(
    __doc__,
    code="PLT306",
    severity=Severity.MINOR,
    deduct=0.5,
    options=Options(),
    requirements=("R54",),
    confidence=Confidence.HIGH,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each mark and template; many templates are one finding."""
    own = site.home.get(Fittings) if site.home else None
    if own is None or own.unsure:
        return
    wanted = [mark for mark in NAMES if mark not in own.lacks]
    groups: dict[str, list[PageDigest]] = defaultdict(list)
    shown: dict[str, set[str]] = defaultdict(set)
    for page in site.pages.values():
        fittings = page.get(Fittings)
        if fittings is None or not page.readable or page.kind in ("home", "search"):
            continue
        template = page.template or page.kind
        if fittings.unsure:
            shown[template].update(NAMES)
            continue
        shown[template].update(mark for mark in NAMES if mark not in fittings.lacks)
        groups[template].append(page)
    for mark in wanted:
        bare = {
            template: pages
            for template, pages in groups.items()
            if mark not in shown[template] and len(pages) >= options.pages
        }
        if len(bare) > TEMPLATES:
            pages = [page for found in bare.values() for page in found]
            yield _finding(mark, f"{len(bare)}类模板的{len(pages)}页", "", pages)
            continue
        for template, pages in sorted(bare.items()):
            yield _finding(mark, f"模板 {template} 的{len(pages)}页", template, pages)


def _finding(mark: str, whose: str, template: str, pages: list[PageDigest]) -> Finding:
    return Finding(
        f"首页有{NAMES[mark]}，{whose}都没有。",
        key=f"{mark} {template}".strip(),
        where=tuple(
            Evidence(page.final_url or page.url, page.title, "footer") for page in pages[:PLACES]
        ),
    )
