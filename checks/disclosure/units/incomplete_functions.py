"""机构职能缺少要素。

为什么：只写职能，不写地址、电话和办公时间，群众还是不知道到哪里、什么时候、找谁。
看什么：在本站有页面的每个单位，名为机构职能的页面，连同同一单位的领导信息、联系方式、内设机构、公开指南等页面，合起来有没有机构职能、办公地址、联系电话、办公时间、负责人。
不报：没有机构职能页面的单位（由DSC102报）；机构职能只有图片、附件、外部链接或没有读到的；单位另有登记网站的；分写在几个页面上的。
整改：在机构职能页面补上缺少的要素，人员和电话变动后及时更新。
依据：《中华人民共和国政府信息公开条例》第二十条第（二）项“机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名”；黄石港区2022年度通报“机构职能说明均公开发布，信息准确无误”。

要求编号R26。只看写了没有，不能判断写得对不对。全站没有巡查完整、可能漏看的，交人工核实。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.holding import COLUMN, PAGE
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.kept.particulars import ABOUT, FUNCTIONS, PARTICULARS
from plugins.facts.site.doubts import unseen
from plugins.facts.site.unit_pages import UnitPages, UnitsOnSite, elsewhere

RULE = Rule(
    __doc__,
    code="DSC103",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R26",),
    confidence=Confidence.MEDIUM,
    absence=True,
)
PLACES = 5


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each unit, with what is missing."""
    if not known(UnitsOnSite, site).portal:
        return
    for one in known(UnitsOnSite, site).present():
        if elsewhere(site, one.unit) or not _read(site, one):
            continue
        given = {mark for page in one.profiles for mark in page.given}
        missing = [name for name in PARTICULARS if name not in given]
        if not missing:
            continue
        doubts = unseen(site, lambda words: FUNCTIONS.search(words) or ABOUT.search(words))
        yield Finding(
            f"{one.unit.name}的机构职能等页面没有写{'、'.join(missing)}{doubts.aside()}。",
            key=one.unit.name,
            where=tuple(Evidence(page.url, page.title) for page in one.profiles[:PLACES]),
            review=bool(doubts),
            unit=one.unit.name,
        )


def _read(site: Site, one: UnitPages) -> bool:
    """Whether all pages that are named 机构职能 could be read, and are long enough to lack something."""
    texts = [page for page in one.profiles if page.own]
    if not any(page.functions and page.told for page in texts):
        return False
    if any(not page.told for page in texts):
        return False
    held = known(Holdings, site).matching(FUNCTIONS, unit=one.unit.name)
    return all(thing.kind in (PAGE, COLUMN) for thing in held)
