"""没有依申请公开入口。

为什么：公民、法人有权申请公开政府信息；找不到入口，申请渠道就不畅通。
看什么：政府门户网站的栏目页有没有“依申请公开”入口；台账各单位在本站的栏目页（至少看到pages页）有没有一页带这个入口。
不报：有任何一页带入口的；非政府门户、又没有分设单位栏目的网站；看到的栏目页太少的单位；打不开的页面。
整改：在单位的政府信息公开页面加上依申请公开入口，链接到统一的申请平台。
依据：《中华人民共和国政府信息公开条例》（国令第711号）第三章；国办公开办函〔2019〕61号；黄石港区2022年度通报“增设了依申请公开在线平台”。

可调整：pages（一个单位至少看到多少栏目页才下结论，默认4）。本次没有看完全站，可能漏看入口的，交人工核实。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, PageDigest, Rule, Severity, Site, hookimpl
from plugins.facts.kept.fittings import ON_REQUEST, Fittings
from plugins.facts.site.doubts import NOT_ALL, unseen


@dataclass(frozen=True)
class Options:
    """Column pages of a unit that must be seen."""

    pages: int = 4


RULE = Rule(
    __doc__,
    code="DSC601",
    severity=Severity.MAJOR,
    deduct=2,
    options=Options(),
    requirements=("R52",),
    confidence=Confidence.HIGH,
    absence=True,
)
PORTAL = re.compile(r"(?:人民政府|管委会|管理委员会)(?:门户网站|网站|网)?$")
KINDS = ("home", "portal", "list", "form", "single")
PLACES = 10


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding on the whole site, or one for each unit without an entry."""
    units: dict[str, list[PageDigest]] = defaultdict(list)
    served: set[str] = set()
    entry = False
    for page in site.pages.values():
        fittings = page.get(Fittings)
        if fittings is None or not page.readable or page.kind not in KINDS:
            continue
        has = bool(fittings.request) or "request" in fittings.channel
        entry = entry or has
        units[page.unit].append(page)
        if has:
            served.add(page.unit)
    home = site.home
    if not entry:
        if home is None or not PORTAL.search(site.name):
            return
        doubts = unseen(site, ON_REQUEST, NOT_ALL)
        yield Finding(
            f"全站没有找到依申请公开入口。{doubts.sentence()}",
            where=(Evidence(home.url),),
            review=bool(doubts),
        )
        return
    for unit in site.units:
        pages = units.get(unit.name, [])
        if unit.name == site.unit or unit.name in served or len(pages) < options.pages:
            continue
        doubts = unseen(site, ON_REQUEST, NOT_ALL)
        yield Finding(
            f"{unit.name}的{len(pages)}个栏目页都没有依申请公开入口。{doubts.sentence()}",
            key=unit.name,
            where=tuple(Evidence(page.url, page.title) for page in pages[:PLACES]),
            review=bool(doubts),
        )
