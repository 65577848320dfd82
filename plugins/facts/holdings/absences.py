"""When a yearly thing was last due, and what makes "there is none on this site" uncertain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from plugins.facts.columns.column import Column, ColumnKind
from plugins.facts.holdings.holding import OUTSIDE
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.site.known import known
from plugins.facts.site.site import Site, Unit
from plugins.finding import Evidence


def last_due(today: date, month: int, day: int) -> tuple[int, date]:
    """The last year whose report is due by ``today``, and the day on which it was due."""
    year = today.year if today > date(today.year, month, day) else today.year - 1
    return year - 1, date(year, month, day)


def doubts(site: Site, unit: Unit | None, telling: re.Pattern[str]) -> tuple[str, ...]:
    """Why "there is no such report here" may be wrong, in Chinese; () = it is certain."""
    found = []
    if site.coverage.may_hide(lambda words: telling.search(words) is not None):
        found.append("全站没有巡查完整")
    elsewhere = [host for host in unit.hosts if host != site.host] if unit else []
    if elsewhere:
        found.append(f"该单位另有网站{'、'.join(elsewhere)}")
    if any(one.called(telling) for one in known(Holdings, site).all if one.kind == OUTSIDE):
        found.append("站内有通往其他网站的同类链接")
    owners = {unit.name, site.unit, ""} if unit else {site.unit, ""}
    unread = [
        column.name
        for column in site.columns
        if column.unit in owners and telling.search(column.name) and _unread(column)
    ]
    if unread:
        found.append(f"栏目“{'”“'.join(unread[:3])}”未能读取")
    return tuple(found)


def told(reasons: Iterable[str]) -> str:
    """Doubts as the end of a sentence."""
    said = "；".join(reasons)
    return f"（{said}，请人工核实）" if said else ""


def start_of(site: Site, unit: str, telling: re.Pattern[str]) -> tuple[Evidence, ...]:
    """Where a person would look for a unit's reports: its column of them, else its own, else home."""
    mine = [column for column in site.columns if column.unit == unit]
    best = next((one for one in mine if telling.search(one.name)), None)
    best = best or next((one for one in site.columns if telling.search(one.name)), None)
    best = best or next(iter(mine), None)
    if best is not None:
        return (Evidence(best.url, best.name),)
    return (Evidence(site.home.url),) if site.home else (Evidence(site.url),) if site.url else ()


def _unread(column: Column) -> bool:
    lists = column.kind in (ColumnKind.LIST, ColumnKind.UNKNOWN)
    return lists and column.empty is None and not column.entries
