"""The store's traces: why the pages of a finding were taken for what they were, stored on change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, delete, insert, select, update

from findings.records.pictures import KEPT
from findings.records.traces import FindingTrace
from findings.store import rows
from findings.store.models import TraceRow

AT_ONCE = 500


def keep(connection: Connection, site: str, traces: Iterable[FindingTrace], now: datetime) -> None:
    """Keep the traces of a site's findings, and forget all that nobody has kept for too long.

    What is as it was only moves its time; what a finding no longer rests on goes.
    """
    table = TraceRow.table()
    query = select(table.c.fingerprint, table.c.place, table.c.digest).where(table.c.site == site)
    known = {(name, place): digest for name, place, digest in connection.execute(query)}
    seen: dict[str, set[int]] = defaultdict(set)
    fresh: list[dict[str, Any]] = []
    for trace in traces:
        seen[trace.fingerprint].add(trace.place)
        digest = blake2b(trace.data, digest_size=16).hexdigest()
        if known.get((trace.fingerprint, trace.place)) != digest:
            fresh.append(_row(trace, digest, now))
    gone = [key for key in known if key[0] in seen and key[1] not in seen[key[0]]]
    for name, place in (*gone, *((one["fingerprint"], one["place"]) for one in fresh)):
        connection.execute(
            delete(table).where(and_(table.c.fingerprint == name, table.c.place == place))
        )
    if fresh:
        connection.execute(insert(table), fresh)
    names = sorted(seen)
    for start in range(0, len(names), AT_ONCE):
        part = names[start : start + AT_ONCE]
        connection.execute(update(table).where(table.c.fingerprint.in_(part)).values(kept=now))
    connection.execute(delete(table).where(table.c.kept < now - KEPT))


def _row(trace: FindingTrace, digest: str, now: datetime) -> dict[str, Any]:
    return {
        "fingerprint": trace.fingerprint,
        "place": trace.place,
        "site": trace.site,
        "run_id": trace.run,
        "since": trace.since,
        "kept": now,
        "digest": digest,
        "data": trace.data,
    }


def of_finding(connection: Connection, fingerprint: str) -> tuple[FindingTrace, ...]:
    """What is kept of one finding, the page that it speaks of first."""
    query = select(TraceRow.table()).where(TraceRow.fingerprint == fingerprint)
    found = connection.execute(query.order_by(TraceRow.place)).mappings()
    return tuple(_trace(row) for row in found)


def of_sites(
    connection: Connection, hosts: Collection[str], until: int
) -> dict[str, tuple[FindingTrace, ...]]:
    """What is kept of these sites' findings by no later run than ``until``, by finding."""
    query = select(TraceRow.table()).where(TraceRow.site.in_(hosts), TraceRow.run_id <= until)
    found: dict[str, tuple[FindingTrace, ...]] = {}
    order = query.order_by(TraceRow.fingerprint, TraceRow.place)
    for row in connection.execute(order).mappings():
        found[row["fingerprint"]] = (*found.get(row["fingerprint"], ()), _trace(row))
    return found


def _trace(row: RowMapping) -> FindingTrace:
    return FindingTrace(
        fingerprint=row["fingerprint"],
        site=row["site"],
        place=row["place"],
        run=row["run_id"],
        since=rows.moment(row["since"]),
        data=bytes(row["data"]),
    )
