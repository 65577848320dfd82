"""The store's reading half: runs, and findings as they are now or were after an older run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, and_, func, select

from findings.records.records import (
    Claim,
    Decision,
    Presence,
    RuleFailure,
    RuleRecord,
    RunKind,
    RunRecord,
    RunState,
    SiteRecord,
    SiteRun,
    StoredFinding,
    Verdict,
    Whereabouts,
    unknown_rule,
)
from findings.store import rows
from findings.store.models import (
    ClaimLine,
    CoverageSheet,
    ErrorRow,
    FindingChange,
    FindingRow,
    Register,
    Rulebook,
    Run,
    RunSite,
    SiteSheet,
    SubjectRow,
    VerdictLine,
)
from plugins import Subject, SubjectKind


def run_ids(connection: Connection, limit: int) -> list[int]:
    """The newest runs, newest first."""
    return list(connection.execute(select(Run.id).order_by(Run.id.desc()).limit(limit)).scalars())


def latest_run(connection: Connection) -> int | None:
    """The newest audit in which at least one site was finished."""
    return connection.execute(
        select(func.max(RunSite.run_id))
        .join(Run, Run.id == RunSite.run_id)
        .where(RunSite.state == RunState.FINISHED.value, Run.kind == RunKind.AUDIT.value)
    ).scalar_one()


def run_record(connection: Connection, run: int) -> RunRecord | None:
    """One run with its sites, units and rules."""
    row = connection.execute(
        select(Run.table(), Rulebook.content.label("rules"), Register.content.label("units"))
        .join(Rulebook, Rulebook.id == Run.rulebook_id)
        .join(Register, Register.id == Run.register_id)
        .where(Run.id == run)
    ).one_or_none()
    if row is None:
        return None
    return RunRecord(
        id=row.id,
        as_of=row.as_of,
        started=rows.moment(row.started),
        ended=rows.moment(row.ended) if row.ended else None,
        state=RunState(row.state),
        version=row.version,
        options=row.options,
        sites=_sites(connection, run),
        units=rows.units_of(row.units),
        rules=rows.rules_of(row.rules),
        kind=RunKind(row.kind),
    )


def _sites(connection: Connection, run: int) -> tuple[SiteRun, ...]:
    query = (
        select(SiteSheet.table(), RunSite.state, RunSite.why, CoverageSheet.content)
        .join(RunSite, RunSite.host == SiteSheet.host)
        .outerjoin(CoverageSheet, CoverageSheet.id == RunSite.coverage_id)
        .where(RunSite.run_id == run)
        .order_by(SiteSheet.host)
    )
    return tuple(
        SiteRun(
            site=SiteRecord(row["host"], row["name"], row["url"], row["unit"]),
            state=RunState(row["state"]),
            why=row["why"],
            coverage=rows.coverage_of(row["content"]),
            examined=(row["content"] or {}).get("examined", {}),
        )
        for row in connection.execute(query).mappings()
    )


def newest_finished(
    connection: Connection, hosts: Collection[str] | None, until: int | None
) -> dict[str, int]:
    """For each site the newest audit, not after ``until``, in which it was finished."""
    query = (
        select(RunSite.host, func.max(RunSite.run_id).label("run"))
        .join(Run, Run.id == RunSite.run_id)
        .where(RunSite.state == RunState.FINISHED.value, Run.kind == RunKind.AUDIT.value)
    )
    if hosts is not None:
        query = query.where(RunSite.host.in_(hosts))
    if until is not None:
        query = query.where(RunSite.run_id <= until)
    return {row.host: row.run for row in connection.execute(query.group_by(RunSite.host))}


def before(connection: Connection, newest: Mapping[str, int]) -> dict[str, int]:
    """For each site the audit in which it was finished before that one."""
    found: dict[str, int] = {}
    for number in set(newest.values()):
        hosts = [host for host, run in newest.items() if run == number]
        found |= newest_finished(connection, hosts, number - 1)
    return found


def rules_by_code(connection: Connection, run: int | None) -> dict[str, RuleRecord]:
    """Every rule that was ever in force: as of ``run`` where it was in force then, else newest."""
    rules: dict[str, RuleRecord] = {}
    for content in connection.execute(select(Rulebook.content).order_by(Rulebook.id)).scalars():
        rules |= {rule.code: rule for rule in rows.rules_of(content)}
    newest = select(Rulebook.content).join(Run, Run.rulebook_id == Rulebook.id)
    newest = newest.order_by(Run.id.desc()).limit(1)
    if run is not None:
        newest = newest.where(Run.id == run)
    for content in connection.execute(newest).scalars():
        rules |= {rule.code: rule for rule in rows.rules_of(content)}
    return rules


def findings(
    connection: Connection,
    *,
    run: int | None,
    hosts: Collection[str] | None = None,
    code: str | None = None,
    fingerprint: str | None = None,
    present_only: bool = False,
) -> Iterable[StoredFinding]:
    """All findings, gone ones too, as they were after ``run`` (None: as they are now).

    ``fingerprint`` may be the beginning of one; ``present_only`` is about now, not about ``run``.
    """
    newest = newest_finished(connection, hosts, run)
    previous = before(connection, newest)
    rules = rules_by_code(connection, run)
    query = select(FindingRow.table())
    if hosts is not None:
        query = query.where(FindingRow.site.in_(hosts))
    if code is not None:
        query = query.where(FindingRow.code == code)
    if fingerprint is not None:
        query = query.where(FindingRow.fingerprint.startswith(fingerprint, autoescape=True))
    if present_only:
        query = query.where(FindingRow.presence == Presence.PRESENT.value)
    past: Mapping[str, Mapping[str, Any]] = {}
    if run is not None:
        query = query.where(FindingRow.first_run <= run)
        past = _past(connection, run)
    query = query.order_by(FindingRow.site, FindingRow.code, FindingRow.ref, FindingRow.key)
    for row in connection.execute(query).mappings():
        shown: dict[str, Any] = {**row, **past.get(row["fingerprint"], {})}
        rule = rules.get(row["code"]) or unknown_rule(row["code"])
        at = newest.get(row["site"], 0)
        if run is not None and shown["last_run"] > run:
            # Seen since then without a change: that it was seen in this run is the best we know.
            shown["last_run"] = at
            shown["last_seen"] = _day(connection, at) or shown["last_seen"]
        yield rows.finding_of(shown, rule, run=at, previous=previous.get(row["site"], 0))


def _day(connection: Connection, run: int) -> Any:
    return connection.execute(select(Run.as_of).where(Run.id == run)).scalar_one_or_none()


def _past(connection: Connection, run: int) -> dict[str, Mapping[str, Any]]:
    """For each finding changed after ``run``: what the first of those changes replaced."""
    first = (
        select(FindingChange.fingerprint, func.min(FindingChange.id).label("id"))
        .where(FindingChange.until_run > run)
        .group_by(FindingChange.fingerprint)
        .subquery()
    )
    query = select(FindingChange.table()).join(first, and_(first.c.id == FindingChange.id))
    return {
        row["fingerprint"]: {name: row[name] for name in rows.PAST_COLUMNS}
        for row in connection.execute(query).mappings()
    }


def errors(connection: Connection, run: int) -> list[RuleFailure]:
    """The check errors of a run.

    An error that went on is known by its first and its last run, so an older run is said to have
    had it when it lies between these.
    """
    query = (
        select(ErrorRow.table())
        .where(ErrorRow.first_run <= run, ErrorRow.last_run >= run)
        .order_by(ErrorRow.code, ErrorRow.site, ErrorRow.ref)
    )
    return [
        RuleFailure(
            row["code"],
            Subject(SubjectKind(row["kind"]), row["site"], row["ref"]),
            row["message"],
        )
        for row in connection.execute(query).mappings()
    ]


def claims(connection: Connection, fingerprints: Collection[str] | None) -> list[Claim]:
    """What units said, oldest first."""
    query = select(ClaimLine.table()).order_by(ClaimLine.id)
    if fingerprints is not None:
        query = query.where(ClaimLine.fingerprint.in_(fingerprints))
    return [
        Claim(
            fingerprint=row["fingerprint"],
            at=rows.moment(row["at"]),
            by=row["by"],
            unit=row["unit"],
            done=row["done"],
            text=row["text"],
            source=row["source"],
        )
        for row in connection.execute(query).mappings()
    ]


def whereabouts(
    connection: Connection, subjects: Collection[Subject]
) -> dict[Subject, Whereabouts]:
    """Titles and places of the pages among these subjects, as far as they were ever seen."""
    names = {rows.subject_id(one): one for one in subjects}
    wanted = list(names)
    found: dict[Subject, Whereabouts] = {}
    for start in range(0, len(wanted), 500):
        query = select(SubjectRow.id, SubjectRow.title, SubjectRow.place).where(
            SubjectRow.id.in_(wanted[start : start + 500])
        )
        found |= {
            names[name]: Whereabouts(title, place)
            for name, title, place in connection.execute(query)
            if title or place
        }
    return found


def decisions(connection: Connection, fingerprints: Collection[str] | None) -> list[Decision]:
    """The verdict log, oldest first."""
    query = select(VerdictLine.table()).order_by(VerdictLine.id)
    if fingerprints is not None:
        query = query.where(VerdictLine.fingerprint.in_(fingerprints))
    return [
        Decision(
            fingerprint=row["fingerprint"],
            at=rows.moment(row["at"]),
            by=row["by"],
            verdict=Verdict(row["verdict"]),
            previous=Verdict(row["previous"]),
            why=row["why"],
            until=row["until"],
        )
        for row in connection.execute(query).mappings()
    ]
