"""One audit from its first request to its last: built, conducted stage by stage, taken down.

The spider fetches; who decides what (``schedule``) knows nothing of what comes of it (``arrivals``),
nor do those who judge (``closing``) and take pictures: each is handed the run, and this hands on
from one to the next. Order: probes, pages (with the browser where needed), samples for the page
probes, link targets, second opinions, columns and sites, pictures.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from crawler.browser.policy import RenderPolicy
from crawler.network.failures import failure_of
from crawler.plan.config import AuditConfig, run_folder
from crawler.run.arrivals.acceptance import Acceptance
from crawler.run.arrivals.attachments import AttachmentDesk
from crawler.run.arrivals.desk import Desk
from crawler.run.arrivals.pages import PageDesk
from crawler.run.arrivals.samples import SampleDesk
from crawler.run.arrivals.targets import TargetDesk
from crawler.run.fetches import AttachmentFetch, Fetch, PageFetch, SampleFetch, Waiting
from crawler.run.links_to_follow import Follower
from crawler.run.pictures import Photographer
from crawler.run.questions import ask_beforehand
from crawler.run.run import AuditRun
from crawler.run.schedule import Schedule
from crawler.run.seeding import seed
from crawler.run.site_state import SiteState, open_sites
from crawler.run.traces import keep_traces
from crawler.run.wiring import Wiring
from crawler.run.writer import Collector, Writer
from crawler.workfile.file import NAME, Workfile
from findings.records.records import RunKind
from findings.store.store import Store

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

# Sent whenever a stage begins; whoever watches (the command line) connects to it.
PROGRESS = object()
STOP_POLL = 0.2
STOP_GRACE = 2.0


class Closer(Protocol):
    """Closes the sites of a run when all that was wanted of them has come."""

    async def close(self, state: SiteState) -> str:
        """Judge a site; returns what became of it: finished or unhealthy."""


class Audit:
    """Conducts one run. Everything is built in ``open`` and taken down in ``close``.

    ``closer_of`` makes, of the run, who closes its sites: an audit and a recheck differ in that.
    ``outcomes`` tells by host what became of the sites; ``problem`` what went wrong, None = nothing.
    """

    def __init__(
        self,
        config: AuditConfig,
        crawler: Crawler,
        wiring: Wiring,
        closer_of: Callable[[AuditRun], Closer],
    ) -> None:
        self.config = config
        self.crawler = crawler
        self.wiring = wiring
        self.closer_of = closer_of
        self.folder = config.out
        self.outcomes: dict[str, str] = {}
        self.problem: BaseException | None = None
        self.done = False
        self.closed = False
        self._watch: asyncio.Task[None] | None = None
        self._store: Store | None = None
        self._file: Workfile | None = None
        self.run: AuditRun | None = None

    @property
    def sites(self) -> Mapping[str, SiteState]:
        """The sites by host; none before the run has begun."""
        return self.run.sites if self.run is not None else {}

    # -- life ----------------------------------------------------------------------------------

    async def open(self) -> None:
        """Build everything, start the run, ask the probes, put the first addresses in line."""
        self._watch = asyncio.create_task(self._stop_when_told())
        self.run = run = self._begin()
        waiting = Waiting()
        policy = RenderPolicy(self.config.render.value, available=self.wiring.browser is not None)
        follower = Follower(run.file, self.config.bounds, self.config.focus)
        self.schedule = Schedule(run, waiting, policy)
        self.targets = TargetDesk(run)
        self.pages = PageDesk(run, waiting, policy, self.targets, Acceptance(run, follower))
        self.attachments = AttachmentDesk(run, waiting, self.targets)
        self.samples = SampleDesk(run)
        self.closer = self.closer_of(run)
        await self.wiring.pool.start()
        for state in run.sites.values():
            seed(run, follower, state)
        if self.config.focus is None:
            self.say("probes")
            await asyncio.gather(*(ask_beforehand(run, state) for state in run.sites.values()))

    def _begin(self) -> AuditRun:
        """Start the run in the store."""
        config = self.config
        # Before anything is made: a wrong database must leave nothing behind.
        self._store = store = Store.open(config.database)
        self.folder = run_folder(config.out)
        self._file = file = Workfile(self.folder / NAME)
        sites = {state.host: state for state in open_sites(config)}
        number = store.start_run(
            as_of=config.as_of,
            sites=self.wiring.site_records(sites.values()),
            units=config.inventory.units,
            rules=self.wiring.rule_records(),
            options=self.wiring.plugins.digest,
            version=self.wiring.version,
            kind=RunKind.AUDIT if config.focus is None else RunKind.RECHECK,
        )
        return AuditRun(
            id=number,
            config=config,
            wiring=self.wiring,
            crawler=self.crawler,
            store=store,
            file=file,
            writer=Writer(store, number) if config.focus is None else Collector(),
            sites=sites,
        )

    async def finish(self) -> None:
        """Judge columns and sites, reconcile, and mark the run finished."""
        run = self._running
        for state in run.sites.values():
            self.say("judging", state.host)
            self.outcomes[state.host] = await self.closer.close(state)
        await run.writer.flush()
        run.writer.close()
        healthy = all(outcome == "finished" for outcome in self.outcomes.values())
        run.store.finish_run(run.id, "finished" if healthy else "unhealthy")
        self.done = True
        for host, outcome in self.outcomes.items():
            if outcome == "finished":
                keep_traces(run.store, run.file.traces, run.id, host)
        if self.config.focus is None and self.config.pictures:
            await self._take_pictures(run)

    async def _take_pictures(self, run: AuditRun) -> None:
        """Pictures for people: the run is whole without them, so they come when it is finished."""
        photographer = Photographer(run)
        for state in run.sites.values():
            if self.outcomes[state.host] == "finished":
                self.say("pictures", state.host)
                await photographer.take(state)

    async def close(self, reason: str) -> None:
        """Take everything down; a run that did not get to its end is marked aborted."""
        if self.closed:
            return
        self.closed = True
        if self._watch is not None and self._watch is not asyncio.current_task():
            self._watch.cancel()
        await self.wiring.close()
        if not self.done and self.run is not None:
            self._abort(self.run, reason)
        if self._store is not None:
            self._store.close()
        if self._file is not None:
            self._file.close()

    def _abort(self, run: AuditRun, reason: str) -> None:
        try:
            run.writer.close()
        finally:
            for host in run.sites:
                if host not in self.outcomes:
                    run.store.abort_site(run.id, host, f"检查未完成（{reason}）")
                    self.outcomes[host] = "aborted"
            run.store.finish_run(run.id, "aborted")

    async def _stop_when_told(self) -> None:
        """After Ctrl-C, answers that are under way get a moment; then the run ends without them.

        Scrapy alone would wait for every request that it has taken, however slow or held back.
        """
        while self.crawler.crawling:  # noqa: ASYNC110 - Scrapy tells nobody earlier
            await asyncio.sleep(STOP_POLL)
        await asyncio.sleep(STOP_GRACE)
        await self.close("shutdown")
        await self.wiring.close_browser()
        import twisted.internet.reactor

        reactor: Any = twisted.internet.reactor
        with contextlib.suppress(RuntimeError):
            reactor.stop()

    def say(self, stage: str, detail: str = "") -> None:
        """Tell whoever watches what is going on."""
        self.crawler.signals.send_catch_log(signal=PROGRESS, audit=self, stage=stage, detail=detail)

    @property
    def _running(self) -> AuditRun:
        assert self.run is not None, "open() first"
        return self.run

    # -- from the schedule to the desks --------------------------------------------------------

    async def fetches(self) -> AsyncIterator[Fetch]:
        """Everything to be fetched, stage after stage, as room becomes free."""
        schedule = self.schedule
        self.say("pages")
        while (fetch := await schedule.page()) is not None:
            yield fetch
        self.say("samples")
        schedule.choose_samples()
        while (fetch := await schedule.sample()) is not None:
            yield fetch
        self.say("targets")
        schedule.settle_targets()
        while self.config.verify_targets and (fetch := await schedule.target()) is not None:
            yield fetch
        self.say("second opinions")
        for state in self._running.sites.values():
            await self.targets.second_look(state)

    def prepare(self, request: Request, fetch: Fetch) -> Request:
        """Set what the downloader must know of a request."""
        return fetch.prepare(request, self.wiring, self._running.sites[fetch.site])

    def release(self, fetch: Fetch) -> None:
        """A fetch is over; there is room for another."""
        self.schedule.release(fetch)

    def _desk(self, fetch: Fetch) -> Desk:
        """Who takes what comes of a fetch."""
        if isinstance(fetch, PageFetch):
            return self.pages
        if isinstance(fetch, SampleFetch):
            return self.samples
        return self.attachments if isinstance(fetch, AttachmentFetch) else self.targets

    async def arrived(self, response: Response, fetch: Fetch) -> None:
        """An answer came."""
        state = self._running.sites[fetch.site]
        await self._desk(fetch).arrived(state, fetch, response)

    async def failed(self, request: Request, problem: BaseException, fetch: Fetch) -> None:
        """No answer came."""
        state = self._running.sites[fetch.site]
        await self._desk(fetch).failed(state, fetch, request, failure_of(problem))

    def unhandled(self, fetch: Fetch) -> None:
        """An answer that we failed on ourselves."""
        state = self._running.sites[fetch.site]
        if isinstance(fetch, PageFetch):
            self.pages.broken(state, fetch)
        state.broken += 1
