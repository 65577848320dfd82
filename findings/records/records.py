"""The values that go into the store and come out of it; they know no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from plugins import Evidence, Gap, Sighting, Subject, Unit
from plugins.rule import Rule, family_of

LONGEST_EVIDENCE = 20
# A person may name a finding by the beginning of its fingerprint, this long at least.
SHORTEST_PREFIX = 8


class Presence(StrEnum):
    """What the machine knows of a fault; only the machine writes it."""

    PRESENT = "present"
    GONE = "gone"


class Verdict(StrEnum):
    """What people decided on a fault; only people write it."""

    UNTRIAGED = "untriaged"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    EXEMPT = "exempt"


VERDICT_NAMES = {
    Verdict.UNTRIAGED: "待核实",
    Verdict.CONFIRMED: "已确认",
    Verdict.REJECTED: "误报",
    Verdict.EXEMPT: "已豁免",
}


class RunState(StrEnum):
    """What became of a run, or of one site within a run; only FINISHED is evidence."""

    RUNNING = "running"
    FINISHED = "finished"
    ABORTED = "aborted"
    UNHEALTHY = "unhealthy"


RUN_STATE_NAMES = {
    RunState.RUNNING: "进行中",
    RunState.FINISHED: "已完成",
    RunState.ABORTED: "已中止",
    RunState.UNHEALTHY: "结果不可信",
}


class RunKind(StrEnum):
    """Whether a run looked at whole sites, or only at what some findings are about."""

    AUDIT = "audit"
    RECHECK = "recheck"


RUN_KIND_NAMES = {RunKind.AUDIT: "检查", RunKind.RECHECK: "复查"}


class FindingState(StrEnum):
    """What follows from presence, verdict and run; derived, never stored."""

    OPEN = "open"
    NEW = "new"
    BACK = "back"
    FIXED = "fixed"
    OVERDUE = "overdue"
    WARNING = "warning"


STATE_NAMES = {
    FindingState.OPEN: "待整改",
    FindingState.NEW: "新增",
    FindingState.BACK: "复发",
    FindingState.FIXED: "已整改",
    FindingState.OVERDUE: "豁免到期",
    FindingState.WARNING: "预警",
}


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """One site that a run is going to audit."""

    host: str
    name: str = ""
    url: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """A rule as it was in force in a run: what reports need long after the rule has changed."""

    code: str
    title: str
    family: str
    severity: str
    deduct: float = 0
    remedy: str = ""
    source: str = ""
    why: str = ""

    @classmethod
    def of(cls, rule: Rule) -> RuleRecord:
        """The record of a loaded rule."""
        return cls(
            code=rule.code,
            title=rule.title,
            family=rule.family,
            severity=rule.severity.value,
            deduct=rule.deduct,
            remedy=rule.prose.remedy,
            source=rule.prose.source,
            why=rule.prose.why,
        )


@dataclass(frozen=True, slots=True)
class Observed:
    """A sighting, and the name of the unit that answers for its subject ("" = the site itself)."""

    sighting: Sighting
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RuleFailure:
    """A rule (or the probe it rests on) that failed on a subject; on the site = for all of it."""

    code: str
    subject: Subject
    message: str


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What is remembered of a page: ``digest`` tells whether it has changed, ``place`` its column."""

    subject: Subject
    url: str
    title: str = ""
    status: int | None = None
    digest: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What the writer thread hands over at once."""

    sightings: tuple[Observed, ...] = ()
    examined: tuple[Subject, ...] = ()
    errors: tuple[RuleFailure, ...] = ()
    pages: tuple[PageSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyCoverage:
    """How much of a rule family's ground was looked at on one site in one run."""

    state: str = "complete"
    why: str = ""
    gaps: tuple[Gap, ...] = ()


COVERAGE_NAMES = {"complete": "完整", "partial": "部分", "failed": "未能检查"}


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What one site's run changed: counts for people to read.

    ``warned`` are the warnings that stand, ``met`` those whose duty was done in time; all other
    counts are of faults.
    """

    new: int = 0
    back: int = 0
    gone: int = 0
    still: int = 0
    unjudged: int = 0
    warned: int = 0
    met: int = 0


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A remembered fault as of a run, with the rule that found it.

    ``run`` is the newest finished audit of its site that the view knows, ``previous`` the one
    before; ``new``, ``back`` and ``mended`` are said in relation to them. ``last_seen`` is exact for the present; in the view of an older run it
    is at most that run's day. ``due`` is the day on which a warning becomes a fault;
    ``breach_run`` and ``breached_on`` tell when it first was one (``first_seen`` may be that of a
    warning), ``warned_run`` since which run it is warned of.
    """

    fingerprint: str
    subject: Subject
    key: str
    message: str
    rule: RuleRecord
    evidence: tuple[Evidence, ...] = ()
    review: bool = False
    traits: tuple[str, ...] = ()
    unit: str = ""
    due: date | None = None
    presence: Presence = Presence.PRESENT
    verdict: Verdict = Verdict.UNTRIAGED
    verdict_until: date | None = None
    first_run: int = 0
    first_seen: date = date.min
    last_run: int = 0
    last_seen: date = date.min
    gone_run: int | None = None
    gone_on: date | None = None
    times_back: int = 0
    back_run: int | None = None
    breach_run: int | None = None
    breached_on: date | None = None
    warned_run: int | None = None
    run: int = 0
    previous: int = 0

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code

    @property
    def site(self) -> str:
        """The host of the site."""
        return self.subject.site

    @property
    def present(self) -> bool:
        """Whether the fault was there when last looked at."""
        return self.presence is Presence.PRESENT

    @property
    def warning(self) -> bool:
        """Whether it is (or, when gone, was) an early warning and no fault: it costs nothing."""
        return self.due is not None

    @property
    def since(self) -> date:
        """The day from which it is a fault; of a warning, the day on which it was first seen."""
        return self.breached_on or self.first_seen

    @property
    def last_day(self) -> date | None:
        """The last day on which a warning's duty can still be done in time."""
        return self.due - timedelta(days=1) if self.due else None

    @property
    def mended(self) -> bool:
        """Whether it went, as a fault, in the run that is viewed; a duty done in time did not.

        What a recheck has verified since the audit before counts as well.
        """
        return (
            self.gone_run is not None
            and self.previous < self.gone_run <= self.run
            and (self.present or not self.warning)
        )

    def exempt(self, as_of: date) -> bool:
        """Whether an exemption holds on that day (its last day included)."""
        return self.verdict is Verdict.EXEMPT and (
            self.verdict_until is None or as_of <= self.verdict_until
        )

    def states(self, as_of: date) -> frozenset[FindingState]:
        """Everything that is derived of it on that day."""
        if not self.present:
            return frozenset() if self.warning else frozenset({FindingState.FIXED})
        found = set()
        if self.verdict is not Verdict.REJECTED and not self.exempt(as_of):
            found.add(FindingState.WARNING if self.warning else FindingState.OPEN)
        if self.verdict is Verdict.EXEMPT and not self.exempt(as_of):
            found.add(FindingState.OVERDUE)
        if self.warning:
            return frozenset({*found, FindingState.FIXED} if self.mended else found)
        if self.run == (self.first_run if self.breach_run is None else self.breach_run):
            found.add(FindingState.NEW)
        if self.back_run is not None and self.back_run == self.run:
            found.add(FindingState.BACK)
        return frozenset(found)

    def to_tell(self) -> bool:
        """Whether the machine could not tell, and no person has told yet."""
        return self.review and self.verdict is Verdict.UNTRIAGED


@dataclass(frozen=True, slots=True)
class SiteRun:
    """One site within a run: what became of it, and its coverage by rule family."""

    site: SiteRecord
    state: RunState
    why: str = ""
    coverage: Mapping[str, FamilyCoverage] = field(default_factory=dict)
    examined: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run with everything that was in force in it."""

    id: int
    as_of: date
    started: datetime
    ended: datetime | None
    state: RunState
    version: str = ""
    options: str = ""
    sites: tuple[SiteRun, ...] = ()
    units: tuple[Unit, ...] = ()
    rules: tuple[RuleRecord, ...] = ()
    kind: RunKind = RunKind.AUDIT

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of its sites."""
        return tuple(site.site.host for site in self.sites)


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the verdict log: who decided what, when and why, and what it was before."""

    fingerprint: str
    at: datetime
    by: str
    verdict: Verdict
    previous: Verdict
    why: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a unit says of a finding: ``done`` = it says that it is mended; ``source`` the file.

    A claim changes nothing by itself: only looking again does.
    """

    fingerprint: str
    at: datetime
    by: str
    unit: str
    done: bool
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a page was called when it was last seen, and the columns that it stands in."""

    title: str = ""
    place: str = ""


def unknown_rule(code: str) -> RuleRecord:
    """What stands in for a rule that no stored run knows."""
    return RuleRecord(code, f"规则{code}", family_of(code), "minor")
