"""街道没有居务公开栏目。

为什么：居务公开是社区居民看得见的公开，补贴发放、公益服务和社区事务都要在这里公示。
看什么：台账登记为街道的每个单位，在本站有没有居务公开（村务、社区公开）栏目；栏目里的条目和下级栏目有没有写明是哪个社区的。
不报：部门；单位另有登记网站的；在本站什么也没有的街道（由DSC101报）；栏目空白的（由COL101、COL102报）；标题、来源或下级栏目写明社区、居委会或村的。
整改：在街道的政府信息公开专栏开设“居务公开”栏目，以社区为单位公开重要信息。
依据：江汉区全面推进基层政务公开标准化规范化工作实施方案“各街道在政府信息公开专栏中开设‘居务公开’栏目，以社区为单位公开重要信息”；港政公开发〔2022〕1号第（十二）条“以社区为单位通过居务公开栏公开”。

要求编号R49。看不出以社区为单位的，交人工核实；全站没有巡查完整的，也交人工核实。地方规定，其他地方可不执行，用 --without 关闭。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import Column, Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.language.titles import plain
from plugins.facts.site.doubts import unseen
from plugins.facts.site.unit_pages import UnitPages, UnitsOnSite, elsewhere

RULE = Rule(
    __doc__,
    code="DSC107",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R49",),
    confidence=Confidence.HIGH,
    absence=True,
)
NAME = re.compile(
    r"[居村]务(?:公开|公示|信息)?|[三村居]务公开|村\(居\)|居\(村\)|村居|社区(?:公开|公示|事务|居务|信息)"
)
COMMUNITY = re.compile(r"社区|居委会|居民委员会|村委会|[\u4e00-\u9fff]{2,4}村")
MAY_LEAD = re.compile(r"居务|村务|村居|社区")


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each street without the column, or whose column names no community."""
    streets = [
        one
        for one in known(UnitsOnSite, site).present()
        if one.unit.kind == "street" and not elsewhere(site, one.unit)
    ]
    if not streets:
        return
    found: dict[str, list[Column]] = {one.unit.name: [] for one in streets}
    for column in site.columns:
        if column.unit in found and NAME.search(plain("/".join((*column.above, column.name)))):
            found[column.unit].append(column)
    for one in streets:
        columns = found[one.unit.name]
        if columns:
            yield from _by_community(one, columns)
        elif not known(Holdings, site).matching(NAME, unit=one.unit.name):
            yield _none(site, one)


def _none(site: Site, one: UnitPages) -> Finding:
    doubts = unseen(site, MAY_LEAD)
    return Finding(
        f"{one.unit.name}没有居务公开栏目{doubts.aside()}。",
        key=one.unit.name,
        where=tuple(Evidence(column.url, column.name) for column in one.columns[:3])
        or (Evidence(site.url),),
        review=bool(doubts),
        unit=one.unit.name,
    )


def _by_community(one: UnitPages, columns: list[Column]) -> Iterator[Finding]:
    """Whether what stands in the column, or a column below it, says whose it is."""
    entries = [entry for column in columns for entry in column.entries]
    if not entries or any(column.empty is None for column in columns):
        return
    names = [column.name for column in columns]
    if any(COMMUNITY.search(name) for name in names if not NAME.search(plain(name))):
        return
    if any(COMMUNITY.search(f"{entry.title}{entry.text}") for entry in entries):
        return
    yield Finding(
        f"{one.unit.name}的居务公开栏目有{len(entries)}条信息，看不出是哪个社区的（请人工核实是否以社区为单位公开）。",
        key=one.unit.name,
        where=tuple(Evidence(column.url, column.name) for column in columns[:3]),
        review=True,
        unit=one.unit.name,
    )
