"""The spider behind ``gongkai facts``: a few addresses, what is seen on each, nothing remembered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider

from crawler.browser.policy import RenderPolicy
from crawler.browser.requests import render_request
from crawler.browser.shape import shape_of
from crawler.network.failures import failure_of
from crawler.network.footer_reading import with_footer_scripts
from crawler.network.pages import page_of, page_of_failure
from crawler.run.wiring import build_dialer, build_rendering
from crawler.settings import CONFIG, settings_for
from plugins import Failure, FailureKind, Page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure

logger = logging.getLogger(__name__)
TOGETHER = 8


class FactsSpider(Spider):
    """Fetches ``urls`` and hands each page to ``tell`` in the order given."""

    name = "facts"
    urls: tuple[str, ...]
    tell: Callable[[Page], None]
    policy: RenderPolicy

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> FactsSpider:
        """Build the spider for ``urls`` and ``tell``."""
        config = crawler.settings[CONFIG]
        dialer = build_dialer(config)
        rendering = build_rendering(config, dialer)
        crawler.settings.setdict(settings_for(config, dialer, rendering), priority="cmdline")
        spider = super().from_crawler(crawler, *args)
        spider.urls = kwargs["urls"]
        spider.tell = kwargs["tell"]
        spider.policy = RenderPolicy(
            config.render.value, available=rendering.executable is not None
        )
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The addresses, a few at a time, told in order."""
        self.pages: dict[int, Page] = {}
        self.asked = asyncio.Semaphore(TOGETHER)
        self.told = 0
        for number, url in enumerate(self.urls):
            await self.asked.acquire()
            yield self._request(url, number)

    def _request(self, url: str, number: int, static: Page | None = None) -> Request:
        request = Request(
            url,
            callback=self.arrived,
            errback=self.failed,
            dont_filter=True,
            cb_kwargs={"number": number, "static": static},
            meta={"robots_exempt": True},
        )
        return request if static is None else render_request(request)

    async def arrived(
        self, response: Response, number: int, static: Page | None
    ) -> AsyncIterator[Request]:
        """An answer; pages whose static form is not enough go to the browser."""
        url = self.urls[number]
        page = page_of(
            response,
            asked=url,
            rendered=static is not None,
            failure=response.meta.get("gongkai_failure"),
            status=static.status if static else None,
        )
        if static is None and page.failure is None and self.policy.wanted(url, shape_of(page)):
            yield self._request(url, number, page)
            return
        await self._done(number, page)

    async def failed(self, failure: TwistedFailure) -> None:
        """No answer; when only the browser failed, the static form stands."""
        request: Request = failure.request  # type: ignore[attr-defined]
        number, static = request.cb_kwargs["number"], request.cb_kwargs["static"]
        own = getattr(failure.value, "failure", None) or failure_of(failure)
        page = static or page_of_failure(request, own, asked=self.urls[number])
        await self._done(number, page)

    async def _done(self, number: int, page: Page) -> None:
        try:
            self.pages[number] = await with_footer_scripts(
                page, self.crawler.engine, robots_exempt=True
            )
        except Exception as problem:
            # Whatever a page does to us, the others are told, and in order.
            logger.exception("%s", page.url)
            failure = Failure(FailureKind.OTHER, repr(problem))
            self.pages[number] = Page(url=page.url, failure=failure)
        finally:
            self.asked.release()
        while self.told in self.pages:
            self.told += 1
            self.tell(self.pages.pop(self.told - 1))
