"""What a site has published of each kind, by unit and day: counted in one pass for all rules that count.

Credit is given generously: to the unit that an entry names as its source or answerer, and to the unit
in whose own column it stands. What names nobody in a column of all units is nobody's; as long as there
is such an entry in a period, "this unit has too few" is no certainty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from plugins.facts.census import limits
from plugins.facts.census.consultations import ABSENCE, asks_opinions, consultations
from plugins.facts.columns.column import Column, Entry
from plugins.facts.language.periods import Window
from plugins.facts.language.titles import plain
from plugins.facts.papers.interpretations import LOOKS_LIKE, Interpretation
from plugins.facts.papers.letters import Letter, read_row
from plugins.facts.site.doubts import Doubts, is_unread, unread, unseen
from plugins.facts.site.known import known
from plugins.facts.site.pairing import Pairing
from plugins.facts.site.site import PageDigest, Site, Unit


class PieceKind(StrEnum):
    """What is counted."""

    INTERPRETATION = "interpretation"
    QUESTION = "question"
    LETTER = "letter"
    CALL = "call"


NAMES = {
    PieceKind.INTERPRETATION: "政策解读",
    PieceKind.QUESTION: "政策问答",
    PieceKind.LETTER: "来信选登",
    PieceKind.CALL: "调查征集",
}
# Columns in which each kind stands, by name; calls are found by their own facts.
COLUMNS = {
    PieceKind.INTERPRETATION: re.compile(r"解读(?!材料审核)"),
    PieceKind.QUESTION: re.compile(
        r"政策问答|问答库|问答平台|问答集|热点问答|互动问答|政策答疑|政策咨询|常见问题|知识库|你问我答|智能问答|百问百答|政策问题"
    ),
    PieceKind.LETTER: re.compile(
        r"选登|信箱|来信|信件|留言|咨询投诉|投诉咨询|投诉举报|网上咨询|网上投诉|诉求|有问必答"
    ),
}
# News filed among interpretations (POL104 reports them) are nobody's interpretation.
NEWS = re.compile(
    r"召开|举行|举办|开展|组织|参加|出席|调研|走访|慰问|督导|培训|宣讲|座谈|启动|活动|动员|表彰|部署|推进会|揭牌|签约"
)
SINGLE_PAGES = frozenset({"article", "single"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One published thing: what it is called, when, and by which units; () = it names nobody."""

    key: str
    url: str
    title: str
    day: date | None = None
    units: frozenset[str] = frozenset()
    column: str = ""
    forms: tuple[str, ...] | None = None
    letter: Letter | None = None


@dataclass(frozen=True)
class Census:
    """The pieces of each kind, and what says how far the count can be trusted.

    ``places`` are the columns of each kind; ``unclear`` those that could not be read. ``present``
    are the units that publish on this site; ``portal`` = more than one of them does. ``oldest`` is the
    day of the oldest dated article. ``absences`` are declarations that there was nothing to ask about.
    """

    pieces: dict[PieceKind, tuple[Piece, ...]] = field(default_factory=dict)
    places: dict[PieceKind, tuple[Column, ...]] = field(default_factory=dict)
    unclear: dict[PieceKind, tuple[str, ...]] = field(default_factory=dict)
    present: frozenset[str] = frozenset()
    oldest: date | None = None
    titles: tuple[Piece, ...] = ()

    @classmethod
    def of(cls, site: Site) -> Census:
        """Count everything, in one pass over the columns and one over the pages."""
        return _Counter(site).result()

    @property
    def portal(self) -> bool:
        """Whether the site is one on which several units publish."""
        return len(self.present) > 1

    def within(self, kind: PieceKind, window: Window) -> tuple[Piece, ...]:
        """The pieces of one kind published in a window."""
        return tuple(
            one
            for one in self.pieces.get(kind, ())
            if one.day and window.open <= one.day <= window.close
        )


@dataclass(frozen=True, slots=True)
class UnitTally:
    """How many pieces of a kind one unit published in a window, and what makes that uncertain."""

    unit: Unit
    window: Window
    pieces: tuple[Piece, ...]
    doubts: Doubts = field(default_factory=Doubts)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.pieces)


def tallies(
    site: Site, kind: PieceKind, window: Window, telling: re.Pattern[str]
) -> Iterator[UnitTally]:
    """One tally for each unit that publishes on this site; none where the site is no portal."""
    census = known(Census, site)
    if not census.portal:
        return
    found = census.within(kind, window)
    common = doubts(site, kind, window, telling)
    nobodys = sum(not one.units for one in found)
    if nobodys:
        common += f"另有{nobodys}条{NAMES[kind]}看不出是哪个单位的"
    for unit in site.units:
        if unit.name not in census.present:
            continue
        mine = tuple(one for one in found if unit.name in one.units)
        elsewhere = [host for host in unit.hosts if host != site.host]
        own = f"该单位另有网站{'、'.join(elsewhere)}" if elsewhere else ""
        yield UnitTally(unit, window, mine, common + own)


def doubts(site: Site, kind: PieceKind, window: Window, telling: re.Pattern[str]) -> Doubts:
    """Why a count of the whole site in this window may be too low, in Chinese."""
    census = known(Census, site)
    found = unseen(site, telling)
    if census.oldest is None or census.oldest > window.open:
        found += f"站内看不到{window.open}以前的信息，往年内容可能没有保留"
    found += unread(census.unclear.get(kind, ()), most=None)
    undated = sum(one.day is None for one in census.pieces.get(kind, ()))
    return found + (f"另有{undated}条{NAMES[kind]}读不出日期" if undated else "")


class _Counter:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.found: dict[PieceKind, dict[str, Piece]] = {kind: {} for kind in PieceKind}
        self.places: dict[PieceKind, list[Column]] = {kind: [] for kind in PieceKind}
        self.unclear: dict[PieceKind, list[str]] = {kind: [] for kind in PieceKind}
        self.present: set[str] = set()
        self.oldest: date | None = None
        self.titles: dict[str, Piece] = {}

    def result(self) -> Census:
        for column in self.site.columns:
            self._column(column)
        for page in self.site.pages.values():
            self._page(page)
        for side in known(Pairing, self.site).interpretations.values():
            if side.key not in self.found[PieceKind.INTERPRETATION]:
                page = self.site.pages[side.key]
                self._add(PieceKind.INTERPRETATION, self._piece(page.key, page.title, page))
        self._credit_issuers()
        return Census(
            pieces={kind: tuple(found.values()) for kind, found in self.found.items()},
            places={kind: tuple(found) for kind, found in self.places.items()},
            unclear={kind: tuple(found) for kind, found in self.unclear.items()},
            present=frozenset(self.present),
            oldest=self.oldest,
            titles=tuple(self.titles.values()),
        )

    def _credit_issuers(self) -> None:
        """An interpretation is also its document's issuer's, whoever posted it."""
        readings = self.found[PieceKind.INTERPRETATION]
        for key, pairs in known(Pairing, self.site).of_interpretation.items():
            if key in readings:
                units = frozenset(
                    unit.name
                    for pair in pairs
                    for name in (pair.document.unit, pair.document.heading.partition("关于")[0])
                    if (unit := self.site.unit_named(name)) is not None
                )
                readings[key] = replace(readings[key], units=readings[key].units | units)

    def _column(self, column: Column) -> None:
        if column.unit:
            self.present.add(column.unit)
        if asks_opinions(column):
            self.places[PieceKind.CALL].append(column)
            self._unclear(PieceKind.CALL, column)
            for call in consultations(column, self.site):
                piece = self._piece(call.entry.key, call.name, call.page, call.entry, column)
                self._add(PieceKind.CALL, replace(piece, day=call.opens or piece.day))
        for kind, pattern in COLUMNS.items():
            if not pattern.search(column.name):
                continue
            self.places[kind].append(column)
            self._unclear(kind, column)
            for entry in column.entries:
                page = self.site.pages.get(entry.key)
                piece = self._piece(entry.key, entry.title, page, entry, column)
                if kind is PieceKind.LETTER:
                    letter = _both(
                        page.get(Letter) if page else None, read_row(entry.status, entry.text)
                    )
                    piece = replace(piece, letter=letter, units=piece.units | self._named(letter))
                self._add(kind, piece)
        for entry in column.entries:
            self.titles.setdefault(
                entry.key or entry.title,
                Piece(entry.key, entry.url, plain(entry.title), entry.date),
            )
        self.titles.setdefault(column.key, Piece(column.key, column.url, plain(column.name)))

    def _unclear(self, kind: PieceKind, column: Column) -> None:
        if is_unread(column):
            self.unclear[kind].append(column.name)

    def _page(self, page: PageDigest) -> None:
        if not page.readable or page.kind not in SINGLE_PAGES:
            return
        if page.published and (self.oldest is None or page.published < self.oldest):
            self.oldest = page.published
        if page.unit:
            self.present.add(page.unit)
        title = plain(page.title)
        self.titles[page.key] = Piece(page.key, page.final_url or page.url, title, page.published)
        if page.kind != "article":
            return
        crumbs = page.crumbs[-limits.FILED_CRUMBS :]
        for kind, pattern in COLUMNS.items():
            filed = any(pattern.search(one) for one in crumbs)
            filed = filed or (kind is PieceKind.INTERPRETATION and page.column_type == "政策解读")
            if filed and page.key not in self.found[kind]:
                piece = self._piece(page.key, page.title, page)
                self._add(kind, replace(piece, units=piece.units | self._named(page.get(Letter))))
        if ABSENCE.search(title):
            self._add(PieceKind.CALL, self._piece(page.key, page.title, page))

    def _add(self, kind: PieceKind, piece: Piece) -> None:
        title = piece.title
        explains = "《" in title or LOOKS_LIKE.search(title) is not None
        if kind is PieceKind.INTERPRETATION and not explains and NEWS.search(title):
            return
        known = self.found[kind].get(piece.key or piece.title)
        if known is not None:
            piece = replace(
                known, units=known.units | piece.units, letter=_both(known.letter, piece.letter)
            )
        self.found[kind][piece.key or piece.title] = piece

    def _piece(
        self,
        key: str,
        title: str,
        page: PageDigest | None,
        entry: Entry | None = None,
        column: Column | None = None,
    ) -> Piece:
        units = set()
        source = self.site.unit_named(page.source) if page and page.source else None
        if source is not None:
            units.add(source.name)
        beside = plain(entry.text).replace(plain(entry.title), "") if entry else ""
        if beside and (named := self.site.unit_named(beside)) is not None:
            units.add(named.name)
        own = (page.unit if page else "") or (column.unit if column else "")
        # A column of the whole site says nothing of who wrote what stands in it.
        if own and own != self.site.unit:
            units.add(own)
        if column is not None and column.unit and column.unit != self.site.unit:
            units.add(column.unit)
        interpretation = page.get(Interpretation) if page else None
        return Piece(
            key=page.key if page else key,
            url=(page.final_url or page.url) if page else (entry.url if entry else ""),
            title=title,
            day=(entry.date if entry else None) or (page.published if page else None),
            units=frozenset(units),
            column=column.url if column else "",
            forms=interpretation.forms if interpretation else None,
            letter=page.get(Letter) if page else None,
        )

    def _named(self, letter: Letter | None) -> frozenset[str]:
        unit = self.site.unit_named(letter.unit) if letter and letter.unit else None
        return frozenset({unit.name}) if unit else frozenset()


def _both(page: Letter | None, row: Letter | None) -> Letter | None:
    """What page and row say of one letter; the page is the better witness."""
    if page is None or row is None:
        return page or row
    answered = page.answered or row.answered
    return Letter(
        asked=page.asked or row.asked,
        answered=answered,
        unit=page.unit or row.unit,
        pending="" if answered else page.pending or row.pending,
    )


def titled(
    site: Site, pattern: re.Pattern[str], accept: Callable[[Piece], bool] = lambda _piece: True
) -> Iterable[Piece]:
    """Rows, pages and columns of the site whose title fits; their titles are normalised."""
    return (one for one in known(Census, site).titles if pattern.search(one.title) and accept(one))
