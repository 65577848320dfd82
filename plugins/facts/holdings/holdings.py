"""What a site holds: columns, pages, list rows and documents by title, unit and year, gathered once.

Rules that ask "is there a list of fees, a budget of this unit, a report of that year" all ask this. Credit
is given generously: a thing is held by the unit that answers for it, by the one named as its source, by
the one in whose column it stands, and by every unit that its title names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from plugins.addresses.urls import url_key
from plugins.facts.columns.column import MARKS, ROOT, Column, Entry
from plugins.facts.holdings.holding import (
    ATTACHMENT,
    COLUMN,
    ENTRY,
    KINDS,
    OUTSIDE,
    PAGE,
    Holding,
    names_of,
    years_of,
)
from plugins.facts.language.titles import plain
from plugins.facts.markup.links import LinkTarget, TargetKind
from plugins.facts.site.site import PageDigest, Site

# Words of links that say nothing of what is behind them.
BARE_WORDS = re.compile(
    r"^[\[(]?(?:点击|查看|下载|附件|原文|全文|详情|更多|more|>|\.|\d|[:：])*[\])]?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Holdings:
    """All that a site holds; ``present`` are the units with columns or pages of their own here."""

    all: tuple[Holding, ...] = ()
    present: frozenset[str] = frozenset()

    @classmethod
    def of(cls, site: Site) -> Self:
        """Gather everything, in one pass over columns, pages and link targets."""
        gathered = _Gathering(site).done()
        return cls(tuple(gathered.found.values()), frozenset(gathered.present))

    @cached_property
    def by_unit(self) -> Mapping[str, tuple[Holding, ...]]:
        """What goes to each unit's credit."""
        found: dict[str, list[Holding]] = {}
        for one in self.all:
            for unit in one.units:
                found.setdefault(unit, []).append(one)
        return {unit: tuple(held) for unit, held in found.items()}

    def matching(
        self,
        pattern: re.Pattern[str],
        *,
        unit: str = "",
        year: int | None = None,
        kinds: Collection[str] = KINDS,
    ) -> tuple[Holding, ...]:
        """Those whose title (or other name) holds ``pattern``, to one unit's credit, of one year."""
        pool = self.by_unit.get(unit, ()) if unit else self.all
        return tuple(
            one
            for one in pool
            if one.kind in kinds and one.called(pattern) and (year is None or one.about(year))
        )


class _Gathering:
    """The gathering of one site's holdings: ``done()`` leaves them in ``found`` and ``present``."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.found: dict[str, Holding] = {}
        self.columns = {column.key: column for column in site.columns}
        self.named = tuple((name, unit.name) for unit in site.units for name in names_of(unit))
        self.present = {site.unit} if site.unit else set()
        self.filed: dict[tuple[str, ...], frozenset[str]] = {}
        self.sources: dict[str, str] = {}

    def done(self) -> Self:
        for page in self.site.pages.values():
            self._page(page)
        for column in self.site.columns:
            self._column(column)
        for target in self.site.targets:
            self._target(target)
        return self

    def _page(self, page: PageDigest) -> None:
        if not page.readable:
            return
        filed = self._filed(page.crumbs)
        if page.unit in filed:
            self.present.add(page.unit)
        column = self.columns.get(page.column)
        title = plain(page.title)
        self.found[page.key] = Holding(
            key=page.key,
            url=page.final_url or page.url,
            title=title,
            kind=COLUMN if page.kind in ("list", "portal", "home") else PAGE,
            published=page.published,
            unit=page.unit,
            column=page.column if page.column != page.key else "",
            column_name=column.name if column else (page.crumbs[-1] if page.crumbs else ""),
            above=_above(page.crumbs),
            years=years_of(title),
            units=self._units(title, page.unit, self._source(page.source), *filed),
            named=self._named(title, page.source),
        )

    def _column(self, column: Column) -> None:
        if column.unit:
            self.present.add(column.unit)
        title = plain(column.name)
        known = self.found.get(column.key)
        self.found[column.key] = Holding(
            key=column.key,
            url=column.url,
            title=title,
            kind=COLUMN,
            published=known.published if known else None,
            unit=column.unit,
            column_name=column.above[-1] if column.above else "",
            above=column.above,
            years=years_of(title),
            units=self._units(title, column.unit) | (known.units if known else frozenset()),
            names=(known.title,) if known and known.title not in ("", title) else (),
        )
        for entry in column.entries:
            self._entry(entry, column)

    def _entry(self, entry: Entry, column: Column) -> None:
        key = entry.key or f"{column.key}#{entry.title}"
        title = plain(entry.title)
        known = self.found.get(key)
        whole = title + " " + plain(entry.text).replace(title, "")
        if known is None:
            self.found[key] = Holding(
                key=key,
                url=entry.url or column.url,
                title=title,
                kind=ENTRY,
                published=entry.date,
                unit=column.unit,
                column=column.key,
                column_name=column.name,
                above=column.above,
                years=years_of(title),
                units=self._units(whole, column.unit),
                named=self._named(whole),
            )
            return
        if known.kind == COLUMN:
            return
        self.found[key] = replace(
            known,
            published=known.published or entry.date,
            column=known.column or column.key,
            column_name=known.column_name or column.name,
            above=known.above or column.above,
            units=known.units | self._units(whole, column.unit),
            named=known.named | self._named(whole),
            years=known.years or years_of(title),
            names=_more(known, title),
        )

    def _target(self, target: LinkTarget) -> None:
        if target.kind not in (TargetKind.ATTACHMENT, TargetKind.OUTSIDE):
            return
        kind = ATTACHMENT if target.kind is TargetKind.ATTACHMENT else OUTSIDE
        words = [plain(place.text) for place in target.places]
        told = list(dict.fromkeys(text for text in words if not BARE_WORDS.match(text)))
        offering = next(
            (found for place in target.places if (found := self._page_of(place.page))), None
        )
        known = self.found.get(target.key)
        if known is not None:
            names = tuple(dict.fromkeys((*known.names, *told)))
            kind = kind if known.kind == ENTRY else known.kind
            self.found[target.key] = replace(
                known, kind=kind, names=tuple(one for one in names if one != known.title)
            )
            return
        title = told[0] if told else ""
        self.found[target.key] = Holding(
            key=target.key,
            url=target.url,
            title=title,
            kind=kind,
            published=offering.published if offering and offering.kind == PAGE else None,
            unit=offering.unit if offering else "",
            column=offering.column if offering else "",
            column_name=offering.column_name if offering else "",
            above=(*offering.above, offering.title) if offering else (),
            years=years_of(title),
            units=self._units(title) | (offering.units if offering else frozenset()),
            named=self._named(title) or (offering.named if offering else frozenset()),
            names=tuple(told[1:]),
        )

    def _page_of(self, url: str) -> Holding | None:
        return self.found.get(url_key(url))

    def _filed(self, crumbs: tuple[str, ...]) -> frozenset[str]:
        """The units that breadcrumbs name; most pages share theirs with many others."""
        known = self.filed.get(crumbs)
        if known is None:
            units = (self.site.unit_named(name) for name in crumbs)
            known = frozenset(unit.name for unit in units if unit is not None)
            self.filed[crumbs] = known
        return known

    def _source(self, source: str) -> str:
        known = self.sources.get(source)
        if known is None:
            unit = self.site.unit_named(source) if source else None
            known = self.sources[source] = unit.name if unit else ""
        return known

    def _units(self, title: str, *owners: str) -> frozenset[str]:
        return frozenset(filter(None, owners)) | frozenset(self._told(title))

    def _named(self, title: str, source: str = "") -> frozenset[str]:
        told = frozenset(self._told(title))
        return told or frozenset(filter(None, (self._source(source),)))

    def _told(self, title: str) -> Iterator[str]:
        return (unit for name, unit in self.named if name in title)


def _above(crumbs: Iterable[str]) -> tuple[str, ...]:
    names = (one.strip(MARKS) for one in crumbs)
    return tuple(one for one in names if one and not ROOT.search(one))


def _more(known: Holding, title: str) -> tuple[str, ...]:
    if not title or title == known.title or title in known.names:
        return known.names
    return (*known.names, title)
