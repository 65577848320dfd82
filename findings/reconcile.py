"""What a finished run makes of what was known: pure decisions, without a database (design §7)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from findings.records import LONGEST_EVIDENCE, Presence

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

    def same_as(self, other: Look) -> bool:
        """Whether both look the same but for days that passed and the order of the evidence."""
        return (
            _PASSING_DAYS.sub("#", self.message) == _PASSING_DAYS.sub("#", other.message)
            and sorted(self.evidence) == sorted(other.evidence)
            and self.review == other.review
            and sorted(self.traits) == sorted(other.traits)
            and self.unit == other.unit
        )

    def merged(self, other: Look) -> Look:
        """One look for a fault that was sighted twice in one run, whichever came first.

        Only the unit is taken from the later one: who answers for a page is known better when all
        pages are in.
        """
        first, second = sorted(
            (self, other), key=lambda look: (look.review, look.message, look.evidence)
        )
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


def see(known: Memory | None, look: Look, run: int, day: date) -> tuple[Memory, bool]:
    """The memory after a fault was seen, and whether its former state is worth a history row."""
    if known is None:
        return Memory(look, Presence.PRESENT, run, day, run, day), False
    same = look.same_as(known.look)
    # The words may have moved a day on; evidence that is only sorted anew keeps its order.
    worn = replace(look, evidence=known.look.evidence, traits=known.look.traits) if same else look
    seen = replace(known, look=worn, last_run=run, last_seen=day)
    if known.presence is Presence.PRESENT:
        return seen, not same
    back = replace(
        seen,
        presence=Presence.PRESENT,
        gone_run=None,
        gone_on=None,
        times_back=known.times_back + 1,
        back_run=run,
    )
    return back, True


def miss(known: Memory, run: int, day: date) -> Memory:
    """The memory after a fault was looked for and is not there any more."""
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
