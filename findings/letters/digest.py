"""The digest (每日摘要): what changed since the last one that was sent, for the office or one unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from findings.office.neutral import safe_href, shorten
from findings.records.records import FindingState, RunRecord, StoredFinding
from plugins import Unit


class DigestChange(StrEnum):
    """What happened to a finding, in the order in which a digest tells it."""

    NEW = "new"
    BACK = "back"
    LAPSED = "lapsed"
    WARNING = "warning"
    FIXED = "fixed"


CHANGE_NAMES = {
    DigestChange.NEW: "新增",
    DigestChange.BACK: "复发",
    DigestChange.LAPSED: "豁免到期",
    DigestChange.WARNING: "即将到期",
    DigestChange.FIXED: "已整改",
}


@dataclass(frozen=True, slots=True)
class DigestRow:
    """One finding that changed: whose, what, the words, the page (``href`` "" = no link).

    ``last_day`` is the last day on which a warning's duty can be done in time.
    """

    change: DigestChange
    fingerprint: str
    unit: str
    problem: str
    message: str
    words: str
    url: str
    href: str
    last_day: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """What the office (``unit`` "") or a unit should know today.

    ``since`` is the day of the run that the last digest told of, None for a first one: then every
    fault that stands is new to its reader. ``standing`` counts what stands, changed or not.
    """

    unit: str
    run: int
    as_of: date
    since: date | None
    rows: tuple[DigestRow, ...]
    standing: int
    warnings: int
    reviews: int

    @property
    def changed(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.rows)

    @property
    def counts(self) -> Mapping[DigestChange, int]:
        """How many rows there are of each change."""
        counted = Counter(row.change for row in self.rows)
        return {change: counted[change] for change in DigestChange}

    def of(self, change: DigestChange) -> tuple[DigestRow, ...]:
        """The rows of one change."""
        return tuple(row for row in self.rows if row.change is change)


class RegisteredNames:
    """Whose a finding is, by the register of a run: as the fix lists have it."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._names = {name: unit.name for unit in units for name in (unit.name, *unit.aliases)}

    def of(self, finding: StoredFinding) -> str:
        """The unit's name; "" where none is registered."""
        return self._names.get(finding.unit, "")


def build_digest(
    run: RunRecord,
    now: Sequence[StoredFinding],
    before: Sequence[StoredFinding] = (),
    *,
    since: date | None = None,
    unit: str = "",
) -> Digest:
    """The changes between two views of the store.

    Args:
        run: the run that is told of.
        now: every finding as it was after that run, gone ones too.
        before: the same after the run that the last digest told of; empty for a first one.
        since: the day of that run.
        unit: whose; "" = the office, which is told of all.
    """
    attribution = RegisteredNames(run.units)
    mine = [one for one in now if not unit or attribution.of(one) == unit]
    told = before if since is not None else ()
    known = {one.fingerprint: one for one in told if not unit or attribution.of(one) == unit}
    rows = [
        _row(change, finding, attribution.of(finding))
        for finding in mine
        if (
            change := _change(
                finding, known.get(finding.fingerprint), run.as_of, since or run.as_of
            )
        )
    ]
    order = list(DigestChange)
    return Digest(
        unit=unit,
        run=run.id,
        as_of=run.as_of,
        since=since,
        rows=tuple(
            sorted(
                rows,
                key=lambda row: (
                    order.index(row.change),
                    row.last_day,
                    row.unit,
                    row.url,
                    row.fingerprint,
                ),
            )
        ),
        standing=sum(_stands(one, run.as_of) for one in mine),
        warnings=sum(FindingState.WARNING in one.states(run.as_of) for one in mine),
        reviews=sum(FindingState.OPEN in one.states(run.as_of) and one.to_tell() for one in mine),
    )


def _stands(finding: StoredFinding, day: date) -> bool:
    """Whether it is a fault that counts: neither in doubt, nor rejected, nor exempt."""
    return FindingState.OPEN in finding.states(day) and not finding.to_tell()


def _change(
    now: StoredFinding, before: StoredFinding | None, day: date, since: date
) -> DigestChange | None:
    """What a reader who was told of ``before`` has to be told of ``now``."""
    stood = before is not None and _stands(before, since)
    if FindingState.WARNING in now.states(day):
        warned = before is not None and FindingState.WARNING in before.states(since)
        return None if before and warned and before.due == now.due else DigestChange.WARNING
    if not _stands(now, day):
        return DigestChange.FIXED if stood and not now.present else None
    if before is None or stood:
        return None if stood else DigestChange.NEW
    if before.present and before.exempt(since):
        return DigestChange.LAPSED
    return DigestChange.NEW if before.present or before.warning else DigestChange.BACK


def _row(change: DigestChange, finding: StoredFinding, unit: str) -> DigestRow:
    first = next((one for one in finding.evidence if one.url), None)
    url = first.url if first else finding.subject.ref
    text = first.text if first else next((one.text for one in finding.evidence), "")
    return DigestRow(
        change=change,
        fingerprint=finding.fingerprint,
        unit=unit or finding.site,
        problem=finding.rule.title,
        message=shorten(finding.message, 300),
        words=shorten(text, 120),
        url=shorten(url, 300),
        href=safe_href(url),
        last_day=finding.last_day.isoformat() if finding.last_day else "",
    )
