"""The download handler that sends marked requests to the browser and all others on as before.

scrapy-playwright brings settings, browser provider and the place in Scrapy. A page's life is ours
(``crawler.browser.tabs``): its handler gives a crashed page's slot back twice, so more pages than allowed
run at once, waits for some calls without limit, leaves popups open, has one browser for each scheme
and starts its driver even where no page is ever rendered.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy.http import HtmlResponse
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.browser.rendering import SETTING, Rendering
from crawler.browser.requests import ANSWER, RenderTask
from crawler.browser.visit import Rendered
from crawler.network.downloading import GuardedDownloadHandler
from crawler.network.pacing import RENDER_TASK

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class RenderingHandler(ScrapyPlaywrightDownloadHandler, GuardedDownloadHandler):  # type: ignore[misc]
    """Renders requests that ``crawler.browser.requests.render_request`` marked, downloads all others."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        rendering = crawler.settings.get(SETTING)
        if not isinstance(rendering, Rendering):
            raise TypeError(f"setting {SETTING} must be a Rendering")
        self._service = rendering.service

    async def download_request(self, request: Request) -> Response:
        """Render a marked request; hand any other to the handler behind.

        Raises:
            RenderError: no DOM could be had; its ``failure`` says why.
        """
        task = request.meta.get(RENDER_TASK)
        if not isinstance(task, RenderTask):
            return await GuardedDownloadHandler.download_request(self, request)
        browser = await self._service.browser(
            lambda: self.browser_provider_cls(self.config), request.url, images=task.images
        )
        try:
            # A task of its own: time limits need one, and Scrapy may drive us by a Deferred.
            rendered: Rendered = await asyncio.ensure_future(
                browser.render(request.url, task.probes)
            )
        finally:
            for name in ("pages", "failed", "browsers", "crashes", "open_most"):
                group = "pictures" if task.images else "rendering"
                self.stats.set_value(f"{group}/{name}", getattr(browser.tally, name))
        request.meta[ANSWER] = rendered
        request.meta["download_latency"] = rendered.elapsed
        request.meta["redirects"] = [(step.url, step.status) for step in rendered.redirects]
        if rendered.failure is not None:
            request.meta["gongkai_failure"] = rendered.failure
        return HtmlResponse(
            rendered.final_url,
            status=rendered.status or 200,
            headers=dict(rendered.headers),
            body=rendered.html,
            encoding="utf-8",
            request=request,
            flags=["playwright"],
        )

    async def _launch(self) -> None:
        """Nothing at the start of the crawl: most need no browser."""

    async def _close(self) -> None:
        await self._service.close()
