"""The one transaction that reconciles a site: what was seen is folded into what was known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from findings.records.reconcile import Look, Looked, merge, miss, outcomes, see
from findings.records.records import Presence, Reconciled, RunKind, RunState
from findings.store import rows
from findings.store.models import (
    ErrorRow,
    FindingChange,
    FindingRow,
    Run,
    RunSite,
    StagedSighting,
    SubjectRow,
)
from findings.store.runs import close_site, day_of
from plugins import Subject, SubjectKind
from plugins.errors import StoreError


def finish_site(
    connection: Connection,
    run: int,
    host: str,
    *,
    now: datetime,
    in_force: Collection[str],
    not_judged: Collection[tuple[str, str]],
    coverage: dict[str, Any],
) -> Reconciled:
    """Fold what was seen into what was known, and let go what was looked for in vain."""
    day = day_of(connection, run)
    must_be_open(connection, run, host)
    _must_be_newest(connection, run, host)
    looked = _looked(connection, run, host, in_force, not_judged)
    sightings = _staged(connection, run, host)
    counts = Counter[str]()
    changes: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    moved: list[dict[str, Any]] = []
    touched: list[dict[str, Any]] = []
    # A row lock keeps people's triage and this transaction apart on PostgreSQL; SQLite has one writer.
    known = connection.execute(
        select(FindingRow.table()).where(FindingRow.site == host).with_for_update()
    )
    seen = dict(sightings)
    for row in map(dict, known.mappings()):
        name = row["fingerprint"]
        before = rows.memory_of(row)
        if max(before.last_run, before.gone_run or 0) > run:
            # Somebody looked at it again while this run was going on: that is the newer look.
            seen.pop(name, None)
            counts["unjudged"] += 1
            continue
        if name in seen:
            look, _ = seen.pop(name)
            after, changed = see(before, look, run, day)
        elif before.presence is Presence.GONE:
            continue
        elif looked.at(
            code=row["code"], subject=row["subject_id"], ref=row["ref"], fingerprint=name
        ):
            after, changed = miss(before, run, day), True
        else:
            counts["unjudged"] += 1
            continue
        counts.update(outcomes(before, after))
        if changed:
            changes.append({"fingerprint": name, **rows.past_columns(before, run)})
            moved.append({"name": name, **rows.memory_columns(after)})
        else:
            touched.append({"name": name, **rows.touched_columns(after)})
    for look, identity in seen.values():
        memory, _ = see(None, look, run, day)
        counts.update(outcomes(None, memory))
        fresh.append(
            {
                **identity,
                **rows.memory_columns(memory),
                "verdict": "untriaged",
                "verdict_until": None,
            }
        )
    write(connection, fresh, changes, moved, touched)
    close_site(connection, run, host, RunState.FINISHED, "", now, coverage)
    return Reconciled(**counts)


def must_be_open(connection: Connection, run: int, host: str) -> None:
    """Refuse a site that is not open in that run.

    Raises:
        StoreError: in Chinese.
    """
    state = connection.execute(
        select(RunSite.state).where(RunSite.run_id == run, RunSite.host == host)
    ).scalar_one_or_none()
    if state is None:
        raise StoreError(f"第{run}次检查不含站点 {host}。")
    if state != RunState.RUNNING.value:
        raise StoreError(f"站点 {host} 在第{run}次检查中已经结束。")


def _must_be_newest(connection: Connection, run: int, host: str) -> None:
    later = connection.execute(
        select(RunSite.run_id)
        .join(Run, Run.id == RunSite.run_id)
        .where(
            RunSite.host == host,
            RunSite.run_id > run,
            RunSite.state == RunState.FINISHED.value,
            Run.kind == RunKind.AUDIT.value,
        )
    ).first()
    if later is not None:
        raise StoreError(f"站点 {host} 已有更新的检查（第{later.run_id}次），本次结果不再并入。")


def _looked(
    connection: Connection,
    run: int,
    host: str,
    in_force: Collection[str],
    not_judged: Collection[tuple[str, str]],
) -> Looked:
    examined = connection.execute(
        select(SubjectRow.id).where(SubjectRow.site == host, SubjectRow.examined_run == run)
    ).scalars()
    failed = set()
    everywhere = set()
    for error in connection.execute(
        select(ErrorRow).where(ErrorRow.site == host, ErrorRow.last_run == run)
    ).mappings():
        if error["kind"] == SubjectKind.SITE.value:
            everywhere.add(error["code"])
        subject = Subject(SubjectKind(error["kind"]), error["site"], error["ref"])
        failed.add((error["code"], rows.subject_id(subject)))
    return Looked(
        in_force=frozenset(in_force),
        examined=frozenset(examined),
        failed=failed,
        failed_everywhere=everywhere,
        not_judged=frozenset(not_judged),
    )


def _staged(
    connection: Connection, run: int, host: str
) -> Mapping[str, tuple[Look, dict[str, Any]]]:
    looks: list[tuple[str, Look]] = []
    identities: dict[str, dict[str, Any]] = {}
    staged = connection.execute(
        select(StagedSighting.table())
        .where(StagedSighting.run_id == run, StagedSighting.site == host)
        .order_by(StagedSighting.id)
    )
    for row in map(dict, staged.mappings()):
        looks.append((row["fingerprint"], rows.look_of(row)))
        identities[row["fingerprint"]] = {
            **{name: row[name] for name in ("fingerprint", "code", "kind", "site", "ref", "key")},
            "subject_id": rows.subject_id(
                Subject(SubjectKind(row["kind"]), row["site"], row["ref"])
            ),
        }
    return {name: (look, identities[name]) for name, look in merge(looks).items()}


def write(
    connection: Connection,
    fresh: Sequence[dict[str, Any]],
    changes: Sequence[dict[str, Any]],
    *updates: Sequence[dict[str, Any]],
) -> None:
    """Write new findings, what they looked like before, and the columns that moved."""
    if fresh:
        connection.execute(insert(FindingRow), list(fresh))
    if changes:
        connection.execute(insert(FindingChange), list(changes))
    table = FindingRow.table()
    for values in updates:
        if values:
            connection.execute(
                update(table).where(table.c.fingerprint == bindparam("name")), list(values)
            )
