"""The scripts that write a page's footer, fetched so that their words count."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy import Request

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine

    from plugins import Page

logger = logging.getLogger(__name__)
MOST = 5
BYTES = 200_000


async def with_footer_scripts(
    page: Page, engine: ExecutionEngine | None, *, robots_exempt: bool = False
) -> Page:
    """The page with the same-host scripts that may write its footer, at most five, 200 KB each."""
    if engine is None or page.failure is not None or not page.body:
        return page
    scripts = {}
    for url in page.footer_scripts[:MOST]:
        body = await _script(url, engine, robots_exempt=robots_exempt)
        if body:
            scripts[url] = body
    return replace(page, scripts_read=scripts) if scripts else page


async def _script(url: str, engine: ExecutionEngine, *, robots_exempt: bool) -> bytes:
    """One script; an empty answer when it cannot be had: the mark stays unknown then."""
    meta = {"body_limit": BYTES, "attempts": 1, "robots_exempt": robots_exempt}
    try:
        response = await engine.download_async(Request(url, meta=meta))
    except Exception as problem:  # noqa: BLE001 - whatever failed, the mark stays unknown
        logger.info("script %s: %r", url, problem)
        return b""
    return response.body if response.status == 200 else b""  # noqa: PLR2004 - HTTP
