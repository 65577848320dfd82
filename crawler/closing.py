"""The end of a site's audit: columns put together, columns and site judged, memory reconciled.

Absence is not evidence until one looked (design §7). What counts as having looked is decided here
and handed to the store: examined subjects, rules in force, and pairs that were not judged.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from crawler.attribution import Attribution
from crawler.columns import ColumnBuilder
from crawler.pacing import PaceMiddleware
from crawler.page_work import ColumnJob, SiteJob, whole
from crawler.pipelines import Parcel, failures, observed
from crawler.robots import RobotsMiddleware
from crawler.sites import SiteState, conclusive, finished
from crawler.spool import SpooledColumns, SpooledPages, SpooledTargets
from crawler.workers import Outcome
from findings.records import FamilyCoverage, StoredFinding
from plugins import Column, Coverage, Gap, LinkVerdict, Sighting, Subject, SubjectKind
from plugins.examine import Examined
from plugins.rule import FAMILIES
from plugins.urls import host_of, url_key

if TYPE_CHECKING:
    from crawler.night import Night

# Longer than the examiner's own limit for site checks, which costs less than killing a worker.
SITE_SECONDS = 180.0

CONCLUSIVE_VERDICTS = frozenset(
    {
        LinkVerdict.OK,
        LinkVerdict.REDIRECTED,
        LinkVerdict.BROKEN,
        LinkVerdict.SOFT_404,
        LinkVerdict.MALFORMED,
        LinkVerdict.INTERNAL,
        LinkVerdict.PREVIEW,
    }
)
# Gaps that say something of pages, and thus of every family that looks at pages.
PAGE_GAPS = frozenset(
    {
        "budget",
        "depth",
        "path_prefix",
        "query_combinations",
        "repeated_segments",
        "url_length",
        "robots",
        "unread",
        "lost",
        "host_given_up",
        "robots_unreachable",
    }
)


REFUSALS = frozenset({"host_given_up", "robots_unreachable"})
# Bounds that keep out an unknown number of addresses.
BOUND_GAPS = PAGE_GAPS - {"unread", "robots", "lost"} - REFUSALS
# Unread pages that are named one by one; with more, nothing is known by its absence.
LISTED = 300


class SiteCloser:
    """Closes the sites of one night, one after the other."""

    def __init__(self, night: Night) -> None:
        self.night = night
        self.spool = night.spool

    async def close(self, state: SiteState) -> str:
        """Judge and reconcile a site; returns what became of it: finished or unhealthy."""
        host = state.host
        coverage = self.coverage(state)
        await self._link_hosts(state)
        builder = ColumnBuilder(
            self.spool, state.site, state.columns, self.night.frontier.owners(host)
        )
        for column in builder.columns():
            self.spool.put_column(host, column)
        site = finished(
            state,
            columns=SpooledColumns(self.spool.path, host),
            pages=SpooledPages(self.spool.path, host),
            targets=SpooledTargets(self.spool.path, host),
            coverage=coverage,
        )
        attribution = Attribution(site, state.columns)
        per_unit: Counter[str] = Counter()
        for column in site.columns:
            per_unit[column.unit] += 1
            subject = Subject(SubjectKind.COLUMN, host, column.key)
            outcome = await self.night.wiring.pool.run(ColumnJob(column, site))
            await self._record(state, outcome, subject, attribution, column)
        outcome = await self.night.wiring.pool.run(SiteJob(site), hard_limit=SITE_SECONDS)
        await self._record(state, outcome, Subject(SubjectKind.SITE, host, host), attribution, None)
        await self._record_pages(state, attribution)
        await self._record_links(state)
        await self.night.writer.flush()
        families = self.family_coverage(state, coverage)
        if why := state.unhealthy:
            self.night.store.abort_site(self.night.run, host, why)
            return "unhealthy"
        self.night.store.finish_site(
            self.night.run,
            host,
            in_force=self._in_force(state),
            not_judged=set(self._not_judged(state)),
            coverage=families,
            examined=dict(per_unit),
        )
        return "finished"

    # -- what was seen -------------------------------------------------------------------------

    def coverage(self, state: SiteState) -> Coverage:
        """How much of the site was looked at."""
        gaps = tuple(Gap(*gap) for gap in self.spool.gaps(state.host)) + self._refusals(state)
        pages = self.night.frontier.count(state.host, "done")
        if state.unhealthy:
            return Coverage("failed", pages, gaps)
        unread = tuple(self.spool.unread(state.host, LISTED + 1))
        return Coverage(
            state="partial" if gaps else "complete",
            pages=pages,
            gaps=gaps,
            unread=unread[:LISTED],
            listed=len(unread) <= LISTED
            and self.night.frontier.count(state.host, "left") == 0
            and not {gap.kind for gap in gaps} & BOUND_GAPS,
        )

    def _refusals(self, state: SiteState) -> tuple[Gap, ...]:
        """What pace and robots.txt kept the downloader from; single excluded pages are known already."""
        crawler = self.night.crawler
        found: list[Gap] = []
        if (pace := crawler.get_downloader_middleware(PaceMiddleware)) is not None:
            found += pace.gaps(state.site.hosts)
        if (robots := crawler.get_downloader_middleware(RobotsMiddleware)) is not None:
            found += robots.gaps(state.site.hosts)
        return tuple(gap for gap in found if gap.kind in REFUSALS)

    def family_coverage(self, state: SiteState, coverage: Coverage) -> dict[str, FamilyCoverage]:
        """Coverage for each rule family, with the reasons in Chinese."""
        found = {}
        for family in FAMILIES.values():
            gaps = [gap for gap in coverage.gaps if gap.kind in PAGE_GAPS or _concerns(gap, family)]
            reasons = [f"{gap.why}（{gap.count}处）" for gap in gaps]
            if family == "platform":
                reasons += self._platform_gaps(state)
            if family == "links" and not self.night.config.verify_targets:
                reasons.append("未核实链接目标")
            why = state.unhealthy or "；".join(reasons)
            outcome = "failed" if state.unhealthy else "partial" if reasons else "complete"
            found[family] = FamilyCoverage(outcome, why, tuple(gaps))
        return found

    def _platform_gaps(self, state: SiteState) -> list[str]:
        reasons = []
        if self.night.wiring.browser is None:
            reasons.append("没有可用的浏览器，未做无障碍检测")
        missing = self.night.wiring.plugins.needs - self._answered(state)
        if missing:
            reasons.append("以下探测没有结果：" + "、".join(sorted(missing)))
        return reasons

    def _answered(self, state: SiteState) -> set[str]:
        return set(state.probes) | self.night.wiring.plugins.page_probes

    def _in_force(self, state: SiteState) -> set[str]:
        """Rules that ran on all of this site: not those without their probe, or switched off."""
        return {
            rule.code
            for rule in self.night.wiring.plugins.rules
            if set(rule.needs) <= self._answered(state)
            and rule.code not in self.night.wiring.pool.switched_off
        }

    # -- recording -----------------------------------------------------------------------------

    async def _record(
        self,
        state: SiteState,
        outcome: Outcome,
        subject: Subject,
        attribution: Attribution,
        column: Column | None,
    ) -> None:
        result = whole(outcome, outcome.result or Examined(), subject)
        if outcome.failure:
            # Nothing was judged on this subject: it does not count as examined.
            self.spool.put_gap(
                state.host, "lost", "检查未能完成", column.url if column else state.host
            )
        state.check_seconds.update(result.seconds)
        state.check_errors.update(error.code for error in result.errors if error.kind != "needs")
        looked = column is None or column.empty is not None or bool(column.entries)
        await self.night.writer.put(
            Parcel(
                observed=tuple(
                    item
                    for sighting in result.sightings
                    for item in observed(
                        [sighting], self._unit(state, sighting, attribution, column)
                    )
                ),
                examined=(subject,) if looked and not outcome.failure else (),
                errors=failures(result.errors),
            )
        )

    async def _record_pages(self, state: SiteState, attribution: Attribution) -> None:
        """Findings of pages again, now that columns and thus units are known."""
        for sighting in self.spool.sightings(state.host):
            unit = self._unit(state, sighting, attribution, None)
            await self.night.writer.put(Parcel(observed=observed([sighting], unit)))

    def _unit(
        self, state: SiteState, sighting: Sighting, attribution: Attribution, column: Column | None
    ) -> str:
        kind, ref = sighting.subject.kind, sighting.subject.ref
        evidence = sighting.finding.evidence
        if kind is SubjectKind.SITE:
            # What shows on one unit's pages only is that unit's; what shows everywhere is the site's.
            units = {self._page_unit(state, item.url, attribution) for item in evidence}
            return units.pop() if len(units) == 1 else state.site.unit
        if column is not None and column.unit:
            return column.unit
        address = evidence[0].url if kind is SubjectKind.LINK and evidence else ref
        return self._page_unit(state, address, attribution)

    def _page_unit(self, state: SiteState, address: str, attribution: Attribution) -> str:
        if host_of(address) not in state.site.hosts:
            return state.site.unit
        digest = self.spool.page(state.host, url_key(address))
        if digest is not None:
            return attribution.unit(digest.url, digest.crumbs, digest.source) or digest.unit
        return attribution.unit(address)

    async def _record_links(self, state: SiteState) -> None:
        """Link targets that were verified, and those that nobody links to any more."""
        host = state.host
        for key in self.spool.verified(host, CONCLUSIVE_VERDICTS):
            await self.night.writer.put(Parcel(examined=(Subject(SubjectKind.LINK, host, key),)))
        for finding in self.night.store.present(host):
            if finding.subject.kind is not SubjectKind.LINK:
                continue
            asked = self.spool.has_target(host, finding.subject.ref) and finding.key != "prefix"
            if not asked and self._all_seen(state, (item.url for item in finding.evidence)):
                await self.night.writer.put(Parcel(examined=(finding.subject,)))

    # -- what was not looked at ----------------------------------------------------------------

    def _not_judged(self, state: SiteState) -> Iterator[tuple[str, str]]:
        """Findings of column and site rules on pages, where what they rest on was not seen.

        "The document has no link to its interpretation" needs both pages: when the partner could
        not be opened tonight, the rule found nothing because it saw nothing.
        """
        page_rules = {
            rule.code for rule in self.night.wiring.plugins.rules if self._on_pages(rule.code)
        }
        for finding in self.night.store.present(state.host):
            if finding.subject.kind is SubjectKind.PAGE and finding.code not in page_rules:
                urls = (item.url for item in finding.evidence)
                if not self._all_seen(state, urls):
                    yield finding.code, finding.fingerprint
            if not self._asked_in_browser(state, finding):
                yield finding.code, finding.fingerprint
            home_seen = state.home is not None and conclusive(state.home)
            if finding.subject.kind is SubjectKind.SITE and finding.evidence and not home_seen:
                yield finding.code, finding.fingerprint

    def _asked_in_browser(self, state: SiteState, finding: StoredFinding) -> bool:
        """Whether the page probes that its rule rests on answered on one of its pages tonight.

        A night without a browser, or with other samples, mends nothing (PLT203).
        """
        plugins = self.night.wiring.plugins
        needs = {
            name
            for rule in plugins.rules
            if rule.code == finding.code
            for name in plugins.page_probes.intersection(rule.needs)
        }
        pages = (self.spool.page(state.host, url_key(item.url)) for item in finding.evidence)
        return not needs or any(page is not None and needs <= page.probes.keys() for page in pages)

    def _on_pages(self, code: str) -> bool:
        return "check_page" in self.night.wiring.plugins.plugin(code).hooks

    def _all_seen(self, state: SiteState, urls: Iterable[str]) -> bool:
        """Whether every one of these pages of the site was really looked at tonight."""
        pages = SpooledPages(self.spool.path, state.host)
        try:
            for url in urls:
                if host_of(url) not in state.site.hosts:
                    continue
                digest = pages.get(url_key(url))
                if digest is None or not conclusive(digest):
                    return False
        finally:
            pages.close()
        return True

    async def _link_hosts(self, state: SiteState) -> None:
        """Ask, at the end, about the hosts that the site's pages link to."""
        for probe in self.night.wiring.probes:
            ask = getattr(probe, "linked_hosts", None)
            if ask is None:
                continue
            hosts = self.spool.linked_hosts(state.host, state.site.hosts)
            try:
                answer = await asyncio.wait_for(ask(hosts), 120)
            except (TimeoutError, OSError) as problem:
                self.night.wiring.failed_probes[f"{state.host} {probe.name}_links"] = repr(problem)
                continue
            if answer is not None:
                state.probes[f"{probe.name}_links"] = answer


def _concerns(gap: Gap, family: str) -> bool:
    return (gap.kind, family) in {
        ("browser", "platform"),
        ("browser", "columns"),
        ("breaker", "links"),
    }
