"""What a recheck writes: a few findings looked at again, and nothing else touched."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from findings.records.reconcile import Memory, miss, see
from findings.records.records import Observed, Presence, RunState
from findings.store import rows
from findings.store.finish_site import must_be_open, write
from findings.store.models import FindingRow
from findings.store.runs import close_site, day_of


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What became of one finding of a recheck.

    ``gone``: it was looked for and is not there any more. Otherwise it is still there: ``observed``
    is what its rule says of it today, None where only that it is there is known.
    """

    fingerprint: str
    gone: bool
    observed: Observed | None = None


def finish_recheck(
    connection: Connection, run: int, host: str, found: Collection[Rechecked], now: datetime
) -> frozenset[str]:
    """Write what a recheck found out about findings of a site; gives those that went.

    A finding that is gone already, or that a later run has looked at, stays as it is.

    Raises:
        StoreError: when the site is not open in that run.
    """
    day = day_of(connection, run)
    must_be_open(connection, run, host)
    wanted = {one.fingerprint: one for one in found}
    gone: set[str] = set()
    changes: list[dict[str, Any]] = []
    moved: list[dict[str, Any]] = []
    touched: list[dict[str, Any]] = []
    for row in _known(connection, host, wanted):
        name = row["fingerprint"]
        before = rows.memory_of(row)
        if before.presence is Presence.GONE or before.last_run > run:
            continue
        after, changed = _after(before, wanted[name], run, day)
        if after.presence is Presence.GONE:
            gone.add(name)
        if changed:
            changes.append({"fingerprint": name, **rows.past_columns(before, run)})
            moved.append({"name": name, **rows.memory_columns(after)})
        else:
            touched.append({"name": name, **rows.touched_columns(after)})
    write(connection, [], changes, moved, touched)
    close_site(connection, run, host, RunState.FINISHED, "", now)
    return frozenset(gone)


def _known(
    connection: Connection, host: str, wanted: Mapping[str, Rechecked]
) -> list[dict[str, Any]]:
    names = sorted(wanted)
    found: list[dict[str, Any]] = []
    for start in range(0, len(names), 500):
        query = (
            select(FindingRow.table())
            .where(FindingRow.site == host, FindingRow.fingerprint.in_(names[start : start + 500]))
            .order_by(FindingRow.fingerprint)
            .with_for_update()
        )
        found += map(dict, connection.execute(query).mappings())
    return found


def _after(before: Memory, one: Rechecked, run: int, day: date) -> tuple[Memory, bool]:
    if one.gone:
        return miss(before, run, day), True
    there = replace(before, last_run=run, last_seen=day)
    if one.observed is None:
        return there, False
    look = rows.look_of(rows.staged(run, one.observed))
    if before.look.due is not None and look.due is None:
        # That a warning has become a fault is news, which the next audit tells.
        return there, False
    # Who answers and how grave it is goes by the whole site, which a recheck does not see.
    return see(before, replace(look, unit=before.look.unit, traits=before.look.traits), run, day)
