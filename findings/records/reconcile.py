"""What a finished run makes of what was known: pure decisions, without a database (design §7)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from findings.records.records import LONGEST_EVIDENCE, Presence

# "至2026-03-01已超14天" is one day more every night; that is time passing, not a change of the fault.
_DAY = r"\d{4}-\d{2}-\d{2}"
_PASSING_DAYS = re.compile(
    rf"\d+(?=\s*(?:天|个工作日))|(?<=，至){_DAY}(?=已)|(?<=到检查日){_DAY}|(?<=检查当天（){_DAY}"
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a fault looks like: everything that a change of it would change."""

    message: str
    evidence: tuple[tuple[str, str, str], ...] = ()
    review: bool = False
    traits: tuple[str, ...] = ()
    unit: str = ""
    due: date | None = None

    def same_as(self, other: Look) -> bool:
        """Whether both look the same but for days that passed and the order of the evidence."""
        return (
            _PASSING_DAYS.sub("#", self.message) == _PASSING_DAYS.sub("#", other.message)
            and sorted(self.evidence) == sorted(other.evidence)
            and self.review == other.review
            and sorted(self.traits) == sorted(other.traits)
            and self.unit == other.unit
            and self.due == other.due
        )

    def merged(self, other: Look) -> Look:
        """One look for a fault that was sighted twice in one run, whichever came first.

        Only the unit is taken from the later one: who answers for a page is known better when all
        pages are in.
        """
        first, second = sorted(
            (self, other),
            key=lambda look: (look.due or date.min, look.review, look.message, look.evidence),
        )
        if first.due != second.due:
            # A fault that is there now takes the place of a warning, the next day that of a later.
            return replace(first, unit=other.unit or self.unit)
        evidence = dict.fromkeys((*first.evidence, *second.evidence))
        return replace(
            first,
            evidence=tuple(evidence)[:LONGEST_EVIDENCE],
            traits=tuple(dict.fromkeys((*first.traits, *second.traits))),
            unit=other.unit or self.unit,
        )


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of a fault's comings and goings; the machine's part of a finding."""

    look: Look
    presence: Presence
    first_run: int
    first_seen: date
    last_run: int
    last_seen: date
    gone_run: int | None = None
    gone_on: date | None = None
    times_back: int = 0
    back_run: int | None = None
    breach_run: int | None = None
    breached_on: date | None = None
    warned_run: int | None = None

    @property
    def fault(self) -> bool:
        """Whether it is a fault now: there, and more than a warning."""
        return self.presence is Presence.PRESENT and self.look.due is None


def see(known: Memory | None, look: Look, run: int, day: date) -> tuple[Memory, bool]:
    """The memory after a fault was seen, and whether its former state is worth a history row.

    A warning is no fault yet: it neither comes back nor counts as new. When its day has passed, the
    same finding is the fault; on a fault that is mended it may follow at once.
    """
    if known is None:
        first = Memory(look, Presence.PRESENT, run, day, run, day)
        return _warned(first, run) if look.due else _breached(first, run, day), False
    same = look.same_as(known.look)
    # The words may have moved a day on; evidence that is only sorted anew keeps its order.
    worn = replace(look, evidence=known.look.evidence, traits=known.look.traits) if same else look
    seen = replace(known, look=worn, last_run=run, last_seen=day)
    there = known.presence is Presence.PRESENT
    if there and known.fault is (look.due is None):
        return seen, not same
    seen = replace(seen, presence=Presence.PRESENT, gone_run=None, gone_on=None)
    if look.due is not None:
        mended = replace(seen, gone_run=run, gone_on=day) if known.fault else seen
        return _warned(mended, run), True
    if known.breach_run is None:
        return _breached(seen, run, day), True
    return replace(seen, times_back=known.times_back + 1, back_run=run), True


def _breached(memory: Memory, run: int, day: date) -> Memory:
    return replace(memory, breach_run=run, breached_on=day)


def _warned(memory: Memory, run: int) -> Memory:
    return replace(memory, warned_run=run)


class FindingOutcome(StrEnum):
    """What a run did to one finding; the names are those of :class:`Reconciled`."""

    NEW = "new"
    BACK = "back"
    GONE = "gone"
    STILL = "still"
    WARNED = "warned"
    MET = "met"


def outcomes(before: Memory | None, after: Memory) -> tuple[FindingOutcome, ...]:
    """What became of a finding: a fault that is mended and warned of at once is two things."""
    was = before is not None and before.fault
    if after.fault:
        if was:
            return (FindingOutcome.STILL,)
        return (
            FindingOutcome.NEW
            if before is None or before.breach_run is None
            else FindingOutcome.BACK,
        )
    ended = (FindingOutcome.GONE,) if was else ()
    if after.presence is Presence.PRESENT:
        return (*ended, FindingOutcome.WARNED)
    return ended or (FindingOutcome.MET,)


def miss(known: Memory, run: int, day: date) -> Memory:
    """The memory after a fault, or what a warning spoke of, was looked for and is there no more."""
    return replace(known, presence=Presence.GONE, gone_run=run, gone_on=day)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a finished run of one site looked at, so that absence can be told from not looking.

    ``examined`` holds the ids of the examined subjects; ``failed`` (code, subject id) pairs;
    ``failed_everywhere`` codes that failed on the site itself; ``not_judged`` pairs of a code and
    a fingerprint or subject ref about which the crawler says that nothing was learned.
    """

    in_force: Collection[str]
    examined: Collection[str]
    failed: Collection[tuple[str, str]] = ()
    failed_everywhere: Collection[str] = ()
    not_judged: Collection[tuple[str, str]] = ()

    def at(self, *, code: str, subject: str, ref: str, fingerprint: str) -> bool:
        """Whether that rule really was run on that subject: only then is absence evidence."""
        return (
            code in self.in_force
            and subject in self.examined
            and (code, subject) not in self.failed
            and code not in self.failed_everywhere
            and (code, fingerprint) not in self.not_judged
            and (code, ref) not in self.not_judged
        )


def merge(looks: Collection[tuple[str, Look]]) -> Mapping[str, Look]:
    """One look per fingerprint."""
    merged: dict[str, Look] = {}
    for name, look in looks:
        merged[name] = merged[name].merged(look) if name in merged else look
    return merged
