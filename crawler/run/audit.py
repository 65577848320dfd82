"""One audit from its first request to its last: what is fetched next, and what becomes of answers.

The spider fetches; this decides. Page work goes to worker processes, findings to the writer
thread, everything that grows with a site to the run's working file. Order: probes, pages (with the
browser where needed), accessibility samples, link targets, second opinions, columns, sites.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter, deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from crawler.browser.policy import RenderPolicy
from crawler.browser.requests import render_request
from crawler.jobs.page import PageJob, PageResult, whole
from crawler.links.answers import Answer, answer_of
from crawler.network.footer_reading import with_footer_scripts
from crawler.network.pages import page_of, page_of_failure
from crawler.plan.config import AuditConfig, run_folder
from crawler.plan.focus import FOCUS, Focus
from crawler.plan.scope import target_kind
from crawler.recheck.closing import Rechecker
from crawler.recheck.judge import Recheck
from crawler.run.attachments import UNREAD, AttachmentDesk
from crawler.run.judging import SiteCloser
from crawler.run.link_targets import TargetDesk
from crawler.run.links_to_follow import Follower
from crawler.run.pictures import Photographer
from crawler.run.site_state import SiteState, answered, conclusive, open_sites
from crawler.run.wiring import Wiring
from crawler.run.writer import Collector, Parcel, Writer, failures, observed
from crawler.workfile.pages import Spool, with_probes
from crawler.workfile.queue import Candidate, Frontier, Rank
from findings.records.records import PageSeen, RunKind
from findings.store.store import Store
from plugins import Failure, FailureKind, Page, PageKind, Subject, SubjectKind, TargetKind
from plugins.addresses.urls import host_of, url_key
from plugins.facts.columns.column import trail
from plugins.facts.language.covering import cover

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

# Sent whenever a stage begins; whoever watches (the command line) connects to it.
PROGRESS = object()
FLYING = 48
FLYING_PER_SITE = 16
RENDERING = 3
RENDERS_WAITING = 40
# Whole documents under way at once: each may hold 20 MB of memory.
READING = 4
REMEMBERED = 3000
STOP_POLL = 0.2
STOP_GRACE = 2.0


@dataclass(frozen=True, slots=True)
class Fetch:
    """One thing to fetch.

    ``purpose``: page, plain, render, sample (browser with probes), target, or attachment (a target
    that is fetched whole and read).

    ``plain`` is a page again, without the browser, which had failed on it. ``static`` is what the
    plain fetch of a page to be rendered gave: kept in case the browser fails. ``invented`` = a
    folder asked for the sake of its index page.
    """

    url: str
    site: str
    key: str
    purpose: str
    depth: int = 0
    owner: str = ""
    referrer: str = ""
    static: PageResult | None = None
    kind: TargetKind = TargetKind.PAGE
    invented: bool = False


class Night:
    """The state of one audit. Everything is built in ``open`` and taken down in ``close``."""

    def __init__(self, config: AuditConfig, crawler: Crawler, wiring: Wiring) -> None:
        self.config = config
        self.wiring = wiring
        self.crawler = crawler
        self.problem: BaseException | None = None
        self.done = False
        self.closed = False
        self.watch: asyncio.Task[None] | None = None
        self.folder = config.out
        self.sites: dict[str, SiteState] = {}
        self.renders: deque[Fetch] = deque()
        self.flying: Counter[str] = Counter()
        self.rendering = 0
        self.reading = 0
        self.documents: deque[Fetch] = deque()
        self.wake = asyncio.Event()
        self.stage = ""
        self.queue: deque[Fetch] = deque()
        self.run = 0
        self.states: dict[str, str] = {}
        self.rechecks: list[Recheck] = []

    # -- life ----------------------------------------------------------------------------------

    async def open(self) -> None:
        """Build everything, start the run, ask the probes, put the first addresses in line."""
        config = self.config
        self.watch = asyncio.create_task(self._stop_when_told())
        # Before anything is made: a wrong database must leave nothing behind.
        self.store = Store.open(config.database)
        self.folder = run_folder(config.out)
        self.spool = Spool(self.folder / "spool.db")
        self.frontier = Frontier(self.spool)
        self.follower = Follower(self.spool, self.frontier, config.bounds, config.focus)
        self.desk = TargetDesk(self.spool, self.wiring)
        self.reader = AttachmentDesk(self.spool, self.wiring)
        self.sites = {state.host: state for state in open_sites(config)}
        self.policy = RenderPolicy(config.render.value, available=self.wiring.browser is not None)
        self.run = self.store.start_run(
            as_of=config.as_of,
            sites=self.wiring.site_records(self.sites.values()),
            units=config.inventory.units,
            rules=self.wiring.rule_records(),
            options=self.wiring.plugins.digest,
            version=self.wiring.version,
            kind=RunKind.AUDIT if config.focus is None else RunKind.RECHECK,
        )
        self.writer: Writer | Collector = (
            Writer(self.store, self.run) if config.focus is None else Collector()
        )
        await self.wiring.pool.start()
        for state in self.sites.values():
            self._seed(state)
        if config.focus is not None:
            return
        self.say("probes")
        await asyncio.gather(*(self._probe(state) for state in self.sites.values()))

    def _seed(self, state: SiteState) -> None:
        """Start addresses, registered columns, and the pages that open findings are about."""
        if self.config.focus is not None:
            self._seed_focus(state, self.config.focus)
            return
        start = [Candidate(url_key(url), url, 0, Rank.START) for url in state.row.start]
        columns = [Candidate(url_key(row.url), row.url, 1, Rank.START) for row in state.columns]
        remembered: dict[str, Candidate] = {}
        for finding in self.store.present(state.host):
            urls = [item.url for item in finding.evidence]
            if finding.subject.kind in (SubjectKind.PAGE, SubjectKind.COLUMN):
                urls.append(finding.subject.ref)
            for url in urls:
                own = target_kind(url, state.site.hosts) is TargetKind.PAGE
                if own and len(remembered) < REMEMBERED:
                    key = url_key(url)
                    remembered[key] = Candidate(key, url, 2, Rank.REMEMBERED)
        self.follower.admit(state, [*start, *columns, *remembered.values()])

    def _seed_focus(self, state: SiteState, focus: Focus) -> None:
        """The home page, which tells whether the site is well, and what the findings rest on."""
        registered = {url_key(row.url): row.url for row in state.columns}
        candidates = [Candidate(url_key(url), url, 0, Rank.START) for url in state.row.start[:1]]
        for url in focus.pages(state.host, state.site.hosts):
            key = url_key(url)
            rank = Rank.START if key in registered else Rank.REMEMBERED
            candidates.append(Candidate(key, registered.get(key, url), 2, rank))
        self.follower.admit(state, candidates)
        self.spool.put_gap(
            state.host, FOCUS, "复查只看有关的页面和链接，其余未抓取", state.row.start[0]
        )

    async def _probe(self, state: SiteState) -> None:
        for name, probe in self.wiring.site_probes():
            answer = await self.wiring.ask(name, probe, state.site)
            if answer is not None:
                state.probes[name] = answer

    async def finish(self) -> None:
        """Judge columns and sites, reconcile, and mark the run finished."""
        closer = SiteCloser(self) if self.config.focus is None else Rechecker(self)
        for state in self.sites.values():
            self.say("judging", state.host)
            self.states[state.host] = await closer.close(state)
        await self.writer.flush()
        self.writer.close()
        healthy = all(outcome == "finished" for outcome in self.states.values())
        self.store.finish_run(self.run, "finished" if healthy else "unhealthy")
        self.done = True
        if self.config.focus is None:
            await self._take_pictures()

    async def _take_pictures(self) -> None:
        """Pictures for people: the run is whole without them, so they come when it is finished."""
        photographer = Photographer(self)
        for state in self.sites.values():
            if self.config.pictures and self.states[state.host] == "finished":
                self.say("pictures", state.host)
                await photographer.take(state)

    async def close(self, reason: str) -> None:
        """Take everything down; a run that did not get to its end is marked aborted."""
        if self.closed:
            return
        self.closed = True
        if self.watch is not None and self.watch is not asyncio.current_task():
            self.watch.cancel()
        await self.wiring.close()
        if not self.done and self.run:
            try:
                self.writer.close()
            finally:
                for host in self.sites:
                    if host not in self.states:
                        self.store.abort_site(self.run, host, f"检查未完成（{reason}）")
                        self.states[host] = "aborted"
                self.store.finish_run(self.run, "aborted")
        if hasattr(self, "store"):
            self.store.close()
        if hasattr(self, "spool"):
            self.spool.close()

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
        self.stage = stage
        self.crawler.signals.send_catch_log(signal=PROGRESS, night=self, stage=stage, detail=detail)

    # -- what to fetch -------------------------------------------------------------------------

    async def fetches(self) -> AsyncIterator[Fetch]:
        """Everything to be fetched, stage after stage, as room becomes free."""
        for stage, more in (
            ("pages", self._next_page),
            ("samples", None),
            ("targets", self._next_target),
        ):
            self.say(stage)
            if stage == "samples":
                self._queue_samples()
            if stage == "targets":
                for state in self.sites.values():
                    self._leave_targets(state)
                    self.spool.settle_page_targets(state.host)
                if not self.config.verify_targets:
                    continue
            while True:
                self.wake.clear()
                fetch = self._next_render() or (more() if more is not None else None)
                if fetch is not None:
                    self.flying[fetch.site] += 1
                    self.rendering += fetch.purpose in ("render", "sample")
                    self.reading += fetch.purpose == "attachment"
                    yield fetch
                elif self.flying.total() or self.renders:
                    await self.wake.wait()
                else:
                    break
        self.say("second opinions")
        for state in self.sites.values():
            await self.desk.second_look(state)

    def _leave_targets(self, state: SiteState) -> None:
        """In a recheck, ask only the targets that its findings are about, linked still or not."""
        focus = self.config.focus
        if focus is None:
            return
        self.spool.leave_targets(state.host, lambda key: focus.wants(state.host, key))
        for key in focus.targets(state.host):
            if target_kind(key, state.site.hosts) is TargetKind.ATTACHMENT:
                self.spool.seek_target(state.host, key, TargetKind.ATTACHMENT)
                self.frontier.add(state.host, [Candidate(key, key, 2, Rank.REMEMBERED)])
                self.frontier.done(state.host, key)

    def release(self, fetch: Fetch) -> None:
        """A fetch is over; there is room for another."""
        self.flying[fetch.site] -= 1
        self.rendering -= fetch.purpose in ("render", "sample")
        self.reading -= fetch.purpose == "attachment"
        self.wake.set()

    def _next_render(self) -> Fetch | None:
        if self.renders and self.rendering < RENDERING:
            return self.renders.popleft()
        return None

    def _next_page(self) -> Fetch | None:
        if len(self.renders) >= RENDERS_WAITING or self.flying.total() >= FLYING:
            return None
        for state in self._by_load():
            if not state.room(self.config.bounds):
                # What is left is counted when all is over (closing.coverage).
                self.frontier.leave(state.host, "budget")
                continue
            candidate = self.frontier.take(state.host)
            if candidate is not None:
                state.taken += 1
                return self._page_fetch(state, candidate)
        return None

    def _by_load(self) -> list[SiteState]:
        """Sites with room for another request, those with the fewest under way first."""
        ready = [s for s in self.sites.values() if self.flying[s.host] < FLYING_PER_SITE]
        return sorted(ready, key=lambda state: self.flying[state.host])

    def _page_fetch(self, state: SiteState, candidate: Candidate) -> Fetch:
        fetch = Fetch(
            url=candidate.url,
            site=state.host,
            key=candidate.key,
            purpose="page",
            depth=candidate.depth,
            owner=candidate.owner,
            referrer=candidate.referrer,
            invented=candidate.rank is Rank.FOLDER,
        )
        return replace(fetch, purpose="render") if self.policy.directly(candidate.url) else fetch

    def _next_target(self) -> Fetch | None:
        if self.flying.total() >= FLYING:
            return None
        if self.documents and self.reading < READING:
            return self.documents.popleft()
        while not self.queue:
            fresh = [
                self._target_fetch(state, key, url, kind)
                for state in self.sites.values()
                for key, url, kind in self.spool.unasked(state.host, 50)
            ]
            if not fresh:
                # Documents that wait for room are taken up when one of those under way is over.
                return None
            self.queue.extend(one for one in fresh if one.purpose == "target")
            self.documents.extend(one for one in fresh if one.purpose == "attachment")
            if self.documents and self.reading < READING:
                return self.documents.popleft()
        return self.queue.popleft()

    def _target_fetch(self, state: SiteState, key: str, url: str, kind: TargetKind) -> Fetch:
        """A target to be asked; a document of the site is fetched whole as long as the budget lasts."""
        fetch = Fetch(url=url, site=state.host, key=key, purpose="target", kind=kind)
        if kind is TargetKind.ATTACHMENT and self.reader.wanted(state, url):
            return replace(fetch, purpose="attachment")
        return fetch

    def prepare(self, request: Request, fetch: Fetch) -> Request:
        """Set what the downloader must know of a request."""
        if fetch.referrer:
            request.headers["Referer"] = fetch.referrer
        self.wiring.mark(request, fetch.purpose, self.sites[fetch.site])
        if fetch.purpose == "sample":
            return render_request(request, self.wiring.page_probes())
        if fetch.purpose == "render":
            return render_request(request)
        return request

    # -- what came back ------------------------------------------------------------------------

    async def arrived(self, response: Response, fetch: Fetch) -> None:
        """An answer came."""
        state = self.sites[fetch.site]
        if fetch.purpose == "target":
            await self.desk.first_look(state, fetch.key, answer_of(response, fetch.url), fetch.kind)
        elif fetch.purpose == "attachment":
            came = answer_of(response, fetch.url)
            await self.desk.first_look(state, fetch.key, came, fetch.kind)
            await self._read(state, fetch, came, response.body)
        elif fetch.purpose == "sample":
            self._sampled(response, fetch)
        else:
            rendered = response.meta.get("gongkai_rendered")
            page = page_of(
                response,
                asked=fetch.url,
                depth=fetch.depth,
                referrers=(fetch.referrer,) if fetch.referrer else (),
                rendered=rendered is not None,
                failure=response.meta.get("gongkai_failure"),
            )
            # What was fetched plainly before was judged as a link target then.
            answer = answer_of(response, fetch.url) if fetch.static is None else None
            await self._page(state, page, fetch, answer)

    async def failed(self, request: Request, problem: BaseException, fetch: Fetch) -> None:
        """No answer came; that is a fact too."""
        state = self.sites[fetch.site]
        failure: Failure = self.wiring.failure_of(problem)
        if fetch.purpose == "target":
            await self.desk.first_look(
                state, fetch.key, Answer(url=fetch.url, failure=failure), fetch.kind
            )
        elif fetch.purpose == "attachment":
            # Too slow to be read whole is not too slow to be there: asked again for its start only.
            self.spool.put_gap(state.host, UNREAD, "附件未能完整下载，内容未检查", fetch.url)
            self.queue.append(replace(fetch, purpose="target"))
        elif fetch.purpose == "sample":
            self.spool.put_gap(state.host, "browser", "浏览器未能打开抽样页面", fetch.url)
        elif fetch.purpose == "render":
            await self._without_browser(state, fetch)
        elif failure.kind is FailureKind.ROBOTS:
            # Not a fault of the site's and not a look at it: a gap.
            if not self._nobodys(state, fetch):
                self.spool.put_gap(state.host, "robots", "robots.txt不允许抓取", fetch.url)
            if fetch.key in state.home_keys:
                state.refused = (
                    "robots.txt不允许抓取首页（确需检查的，在台账中登记robots例外和理由）"
                )
            await self.desk.first_look(
                state, fetch.key, Answer(url=fetch.url, failure=failure), fetch.kind
            )
            self._over(state, fetch)
        else:
            page = page_of_failure(request, failure, asked=fetch.url, depth=fetch.depth)
            await self._page(state, page, fetch, Answer(url=fetch.url, failure=failure))

    async def _without_browser(self, state: SiteState, fetch: Fetch) -> None:
        """The browser failed: what the plain fetch gave still stands, or it is made now."""
        self.spool.put_gap(
            state.host, "browser", "需要浏览器显示的页面未能在浏览器中打开", fetch.url
        )
        if fetch.static is not None:
            await self._accept(state, fetch, fetch.static)
        else:
            self.renders.append(replace(fetch, purpose="plain"))

    def _over(self, state: SiteState, fetch: Fetch) -> None:
        """The address was answered, and whatever waited for it may go on."""
        self.frontier.done(state.host, fetch.key)
        self.follower.answered(state, fetch.key)

    def _nobodys(self, state: SiteState, fetch: Fetch) -> bool:
        """Whether this is a folder of our own inventing: nothing is lost when it does not answer."""
        return fetch.invented and not self.spool.has_target(state.host, fetch.key)

    async def _page(
        self, state: SiteState, page: Page, fetch: Fetch, answer: Answer | None
    ) -> None:
        state.asked += fetch.static is None
        elsewhere = host_of(page.final_url or page.url)
        if elsewhere not in state.site.hosts:
            # The address leads out of the site: a link to elsewhere, nothing to audit here.
            if answer is not None:
                await self.desk.first_look(state, fetch.key, answer, fetch.kind)
            if fetch.key in state.home_keys:
                state.refused = f"首页跳转到{elsewhere}，不在本网站登记的域名之内（请改查该地址，或登记到hosts）"
            self._over(state, fetch)
            return
        page = await self._whole_home(state, page, fetch)
        job = PageJob(
            page=page,
            site=state.site,
            home=fetch.key in state.home_keys,
            answer=answer,
            home_keys=state.home_keys,
        )
        outcome = await self.wiring.pool.run(job)
        if not isinstance(outcome.result, PageResult):
            if fetch.static is not None:
                await self._without_browser(state, fetch)
            else:
                self._lost(state, fetch, outcome.failure)
            return
        subject = Subject(SubjectKind.PAGE, state.host, outcome.result.digest.key)
        result = replace(outcome.result, examined=whole(outcome, outcome.result.examined, subject))
        if answer is not None and result.judgement is not None:
            self.desk.note(state, fetch.key, answer, result.judgement)
        if fetch.purpose == "page" and answered(result.digest) and page.failure is None:
            if self.policy.wanted(page.final_url or page.url, result.shape):
                self.renders.append(replace(fetch, purpose="render", static=result))
                return
        elif fetch.purpose == "render" and fetch.static is not None:
            self.policy.learn(fetch.url, fetch.static.shape, result.shape)
            result = keep_status(fetch.static, result)
        await self._accept(state, fetch, result)

    async def _whole_home(self, state: SiteState, page: Page, fetch: Fetch) -> Page:
        """The home page with the scripts that write its footer: marks in it are judged."""
        if fetch.key not in state.home_keys:
            return page
        page = await with_footer_scripts(page, self.crawler.engine)
        # Without facts drawn from it: it is kept till the end, when its search is asked.
        state.home_page = replace(page)
        return page

    async def _accept(self, state: SiteState, fetch: Fetch, result: PageResult) -> None:
        """A page is final: keep what was learned, and follow its links."""
        host = state.host
        digest = replace(result.digest, depth=fetch.depth)
        result = replace(result, digest=digest)
        usable = conclusive(digest)
        bare = bool(result.shape.needs_browser) and not digest.rendered
        state.unrendered |= {digest.key} if bare else set()
        if digest.kind == PageKind.ERROR.value and self._nobodys(state, fetch):
            state.asked -= 1
            self._over(state, fetch)
            return
        home = fetch.key in state.home_keys or digest.key in state.home_keys
        if digest.key != fetch.key:
            # A redirect inside the site: two keys, one page.
            self.spool.put_alias(host, fetch.key, digest.key)
        if (
            self.follower.waits_for_folder(state, fetch.key, result)
            or self.follower.is_its_folder(state, result)
            or self.spool.content(host, digest.key) is not None
        ):
            self._over(state, fetch)
            return
        state.failed += not answered(digest)
        state.statuses[str(digest.status or digest.failure or "?")] += 1
        if home and state.home is None:
            state.home = digest
            state.home_keys |= {digest.key}
            if not state.site.name and result.site_name:
                # Rules that tell one body's papers from another's need the name.
                state.site = replace(state.site, name=result.site_name)
        self.spool.put_page(host, digest, result.content)
        if result.listing is not None and usable:
            self.spool.put_listing(host, result.listing)
        if not answered(digest):
            self.spool.put_gap(host, "unread", "页面未能正常打开", fetch.url)
        elif not usable:
            # Settled again where the second look shows that it is a page that is gone.
            self.spool.put_gap(host, "error_page", "页面答复的是错误提示或拦截页面", fetch.url)
        self.spool.put_links(host, digest.url, result.links, home=home)
        self.spool.put_nav(host, result.nav)
        self.follower.follow(state, result, fetch.depth, fetch.owner)
        if digest.key != fetch.key and usable:
            # Read already, under its own name as well.
            self.frontier.done(host, digest.key)
            self.follower.answered(state, digest.key)
        self._over(state, fetch)
        unit = digest.unit or state.site.unit
        subject = Subject(SubjectKind.PAGE, host, digest.key)
        examined = result.examined
        state.check_seconds.update(examined.seconds)
        state.check_errors.update(error.code for error in examined.errors)
        self.spool.put_sightings(examined.sightings)
        await self.writer.put(
            Parcel(
                observed=observed(examined.sightings, unit),
                examined=(subject,) if usable else (),
                errors=failures(examined.errors),
                pages=(
                    PageSeen(
                        subject,
                        digest.url,
                        digest.title,
                        digest.status,
                        result.content,
                        place=" > ".join(trail(digest.crumbs, digest.title)),
                    ),
                ),
            )
        )

    def unhandled(self, fetch: Fetch) -> None:
        """An answer that we failed on ourselves: a gap, as if it had not come."""
        if fetch.purpose in ("page", "render", "plain"):
            self.spool.put_gap(fetch.site, "lost", "页面内容未能处理（程序出错）", fetch.url)
        self.sites[fetch.site].broken += 1

    def _lost(self, state: SiteState, fetch: Fetch, why: str) -> None:
        """The page could not be worked on (parser crash): a gap, and the rest goes on."""
        logger.error("page lost: %s: %s", fetch.url, why)
        self.spool.put_gap(state.host, "lost", "页面内容未能解析", fetch.url)
        state.failed += 1
        self._over(state, fetch)

    async def _read(self, state: SiteState, fetch: Fetch, answer: Answer, body: bytes) -> None:
        """A document came whole: read it, and write down what was found."""
        parcel = await self.reader.read(state, fetch.key, answer, body)
        if parcel is not None:
            await self.writer.put(parcel)

    # -- accessibility samples -----------------------------------------------------------------

    def _queue_samples(self) -> None:
        if self.wiring.browser is None or not self.wiring.page_probes() or self.config.focus:
            return
        for state in self.sites.values():
            for digest in self.wiring.sample(self.spool, state):
                self.renders.append(
                    Fetch(url=digest.url, site=state.host, key=digest.key, purpose="sample")
                )

    def _sampled(self, response: Response, fetch: Fetch) -> None:
        rendered: Any = response.meta.get("gongkai_rendered")
        answers = dict(getattr(rendered, "probes", {}) or {})
        digest = self.spool.page(fetch.site, fetch.key)
        if digest is not None and answers:
            self.spool.replace_page(fetch.site, with_probes(digest, cover(answers)))


def keep_status(static: PageResult, rendered: PageResult) -> PageResult:
    """The rendered page with the status of the plain fetch: browsers turn some into their own.

    And with the hash of the bytes that the server sent: two renderings of one page hardly ever
    have the same, and by it index pages are compared with their folders.
    """
    digest = replace(rendered.digest, status=static.digest.status)
    return replace(rendered, digest=digest, content=static.content)
