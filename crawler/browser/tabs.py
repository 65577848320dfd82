"""The browser: tabs opened, watched and closed, whatever the pages in them do.

A page costs at most its own time: it is closed on every path, a crash of its renderer or of the
whole browser is its failure alone, and the browser is renewed before its memory tells.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, Error
from playwright.async_api import Page as Tab

from crawler.browser.proxy import BrowserProxy
from crawler.browser.requests import PageProbe, RenderLimits
from crawler.browser.visit import CrashError, Rendered, RenderError, Visit
from plugins.facts.page.page import Failure, FailureKind

__all__ = ["Browser", "RenderCounts", "RenderError", "Rendered"]

logger = logging.getLogger(__name__)

LAUNCH_SECONDS = 60.0
CLOSE_SECONDS = 5.0
END_SECONDS = 15.0
GRACE_SECONDS = 0.5


@dataclass
class RenderCounts:
    """Counts for statistics and tests."""

    pages: int = 0
    failed: int = 0
    browsers: int = 0
    crashes: int = 0
    open_now: int = 0
    open_most: int = 0


@dataclass(eq=False)
class _Life:
    """One browser process from launch to end: pages ``given`` out so far, ``busy`` now.

    ``retired`` = gives out no more pages and ends with the last of them.
    """

    chromium: Chromium
    context: BrowserContext
    given: int = 0
    busy: int = 0
    opening: int = 0
    retired: bool = False
    tabs: set[Tab] = field(default_factory=set)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.chromium.on("disconnected", lambda _: self.gone.set())


class _BrowserGoneError(Exception):
    """The browser process ended under a page."""


class Browser:
    """Renders pages, at most ``limits.pages`` at once; started by its first page.

    ``launch`` starts a Chromium. One Browser belongs to one event loop; ``close`` ends it for good.
    """

    def __init__(
        self,
        launch: Callable[[], Awaitable[Chromium]],
        limits: RenderLimits | None = None,
        *,
        proxy: BrowserProxy | None = None,
        user_agent: str = "",
    ) -> None:
        self.limits = limits or RenderLimits()
        self.tally = RenderCounts()
        self._launch = launch
        self._proxy = proxy
        self._user_agent = user_agent
        self._slots = asyncio.Semaphore(self.limits.pages)
        self._starting = asyncio.Lock()
        self._life: _Life | None = None
        self._lives: set[_Life] = set()
        self._closed = False

    @property
    def open_tabs(self) -> int:
        """Tabs open in all browsers, popups included: 0 when nothing is being rendered."""
        return sum(len(life.context.pages) for life in self._lives)

    async def render(self, url: str, probes: Sequence[PageProbe] = ()) -> Rendered:
        """Open ``url``, let its scripts work, read the DOM, ask the probes, close.

        Raises:
            RenderError: there is no DOM to show for it; carries the failure.
        """
        async with self._slots:
            self.tally.pages += 1
            try:
                return await self._render(url, probes)
            except RenderError:
                self.tally.failed += 1
                raise

    async def close(self) -> None:
        """End every browser; pages still open fail."""
        self._closed = True
        self._life = None
        await asyncio.gather(*(self._end(life) for life in tuple(self._lives)))

    async def _render(self, url: str, probes: Sequence[PageProbe]) -> Rendered:
        try:
            return await self._visit(await self._current(url), url, probes)
        except _BrowserGoneError:
            # Which of the open pages brought the browser down is not known. Each gets a browser of
            # its own now: the innocent come through, the culprit harms nobody.
            logger.info("the browser died while %s was open; trying it alone", url)
        alone = await self._start(url)
        alone.retired, alone.busy = True, 1
        try:
            return await self._visit(alone, url, probes)
        except _BrowserGoneError:
            failure = Failure(FailureKind.BROWSER, "浏览器在打开此页时崩溃")
            raise RenderError(url, failure) from None

    async def _current(self, url: str) -> _Life:
        """The browser for one more page, which is counted as busy at once."""
        async with self._starting:
            life = self._life
            if life is None or life.retired or life.gone.is_set():
                if life is not None:
                    await self._retire(life)
                life = self._life = await self._start(url)
            life.given += 1
            life.busy += 1
            life.retired = life.given >= self.limits.renew_after
            return life

    async def _start(self, url: str) -> _Life:
        if self._closed:
            raise RenderError(url, Failure(FailureKind.BROWSER, "浏览器已关闭"))
        try:
            async with asyncio.timeout(LAUNCH_SECONDS):
                chromium = await self._launch()
                context = await chromium.new_context(
                    accept_downloads=False,
                    service_workers="block",  # they outlive their page and fetch on their own
                    ignore_https_errors=True,  # TLS faults are the static fetch's to report
                    locale="zh-CN",
                    timezone_id="Asia/Shanghai",
                    user_agent=self._user_agent or None,
                )
        except (Error, OSError, TimeoutError) as error:
            failure = Failure(FailureKind.BROWSER, f"浏览器不能启动：{error}")
            raise RenderError(url, failure) from error
        self.tally.browsers += 1
        life = _Life(chromium, context)
        self._lives.add(life)
        return life

    async def _visit(self, life: _Life, url: str, probes: Sequence[PageProbe]) -> Rendered:
        """One page's whole life in a browser that counts it as busy already."""
        started = monotonic()
        tab: Tab | None = None
        visit: Visit | None = None
        self.tally.open_now += 1
        self.tally.open_most = max(self.tally.open_most, self.tally.open_now)
        try:
            async with asyncio.timeout(self.limits.page_seconds):
                tab = await _open(life)
                visit = Visit(tab, url, self.limits, self._proxy)
                rendered = await visit.until_crash(visit.load())
            answers = await visit.ask(probes, rendered.page()) if probes else {}
            return replace(rendered, probes=answers, elapsed=monotonic() - started)
        except TimeoutError:
            seconds = f"{self.limits.page_seconds:g}秒"
            if visit is None or visit.answered:
                failure = Failure(FailureKind.BROWSER, f"页面在浏览器中{seconds}内没有完成")
            else:
                failure = Failure(FailureKind.TIMEOUT, f"{seconds}内没有应答")
            raise RenderError(url, failure) from None
        except (CrashError, Error) as error:
            raise await self._judge(life, url, error) from error
        finally:
            # Shielded: a crawl that is being stopped closes its tabs all the same.
            await asyncio.shield(
                self._leave(life, tab, crashed=visit is not None and visit.crashed)
            )

    @staticmethod
    async def _judge(life: _Life, url: str, error: Exception) -> Exception:
        """What an error means: the page's renderer crashed, or the browser is gone, or neither."""
        with contextlib.suppress(TimeoutError):
            # The word that the browser is gone may come after the error that it causes.
            await asyncio.wait_for(life.gone.wait(), GRACE_SECONDS)
        if life.gone.is_set():
            return _BrowserGoneError()
        crashed = isinstance(error, CrashError)
        detail = "浏览器的页面进程崩溃" if crashed else str(error).splitlines()[0]
        return RenderError(url, Failure(FailureKind.BROWSER, detail))

    async def _leave(self, life: _Life, tab: Tab | None, *, crashed: bool) -> None:
        """Close the tab and what it opened; end the browser if it was its last page."""
        if tab is not None:
            life.tabs.discard(tab)
        # While another page is being opened, its tab cannot be told from a popup.
        strays = life.context.pages if not life.opening else ([tab] if tab is not None else [])
        closed = [await _close(stray) for stray in strays if stray not in life.tabs]
        if crashed or life.gone.is_set():
            self.tally.crashes += 1
        if crashed or not all(closed):
            life.retired = True
        life.busy -= 1
        self.tally.open_now -= 1
        if life.retired or life.gone.is_set():
            await self._retire(life)

    async def _retire(self, life: _Life) -> None:
        life.retired = True
        if self._life is life:
            self._life = None
        if not life.busy:
            await self._end(life)

    async def _end(self, life: _Life) -> None:
        if life not in self._lives:
            return
        self._lives.discard(life)
        try:
            async with asyncio.timeout(END_SECONDS):
                await life.chromium.close()
        except (Error, TimeoutError) as error:
            logger.warning("a browser did not end in good order: %s", error)


async def _open(life: _Life) -> Tab:
    life.opening += 1
    try:
        tab = await life.context.new_page()
        life.tabs.add(tab)
        return tab
    finally:
        life.opening -= 1


async def _close(tab: Tab) -> bool:
    """Whether the tab is closed; one that will not close takes its browser with it."""
    if tab.is_closed():
        return True
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await tab.close()
    except (Error, TimeoutError):
        return tab.is_closed()
    return True
