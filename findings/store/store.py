"""The one door to what gongkai remembers: runs, findings, coverage and verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from findings.records.pictures import Picture
from findings.records.records import (
    Batch,
    Claim,
    Decision,
    FamilyCoverage,
    FindingState,
    Reconciled,
    RuleFailure,
    RuleRecord,
    RunKind,
    RunRecord,
    RunState,
    SiteRecord,
    StoredFinding,
    Verdict,
    Whereabouts,
)
from findings.records.traces import FindingTrace
from findings.store import finish_site as folding
from findings.store import (
    outbox,
    picture_rows,
    published,
    reading,
    rechecking,
    rows,
    trace_rows,
    trend,
)
from findings.store import runs as writing
from findings.store.door import Door
from findings.store.outbox import Delivery, Outgoing, Posted
from findings.store.published import PublishedCard
from findings.store.rechecking import Rechecked
from findings.store.trend import Tick
from plugins import Subject, Unit
from plugins.errors import StoreError


class Store(Door):
    """Remembers. Every method is one unit of work: done as a whole, or not at all.

    Machines write through ``start_run`` … ``finish_run``; people through ``decide`` only. Neither
    touches what the other has written.
    """

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
        kind: RunKind | str = RunKind.AUDIT,
    ) -> int:
        """Begin a run and give its number.

        Runs of its kind over the same sites that a crash has left open are closed as aborted.
        ``rules`` are those in force, ``options`` is a digest of how they were set. The sites of a
        recheck must have been audited before.
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
                kind=RunKind(kind),
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

    def finish_recheck(self, run: int, site: str, found: Collection[Rechecked]) -> frozenset[str]:
        """Write what a recheck found out about some findings of a site; gives those that went.

        Raises:
            StoreError: when the site is not open in that run.
        """
        with self._writing() as connection:
            return rechecking.finish_recheck(connection, run, site, found, self._clock())

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

    def keep_pictures(
        self,
        site: str,
        pictures: Iterable[Picture],
        *,
        hidden: Collection[str] = (),
        most: int,
    ) -> None:
        """Keep pictures in the place of older ones; forget those past their time.

        ``hidden`` are pages of which no picture may be kept; ``most`` how many a site may have.
        """
        with self._writing() as connection:
            picture_rows.keep(connection, pictures, now=self._clock())
            picture_rows.drop(connection, site, frozenset(hidden), most)

    def keep_traces(self, site: str, traces: Iterable[FindingTrace]) -> None:
        """Keep why the pages of a site's findings are what they are; forget what is too old."""
        with self._writing() as connection:
            trace_rows.keep(connection, site, traces, self._clock())

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
        """Write a verdict and its line in the log. ``findings.people.triage`` says what is acceptable."""
        decision = Decision(fingerprint, self._clock(), by, verdict, Verdict.UNTRIAGED, why, until)
        with self._writing() as connection:
            return writing.decide(connection, decision)

    def claim(self, claims: Iterable[Claim]) -> None:
        """Add what units say of their findings; ``findings.fixlists.returned`` says what is acceptable."""
        with self._writing() as connection:
            writing.claim(connection, tuple(claims))

    def publish(self, publication: PublishedCard) -> tuple[PublishedCard, bool]:
        """Keep a scorecard for ever; gives it as it is kept, and whether it is new.

        The same scores of the same run under the same scheme are kept once.
        """
        with self._writing() as connection:
            number, new = published.publish(connection, publication, self._clock())
        return self.publications(number)[0], new

    # ---- what is sent -------------------------------------------------------------------------

    def take(self, parcel: Outgoing, *, domain: str, again: bool = False) -> tuple[Posted, bool]:
        """Take a message in hand; gives it, and whether it is ours to send (``findings.store.outbox``)."""
        with self._writing() as connection:
            return outbox.take(connection, parcel, domain=domain, again=again, now=self._clock())

    def attempt(self, message: str) -> None:
        """Note that a message is being tried once more."""
        with self._writing() as connection:
            outbox.attempt(connection, message, self._clock())

    def settle(self, message: str, state: Delivery, note: str = "") -> None:
        """Note what became of a message."""
        with self._writing() as connection:
            outbox.settle(connection, message, state, note, self._clock())

    def posted(self, **of: str | int) -> list[Posted]:
        """What was sent or tried, newest first; ``of`` names columns and what they must hold."""
        with self._reading() as connection:
            return outbox.posted(connection, **of)

    def as_it_was(self, run: int) -> list[StoredFinding]:
        """Every finding of all sites as it was after that run, with today's verdicts."""
        with self._reading() as connection:
            return list(reading.findings(connection, run=run))

    # ---- for both -----------------------------------------------------------------------------

    def publications(self, number: int | None = None) -> list[PublishedCard]:
        """The published scorecards, newest first; the one of that number where one is given.

        Raises:
            StoreError: when there is none of that number.
        """
        with self._reading() as connection:
            found = published.published(connection, number)
        if number is not None and not found:
            raise StoreError(
                f"没有第{number}份已发布的成绩：gongkai score --published list 列出全部。"
            )
        return found

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
        state: FindingState | str | None = None,
        run: int | None = None,
        hosts: Collection[str] | None = None,
        as_of: date | None = None,
    ) -> list[StoredFinding]:
        """Findings as they are now, or as they were after ``run``, with today's verdicts.

        Args:
            code: a rule's code.
            unit: a unit's name.
            state: a :class:`FindingState`, ``"all"``, or None for all faults that are present.
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
        wanted = None if state in {None, "all"} else FindingState(str(state))
        return [
            finding
            for finding in found
            if (unit is None or finding.unit == unit)
            and (state is not None or (finding.present and not finding.warning))
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
        """The newest audit in which at least one site was finished; rechecks do not count."""
        with self._reading() as connection:
            number = reading.latest_run(connection)
        return None if number is None else self.run(number)

    def runs(self, limit: int = 50) -> list[RunRecord]:
        """The newest runs, newest first."""
        with self._reading() as connection:
            found = [reading.run_record(connection, n) for n in reading.run_ids(connection, limit)]
        return [run for run in found if run is not None]

    def errors(self, run: int) -> list[RuleFailure]:
        """The check errors of a run."""
        with self._reading() as connection:
            return reading.errors(connection, run)

    def claims(self, *fingerprints: str) -> list[Claim]:
        """What units said, oldest first; of all findings where none is named."""
        with self._reading() as connection:
            return reading.claims(connection, fingerprints or None)

    def picture_looks(self, site: str) -> dict[str, tuple[str, datetime]]:
        """Of each finding of the site that has a picture: what it said then, and when it was taken."""
        with self._reading() as connection:
            return picture_rows.looks(connection, site)

    def pictures(self, run: RunRecord) -> dict[str, Picture]:
        """The pictures of the run's sites, by finding; none that was taken after the run."""
        with self._reading() as connection:
            return picture_rows.pictures(connection, run.hosts, run.id)

    def traces(self, run: RunRecord) -> dict[str, tuple[FindingTrace, ...]]:
        """Why pages are what they are, by finding of the run's sites; nothing of later runs."""
        with self._reading() as connection:
            return trace_rows.of_sites(connection, run.hosts, run.id)

    def trace(self, fingerprint: str) -> tuple[FindingTrace, ...]:
        """Why the pages of one finding are what they are, as it was seen last; () = not kept."""
        with self._reading() as connection:
            return trace_rows.of_finding(connection, fingerprint)

    def trend(self, run: RunRecord, limit: int = 30) -> tuple[Tick, ...]:
        """How many faults were open, new and mended in the last audits of the same sites, up to ``run``."""
        with self._reading() as connection:
            return trend.ticks(connection, run, limit)

    def whereabouts(self, subjects: Collection[Subject]) -> dict[Subject, Whereabouts]:
        """Titles and places of the pages among these subjects, as far as they were ever seen."""
        with self._reading() as connection:
            return reading.whereabouts(connection, subjects)

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
