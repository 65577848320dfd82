"""Which of a page's links get in line: not seen before, within bounds, folders before index names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crawler.jobs.page import PageResult
from crawler.plan.focus import Focus
from crawler.plan.scope import Bounds
from crawler.run.index_pages import folder_of, index_name, settled
from crawler.run.site_state import SiteState, conclusive
from crawler.workfile.file import Workfile
from crawler.workfile.frontier import Candidate, Rank
from plugins import LinkVerdict, TargetKind
from plugins.addresses.urls import host_of, url_key


class Follower:
    """Lets addresses into the frontier, and knows which index pages are their folders."""

    def __init__(self, file: Workfile, bounds: Bounds, focus: Focus | None = None) -> None:
        self.focus = focus
        self.pages = file.pages
        self.gaps = file.gaps
        self.frontier = file.frontier
        self.bounds = bounds

    def follow(self, state: SiteState, result: PageResult, depth: int, owner: str) -> None:
        """Let in what a page leads to: the further pages of its list first, then its links.

        ``owner`` is the key of the column whose further page this page is, "" = none.
        """
        page, key = result.digest.url, owner or result.digest.key
        pager = result.listing.pager[: self.bounds.list_pages] if result.listing else ()
        candidates = [
            Candidate(url_key(url), url, depth + 1, Rank.PAGER, key, page)
            for url in pager
            if host_of(url) in state.site.hosts
        ]
        candidates += [
            Candidate(link.key, link.url, depth + 1, Rank.LINK, "", page)
            for link, kind, verdict, _ in result.links
            if kind is TargetKind.PAGE and verdict is LinkVerdict.UNKNOWN
        ]
        self.admit(state, [one for one in candidates if self._wanted(state, one)])

    def _wanted(self, state: SiteState, candidate: Candidate) -> bool:
        """All of it, unless a recheck looks at some columns and link targets only."""
        if self.focus is None:
            return True
        if candidate.rank is Rank.PAGER:
            return candidate.owner in self.focus.columns(state.host)
        return self.focus.wants(state.host, candidate.key)

    def admit(self, state: SiteState, candidates: Iterable[Candidate]) -> None:
        """Let addresses in; what bounds keep out is a gap, which coverage reports."""
        candidates = list(candidates)
        known = self.frontier.among(state.host, (candidate.key for candidate in candidates))
        fresh: dict[str, Candidate] = {}
        for candidate in candidates:
            if candidate.key in fresh or candidate.key in known:
                if candidate.owner:
                    fresh[candidate.key] = candidate
                continue
            further = candidate.rank is Rank.PAGER
            refused = state.traps.refusal(candidate.url, candidate.depth, further_page=further)
            if refused is not None and candidate.rank not in (Rank.START, Rank.REMEMBERED):
                self.gaps.put(state.host, refused[0], refused[1], candidate.url)
                continue
            name = index_name(candidate.url)
            if name and candidate.rank is not Rank.START and not further:
                held = self._hold(state, candidate)
                if held is not None:
                    fresh.update({held.key: held})
                continue
            state.traps.count(candidate.url, further_page=further)
            fresh[candidate.key] = candidate
        self.frontier.add(state.host, fresh.values())

    def _hold(self, state: SiteState, candidate: Candidate) -> Candidate | None:
        """An index page waits for its folder; the folder is what gets in line.

        Always, whatever is known of the file name: which of the two is met first must not matter.
        """
        folder = folder_of(candidate.url)
        key = url_key(folder)
        self.frontier.hold(state.host, candidate, key)
        if self.frontier.is_done(state.host, key):
            self.answered(state, key)
        if self.frontier.known(state.host, key):
            return None
        state.traps.count(folder)
        return replace(candidate, key=key, url=folder, rank=Rank.FOLDER)

    def answered(self, state: SiteState, folder: str) -> None:
        """A folder (by key) was answered: what waited for it is an alias, or may be fetched now."""
        usable = self.pages.content(state.host, folder) is not None
        usable = usable and not self.pages.failed(state.host, folder)
        for key, url in self.frontier.held(state.host, folder):
            if usable and settled(index_name(url), state.index_same, state.index_different):
                self.pages.put_alias(state.host, key, folder)
                self.frontier.assume(state.host, key)
        self.frontier.release(state.host, folder)

    def waits_for_folder(self, state: SiteState, fetched: str, result: PageResult) -> bool:
        """Whether a redirect (from the key ``fetched``) led to an index page whose folder comes first.

        The index page is put in line then, and is read under its own name when its turn comes. A
        folder that leads to its own index page is not waited for, nor is the home page's.
        """
        digest = result.digest
        address = digest.final_url or digest.url
        folder = url_key(folder_of(address))
        if (
            digest.key == fetched
            or not index_name(address)
            or folder in (fetched, digest.key)
            or fetched in state.home_keys
            or self.frontier.is_done(state.host, folder)
        ):
            return False
        self.admit(state, [Candidate(digest.key, address, digest.depth)])
        return self.frontier.known(state.host, digest.key)

    def is_its_folder(self, state: SiteState, result: PageResult) -> bool:
        """Compare an index page with its folder; True = they are one, and the folder was read."""
        key, url = result.digest.key, result.digest.final_url or result.digest.url
        name = index_name(url)
        if not name:
            return self._is_its_start_page(state, key, url, result)
        folder_key = url_key(folder_of(url))
        if folder_key == key or not conclusive(result.digest):
            return False
        content = self.pages.content(state.host, folder_key)
        if content is None or self.pages.failed(state.host, folder_key):
            return False
        if content == result.content:
            state.index_same[name] += 1
            self.pages.put_alias(state.host, key, folder_key)
            return True
        state.index_different[name] += 1
        self._doubt(state, name)
        return False

    def _doubt(self, state: SiteState, name: str) -> None:
        """What was taken for its folder's page by the file name alone must be fetched after all.

        Otherwise the pages found would depend on which folders happened to be answered first.
        """
        for key, url in self.frontier.assumed(state.host):
            if index_name(url) == name:
                self.pages.drop_alias(state.host, key)
                self.frontier.reopen(state.host, key)

    def _is_its_start_page(self, state: SiteState, key: str, url: str, result: PageResult) -> bool:
        """A folder whose index page is a start address, or the home page: that one stays."""
        home = (state.home.final_url or state.home.url,) if state.home is not None else ()
        for start in (*state.row.start, *home):
            index = url_key(start)
            if index_name(start) and index != key and url_key(folder_of(start)) == url_key(url):
                if self.pages.content(state.host, index) != result.content:
                    return False
                self.pages.put_alias(state.host, key, index)
                return True
        return False
