"""The store's writing half: runs, staging, and the one transaction that reconciles a site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from findings.records.records import (
    Batch,
    Claim,
    Decision,
    PageSeen,
    RuleFailure,
    RunKind,
    RunState,
    SiteRecord,
)
from findings.store import rows
from findings.store.models import (
    ClaimLine,
    CoverageSheet,
    ErrorRow,
    FindingRow,
    Model,
    Register,
    Rulebook,
    Run,
    RunSite,
    SiteSheet,
    StagedSighting,
    SubjectRow,
    VerdictLine,
)
from plugins import Subject, fingerprint
from plugins.errors import StoreError

SUPERSEDED = "检查中途退出，未作结论。"


def _upsert(
    connection: Connection, table: type[Model], values: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows; where the primary key is there already, overwrite what the rows carry."""
    if not values:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table.table())
    keys = [column.name for column in table.table().primary_key]
    carried = {name: statement.excluded[name] for name in values[0] if name not in keys}
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=carried), list(values)
    )


def content_id(
    connection: Connection,
    table: type[Rulebook | Register | CoverageSheet],
    content: Any,
) -> int:
    """The row that holds this content, made when it is new."""
    digest = rows.digest_of(content)
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(
        dialect.insert(table.table()).on_conflict_do_nothing(),
        [{"digest": digest, "content": content}],
    )
    found: int = connection.execute(select(table.id).where(table.digest == digest)).scalar_one()
    return found


def start_run(
    connection: Connection,
    *,
    as_of: date,
    started: datetime,
    sites: Sequence[SiteRecord],
    units: Sequence[dict[str, Any]],
    rules: Sequence[dict[str, Any]],
    options: str,
    version: str,
    kind: RunKind = RunKind.AUDIT,
) -> int:
    """Open a run; those of its kind over the same sites that a crash left open are closed as aborted.

    A recheck leaves the register of sites as the last audit wrote it.
    """
    hosts = [site.host for site in sites]
    if not hosts or len(set(hosts)) < len(hosts):
        raise StoreError("一次检查至少要有一个站点，且站点不得重复。")
    _close_crashed(connection, hosts, kind, started)
    run: int = connection.execute(
        insert(Run)
        .values(
            as_of=as_of,
            started=started,
            state=RunState.RUNNING.value,
            version=version,
            options=options,
            kind=kind.value,
            rulebook_id=content_id(connection, Rulebook, rules),
            register_id=content_id(connection, Register, units),
        )
        .returning(Run.id)
    ).scalar_one()
    registered = [
        {"host": site.host, "name": site.name, "url": site.url, "unit": site.unit}
        for site in sorted(sites, key=lambda site: site.host)
    ]
    if kind is RunKind.AUDIT:
        _upsert(connection, SiteSheet, registered)
    connection.execute(
        insert(RunSite),
        [
            {"run_id": run, "host": host, "state": RunState.RUNNING.value, "why": ""}
            for host in hosts
        ],
    )
    return run


def _close_crashed(
    connection: Connection, hosts: Sequence[str], kind: RunKind, now: datetime
) -> None:
    """A recheck may go on beside an audit: neither takes the other for a run that crashed."""
    open_rows = connection.execute(
        select(RunSite.run_id, RunSite.host)
        .join(Run, Run.id == RunSite.run_id)
        .where(
            RunSite.state == RunState.RUNNING.value,
            RunSite.host.in_(hosts),
            Run.kind == kind.value,
        )
    ).all()
    for run, host in open_rows:
        abort_site(connection, run, host, SUPERSEDED, now)
    for run in {run for run, _ in open_rows}:
        still = select(RunSite.host).where(
            RunSite.run_id == run, RunSite.state == RunState.RUNNING.value
        )
        if connection.execute(still).first() is None:
            connection.execute(
                update(Run)
                .where(Run.id == run, Run.state == RunState.RUNNING.value)
                .values(state=RunState.ABORTED.value, ended=now)
            )


def day_of(connection: Connection, run: int) -> date:
    """The audit day of a run that is going on.

    Raises:
        StoreError: when there is no such run, or it has ended.
    """
    row = connection.execute(select(Run.as_of, Run.state).where(Run.id == run)).one_or_none()
    if row is None:
        raise StoreError(f"没有第{run}次检查。")
    if row.state != RunState.RUNNING.value:
        raise StoreError(f"第{run}次检查已结束，不能再写入。")
    day: date = row.as_of
    return day


def record(connection: Connection, run: int, batch: Batch) -> None:
    """Note what was examined and what failed, and stage what was seen."""
    day = day_of(connection, run)
    if batch.sightings:
        connection.execute(
            insert(StagedSighting), [rows.staged(run, observed) for observed in batch.sightings]
        )
    _note_pages(connection, run, batch.pages)
    _note_examined(connection, run, day, batch.examined)
    _note_errors(connection, run, batch.errors)


def _subject_row(subject: Subject) -> dict[str, Any]:
    return {
        "id": rows.subject_id(subject),
        "kind": subject.kind.value,
        "site": rows.clean(subject.site),
        "ref": rows.clean(subject.ref),
        "url": "",
        "title": "",
        "digest": "",
        "place": "",
    }


def _note_examined(
    connection: Connection, run: int, day: date, subjects: Iterable[Subject]
) -> None:
    table = SubjectRow.table()
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    # Sorted: two writers that take rows in the same order never wait for each other in a circle.
    values = sorted(
        (
            {**_subject_row(subject), "examined_run": run, "examined_on": day}
            for subject in set(subjects)
        ),
        key=lambda value: str(value["id"]),
    )
    if values:
        statement = dialect.insert(SubjectRow.table())
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=[table.c.id],
                set_={name: statement.excluded[name] for name in ("examined_run", "examined_on")},
            ),
            values,
        )


def _note_pages(connection: Connection, run: int, pages: Sequence[PageSeen]) -> None:
    """Note what pages looked like; that a page came back does not say that it was examined."""
    wanted = {rows.subject_id(page.subject): page for page in pages}
    names = list(wanted)
    known: dict[str, tuple[str, int | None]] = {}
    for start in range(0, len(names), 500):
        query = select(SubjectRow.id, SubjectRow.digest, SubjectRow.changed_run).where(
            SubjectRow.id.in_(names[start : start + 500])
        )
        known |= {name: (digest, changed) for name, digest, changed in connection.execute(query)}
    values = []
    for name, page in sorted(wanted.items()):
        digest, changed = known.get(name, ("", None))
        values.append(
            {
                **_subject_row(page.subject),
                "url": rows.clean(page.url),
                "title": rows.clean(page.title),
                "status": page.status,
                "place": rows.clean(page.place),
                # A page that gave nothing has not changed; it was not seen.
                "digest": rows.clean(page.digest) or digest,
                "changed_run": changed if page.digest in {"", digest} else run,
            }
        )
    _upsert(connection, SubjectRow, values)


def _note_errors(connection: Connection, run: int, errors: Sequence[RuleFailure]) -> None:
    values = {
        (name := fingerprint(error.code, error.subject)): {
            "id": name,
            "code": error.code,
            "kind": error.subject.kind.value,
            "site": rows.clean(error.subject.site),
            "ref": rows.clean(error.subject.ref),
            "message": rows.clean(error.message),
            "first_run": run,
            "last_run": run,
        }
        for error in errors
    }
    if not values:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(ErrorRow.table())
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["id"],
            set_={name: statement.excluded[name] for name in ("message", "last_run")},
        ),
        [values[name] for name in sorted(values)],
    )


def close_site(
    connection: Connection,
    run: int,
    host: str,
    state: RunState,
    why: str,
    now: datetime,
    coverage: dict[str, Any] | None = None,
) -> None:
    """Note how a site's run ended, and drop what it had staged."""
    values: dict[str, Any] = {"state": state.value, "why": rows.clean(why), "ended": now}
    if coverage is not None:
        values["coverage_id"] = content_id(connection, CoverageSheet, coverage)
    connection.execute(
        update(RunSite).where(RunSite.run_id == run, RunSite.host == host).values(**values)
    )
    connection.execute(
        delete(StagedSighting).where(StagedSighting.run_id == run, StagedSighting.site == host)
    )


def abort_site(
    connection: Connection,
    run: int,
    host: str,
    why: str,
    now: datetime,
    coverage: dict[str, Any] | None = None,
) -> None:
    """Give a site's run up: what it saw is dropped, what was known stays as it was."""
    close_site(connection, run, host, RunState.ABORTED, why, now, coverage)


def finish_run(connection: Connection, run: int, state: RunState, now: datetime) -> None:
    """Close a run; sites still open in it are closed as aborted."""
    day_of(connection, run)
    if state is RunState.RUNNING:
        raise StoreError("检查的结束状态只能是已完成、已中止或结果不可信。")
    open_hosts = connection.execute(
        select(RunSite.host).where(RunSite.run_id == run, RunSite.state == RunState.RUNNING.value)
    ).scalars()
    for host in list(open_hosts):
        left = RunState.UNHEALTHY if state is RunState.UNHEALTHY else RunState.ABORTED
        close_site(connection, run, host, left, SUPERSEDED, now)
    connection.execute(delete(StagedSighting).where(StagedSighting.run_id == run))
    connection.execute(update(Run).where(Run.id == run).values(state=state.value, ended=now))


def claim(connection: Connection, claims: Sequence[Claim]) -> None:
    """Add what units say; what they said before stays."""
    if claims:
        connection.execute(
            insert(ClaimLine),
            [
                {
                    "fingerprint": one.fingerprint,
                    "at": one.at,
                    "by": rows.clean(one.by),
                    "unit": rows.clean(one.unit),
                    "done": one.done,
                    "text": rows.clean(one.text),
                    "source": rows.clean(one.source),
                }
                for one in claims
            ],
        )


def decide(connection: Connection, decision: Decision) -> Decision:
    """Write a verdict and its line in the log; returns it with the verdict that it replaces."""
    row = connection.execute(
        select(FindingRow.verdict)
        .where(FindingRow.fingerprint == decision.fingerprint)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise StoreError(f"没有编号为 {decision.fingerprint} 的问题。")
    values = {
        "fingerprint": decision.fingerprint,
        "at": decision.at,
        "by": rows.clean(decision.by),
        "verdict": decision.verdict.value,
        "previous": row.verdict,
        "why": rows.clean(decision.why),
        "until": decision.until,
    }
    connection.execute(insert(VerdictLine).values(**values))
    connection.execute(
        update(FindingRow)
        .where(FindingRow.fingerprint == decision.fingerprint)
        .values(verdict=decision.verdict.value, verdict_until=decision.until)
    )
    return Decision(
        fingerprint=decision.fingerprint,
        at=decision.at,
        by=decision.by,
        verdict=decision.verdict,
        previous=type(decision.verdict)(row.verdict),
        why=decision.why,
        until=decision.until,
    )
