"""What checks said of pages, columns and the site, written with the unit that answers for each."""

from __future__ import annotations

from collections.abc import Collection

from crawler.jobs.page import whole
from crawler.run.closing.attribution import UnitAttribution
from crawler.run.closing.sight import CONCLUSIVE_VERDICTS, Sight
from crawler.run.run import AuditRun
from crawler.run.site_state import SiteState
from crawler.run.writer import Harvest, failures, observed
from crawler.workers.outcome import JobOutcome
from plugins import Column, Sighting, Subject, SubjectKind
from plugins.addresses.urls import host_of, url_key
from plugins.engine.examine import Examined


class Recorder:
    """Writes down what was found on one site."""

    def __init__(self, run: AuditRun, state: SiteState, attribution: UnitAttribution) -> None:
        self.run = run
        self.file = run.file
        self.state = state
        self.attribution = attribution

    async def record(
        self, outcome: JobOutcome, subject: Subject, column: Column | None = None
    ) -> None:
        """What a worker said of a column, or of the site (``column`` None)."""
        result = whole(outcome, outcome.result or Examined(), subject)
        if outcome.failure:
            # Nothing was judged on this subject: it does not count as examined.
            self.file.gaps.put(
                self.state.host, "lost", "检查未能完成", column.url if column else self.state.host
            )
        self.state.check_seconds.update(result.seconds)
        self.state.check_errors.update(
            error.code for error in result.errors if error.kind != "needs"
        )
        looked = column is None or column.empty is not None or bool(column.entries)
        await self.run.writer.put(
            Harvest(
                observed=tuple(
                    item
                    for sighting in result.sightings
                    for item in observed(
                        [sighting],
                        self._unit(
                            sighting, [item.url for item in sighting.finding.evidence], column
                        ),
                    )
                ),
                examined=(subject,) if looked and not outcome.failure else (),
                errors=failures(result.errors),
            )
        )

    async def record_pages(self) -> None:
        """Findings of pages and documents, now that columns and thus units are known."""
        for sightings in self.file.sightings.faults(self.state.host):
            places = [item.url for one in sightings for item in one.finding.evidence]
            unit = self._unit(sightings[-1], places)
            await self.run.writer.put(Harvest(observed=observed(sightings, unit)))

    def _unit(
        self, sighting: Sighting, places: Collection[str], column: Column | None = None
    ) -> str:
        """Who answers for a fault that shows in these places; ``column`` = its rule judged a column."""
        kind, ref = sighting.subject.kind, sighting.subject.ref
        if sighting.finding.unit:
            return sighting.finding.unit
        if kind is SubjectKind.SITE:
            # What shows on one unit's pages only is that unit's; what shows everywhere is the site's.
            units = {self._page_unit(url) for url in places}
            return units.pop() if len(units) == 1 else self.state.site.unit
        if column is not None and column.unit:
            return column.unit
        address = next(iter(places), ref) if kind is SubjectKind.LINK else ref
        return self._page_unit(address)

    def _page_unit(self, address: str) -> str:
        if host_of(address) not in self.state.site.hosts:
            return self.state.site.unit
        digest = self.file.pages.get(self.state.host, url_key(address))
        if digest is not None:
            return self.attribution.unit(digest.url, digest.crumbs, digest.source) or digest.unit
        return self.attribution.unit(address)

    async def record_targets(self) -> None:
        """Link targets that were verified."""
        for key in self.file.targets.verified(self.state.host, CONCLUSIVE_VERDICTS):
            subject = Subject(SubjectKind.LINK, self.state.host, key)
            await self.run.writer.put(Harvest(examined=(subject,)))

    async def record_vanished(self, sight: Sight) -> None:
        """Subjects of remembered findings that were looked for and are nowhere any more."""
        for finding in self.run.store.present(self.state.host):
            if finding.code in self.state.check_errors:
                continue
            if sight.vanished(finding):
                await self.run.writer.put(Harvest(examined=(finding.subject,)))
