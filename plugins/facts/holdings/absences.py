"""When a yearly thing was last due, and what makes "there is none on this site" uncertain."""

from __future__ import annotations

import re
from datetime import date

from plugins.facts.holdings.holding import OUTSIDE
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.site.doubts import Doubts, is_unread, unread, unseen
from plugins.facts.site.known import known
from plugins.facts.site.site import Site, Unit
from plugins.finding import Evidence


def last_due(today: date, month: int, day: int) -> tuple[int, date]:
    """The last year whose report is due by ``today``, and the day on which it was due."""
    year = today.year if today > date(today.year, month, day) else today.year - 1
    return year - 1, date(year, month, day)


def doubts(site: Site, unit: Unit | None, telling: re.Pattern[str]) -> Doubts:
    """Why "there is no such report here" may be wrong."""
    found = unseen(site, telling)
    elsewhere = [host for host in unit.hosts if host != site.host] if unit else []
    if elsewhere:
        found += f"该单位另有网站{'、'.join(elsewhere)}"
    if any(one.called(telling) for one in known(Holdings, site).all if one.kind == OUTSIDE):
        found += "站内有通往其他网站的同类链接"
    owners = {unit.name, site.unit, ""} if unit else {site.unit, ""}
    return found + unread(
        column.name
        for column in site.columns
        if column.unit in owners and telling.search(column.name) and is_unread(column)
    )


def start_of(site: Site, unit: str, telling: re.Pattern[str]) -> tuple[Evidence, ...]:
    """Where a person would look for a unit's reports: its column of them, else its own, else home."""
    mine = [column for column in site.columns if column.unit == unit]
    best = next((one for one in mine if telling.search(one.name)), None)
    best = best or next((one for one in site.columns if telling.search(one.name)), None)
    best = best or next(iter(mine), None)
    if best is not None:
        return (Evidence(best.url, best.name),)
    return (Evidence(site.home.url),) if site.home else (Evidence(site.url),) if site.url else ()
