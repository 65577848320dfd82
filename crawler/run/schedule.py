"""What is fetched next: pages first, then samples for the page probes, then link targets."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator

from crawler.browser.policy import RenderPolicy
from crawler.plan.scope import target_kind
from crawler.probes.sampling import choose_sample
from crawler.run.fetches import (
    AttachmentFetch,
    Fetch,
    PageFetch,
    Room,
    SampleFetch,
    TargetFetch,
    Waiting,
)
from crawler.run.run import AuditRun
from crawler.run.site_state import SiteState, conclusive
from crawler.workfile.frontier import Candidate, Rank
from crawler.workfile.gaps import DOCUMENTS
from crawler.workfile.pages import PageView
from plugins import PageDigest, PageKind, TargetKind
from plugins.addresses.endings import READABLE, ending_of
from plugins.addresses.urls import host_of

FLYING = 48
FLYING_PER_SITE = 16
# Whole documents under way at once: each may hold 20 MB of memory.
MOST = {Room.BROWSER: 3, Room.MEMORY: 4}
RENDERS_WAITING = 40
# Targets that are taken from the file at a time.
TARGETS_AT_ONCE = 50
SAMPLES_PER_SITE = 30
OK = 200


class Schedule:
    """Lets out one fetch after another as room becomes free; knows nothing of what comes back."""

    def __init__(self, run: AuditRun, waiting: Waiting, policy: RenderPolicy) -> None:
        self.run = run
        self.file = run.file
        self.waiting = waiting
        self.policy = policy
        self.flying: Counter[str] = Counter()
        self.taken: Counter[Room] = Counter()
        self.wake = asyncio.Event()
        self.read_whole = any("check_attachment" in one.hooks for one in run.wiring.plugins.plugins)

    async def page(self) -> Fetch | None:
        """The next page; None when no address is left or every budget is used up."""
        return await self._next(self._next_page)

    async def sample(self) -> Fetch | None:
        """The next page that is opened in the browser once more, for the page probes."""
        return await self._next(lambda: None)

    async def target(self) -> Fetch | None:
        """The next address that pages link to and that nobody has asked."""
        return await self._next(self._next_target)

    def choose_samples(self) -> None:
        """Pages are read: some of them are put in line for the page probes."""
        wiring = self.run.wiring
        if wiring.browser is None or not wiring.page_probes() or self.run.config.focus:
            return
        for state in self.run.sites.values():
            self.waiting.pages.extend(
                SampleFetch(url=digest.url, site=state.host, key=digest.key)
                for digest in self._sample(state)
            )

    def settle_targets(self) -> None:
        """Pages are read: those that are targets too have their verdicts now."""
        for state in self.run.sites.values():
            self._leave_targets(state)
            self.file.targets.settle_pages(state.host)

    def release(self, fetch: Fetch) -> None:
        """A fetch is over; there is room for another."""
        self.flying[fetch.site] -= 1
        self.taken[fetch.room] -= 1
        self.wake.set()

    async def _next(self, more: Callable[[], Fetch | None]) -> Fetch | None:
        """The next fetch as soon as there is room; None when all is over that ``more`` knows of."""
        while True:
            self.wake.clear()
            fetch = self._next_waiting() or more()
            if fetch is not None:
                self.flying[fetch.site] += 1
                self.taken[fetch.room] += 1
                return fetch
            if not self.flying.total() and not self.waiting.pages:
                return None
            await self.wake.wait()

    def _room(self, kind: Room) -> bool:
        return self.taken[kind] < MOST[kind]

    def _next_waiting(self) -> Fetch | None:
        if self.waiting.pages and self._room(Room.BROWSER):
            return self.waiting.pages.popleft()
        return None

    # -- pages ---------------------------------------------------------------------------------

    def _next_page(self) -> Fetch | None:
        if len(self.waiting.pages) >= RENDERS_WAITING or self.flying.total() >= FLYING:
            return None
        for state in self._by_load():
            if not state.room(self.run.config.bounds):
                # What is left is counted when all is over (closing.coverage).
                self.file.frontier.leave(state.host, "budget")
                continue
            candidate = self.file.frontier.take(state.host)
            if candidate is not None:
                state.taken += 1
                return self._page_fetch(state, candidate)
        return None

    def _by_load(self) -> list[SiteState]:
        """Sites with room for another request, those with the fewest under way first."""
        ready = [s for s in self.run.sites.values() if self.flying[s.host] < FLYING_PER_SITE]
        return sorted(ready, key=lambda state: self.flying[state.host])

    def _page_fetch(self, state: SiteState, candidate: Candidate) -> PageFetch:
        fetch = PageFetch(
            url=candidate.url,
            site=state.host,
            key=candidate.key,
            depth=candidate.depth,
            owner=candidate.owner,
            referrer=candidate.referrer,
            invented=candidate.rank is Rank.FOLDER,
        )
        return fetch.rendered() if self.policy.directly(candidate.url) else fetch

    # -- samples -------------------------------------------------------------------------------

    def _sample(self, state: SiteState) -> list[PageDigest]:
        """Pages whose accessibility is tested: some of each template, only pages that open."""
        pages = PageView(self.file.path, state.host)
        try:
            candidates = (
                digest
                for digest in pages.values()
                if conclusive(digest)
                and digest.status == OK
                and digest.kind not in (PageKind.ERROR, PageKind.DATA)
            )
            per = self.run.config.accessibility_samples
            return list(choose_sample(candidates, per_template=per, limit=SAMPLES_PER_SITE))
        finally:
            pages.close()

    # -- targets -------------------------------------------------------------------------------

    def _leave_targets(self, state: SiteState) -> None:
        """In a recheck, ask only the targets that its findings are about, linked still or not."""
        focus = self.run.config.focus
        if focus is None:
            return
        self.file.targets.leave(state.host, lambda key: focus.wants(state.host, key))
        for key in focus.targets(state.host):
            if target_kind(key, state.site.hosts) is TargetKind.ATTACHMENT:
                self.file.targets.seek(state.host, key, TargetKind.ATTACHMENT)
                self.file.frontier.add(state.host, [Candidate(key, key, 2, Rank.REMEMBERED)])
                self.file.frontier.done(state.host, key)

    def _next_target(self) -> Fetch | None:
        if self.flying.total() >= FLYING:
            return None
        waiting = self.waiting
        if waiting.attachments and self._room(Room.MEMORY):
            return waiting.attachments.popleft()
        while not waiting.targets:
            fresh = list(self._unasked())
            if not fresh:
                # Documents that wait for room are taken up when one of those under way is over.
                return None
            for fetch in fresh:
                if isinstance(fetch, AttachmentFetch):
                    waiting.attachments.append(fetch)
                else:
                    waiting.targets.append(fetch)
            if waiting.attachments and self._room(Room.MEMORY):
                return waiting.attachments.popleft()
        return waiting.targets.popleft()

    def _unasked(self) -> Iterator[TargetFetch]:
        """Some targets of each site; a document is fetched whole as long as the budget lasts."""
        for state in self.run.sites.values():
            for key, url, kind in self.file.targets.unasked(state.host, TARGETS_AT_ONCE):
                whole = kind is TargetKind.ATTACHMENT and self._is_read(state, url)
                made = AttachmentFetch if whole else TargetFetch
                yield made(url=url, site=state.host, key=key, kind=kind)

    def _is_read(self, state: SiteState, url: str) -> bool:
        """Whether a document is to be fetched whole; one that the budget leaves out is a gap."""
        if (
            not self.read_whole
            or ending_of(url) not in READABLE
            or host_of(url) not in state.site.hosts
        ):
            return False
        most = self.run.config.attachments
        if state.attachments >= most:
            self.file.gaps.put(state.host, DOCUMENTS, f"附件超过{most}个，其余未读取内容", url)
            return False
        state.attachments += 1
        return True
