"""Lists, topics and kinds of information that must exist: described as data, looked for in the holdings.

Three answers: it is there, it is not, or it could not be told (``doubt`` says why in Chinese). Looking is
generous: titles and other names, the column in which a thing stands and those above it all count.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from plugins.facts.columns.column import ColumnKind
from plugins.facts.holdings import limits
from plugins.facts.holdings.holding import COLUMN, OUTSIDE, PAGE, Holding
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.language.titles import plain
from plugins.facts.site.doubts import Doubts, is_unread, unread, unseen
from plugins.facts.site.known import known
from plugins.facts.site.site import Site
from plugins.finding import Evidence

FIELDS = ("name", "title", "column", "but", "maybe", "lead", "unit", "since", "review", "note")
# What stands among news tells of a matter; it is not the matter published.
NEWS_PLACE = re.compile(r"要闻|动态|新闻|媒体|资讯|快讯|看点|头条")
PORTAL = re.compile(r"(?:人民政府|管委会|管理委员会)(?:门户网站|网站|网)?$")
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class WantedThing:
    """One thing that must exist.

    ``title`` fits things and columns so called; whatever stands in (or below) a column that ``column``
    fits counts too; titles that ``but`` fits are something else. ``maybe`` fits titles that may hold it
    inside. ``lead`` fits words of links that may lead to it. ``unit`` fits the name of the unit in
    charge. ``since`` = not wanted before. ``review`` = whether it is owed here a person must say,
    ``note`` tells why.
    """

    name: str
    title: re.Pattern[str]
    lead: re.Pattern[str]
    column: re.Pattern[str] = NEVER
    but: re.Pattern[str] = NEVER
    maybe: re.Pattern[str] = NEVER
    unit: re.Pattern[str] = NEVER
    since: date | None = None
    review: bool = False
    note: str = ""

    def due(self, today: date) -> bool:
        """Whether it is wanted by now."""
        return self.since is None or self.since <= today


@dataclass(frozen=True)
class Sought:
    """What was found of a wanted thing, and why there may be more; ``unit`` is in charge."""

    site: Site
    wanted: WantedThing
    held: tuple[Holding, ...]
    unit: str = ""

    def since(self, year: int) -> tuple[Holding, ...]:
        """Those that name this year or a later one, or were published since its first day."""
        return tuple(one for one in self.held if last_year(one) >= year)

    @cached_property
    def things(self) -> tuple[Holding, ...]:
        """What is more than a name over a list: rows, pages, documents, columns that are one text."""
        single = {column.key for column in self.site.columns if column.kind is ColumnKind.SINGLE}
        return tuple(one for one in self.held if one.kind != COLUMN or one.key in single)

    @property
    def undated(self) -> tuple[Holding, ...]:
        """Things that tell no year at all."""
        return tuple(one for one in self.things if not last_year(one))

    @property
    def newest(self) -> Holding | None:
        """The latest of them; None where none tells its year."""
        told = [one for one in self.held if last_year(one)]
        return max(
            told, key=lambda one: (last_year(one), one.published or date.min, one.url), default=None
        )

    @cached_property
    def columns(self) -> tuple[Holding, ...]:
        """Columns, topics (pages that are no article) and other sites so called."""
        pages = self.site.pages
        return tuple(
            one
            for one in self.held
            if one.called(self.wanted.title)
            and (
                one.kind == COLUMN
                or (one.kind == PAGE and _is_topic(pages, one))
                # A dated row that leads to another site is news, not an entry.
                or (
                    one.kind == OUTSIDE
                    and one.published is None
                    and len(one.title) <= limits.ENTRY_NAME
                )
            )
        )

    @property
    def inside(self) -> tuple[Holding, ...]:
        """What stands in or below a column that is so called."""
        title = self.wanted.title
        return tuple(one for one in self.held if one.kind != COLUMN and title.search(one.place))

    @cached_property
    def doubts(self) -> Doubts:
        """Why "there is none" may be wrong."""
        wanted = self.wanted
        found = unseen(self.site, wanted.lead) + unread(
            column.name
            for column in self.site.columns
            if is_unread(column)
            and (
                wanted.column.search(plain(column.name)) or wanted.title.search(plain(column.name))
            )
        )
        if hosts := own_hosts(self.site, self.unit):
            found += f"{self.unit}另有网站{'、'.join(hosts)}"
        return found + (wanted.note if wanted.review else "")

    def evidence(self, most: int = limits.PLACES) -> tuple[Evidence | str, ...]:
        """Where one would look for it: columns in question, else the site's first page."""
        leading = [
            one
            for one in known(Holdings, self.site).all
            if one.kind == COLUMN and (one in self.held or self.wanted.lead.search(one.title))
        ]
        return tuple(one.evidence for one in leading[:most]) or (self.site.url,)


def read_wanted(path: Path, table: str) -> tuple[WantedThing, ...]:
    """The wanted things of one table of a TOML file.

    Raises:
        ValueError: a row has a key that is not known, or a pattern that is none; names file and row.
    """
    rows = tomllib.loads(path.read_text("utf-8"))[table]
    return tuple(
        _wanted(row, f"{path.name} [[{table}]] {number}") for number, row in enumerate(rows, 1)
    )


def _wanted(row: Mapping[str, Any], where: str) -> WantedThing:
    if unknown := set(row) - set(FIELDS):
        raise ValueError(f"{where}: {'、'.join(sorted(unknown))}?")
    patterns = {}
    for name in ("title", "column", "but", "maybe", "lead", "unit"):
        try:
            patterns[name] = re.compile(row[name]) if name in row else NEVER
        except re.error as error:
            raise ValueError(f"{where}: {name}: {error}") from None
    return WantedThing(
        name=row["name"],
        title=patterns["title"],
        column=patterns["column"],
        but=patterns["but"],
        maybe=patterns["maybe"],
        lead=patterns["lead"] if "lead" in row else patterns["title"],
        unit=patterns["unit"],
        since=row.get("since"),
        review=row.get("review", False),
        note=row.get("note", ""),
    )


def seek(site: Site, wanted: WantedThing, *, news: bool = False) -> Sought:
    """Look for a wanted thing in all that the site holds; ``news`` = news about it counts as well."""
    held = tuple(one for one in known(Holdings, site).all if fits(wanted, one, news=news))
    return Sought(site, wanted, held, in_charge(site, wanted))


def fits(wanted: WantedThing, one: Holding, *, news: bool = False) -> bool:
    """Whether a thing is, or stands among, what is wanted."""
    if one.kind == COLUMN:
        named = one.called(wanted.title) or one.called(wanted.column)
        return named and not wanted.but.search(one.title)
    place = one.place
    named = one.called(wanted.title) or any(
        pattern.search(place) for pattern in (wanted.title, wanted.column)
    )
    return named and not wanted.but.search(one.title) and (news or not NEWS_PLACE.search(place))


def last_year(one: Holding) -> int:
    """The latest year that a thing names or was published in; 0 = it tells none."""
    years = set(one.years)
    if one.published:
        years.add(one.published.year)
    return max(years, default=0)


def year_due(today: date, from_month: int) -> int:
    """The year of which something yearly must be there: this one from a month on, else the last."""
    return today.year if today.month >= from_month else today.year - 1


def in_charge(site: Site, wanted: WantedThing) -> str:
    """The first registered department whose name fits, else the unit that runs the site."""
    for unit in site.units:
        if unit.kind == "department" and wanted.unit.search(unit.name):
            return unit.name
    return site.unit


def own_hosts(site: Site, name: str) -> tuple[str, ...]:
    """Hosts of a unit's own besides this site."""
    return tuple(
        host
        for unit in site.units
        if unit.name == name and name != site.unit
        for host in unit.hosts
        if host != site.host and host not in site.hosts
    )


def is_portal(site: Site) -> bool:
    """Whether the lists of the whole government belong here: several units publish on the site.

    Where no units are registered, a large site whose name is that of a government.
    """
    if len(known(Holdings, site).present) > 1:
        return True
    return (
        not site.units and bool(PORTAL.search(site.name)) and len(site.pages) >= limits.PORTAL_PAGES
    )


def _is_topic(pages: Mapping[str, Any], one: Holding) -> bool:
    page = pages.get(one.key)
    return page is not None and page.kind != "article"
