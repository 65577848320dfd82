"""The end of a site's recheck: columns put together, findings judged again, what is certain remembered."""

from __future__ import annotations

from crawler.jobs.page import ColumnJob
from crawler.plan.focus import Focus
from crawler.recheck.judge import Recheck, RecheckOutcome, Reviewer
from crawler.run.closing.attribution import UnitAttribution
from crawler.run.closing.columns import ColumnBuilder
from crawler.run.closing.coverage import CoverageTeller
from crawler.run.closing.recording import Recorder
from crawler.run.closing.sight import Sight
from crawler.run.run import AuditRun
from crawler.run.site_state import SiteState, finished
from findings.store.rechecking import Rechecked
from plugins import Subject, SubjectKind


class Rechecker:
    """Closes the sites of a recheck; ``rechecks`` tells what became of each finding."""

    def __init__(self, run: AuditRun) -> None:
        self.run = run
        self.file = run.file
        self.rechecks: list[Recheck] = []

    async def close(self, state: SiteState) -> str:
        """Judge the findings of a site again; returns what became of it: finished or unhealthy."""
        focus = self.run.config.focus
        assert focus is not None
        host = state.host
        teller = CoverageTeller(self.run, state)
        teller.settle_error_pages()
        sight = Sight(self.run, state)
        try:
            await self._judge_columns(state, focus, teller, sight)
            wanted = focus.of(host)
            if why := state.unhealthy:
                self.rechecks += [
                    Recheck(one, RecheckOutcome.UNKNOWN, f"{why}，本次不作结论") for one in wanted
                ]
                self.run.store.abort_site(self.run.id, host, why)
                return "unhealthy"
            reviewer = Reviewer(self.run, state, focus, sight, teller.in_force())
            told = [reviewer.review(one) for one in wanted]
        finally:
            sight.close()
        self.run.store.finish_recheck(
            self.run.id,
            host,
            [
                Rechecked(one.finding.fingerprint, one.observed is None, one.observed)
                if one.outcome is RecheckOutcome.VERIFIED
                else Rechecked(one.finding.fingerprint, gone=False, observed=one.observed)
                for one in told
                if one.outcome is not RecheckOutcome.UNKNOWN
            ],
        )
        self.rechecks += told
        return "finished"

    async def _judge_columns(
        self, state: SiteState, focus: Focus, teller: CoverageTeller, sight: Sight
    ) -> None:
        """Put together the columns whose pages were read, run the column rules, tell what pages gave."""
        host = state.host
        builder = ColumnBuilder(
            self.file, state.site, state.columns, self.file.frontier.owners(host)
        )
        read = [one for one in builder.columns() if self.file.listings.get(host, one.key)]
        for column in read:
            self.file.columns.put(host, column)
        site = finished(state, **self.file.facts(host), coverage=teller.coverage())
        recorder = Recorder(self.run, state, UnitAttribution(site, state.columns))
        keys = {sight.key(key) for key in focus.columns(host)}
        for column in read:
            if column.key in keys:
                outcome = await self.run.wiring.pool.run(ColumnJob(column, site))
                subject = Subject(SubjectKind.COLUMN, host, column.key)
                await recorder.record(outcome, subject, column)
        await recorder.record_pages()
