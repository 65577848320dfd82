"""Closes a site's audit: columns put together, columns and site judged, memory reconciled."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from crawler.jobs.page import ColumnJob, SiteJob
from crawler.run.closing.attribution import UnitAttribution
from crawler.run.closing.columns import ColumnBuilder
from crawler.run.closing.coverage import PAGE_GAPS, CoverageTeller
from crawler.run.closing.recording import Recorder
from crawler.run.closing.sight import Sight
from crawler.run.questions import ask_at_the_end
from crawler.run.run import AuditRun
from crawler.run.site_state import SiteState, finished
from crawler.workfile.attachments import AttachmentView
from crawler.workfile.pages import PageView
from plugins import Site, Subject, SubjectKind
from plugins.addresses.urls import url_key

# Longer than the examiner's own limit for site checks, which costs less than killing a worker.
SITE_SECONDS = 180.0


class SiteCloser:
    """Closes the sites of one audit, one after the other."""

    def __init__(self, run: AuditRun) -> None:
        self.run = run
        self.file = run.file

    async def close(self, state: SiteState) -> str:
        """Judge and reconcile a site; returns what became of it: finished or unhealthy."""
        host = state.host
        teller = CoverageTeller(self.run, state)
        teller.settle_error_pages()
        coverage = teller.coverage()
        await ask_at_the_end(self.run, state)
        builder = ColumnBuilder(
            self.file,
            state.site,
            state.columns,
            self.file.frontier.owners(host),
            whole=not {gap.kind for gap in coverage.gaps} & PAGE_GAPS,
        )
        for column in builder.columns():
            self.file.columns.put(host, column)
        _settle_units(self.run, state)
        site = finished(state, **self.file.facts(host), coverage=coverage)
        recorder = Recorder(self.run, state, UnitAttribution(site, state.columns))
        per_unit = await self._judge(recorder, site)
        sight = Sight(self.run, state)
        try:
            await recorder.record_pages()
            await recorder.record_targets()
            await recorder.record_vanished(sight)
            await self.run.writer.flush()
            families = teller.family_coverage(coverage)
            if why := state.unhealthy:
                self.run.store.abort_site(self.run.id, host, why, families)
                return "unhealthy"
            self.run.store.finish_site(
                self.run.id,
                host,
                in_force=teller.in_force(),
                not_judged=set(sight.not_judged()),
                coverage=families,
                examined=dict(per_unit),
            )
        finally:
            sight.close()
        return "finished"

    async def _judge(self, recorder: Recorder, site: Site) -> Counter[str]:
        """Have every column and the site judged; how many columns each unit has."""
        per_unit: Counter[str] = Counter()
        for column in site.columns:
            per_unit[column.unit] += 1
            outcome = await self.run.wiring.pool.run(ColumnJob(column, site))
            subject = Subject(SubjectKind.COLUMN, site.host, column.key)
            await recorder.record(outcome, subject, column)
        outcome = await self.run.wiring.pool.run(SiteJob(site), hard_limit=SITE_SECONDS)
        await recorder.record(outcome, Subject(SubjectKind.SITE, site.host, site.host))
        return per_unit


def _settle_units(run: AuditRun, state: SiteState) -> None:
    """Say of every page who answers for it, now that the columns are known.

    The worker that read a page knew the page only; the register goes by columns and folders.
    """
    if not state.site.units:
        return
    attribution = UnitAttribution(state.site, state.columns)
    pages = PageView(run.file.path, state.host)
    for digest in pages.values():
        unit = attribution.unit(digest.url, digest.crumbs, digest.source) or digest.unit
        if unit != digest.unit:
            run.file.pages.replace(state.host, replace(digest, unit=unit))
    documents = AttachmentView(run.file.path, state.host)
    for document in documents.values():
        offering = (pages.get(url_key(place.page)) for place in document.places)
        unit = next((page.unit for page in offering if page is not None and page.unit), "")
        unit = unit or attribution.unit(document.url)
        if unit != document.unit:
            run.file.attachments.put(state.host, replace(document, unit=unit))
    documents.close()
    pages.close()
