"""The end of a site's recheck: columns put together, findings judged again, what is certain remembered."""

from __future__ import annotations

from crawler.jobs.page import ColumnJob
from crawler.plan.focus import Focus
from crawler.recheck.judge import Judge, Outcome, Recheck
from crawler.run.attribution import Attribution
from crawler.run.columns import ColumnBuilder
from crawler.run.judging import SiteCloser
from crawler.run.site_state import SiteState, finished
from crawler.workfile.pages import SpooledAttachments, SpooledColumns, SpooledPages, SpooledTargets
from findings.store.rechecking import Rechecked
from plugins import Subject, SubjectKind


class Rechecker(SiteCloser):
    """Closes the sites of a recheck."""

    async def close(self, state: SiteState) -> str:
        """Judge the findings of a site again; returns what became of it: finished or unhealthy."""
        focus = self.night.config.focus
        assert focus is not None
        host = state.host
        self._settle_error_pages(host)
        await self._judge_columns(state, focus)
        wanted = focus.of(host)
        if why := state.unhealthy:
            self.night.rechecks += [
                Recheck(one, Outcome.UNKNOWN, f"{why}，本次不作结论") for one in wanted
            ]
            self.night.store.abort_site(self.night.run, host, why)
            return "unhealthy"
        judge = Judge(self, state, focus)
        told = [judge.judge(one) for one in wanted]
        self.night.store.finish_recheck(
            self.night.run,
            host,
            [
                Rechecked(one.finding.fingerprint, one.observed is None, one.observed)
                if one.outcome is Outcome.VERIFIED
                else Rechecked(one.finding.fingerprint, gone=False, observed=one.observed)
                for one in told
                if one.outcome is not Outcome.UNKNOWN
            ],
        )
        self.night.rechecks += told
        return "finished"

    async def _judge_columns(self, state: SiteState, focus: Focus) -> None:
        """Put together the columns whose pages were read, and run the column rules on them."""
        host = state.host
        builder = ColumnBuilder(
            self.spool, state.site, state.columns, self.night.frontier.owners(host)
        )
        read = [one for one in builder.columns() if self.spool.listing(host, one.key)]
        for column in read:
            self.spool.put_column(host, column)
        site = finished(
            state,
            columns=SpooledColumns(self.spool.path, host),
            pages=SpooledPages(self.spool.path, host),
            targets=SpooledTargets(self.spool.path, host),
            attachments=SpooledAttachments(self.spool.path, host),
            coverage=self.coverage(state),
        )
        attribution = Attribution(site, state.columns)
        keys = {self.key(state, key) for key in focus.columns(host)}
        for column in read:
            if column.key in keys:
                outcome = await self.night.wiring.pool.run(ColumnJob(column, site))
                subject = Subject(SubjectKind.COLUMN, host, column.key)
                await self._record(state, outcome, subject, attribution, column)

    def key(self, state: SiteState, key: str) -> str:
        """The key of the page that an address leads to."""
        digest = self.pages(state).get(key)
        return digest.key if digest is not None else key
