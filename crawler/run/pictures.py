"""Takes the pictures of a site when it has been judged: which ones, how many, and what is kept of them.

They are taken by the audit's own browser through its own door, politely and within bounds; pages
behind robots.txt, pages that fail and pages with personal data have none.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from scrapy import Request

from crawler.browser.picture_probe import PROBE, PictureProbe, Shot, Spot
from crawler.browser.requests import ANSWER, render_request
from crawler.run.run import AuditRun
from crawler.run.site_state import SiteState
from findings.records.pictures import HEAVIEST, Picture
from findings.records.records import StoredFinding, Verdict
from plugins import PageKind, Rule, SubjectKind
from plugins.addresses.urls import host_of, url_key

logger = logging.getLogger(__name__)

AT_ONCE = 2
SITE_SECONDS = 180.0
# What has not changed is taken again after so long, so that quiet nights cost little.
FRESH = timedelta(days=7)
# So many times the pictures of one night may be kept of a site.
NIGHTS = 3
# Of a page as a whole there is nothing to be pointed at.
WHOLE = frozenset({"html", "head", "body", "title"})
# Kinds of pages whose images are shown. In an article they may be scans with personal data.
WITH_IMAGES = frozenset({PageKind.HOME.value, PageKind.LIST.value, PageKind.PORTAL.value})


@dataclass(frozen=True, slots=True)
class PictureVisit:
    """A page to be opened, and the findings that are to be seen on it."""

    url: str
    findings: tuple[StoredFinding, ...]


@dataclass
class Album:
    """What was taken on one site, and what was not."""

    pictures: list[Picture] = field(default_factory=list)
    failed: int = 0


class Photographer:
    """Takes the pictures of one audit's sites."""

    def __init__(self, run: AuditRun) -> None:
        self.run = run

    async def take(self, state: SiteState) -> None:
        """Take and keep the pictures of a site whose findings are in the store."""
        limit = self.run.config.pictures
        present = list(self.run.store.present(state.host))
        rules = self.run.wiring.plugins.known
        hidden = private_pages(present, rules)
        looks = self.run.store.picture_looks(state.host)
        wanted = choose(
            (one for one in present if one.last_run == self.run.id),
            looks,
            rules,
            hosts=state.site.hosts,
            hidden=hidden,
            limit=limit,
            now=datetime.now(UTC),
        )
        album = Album()
        if wanted and self.run.wiring.browser is not None and self.run.crawler.engine:
            waiting = deque(wanted)
            try:
                async with asyncio.timeout(SITE_SECONDS):
                    await asyncio.gather(
                        *(self._work(state, waiting, album) for _ in range(AT_ONCE))
                    )
            except TimeoutError:
                logger.info("%s: no time for %d more pages' pictures", state.host, len(waiting))
        self.run.store.keep_pictures(state.host, album.pictures, hidden=hidden, most=limit * NIGHTS)
        if album.failed:
            state.unpictured += album.failed

    async def _work(self, state: SiteState, waiting: deque[PictureVisit], album: Album) -> None:
        while waiting:
            wanted = waiting.popleft()
            shots = await self._shots(state, wanted)
            for finding in wanted.findings:
                shot = shots.get(finding.fingerprint)
                if shot is None:
                    album.failed += 1
                else:
                    album.pictures.append(self._picture(wanted, finding, shot))

    async def _shots(self, state: SiteState, wanted: PictureVisit) -> Mapping[str, Shot]:
        spots = [Spot(one.fingerprint, *_place(one)) for one in wanted.findings]
        meta = {"robots_exempt": state.row.robots == "ignore", "attempts": 1}
        digest = self.run.file.pages.get(state.host, url_key(wanted.url))
        request = render_request(
            Request(wanted.url, meta=meta),
            [PictureProbe(spots, state.site.today, HEAVIEST)],
            images=digest is not None and digest.kind in WITH_IMAGES,
        )
        engine = self.run.crawler.engine
        assert engine is not None
        try:
            response = await engine.download_async(request)
        except Exception as problem:  # noqa: BLE001 - a picture that cannot be had harms nothing
            logger.info("no picture of %s: %r", wanted.url, problem)
            return {}
        rendered: Any = response.meta.get(ANSWER)
        if rendered is None or host_of(rendered.final_url) not in state.site.hosts:
            return {}
        shots: Mapping[str, Shot] = rendered.probes.get(PROBE) or {}
        return shots

    def _picture(self, wanted: PictureVisit, finding: StoredFinding, shot: Shot) -> Picture:
        return Picture(
            fingerprint=finding.fingerprint,
            site=finding.site,
            page=url_key(wanted.url),
            run=self.run.id,
            taken=datetime.now(UTC),
            width=shot.width,
            height=shot.height,
            outlined=shot.outlined,
            look=look_of(finding),
            image=shot.image,
        )


def choose(
    findings: Iterable[StoredFinding],
    looks: Mapping[str, tuple[str, datetime]],
    rules: Mapping[str, Rule],
    *,
    hosts: Collection[str],
    hidden: Collection[str],
    limit: int,
    now: datetime,
) -> list[PictureVisit]:
    """What to take tonight, page by page: first what has no picture, then the oldest ones.

    ``looks`` tells which findings have one, what they said then, and when; ``hidden`` are pages of
    which none may be taken; ``rules`` say by code whether a picture helps.
    """
    due: list[tuple[float, str, StoredFinding]] = []
    for finding in findings:
        rule = rules.get(finding.code)
        if rule is None or not rule.shows or finding.verdict is Verdict.REJECTED:
            continue
        url = page_of_finding(finding)
        if _place(finding)[0] in WHOLE:
            continue
        if host_of(url) not in hosts or url_key(url) in hidden:
            continue
        look, taken = looks.get(finding.fingerprint, ("", None))
        if taken is None or look != look_of(finding):
            due.append((0, url, finding))
        elif now - taken > FRESH:
            due.append((taken.timestamp(), url, finding))
    due.sort(key=lambda one: (one[0], one[2].code, one[1], one[2].fingerprint))
    pages: dict[str, list[StoredFinding]] = {}
    for _, url, finding in due[:limit]:
        pages.setdefault(url, []).append(finding)
    return [PictureVisit(url, tuple(found)) for url, found in pages.items()]


def private_pages(findings: Iterable[StoredFinding], rules: Mapping[str, Rule]) -> frozenset[str]:
    """The pages on which personal data were found, however old and whatever people said of it."""
    found: set[str] = set()
    for finding in findings:
        rule = rules.get(finding.code)
        # A rule that is gone (a plugin taken out) cannot say whether what it found was private.
        if rule is None or rule.private:
            found.add(finding.subject.ref)
            found.update(url_key(item.url) for item in finding.evidence)
    return frozenset(found)


def page_of_finding(finding: StoredFinding) -> str:
    """The page to be opened; "" where the finding names none."""
    first = next((item.url for item in finding.evidence if item.url), "")
    if first or finding.subject.kind is SubjectKind.SITE:
        return first
    return finding.subject.ref


def look_of(finding: StoredFinding) -> str:
    """What would be seen, as a digest: the page and the place, not the day."""
    said = "\0".join((page_of_finding(finding), *_place(finding)))
    return blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _place(finding: StoredFinding) -> tuple[str, str]:
    """Selector (or region) and words of the first evidence."""
    first = next((item for item in finding.evidence if item.url), None)
    return (first.selector, first.text) if first is not None else ("", "")
