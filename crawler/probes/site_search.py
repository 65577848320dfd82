"""The probe ``site_search``: is a known title of the site found by the site's own search.

It is asked at the end of the crawl, when titles are known: :func:`ask_search` does it, with the
search box of the home page, by GET and on the site's own hosts only.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from plugins import Page, PageDigest, PageKind, Site, hookimpl
from plugins.facts.answers.site_search import SearchAnswer, SearchTry, judge_results, question

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine

logger = logging.getLogger(__name__)

PROBE = "site_search"
TITLES = 2
SHORTEST, LONGEST = 8, 40
# Indexes of searches are made at night, or once a week.
INDEXED_DAYS = 10
SECONDS = 20.0
BYTES = 2_000_000


@hookimpl
async def probe_site(site: Site, timeout: float) -> Any:  # noqa: ASYNC109
    """No answer yet: before the crawl nobody knows a title of the site."""


def choose_titles(pages: Iterable[PageDigest], today: date) -> list[PageDigest]:
    """The youngest articles that an index should hold, of different folders, no title twice."""
    ripe = today - timedelta(days=INDEXED_DAYS)
    best: dict[str, PageDigest] = {}
    seen: dict[str, int] = {}
    for page in pages:
        if page.kind != PageKind.ARTICLE.value or not page.readable or page.published is None:
            continue
        if not SHORTEST <= len(page.title) <= LONGEST or page.published > ripe:
            continue
        if "*" in page.title:
            # A number in it was masked: nothing would be found by these words.
            continue
        seen[page.title] = seen.get(page.title, 0) + 1
        known = best.get(page.template)
        if known is None or (page.published, page.key) > (known.published, known.key):
            best[page.template] = page
    chosen = [page for page in best.values() if seen[page.title] == 1]
    chosen.sort(key=lambda page: (page.published or today, page.key), reverse=True)
    return chosen[:TITLES]


async def ask_search(
    site: Site,
    home: Page | None,
    pages: Iterable[PageDigest],
    engine: ExecutionEngine | None,
    *,
    robots_exempt: bool = False,
) -> SearchAnswer | None:
    """Search for a known title; a second one only where the first was not found. None = no home page."""
    import asyncio

    if home is None or engine is None or home.failure is not None:
        return None
    titles = await asyncio.to_thread(choose_titles, pages, site.today)
    if not titles:
        return SearchAnswer(why="没有可用来检索的文章标题")
    tries: list[SearchTry] = []
    for wanted in titles:
        url, why = await asyncio.to_thread(question, home, wanted.title, site.hosts)
        if not url:
            return SearchAnswer(why=why)
        tries.append(await _ask(url, wanted, engine, robots_exempt=robots_exempt))
        if tries[-1].found:
            break
    return SearchAnswer(tuple(tries))


async def _ask(
    url: str, wanted: PageDigest, engine: ExecutionEngine, *, robots_exempt: bool
) -> SearchTry:
    # Where it is needed: every worker imports this module, and none fetches anything.
    import asyncio

    from scrapy import Request

    from crawler.network.pages import page_of

    meta = {"body_limit": BYTES, "attempts": 1, "robots_exempt": robots_exempt}
    asked = SearchTry(wanted.title, wanted.url, url)
    try:
        response = await asyncio.wait_for(engine.download_async(Request(url, meta=meta)), SECONDS)
        page = page_of(response, asked=url, failure=response.meta.get("gongkai_failure"))
        found, why = await asyncio.to_thread(judge_results, page, wanted.title, wanted.key)
    except Exception as problem:  # noqa: BLE001 - a failed probe is a result (style.md "Errors")
        logger.info("search by %s failed: %r", url, problem)
        return SearchTry(asked.title, asked.url, url, None, "检索请求没有得到应答")
    return SearchTry(asked.title, asked.url, url, found, why)
