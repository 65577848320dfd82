"""标准目录中的事项没有对应的栏目。

为什么：目录列了事项，网站却没有放它的栏目，公开的内容就无处可放、无处可找。
看什么：单位标准目录的一级事项，与单位栏目和全站栏目的名称逐一比对，名称相同、互相包含或多数字相同的算对上。
不报：读不到一级事项的目录；对上的事项；台账中没有单位栏目的网站；没有栏目但标题中已有该事项内容的。
整改：依据标准目录合理设置法定主动公开内容子栏目，栏目名称与目录事项一致。
依据：港政公开发〔2022〕1号第（二）条“依据基层政务公开标准目录，注重突出本部门业务重点……合理设置法定主动公开内容子栏目”。

要求编号R29。名称比对难免有出入，一律交人工核实，确认前不扣分。
可调整：likeness（名称中相同的字占多少算对上，默认0.6）；most（一条发现最多列出几个事项，默认10）。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.language.titles import plain
from plugins.facts.site.catalogues import Catalogue, Catalogues


@dataclass(frozen=True)
class Options:
    """How alike names must be, and how many items are listed."""

    likeness: float = 0.6
    most: int = 10


RULE = Rule(
    __doc__,
    code="DSC106",
    severity=Severity.ADVICE,
    deduct=0.5,
    options=Options(),
    requirements=("R29",),
    confidence=Confidence.MEDIUM,
)
# Words that say nothing of what an item is about.
FILLING = re.compile(
    r"^[\d一二三四五六七八九十]+[、.．]?|[()（）、,，/\s]|信息|公开|工作|事项|情况|相关|有关|管理|服务|领域|政府|基层|政务"
)
SHORTEST = 2


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each unit whose catalogue has items without a column."""
    found: dict[str, list[Catalogue]] = defaultdict(list)
    for one in known(Catalogues, site).all:
        if one.table.items and one.unit:
            found[one.unit].append(one)
    if not found:
        return
    names = _names(site)
    for unit, tables in found.items():
        pool = names.get(unit, set()) | names.get("", set())
        if unit not in names:
            continue
        items = dict.fromkeys(item for one in tables for item in one.table.items)
        lacking = [item for item in items if not _placed(item, pool, options.likeness)]
        if not lacking:
            continue
        listed = "”“".join(lacking[: options.most])
        more = f"等{len(lacking)}项" if len(lacking) > options.most else ""
        yield Finding(
            f"{unit}标准目录的一级事项“{listed}”{more}没有找到对应的栏目，请核实是否设在别处。",
            key=unit,
            where=tuple(Evidence(one.url, one.title) for one in tables[:3]),
            review=True,
            unit=unit,
        )


def _names(site: Site) -> Mapping[str, set[str]]:
    """What columns and things are called, by unit; "" = columns of the whole site."""
    found: dict[str, set[str]] = defaultdict(set)
    for column in site.columns:
        for name in (column.name, *column.above):
            found[column.unit if column.unit != site.unit else ""].add(_bare(name))
            found[""].add(_bare(name))
    for unit, held in known(Holdings, site).by_unit.items():
        if unit in found:
            found[unit].update(_bare(one.title) for one in held)
    return found


def _bare(name: str) -> str:
    return FILLING.sub("", plain(name))


def _placed(item: str, names: set[str], likeness: float) -> bool:
    """Whether one of the names is the item's, holds it, or shares most of its letters with it."""
    wanted = _bare(item)
    if len(wanted) < SHORTEST:
        return True
    letters = set(wanted)
    return any(
        len(name) >= SHORTEST
        and (
            wanted in name
            or name in wanted
            or len(letters & set(name)) >= likeness * max(len(letters), min(len(set(name)), 6))
        )
        for name in names
    )
