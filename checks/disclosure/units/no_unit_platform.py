"""单位没有政府信息公开页面或栏目。

为什么：政府信息公开由各单位分别负责；单位没有自己的页面，该它公开的内容就没有地方找。
看什么：台账登记的每个单位，在本站有没有写着单位名称的页面或栏目，能不能打开，里面有没有内容。
不报：只有一个单位发布内容的网站；网站的主办单位；台账登记了、或者本站链接了单位自己的网站，而且没有发现打不开的。
整改：为单位设置政府信息公开页面和栏目，放入法定主动公开内容，并在单位列表中链接。
依据：江汉区全面推进基层政务公开标准化规范化工作实施方案“为各部门、街道设置专门的‘政府信息公开’页面和栏目”；黄石港区2022年度通报“27个基层政务公开专栏（区直部门22个、街道<管理区>5个）”。

要求编号R25。单位名称按台账的名称和简称，从面包屑、栏目归属和单位列表中认。一个单位报一条；单位没有页面的，其他按单位检查的规则不再另报。全站没有巡查完整、可能漏看的，交人工核实。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from plugins import (
    Confidence,
    Evidence,
    Finding,
    LinkTarget,
    Rule,
    Severity,
    Site,
    TargetKind,
    Unit,
    hookimpl,
    known,
)
from plugins.addresses.urls import host_of
from plugins.facts.site.doubts import Doubts, unseen
from plugins.facts.site.unit_pages import UnitPages, UnitsOnSite, elsewhere

RULE = Rule(
    __doc__,
    code="DSC101",
    severity=Severity.MAJOR,
    deduct=5,
    requirements=("R25",),
    confidence=Confidence.HIGH,
    absence=True,
)
PLACES = 5
GONE = (404, 410)
NOT_SEEN = "没有全部看到"


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each unit without anything of its own."""
    if not known(UnitsOnSite, site).portal:
        return
    lacking = [
        one
        for one in known(UnitsOnSite, site).by_name.values()
        if not one.present and one.unit.name != site.unit
    ]
    if not lacking:
        return
    linked = _Linked(site, tuple(one.unit for one in lacking))
    for one in lacking:
        hosts = elsewhere(site, one.unit)
        if hosts:
            yield from _own_site(one.unit, hosts, linked)
        elif not linked.living[one.unit.name]:
            yield _nothing(site, one, linked)


def _own_site(unit: Unit, hosts: tuple[str, ...], linked: _Linked) -> Iterator[Finding]:
    """Its own site is looked at in an audit of its own; here only whether it is gone."""
    found = [target for host in hosts for target in linked.hosts[host]]
    if found and all(target.verdict.dead for target in found):
        yield Finding(
            f"{unit.name}在本站没有政府信息公开页面，登记的网站{'、'.join(hosts)}也打不开（{found[0].reason or '链接已失效'}）。",
            key=unit.name,
            where=tuple(Evidence(target.url) for target in found[:PLACES]),
            unit=unit.name,
        )


def _nothing(site: Site, one: UnitPages, linked: _Linked) -> Finding:
    name = one.unit.name
    dead = linked.dead[name]
    where = tuple(Evidence(column.url, column.name) for column in (*one.columns, *one.gone))
    where += tuple(Evidence(target.url, target.reason) for target in dead)
    doubts = Doubts()
    if one.columns or one.seen:
        said = f"{name}在本站的页面和{len(one.columns)}个栏目都没有内容"
    elif one.gone:
        pages = [site.pages.get(column.key) for column in one.gone]
        gone = all(page is not None and page.status in GONE for page in pages)
        doubts += "" if gone else NOT_SEEN
        said = f"{name}在台账中登记的{len(one.gone)}个栏目都打不开"
    else:
        doubts += unseen(site, lambda words: _could_lead(site, words, one.unit), NOT_SEEN)
        said = f"{name}在本站没有政府信息公开页面或栏目，台账也没有登记它自己的网站"
        if dead:
            said = f"{name}在本站没有政府信息公开页面或栏目，单位列表中的链接已失效"
    return Finding(
        f"{said}{doubts.aside()}。",
        key=name,
        where=where[:PLACES] or (Evidence(site.url),),
        review=bool(doubts),
        unit=name,
    )


def _could_lead(site: Site, words: str, unit: Unit) -> bool:
    named = site.unit_named(words)
    return named is None or named.name == unit.name


class _Linked:
    """What links say of units that have nothing here: one pass over the targets."""

    def __init__(self, site: Site, units: tuple[Unit, ...]) -> None:
        self.living: dict[str, list[LinkTarget]] = defaultdict(list)
        self.dead: dict[str, list[LinkTarget]] = defaultdict(list)
        self.hosts: dict[str, list[LinkTarget]] = defaultdict(list)
        names = {name: unit.name for unit in units for name in (unit.name, *unit.aliases)}
        wanted = {host for unit in units for host in unit.hosts}
        for target in site.targets:
            if target.kind is TargetKind.OUTSIDE and host_of(target.url) in wanted:
                self.hosts[host_of(target.url)].append(target)
            if target.kind not in (TargetKind.OUTSIDE, TargetKind.PAGE):
                continue
            for words in {"".join(place.text.split()) for place in target.places}:
                unit = names.get(words)
                if unit is None:
                    continue
                if target.verdict.dead:
                    self.dead[unit].append(target)
                elif target.kind is TargetKind.OUTSIDE:
                    self.living[unit].append(target)
