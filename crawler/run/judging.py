"""The end of a site's audit: columns put together, columns and site judged, memory reconciled.

Absence is not evidence until one looked (design §7). What counts as having looked is decided here
and handed to the store: examined subjects, rules in force, and pairs that were not judged.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.jobs.page import ColumnJob, SiteJob, whole
from crawler.network.pacing import PaceMiddleware
from crawler.network.robots import RobotsMiddleware
from crawler.plan.focus import FOCUS
from crawler.plan.scope import target_kind
from crawler.probes.site_search import ask_search
from crawler.run.attachments import READABLE, suffix_of
from crawler.run.attribution import Attribution
from crawler.run.columns import ColumnBuilder
from crawler.run.site_state import FRONTS, SiteState, conclusive, finished
from crawler.run.writer import Parcel, failures, observed
from crawler.workers.pool import Outcome
from crawler.workfile.pages import SpooledAttachments, SpooledColumns, SpooledPages, SpooledTargets
from findings.records.records import FamilyCoverage, StoredFinding
from plugins import (
    Column,
    Coverage,
    Gap,
    LinkVerdict,
    Sighting,
    Subject,
    SubjectKind,
    TargetKind,
)
from plugins.addresses.urls import host_of, url_key
from plugins.engine.examine import Examined
from plugins.facts.site.fittings import is_root
from plugins.rule import FAMILIES

if TYPE_CHECKING:
    from crawler.run.audit import Night

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
        "error_page",
        "lost",
        "list_pages",
        "start",
        "host_given_up",
        "robots_unreachable",
        FOCUS,
    }
)


REFUSALS = frozenset({"host_given_up", "robots_unreachable"})
# Bounds that keep out an unknown number of addresses.
BOUND_GAPS = PAGE_GAPS - {"unread", "error_page", "robots", "lost"} - REFUSALS
# Unread pages that are named one by one; with more, nothing is known by its absence.
LISTED = 300
EXAMPLES = 5


class SiteCloser:
    """Closes the sites of one night, one after the other."""

    def __init__(self, night: Night) -> None:
        self.night = night
        self.spool = night.spool
        self._pages: SpooledPages | None = None

    async def close(self, state: SiteState) -> str:
        """Judge and reconcile a site; returns what became of it: finished or unhealthy."""
        host = state.host
        self._settle_error_pages(host)
        coverage = self.coverage(state)
        await self._link_hosts(state)
        await self._ask_search(state)
        builder = ColumnBuilder(
            self.spool,
            state.site,
            state.columns,
            self.night.frontier.owners(host),
            whole=not {gap.kind for gap in coverage.gaps} & PAGE_GAPS,
        )
        for column in builder.columns():
            self.spool.put_column(host, column)
        self._settle_units(state)
        site = finished(
            state,
            columns=SpooledColumns(self.spool.path, host),
            pages=SpooledPages(self.spool.path, host),
            targets=SpooledTargets(self.spool.path, host),
            attachments=SpooledAttachments(self.spool.path, host),
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
        await self._record_targets(state)
        await self._record_vanished(state)
        await self.night.writer.flush()
        families = self.family_coverage(state, coverage)
        if why := state.unhealthy:
            self.night.store.abort_site(self.night.run, host, why, families)
            return "unhealthy"
        self.night.store.finish_site(
            self.night.run,
            host,
            in_force=self.in_force(state),
            not_judged=set(self._not_judged(state)),
            coverage=families,
            examined=dict(per_unit),
        )
        return "finished"

    def _settle_units(self, state: SiteState) -> None:
        """Say of every page who answers for it, now that the columns are known.

        The worker that read a page knew the page only; the register goes by columns and folders.
        """
        if not state.site.units:
            return
        attribution = Attribution(state.site, state.columns)
        pages = SpooledPages(self.spool.path, state.host)
        for digest in pages.values():
            unit = attribution.unit(digest.url, digest.crumbs, digest.source) or digest.unit
            if unit != digest.unit:
                self.spool.replace_page(state.host, replace(digest, unit=unit))
        documents = SpooledAttachments(self.spool.path, state.host)
        for document in documents.values():
            offering = (pages.get(url_key(place.page)) for place in document.places)
            unit = next((page.unit for page in offering if page is not None and page.unit), "")
            unit = unit or attribution.unit(document.url)
            if unit != document.unit:
                self.spool.put_attachment(state.host, replace(document, unit=unit))
        documents.close()
        pages.close()

    # -- what was seen -------------------------------------------------------------------------

    def coverage(self, state: SiteState) -> Coverage:
        """How much of the site was looked at."""
        gaps = (
            *(Gap(*gap) for gap in self.spool.gaps(state.host)),
            *self._budget(state),
            *self._list_pages(state),
            *self._start(state),
            *self._refusals(state),
        )
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

    def _settle_error_pages(self, host: str) -> None:
        """An error page that answers 200 is no gap when the second look shows that its page is gone."""
        for url in self.spool.gap_urls(host, "error_page"):
            verdict = self.spool.verdict(host, url_key(url))
            if verdict is not None and verdict.dead:
                self.spool.settle_gap(host, "error_page", url)

    def _budget(self, state: SiteState) -> Iterator[Gap]:
        """What the budget left unfetched."""
        left = self.night.frontier.count(state.host, "left")
        if left:
            why = f"已达页数上限{self.night.config.bounds.max_pages}，其余页面未抓取"
            yield Gap("budget", why, left, self.night.frontier.left(state.host))

    def _list_pages(self, state: SiteState) -> Iterator[Gap]:
        """Further pages of long lists that were beyond the bound, and that no link led to."""
        most = self.night.config.bounds.list_pages
        missing = [
            url
            for listing in self.spool.listings(state.host)
            for url in listing.pager[most:]
            if not self.night.frontier.is_done(state.host, url_key(url))
        ]
        missing = list(dict.fromkeys(missing))
        if missing:
            why = f"列表超过{most}页，其余各页未抓取"
            yield Gap("list_pages", why, len(missing), tuple(missing[:EXAMPLES]))

    def _start(self, state: SiteState) -> Iterator[Gap]:
        """A start page that is no home page: what nothing leads to from there was not seen."""
        home = state.home
        if home is None or home.kind in FRONTS or is_root(home.url) or is_root(state.row.start[0]):
            return
        if home.readable:
            yield Gap("start", "检查不是从首页开始，未必看到全站", 1, (home.url,))

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
        plugins = self.night.wiring.plugins
        ran = {rule.family for rule in plugins.rules}
        for letters, family in FAMILIES.items():
            left_out = [code for code in plugins.left_out if code.startswith(letters)]
            if family not in ran and not left_out:
                continue
            gaps = [gap for gap in coverage.gaps if gap.kind in PAGE_GAPS or _concerns(gap, family)]
            reasons = [f"{gap.why}（{gap.count}处）" for gap in gaps]
            if family == "platform":
                reasons += self._platform_gaps(state)
            if family == "links" and not self.night.config.verify_targets:
                reasons.append("未核实链接目标")
            if left_out:
                reasons.append("按要求未执行：" + "、".join(left_out))
            why = state.unhealthy or "；".join(reasons)
            failed = state.unhealthy or family not in ran
            outcome = "failed" if failed else "partial" if reasons else "complete"
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

    def in_force(self, state: SiteState) -> set[str]:
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
        if sighting.finding.unit:
            return sighting.finding.unit
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

    async def _record_targets(self, state: SiteState) -> None:
        """Link targets that were verified."""
        for key in self.spool.verified(state.host, CONCLUSIVE_VERDICTS):
            subject = Subject(SubjectKind.LINK, state.host, key)
            await self.night.writer.put(Parcel(examined=(subject,)))

    async def _record_vanished(self, state: SiteState) -> None:
        """Subjects of remembered findings that were looked for and are nowhere any more."""
        for finding in self.night.store.present(state.host):
            if finding.code in state.check_errors:
                continue
            if self._vanished(state, finding):
                await self.night.writer.put(Parcel(examined=(finding.subject,)))

    def _vanished(self, state: SiteState, finding: StoredFinding) -> bool:
        kind, ref = finding.subject.kind, finding.subject.ref
        if kind is SubjectKind.LINK:
            return self._unlinked(state, finding)
        if kind is SubjectKind.PAGE:
            # An alias now, a redirect out of the site, or a soft 404: no page of its own.
            return not self._has_page(state, ref) and self._seen(state, ref)
        if kind is SubjectKind.COLUMN:
            return not self.spool.has_column(state.host, ref) and self._seen(state, ref)
        return False

    def _unlinked(self, state: SiteState, finding: StoredFinding) -> bool:
        """Whether nobody links to a target any more; a group must have no undecided target left."""
        host, ref = state.host, finding.subject.ref
        if not finding.key and self.spool.has_target(host, ref):
            return False
        if finding.key:
            below = ref if finding.key == "prefix" else ""
            if self.spool.undecided(host, below, CONCLUSIVE_VERDICTS):
                return False
        return self._all_seen(state, (item.url for item in finding.evidence))

    # -- what was not looked at ----------------------------------------------------------------

    def _not_judged(self, state: SiteState) -> Iterator[tuple[str, str]]:
        """Findings of column and site rules, where what they rest on was not seen.

        "The document has no link to its interpretation" needs both pages: when the partner could
        not be opened tonight, the rule found nothing because it saw nothing.
        """
        page_rules = {
            rule.code for rule in self.night.wiring.plugins.rules if self._on_pages(rule.code)
        }
        for finding in self.night.store.present(state.host):
            if not self._asked_in_browser(state, finding) or self._unread(state, finding):
                yield finding.code, finding.fingerprint
            kind = finding.subject.kind
            if finding.code in page_rules or kind is SubjectKind.COLUMN:
                continue
            if finding.code in state.check_errors:
                # It failed on some column: perhaps on the one that gave this finding.
                yield finding.code, finding.fingerprint
            elif kind is not SubjectKind.LINK and not (
                self._all_seen(state, (item.url for item in finding.evidence))
                and self._all_read(state, (item.url for item in finding.evidence))
            ):
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

    def _unread(self, state: SiteState, finding: StoredFinding) -> bool:
        """Whether it speaks of a document that is still linked and alive, but was not read tonight."""
        ref = finding.subject.ref
        # A rule that is not in force tonight is not asked for: it closes nothing in any case.
        rules = {
            plugin.rule.code
            for plugin in self.night.wiring.plugins.plugins
            if plugin.rule is not None and "check_attachment" in plugin.hooks
        }
        if finding.code not in rules:
            return False
        return self._left_unread(state, ref)

    def _left_unread(self, state: SiteState, key: str) -> bool:
        """Whether a document is still linked and alive, but was not read tonight."""
        if key in state.attachments_read or not self.spool.has_target(state.host, key):
            return False
        verdict = self.spool.verdict(state.host, key)
        return verdict is None or not verdict.dead

    def _on_pages(self, code: str) -> bool:
        return "check_page" in self.night.wiring.plugins.plugin(code).hooks

    def _all_seen(self, state: SiteState, urls: Iterable[str]) -> bool:
        """Whether every one of these addresses of the site was really looked at tonight."""
        return all(
            self._seen(state, url_key(url)) for url in urls if host_of(url) in state.site.hosts
        )

    def _all_read(self, state: SiteState, urls: Iterable[str]) -> bool:
        """Whether every document of the site among these addresses was read tonight, or is gone."""
        return not any(
            suffix_of(url) in READABLE and self._left_unread(state, url_key(url))
            for url in urls
            if host_of(url) in state.site.hosts
        )

    def _seen(self, state: SiteState, key: str) -> bool:
        """Whether an address of the site was read, or verified as a target; or needs no reading.

        An attachment that nobody links to any more needs none; nor does what robots.txt keeps us
        from, since nothing that was found can ever have rested on its content.
        """
        digest = self.pages(state).get(key)
        if digest is not None and conclusive(digest):
            return True
        verdict = self.spool.verdict(state.host, key)
        if verdict is None:
            return target_kind(key, state.site.hosts) is not TargetKind.PAGE
        if verdict.dead or (digest is None and verdict in CONCLUSIVE_VERDICTS):
            return True
        return key in {url_key(url) for url in self.spool.gap_urls(state.host, "robots")}

    def _has_page(self, state: SiteState, key: str) -> bool:
        """Whether a page was read under this very key (not as an alias of another)."""
        digest = self.pages(state).get(key)
        return digest is not None and digest.key == key and conclusive(digest)

    def pages(self, state: SiteState) -> SpooledPages:
        """The site's pages as read tonight."""
        if self._pages is None or self._pages.site != state.host:
            if self._pages is not None:
                self._pages.close()
            self._pages = SpooledPages(self.spool.path, state.host)
        return self._pages

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

    async def _ask_search(self, state: SiteState) -> None:
        """Ask the site's own search, at the end, for titles that were found in the crawl."""
        pages = SpooledPages(self.spool.path, state.host)
        try:
            answer = await ask_search(
                state.site,
                state.home_page,
                pages.values(),
                self.night.crawler.engine,
                robots_exempt=state.row.robots == "ignore",
            )
        finally:
            pages.close()
        if answer is not None:
            state.probes["site_search"] = answer


def _concerns(gap: Gap, family: str) -> bool:
    return (gap.kind, family) in {
        ("browser", "platform"),
        ("browser", "columns"),
        ("attachments", "text"),
    }
