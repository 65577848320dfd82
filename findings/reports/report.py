"""A report as values: everything that a template or an export may show, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from findings.records.pictures import Picture
from findings.records.records import RunRecord, StoredFinding
from findings.records.traces import FindingTrace
from findings.reports.rows import ListedFinding, RemedyGroup
from findings.schemes.scheme import Scheme
from findings.scoring.judge import CategoryScore, Line, Scorecards, UnitCard
from findings.store.trend import Tick


@dataclass(frozen=True, slots=True)
class Section:
    """One unit's part: its score, and what it should do."""

    anchor: str
    name: str
    card: UnitCard
    lines: tuple[Line, ...]
    groups: tuple[RemedyGroup, ...]
    reviews: tuple[RemedyGroup, ...]
    fixed: tuple[ListedFinding, ...]
    aside: tuple[ListedFinding, ...]
    warnings: tuple[ListedFinding, ...]
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many findings are open."""
        return sum(len(group.items) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Ranking:
    """One table of the overview."""

    title: str
    categories: Mapping[str, float]
    full: float
    rows: tuple[tuple[Section, tuple[CategoryScore, ...]], ...]


@dataclass(frozen=True, slots=True)
class GapLine:
    """Something that was not looked at, on one site."""

    site: str
    families: str
    state: str
    state_name: str
    why: str
    gaps: tuple[tuple[str, int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A rule that failed: how often, how, and on what."""

    code: str
    title: str
    message: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One run under one scheme."""

    title: str
    label: str
    scheme: Scheme
    run: RunRecord
    state: str
    written: str
    sites: tuple[tuple[str, str, str, str], ...]
    counts: Mapping[str, int]
    rankings: tuple[Ranking, ...]
    sections: tuple[Section, ...]
    unranked: tuple[Section, ...]
    coverage: tuple[GapLine, ...]
    unmeasured: tuple[str, ...]
    errors: tuple[Failed, ...]
    beyond: tuple[str, ...]
    scorecards: Scorecards
    findings: tuple[StoredFinding, ...]
    warnings: tuple[StoredFinding, ...]
    points: Mapping[str, float]
    trend: tuple[Tick, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    traces: Mapping[str, tuple[FindingTrace, ...]] = field(default_factory=dict)
