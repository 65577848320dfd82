"""Scores as values: what an assessment says of each unit or site, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from findings.records.records import FamilyCoverage
from findings.schemes.scheme import IndicatorKind, Scored

Coverage = Mapping[str, Mapping[str, FamilyCoverage]]
"""Site → rule family → how much was looked at."""

PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class Line:
    """What one indicator did to one card, and the findings that made it do so.

    ``points`` is what it cost (for a bonus: what it gave), ``uncapped`` what it would have without
    the cap. ``each`` tells, finding by finding, its share before the cap, ``shares`` the same unit
    by unit ("" = nobody's). ``ways`` says in words how a veto struck. ``recalled`` is the certainty
    of figures that were not checked against the published text, "" = they were.
    """

    indicator: str
    title: str
    category: str
    kind: IndicatorKind
    points: float
    findings: tuple[str, ...]
    uncapped: float = 0
    each: Mapping[str, float] = field(default_factory=dict)
    clause: str = ""
    editable: bool = False
    recalled: str = ""
    shares: Mapping[str, float] = field(default_factory=dict)
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NearVeto:
    """A veto that has not struck and may: costs nothing.

    ``count`` places now, of ``at_least`` at which it strikes; ``due`` the day on which it does if
    nothing happens (None = no day is known).
    """

    indicator: str
    title: str
    words: str
    count: int
    at_least: int
    findings: tuple[str, ...]
    due: date | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Untested:
    """An indicator, or one way of a veto, that no rule in force looked at, and why."""

    indicator: str
    title: str
    category: str
    kind: IndicatorKind
    why: str


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """Points of one category; ``measured`` is false where no rule in force looks at it."""

    max: float
    got: float
    measured: bool = True
    waived: str = ""


@dataclass(frozen=True, slots=True)
class UnitCard:
    """The score of one unit, or of one site. ``rank`` is None where it is shown but not ranked.

    ``unit`` is the name of whoever is scored; of a site ``site`` is the host. ``unscored`` are the
    findings that cost nothing, ``asides`` says of each why. ``passed`` is None where the scheme
    draws no line; ``total_without_vetoes`` is what the points say where a veto struck.
    """

    unit: str
    kind: str
    total: float
    total_without_exemptions: float
    rank: int | None
    categories: Mapping[str, CategoryScore]
    vetoes: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
    unscored: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    note: str = ""
    subject: Scored = Scored.UNIT
    site: str = ""
    passed: bool | None = None
    why_failed: str = ""
    total_without_vetoes: float = 0
    near: tuple[NearVeto, ...] = ()
    untested: tuple[Untested, ...] = ()
    asides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scorecards:
    """Everybody's scores under one scheme on one day, with how much was looked at.

    ``note`` says what speaks against the scheme on that day, "" = nothing.
    """

    scheme: str
    title: str
    label: str
    as_of: date
    coverage: Coverage
    units: tuple[UnitCard, ...]
    version: str = ""
    digest: str = ""
    tables: tuple[ScoreTable, ...] = ()
    note: str = ""

    @property
    def untested(self) -> tuple[Untested, ...]:
        """What nobody looked at on some card, each once."""
        return tuple(dict.fromkeys(one for card in self.units for one in card.untested))

    @property
    def recalled(self) -> tuple[str, ...]:
        """Categories whose points were not checked against the published text."""
        return tuple(dict.fromkeys(name for table in self.tables for name in table.recalled))

    def card(self, unit: str) -> UnitCard | None:
        """The card of a unit or site."""
        return next((card for card in self.units if card.unit == unit), None)


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """One table of the ranking: its name, title, and what each category holds.

    ``recalled`` names categories whose points were not checked against the published text.
    """

    name: str
    title: str
    categories: Mapping[str, float]
    subject: Scored = Scored.UNIT
    note: str = ""
    recalled: Mapping[str, str] = field(default_factory=dict)


def rounded(points: float) -> float:
    """Points as they are shown: two digits, and never a negative zero."""
    return round(points, 2) + 0.0
