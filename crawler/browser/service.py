"""One browser for a crawl: driver, proxy and Chromium, started by the first page that needs them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from playwright.async_api import Browser as Chromium
from playwright.async_api import Error

from crawler.browser.chromium import ARGUMENTS, UNSEEN
from crawler.browser.proxy import BrowserProxy
from crawler.browser.requests import RenderLimits
from crawler.browser.tabs import Browser
from crawler.browser.visit import RenderError
from crawler.network.dialing import Dialer
from plugins.facts.page.page import Failure, FailureKind

if TYPE_CHECKING:
    from scrapy_playwright.provider import PlaywrightBrowserProvider

logger = logging.getLogger(__name__)


class BrowserService:
    """Starts the browser late and ends it once; Scrapy's handlers for http and https share one.

    Pictures need images, which nothing else does: for them a second Chromium is started when the
    first picture is taken, through the same proxy.
    """

    def __init__(
        self, limits: RenderLimits, dialer: Dialer | None = None, user_agent: str = ""
    ) -> None:
        self._limits = limits
        self._dialer = dialer
        self._user_agent = user_agent
        self._provider: PlaywrightBrowserProvider | None = None
        self._proxy: BrowserProxy | None = None
        self._browsers: dict[bool, Browser] = {}
        self._starting = asyncio.Lock()
        self._launching = asyncio.Lock()

    async def browser(
        self,
        provider: Callable[[], PlaywrightBrowserProvider],
        url: str,
        *,
        images: bool = False,
    ) -> Browser:
        """The browser; ``provider`` makes scrapy-playwright's provider if it was not started yet.

        Raises:
            RenderError: the driver cannot be started; ``url`` is the page that is not rendered.
        """
        async with self._starting:
            if self._provider is None:
                made = provider()
                try:
                    await made.start()
                except (Error, OSError) as error:
                    failure = Failure(FailureKind.BROWSER, f"浏览器驱动不能启动：{error}")
                    raise RenderError(url, failure) from error
                self._provider = made
                self._proxy = BrowserProxy(self._dialer or Dialer())
                made.config.launch_options["proxy"] = {"server": await self._proxy.start()}
            if images not in self._browsers:
                self._browsers[images] = Browser(
                    partial(self._launch, images),
                    self._limits,
                    proxy=self._proxy,
                    user_agent=self._user_agent,
                )
            return self._browsers[images]

    async def close(self) -> None:
        """End browser, driver and proxy; safe to be called twice."""
        browsers, provider, proxy = tuple(self._browsers.values()), self._provider, self._proxy
        self._provider = self._proxy = None
        self._browsers = {}
        for browser in browsers:
            await browser.close()
        if provider is not None:
            await provider.close()
        if proxy is not None:
            await proxy.close()

    async def _launch(self, images: bool) -> Chromium:
        # The provider has one set of options, and both browsers may be started at once.
        async with self._launching:
            if self._provider is None:
                raise OSError("the crawl is over")
            options = self._provider.config.launch_options
            own = [one for one in ARGUMENTS if not (images and one in UNSEEN)]
            options["args"] = own
            try:
                chromium: Chromium = await self._provider.launch_browser()
            except Error as error:
                if not options.get("chromium_sandbox") or "sandbox" not in str(error).lower():
                    raise
                # Many containers forbid what the sandbox needs; without it is how they all run Chromium.
                logger.warning("Chromium's sandbox cannot be used here; starting without it")
                options["chromium_sandbox"] = False
                chromium = await self._provider.launch_browser()
            return chromium
