"""A page that is final: what was learned of it is kept, its links are followed, its findings written."""

from __future__ import annotations

from dataclasses import replace

from crawler.jobs.page import PageResult
from crawler.run.fetches import PageFetch
from crawler.run.links_to_follow import Follower
from crawler.run.run import AuditRun
from crawler.run.site_state import SiteState, answered, conclusive
from crawler.run.writer import Harvest, failures
from findings.records.records import PageSeen
from plugins import PageKind, Subject, SubjectKind
from plugins.facts.columns.column import trail


class Acceptance:
    """Accepts pages of a run."""

    def __init__(self, run: AuditRun, follower: Follower) -> None:
        self.file = run.file
        self.writer = run.writer
        self.follower = follower

    def over(self, state: SiteState, fetch: PageFetch) -> None:
        """The address was answered, and whatever waited for it may go on."""
        self.file.frontier.done(state.host, fetch.key)
        self.follower.answered(state, fetch.key)

    def nobodys(self, state: SiteState, fetch: PageFetch) -> bool:
        """Whether this is a folder of our own inventing: nothing is lost when it does not answer."""
        return fetch.invented and not self.file.targets.linked(state.host, fetch.key)

    async def accept(self, state: SiteState, fetch: PageFetch, result: PageResult) -> None:
        """Keep a page, unless it is one that was read already, and go on from it."""
        digest = replace(result.digest, depth=fetch.depth)
        result = replace(result, digest=digest)
        if result.shape.needs_browser and not digest.rendered:
            state.unrendered.add(digest.key)
        if digest.kind == PageKind.ERROR.value and self.nobodys(state, fetch):
            state.asked -= 1
            self.over(state, fetch)
            return
        home = fetch.key in state.home_keys or digest.key in state.home_keys
        if digest.key != fetch.key:
            # A redirect inside the site: two keys, one page.
            self.file.pages.put_alias(state.host, fetch.key, digest.key)
        if (
            self.follower.waits_for_folder(state, fetch.key, result)
            or self.follower.is_its_folder(state, result)
            or self.file.pages.content(state.host, digest.key) is not None
        ):
            self.over(state, fetch)
            return
        self._count(state, result, home=home)
        self._keep(state, fetch, result, home=home)
        self.follower.follow(state, result, fetch.depth, fetch.owner)
        if digest.key != fetch.key and conclusive(digest):
            # Read already, under its own name as well.
            self.file.frontier.done(state.host, digest.key)
            self.follower.answered(state, digest.key)
        self.over(state, fetch)
        await self._write(state, result)

    def _count(self, state: SiteState, result: PageResult, *, home: bool) -> None:
        digest = result.digest
        state.failed += not answered(digest)
        if home and state.home is None:
            state.home = digest
            state.home_keys |= {digest.key}
            if not state.site.name and result.site_name:
                # Rules that tell one body's papers from another's need the name.
                state.site = replace(state.site, name=result.site_name)

    def _keep(self, state: SiteState, fetch: PageFetch, result: PageResult, *, home: bool) -> None:
        """Put into the file what others need of the page."""
        host, digest, file = state.host, result.digest, self.file
        usable = conclusive(digest)
        file.pages.put(host, digest, result.content)
        file.traces.put(host, digest.key, result.trace)
        if result.listing is not None and usable:
            file.listings.put(host, result.listing)
        if not answered(digest):
            file.gaps.put(host, "unread", "页面未能正常打开", fetch.url)
        elif not usable:
            # Settled again where the second look shows that it is a page that is gone.
            file.gaps.put(host, "error_page", "页面答复的是错误提示或拦截页面", fetch.url)
        file.targets.put_links(host, digest.url, result.links, home=home)
        file.listings.put_nav(host, result.nav)

    async def _write(self, state: SiteState, result: PageResult) -> None:
        """Hand to the writer that the page was examined; its findings wait for their unit."""
        digest, examined = result.digest, result.examined
        subject = Subject(SubjectKind.PAGE, state.host, digest.key)
        state.check_seconds.update(examined.seconds)
        state.check_errors.update(error.code for error in examined.errors)
        self.file.sightings.put(examined.sightings)
        seen = PageSeen(
            subject,
            digest.url,
            digest.title,
            digest.status,
            result.content,
            place=" > ".join(trail(digest.crumbs, digest.title)),
        )
        await self.writer.put(
            Harvest(
                examined=(subject,) if conclusive(digest) else (),
                errors=failures(examined.errors),
                pages=(seen,),
            )
        )
