"""The one door to what gongkai remembers: runs, findings, coverage and verdicts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, date, datetime
from threading import RLock
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from findings import database, folding, reading, rows, writing
from findings.records import (
    Batch,
    CheckError,
    Decision,
    FamilyCoverage,
    Reconciled,
    RuleRecord,
    RunRecord,
    RunState,
    SiteRecord,
    State,
    StoredFinding,
    Verdict,
)
from plugins import Unit
from plugins.errors import StoreError

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """Remembers. Every method is one unit of work: done as a whole, or not at all.

    Machines write through ``start_run`` … ``finish_run``; people through ``decide`` only. Neither
    touches what the other has written.
    """

    def __init__(self, engine: Engine, clock: Clock = _now) -> None:
        self._engine = engine
        self._clock = clock
        # Memory is one connection for all threads, so they take turns; files need no such thing.
        shared = isinstance(engine.pool, StaticPool)
        self._turn: AbstractContextManager[Any] = RLock() if shared else nullcontext()

    @classmethod
    def open(cls, url: str, *, create: bool = True, clock: Clock = _now) -> Store:
        """Open a database and bring its schema up to date.

        Args:
            url: ``sqlite:///var/gongkai.db``, ``sqlite://``, ``postgresql+psycopg://…``.
            create: make a missing SQLite database; reading commands pass False.
            clock: tells the time of log lines.

        Raises:
            StoreError: when the address cannot be used, or the schema is newer than this program.
        """
        return cls(database.connect(url, create=create), clock)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._turn, database.writing(self._engine) as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(f"写入数据库失败：{database.cause(error)}") from error

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._turn, self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(f"读取数据库失败：{database.cause(error)}") from error

    # ---- the machine's part -------------------------------------------------------------------

    def start_run(
        self,
        *,
        as_of: date,
        sites: Sequence[SiteRecord],
        units: Sequence[Unit] = (),
        rules: Sequence[RuleRecord] = (),
        options: str = "",
        version: str = "",
    ) -> int:
        """Begin a run and give its number.

        Runs over the same sites that a crash has left open are closed as aborted. ``rules`` are
        those in force, ``options`` is a digest of how they were set.
        """
        with self._writing() as connection:
            return writing.start_run(
                connection,
                as_of=as_of,
                started=self._clock(),
                sites=sites,
                units=rows.unit_rows(units),
                rules=rows.rule_rows(rules),
                options=options,
                version=version,
            )

    def record(self, run: int, batch: Batch) -> None:
        """Note what was examined and what failed; stage what was seen until its site finishes.

        Staged, not stored: an aborted or unhealthy run must neither add a finding nor end one.
        """
        with self._writing() as connection:
            writing.record(connection, run, batch)

    def finish_site(
        self,
        run: int,
        site: str,
        *,
        in_force: Collection[str],
        not_judged: Collection[tuple[str, str]] = (),
        coverage: Mapping[str, FamilyCoverage | tuple[str, str]],
        examined: Mapping[str, int] | None = None,
    ) -> Reconciled:
        """Reconcile one site in one transaction (design §7).

        Args:
            run: the run's number.
            site: the host.
            in_force: codes of the rules that were in force on this site.
            not_judged: (code, fingerprint or subject ref) about which nothing was learned.
            coverage: for each rule family complete, partial or failed, and why.
            examined: how many columns or pages of each unit were looked at; a unit with none is
                shown as not measured instead of faultless. None = not counted.

        Raises:
            StoreError: when the site is not open in that run, or a later run has finished it.
        """
        sheet = _sheet(coverage, examined or {})
        with self._writing() as connection:
            return folding.finish_site(
                connection,
                run,
                site,
                now=self._clock(),
                in_force=in_force,
                not_judged=not_judged,
                coverage=sheet,
            )

    def abort_site(
        self,
        run: int,
        site: str,
        why: str,
        coverage: Mapping[str, FamilyCoverage | tuple[str, str]] | None = None,
    ) -> None:
        """Give up a site's run: nothing that was known changes but its coverage (``failed``)."""
        sheet = None if coverage is None else _sheet(coverage, {})
        with self._writing() as connection:
            writing.abort_site(connection, run, site, why, self._clock(), sheet)

    def finish_run(self, run: int, state: RunState | str = RunState.FINISHED) -> None:
        """Close a run as finished, aborted or unhealthy; sites still open in it change nothing."""
        with self._writing() as connection:
            writing.finish_run(connection, run, RunState(state), self._clock())

    # ---- people's part ------------------------------------------------------------------------

    def decide(
        self,
        fingerprint: str,
        verdict: Verdict,
        *,
        why: str = "",
        by: str = "",
        until: date | None = None,
    ) -> Decision:
        """Write a verdict and its line in the log. ``findings.triage`` says what is acceptable."""
        decision = Decision(fingerprint, self._clock(), by, verdict, Verdict.UNTRIAGED, why, until)
        with self._writing() as connection:
            return writing.decide(connection, decision)

    # ---- for both -----------------------------------------------------------------------------

    def present(self, site: str) -> Iterator[StoredFinding]:
        """What was there when the site was last looked at."""
        with self._reading() as connection:
            found = list(reading.findings(connection, run=None, hosts=[site], present_only=True))
        return iter(found)

    def find(
        self,
        *,
        code: str | None = None,
        unit: str | None = None,
        state: State | str | None = None,
        run: int | None = None,
        hosts: Collection[str] | None = None,
        as_of: date | None = None,
    ) -> list[StoredFinding]:
        """Findings as they are now, or as they were after ``run``, with today's verdicts.

        Args:
            code: a rule's code.
            unit: a unit's name.
            state: a :class:`State`, ``"all"``, or None for all that is present.
            run: the run to look back to; its sites only, unless ``hosts`` says otherwise.
            hosts: only these sites.
            as_of: the day on which exemptions are weighed; by default that of the run.

        Raises:
            StoreError: when there is no such run.
        """
        view = self.run(run) if run is not None else None
        if hosts is None and view is not None:
            hosts = view.hosts
        with self._reading() as connection:
            found = list(reading.findings(connection, run=run, hosts=hosts, code=code))
        if as_of is None:
            newest = view or self.latest()
            as_of = newest.as_of if newest else self._clock().date()
        wanted = None if state in {None, "all"} else State(str(state))
        return [
            finding
            for finding in found
            if (unit is None or finding.unit == unit)
            and (state is not None or finding.present)
            and (wanted is None or wanted in finding.states(as_of))
        ]

    def named(self, beginning: str) -> list[StoredFinding]:
        """The findings whose fingerprint begins so."""
        with self._reading() as connection:
            return list(reading.findings(connection, run=None, fingerprint=beginning))

    def run(self, number: int) -> RunRecord:
        """One run.

        Raises:
            StoreError: when there is no such run.
        """
        with self._reading() as connection:
            found = reading.run_record(connection, number)
        if found is None:
            raise StoreError(f"没有第{number}次检查：gongkai runs 列出全部检查。")
        return found

    def latest(self) -> RunRecord | None:
        """The newest run in which at least one site was finished."""
        with self._reading() as connection:
            number = reading.latest_run(connection)
        return None if number is None else self.run(number)

    def runs(self, limit: int = 50) -> list[RunRecord]:
        """The newest runs, newest first."""
        with self._reading() as connection:
            found = [reading.run_record(connection, n) for n in reading.run_ids(connection, limit)]
        return [run for run in found if run is not None]

    def errors(self, run: int) -> list[CheckError]:
        """The check errors of a run."""
        with self._reading() as connection:
            return reading.errors(connection, run)

    def decisions(self, *fingerprints: str) -> list[Decision]:
        """The verdict log, oldest first; of all findings where none is named."""
        with self._reading() as connection:
            return reading.decisions(connection, fingerprints or None)


def _sheet(
    coverage: Mapping[str, FamilyCoverage | tuple[str, str]], examined: Mapping[str, int]
) -> dict[str, Any]:
    """Coverage by rule family as it is stored."""
    full = {
        family: item if isinstance(item, FamilyCoverage) else FamilyCoverage(*item)
        for family, item in coverage.items()
    }
    return rows.coverage_rows(full, examined)
