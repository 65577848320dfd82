"""单位没有公开机构职能。

为什么：机构职能、办公地址、联系方式和负责人是法定主动公开的第一项，群众办事先要知道找谁。
看什么：在本站有页面的每个单位，有没有名为机构职能（机构概况、单位简介、主要职责等）的页面、栏目、附件或列表条目。
不报：没有登记单位的网站；单位另有登记网站的（可能放在那里）；网站主办单位自己；在本站什么也没有的单位（由DSC101报）。
整改：在单位页面设置机构职能栏目，公布职能、办公地址、办公时间、联系方式和负责人。
依据：《中华人民共和国政府信息公开条例》第二十条第（二）项；黄石港区2022年度通报“全区22个部门和5个街道（管理区）的机构职能说明均公开发布”。

要求编号R26。单位自己的网站上没有的，可能放在门户网站的单位页面上，只交人工核实。全站没有巡查完整、可能漏看的，也交人工核实。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.kept.particulars import FUNCTIONS
from plugins.facts.site.doubts import Doubts, unseen
from plugins.facts.site.unit_pages import UnitsOnSite, elsewhere

RULE = Rule(
    __doc__,
    code="DSC102",
    severity=Severity.MAJOR,
    deduct=2,
    requirements=("R26",),
    confidence=Confidence.HIGH,
    absence=True,
)
PORTAL = re.compile(r"(?:人民政府|管委会|管理委员会)(?:门户网站|网站|网)?$")
MAY_LEAD = re.compile(r"职[能责]|机构|概况|简介|介绍|三定|单位|部门")
PLACES = 3


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each unit without such a page."""
    if not known(UnitsOnSite, site).portal:
        yield from _own_site(site)
        return
    doubts: Doubts | None = None
    for one in known(UnitsOnSite, site).present():
        name = one.unit.name
        if one.functions or elsewhere(site, one.unit):
            continue
        if known(Holdings, site).matching(FUNCTIONS, unit=name):
            continue
        if doubts is None:
            doubts = unseen(site, MAY_LEAD)
        yield Finding(
            f"没有找到{name}的机构职能页面{doubts.aside()}。",
            key=name,
            where=tuple(Evidence(column.url, column.name) for column in one.columns[:PLACES])
            or (Evidence(site.url),),
            review=bool(doubts),
            unit=name,
        )


def _own_site(site: Site) -> Iterator[Finding]:
    """A unit's own site: what is not there may stand on the portal."""
    one = known(UnitsOnSite, site).by_name.get(site.unit)
    if one is None or PORTAL.search(site.name) or site.home is None:
        return
    if one.functions or known(Holdings, site).matching(FUNCTIONS):
        return
    yield Finding(
        f"{site.unit}的网站上没有找到机构职能页面，可能放在政府门户网站的单位页面上（请人工核实）。",
        key=site.unit,
        where=(Evidence(site.home.url),),
        review=True,
        unit=site.unit,
    )
