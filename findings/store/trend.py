"""How many faults were open, new and mended run by run: what a chart of the last nights shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from findings.records.records import (
    FindingState,
    RunKind,
    RunRecord,
    RunState,
    StoredFinding,
    unknown_rule,
)
from findings.store import reading, rows
from findings.store.models import FindingChange, FindingRow, Run, RunSite

# All that the state of a finding follows from; neither its words nor its evidence, which are long.
NOW = (
    "fingerprint", "code", "kind", "site", "ref", "key", "unit", "first_run", "first_seen",
    "verdict", "verdict_until",
)  # fmt: skip
PAST = (
    "review", "due", "presence", "last_run", "last_seen", "gone_run", "gone_on", "times_back",
    "back_run", "breach_run", "breached_on", "warned_run",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tick:
    """One run: its day, and how many faults were open, new (or back) and mended in it."""

    run: int
    as_of: date
    open: int
    new: int
    fixed: int


def ticks(connection: Connection, run: RunRecord, limit: int) -> tuple[Tick, ...]:
    """The last ``limit`` finished audits of the run's sites up to that run, oldest first.

    Faults are counted as the report of each run counts them, with today's verdicts: what a person
    must tell first, is exempt or was wrongly found is none.
    """
    earlier = (
        select(Run.id, Run.as_of)
        .join(RunSite, RunSite.run_id == Run.id)
        .where(
            Run.id <= run.id,
            Run.kind == RunKind.AUDIT.value,
            RunSite.host.in_(run.hosts),
            RunSite.state == RunState.FINISHED.value,
        )
        .distinct()
        .order_by(Run.id.desc())
        .limit(limit)
    )
    runs = [(row.id, row.as_of) for row in connection.execute(earlier)][::-1]
    if not runs:
        return ()
    histories = list(_histories(connection, run.hosts, run.id, since=runs[0][0]))
    found = []
    for number, day in runs:
        newest = reading.newest_finished(connection, run.hosts, number)
        previous = reading.before(connection, newest)
        found.append(_tick(number, day, _at(histories, number, newest, previous)))
    return tuple(found)


def _tick(run: int, day: date, findings: Iterable[StoredFinding]) -> Tick:
    still = new = fixed = 0
    for finding in findings:
        if finding.mended:
            fixed += 1
        if finding.to_tell():
            continue
        states = finding.states(day)
        if FindingState.OPEN in states:
            still += 1
            new += bool(states & {FindingState.NEW, FindingState.BACK})
    return Tick(run, day, still, new, fixed)


@dataclass(frozen=True, slots=True)
class _History:
    """A finding as it is now, and what later runs replaced, the first of them first."""

    now: Mapping[str, Any]
    past: tuple[Mapping[str, Any], ...]

    def at(self, run: int) -> dict[str, Any]:
        """What was known after ``run``."""
        for row in self.past:
            if row["until_run"] > run:
                return {**self.now, **{name: row[name] for name in PAST}}
        return dict(self.now)


def _histories(
    connection: Connection, hosts: Collection[str], until: int, *, since: int
) -> Iterator[_History]:
    table, changes = FindingRow.table(), FindingChange.table()
    past: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    query = (
        select(changes.c.fingerprint, changes.c.until_run, *(changes.c[name] for name in PAST))
        .join(table, table.c.fingerprint == changes.c.fingerprint)
        .where(table.c.site.in_(hosts), changes.c.until_run > since)
        .order_by(changes.c.id)
    )
    for row in connection.execute(query).mappings():
        past[row["fingerprint"]].append(dict(row))
    wanted = select(*(table.c[name] for name in (*NOW, *PAST)))
    wanted = wanted.where(table.c.site.in_(hosts), table.c.first_run <= until)
    for row in connection.execute(wanted).mappings():
        yield _History(dict(row), tuple(past.get(row["fingerprint"], ())))


def _at(
    histories: Iterable[_History],
    run: int,
    newest: Mapping[str, int],
    previous: Mapping[str, int],
) -> Iterator[StoredFinding]:
    for history in histories:
        if history.now["first_run"] > run:
            continue
        row = {**history.at(run), "message": "", "evidence": (), "traits": ()}
        site = row["site"]
        yield rows.finding_of(
            row, unknown_rule(row["code"]), run=newest.get(site, 0), previous=previous.get(site, 0)
        )
