"""One visit of a browser tab: load an address, let its scripts settle, read the DOM, ask probes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.async_api import Error, Request, Response
from playwright.async_api import Page as Tab

from crawler.browser.proxy import MARK, BrowserProxy
from crawler.browser.requests import PageProbe, RenderLimits
from plugins.facts.page.page import Failure, FailureKind, Page, Redirect

logger = logging.getLogger(__name__)
T = TypeVar("T")

POLL_SECONDS = 0.15
QUIET_SECONDS = 0.5  # nothing moves for so long: the scripts are done
PATIENT_SECONDS = 1.2  # the same where they have not done anything yet
BUSY_SECONDS = 3.0  # the same where the network never falls idle (long polls, streams)
TREE_SHARE = 0.6  # of the page's time, for the document itself to arrive
SETTLE_SHARE = 0.25  # at most, for its scripts

COUNT = "document.getElementsByTagName('*').length"
LENGTH = "document.documentElement ? document.documentElement.innerHTML.length : 0"

NET_ERRORS = (
    ("ERR_NAME_", FailureKind.DNS),
    ("ERR_CONNECTION_REFUSED", FailureKind.REFUSED),
    ("ERR_CONNECTION_RESET", FailureKind.RESET),
    ("ERR_CONNECTION_CLOSED", FailureKind.RESET),
    ("ERR_EMPTY_RESPONSE", FailureKind.RESET),
    ("ERR_SOCKET_NOT_CONNECTED", FailureKind.RESET),
    ("TIMED_OUT", FailureKind.TIMEOUT),
    ("ERR_TOO_MANY_REDIRECTS", FailureKind.REDIRECT_LOOP),
    ("ERR_CERT_", FailureKind.TLS),
    ("ERR_SSL_", FailureKind.TLS),
    ("ERR_BAD_SSL", FailureKind.TLS),
    ("ERR_CONTENT_DECODING", FailureKind.DECOMPRESSION),
    ("ERR_INCOMPLETE_CHUNKED", FailureKind.TRUNCATED),
    ("ERR_CONTENT_LENGTH_MISMATCH", FailureKind.TRUNCATED),
    ("ERR_INVALID", FailureKind.INVALID),
    ("ERR_RESPONSE_HEADERS", FailureKind.INVALID),
    ("ERR_HTTP_RESPONSE_CODE", FailureKind.OTHER),  # an error status without any content
    ("ERR_UNSAFE_PORT", FailureKind.OTHER),
)
NOT_A_PAGE = Failure(FailureKind.OTHER, "这个地址给出的不是网页（是下载文件，或没有内容）")


_REFUSED = 400
_DATA = frozenset({"xhr", "fetch"})
_NOTED = 20


class RenderError(Exception):
    """A page that could not be rendered; ``failure`` is the fact to be kept of it."""

    def __init__(self, url: str, failure: Failure) -> None:
        self.url = url
        self.failure = failure
        super().__init__(f"{url}: {failure.kind.value}: {failure.detail}")


class CrashError(Exception):
    """The tab's renderer process ended."""


@dataclass(frozen=True)
class Rendered:
    """A page as the browser had it: ``html`` is the DOM in UTF-8, ``failure`` why it is not whole.

    ``status`` and ``headers`` are those of the document that is shown at the end, with the content
    type telling the encoding of ``html``; ``probes`` holds the answers of the probes that gave one;
    ``unserved`` the data and own scripts that the page asked for in vain.
    """

    url: str
    final_url: str
    status: int | None
    html: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[Redirect, ...] = ()
    elapsed: float = 0.0
    failure: Failure | None = None
    probes: Mapping[str, Any] = field(default_factory=dict)
    unserved: tuple[str, ...] = ()

    def page(self) -> Page:
        """The page's facts; depth and referrers are the caller's to add."""
        return Page(
            self.url,
            status=self.status,
            body=self.html,
            headers=self.headers,
            final_url="" if self.final_url == self.url else self.final_url,
            redirects=self.redirects,
            encoding="utf-8",
            elapsed=self.elapsed,
            failure=self.failure,
            rendered=True,
            probes=self.probes,
            unserved=self.unserved,
        )


class Visit:
    """What happens in one tab. The caller opens and closes the tab and keeps the time limit.

    ``answered`` = the server answered, so what takes long now is the page's own doing.
    """

    def __init__(
        self, tab: Tab, url: str, limits: RenderLimits, proxy: BrowserProxy | None = None
    ) -> None:
        self.answered = False
        self._tab = tab
        self._url = url
        self._limits = limits
        self._proxy = proxy
        self._shown: Response | None = None
        self._asked = url
        self._unserved: dict[str, None] = {}
        self._crashed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        tab.on("crash", self._on_crash)
        tab.on("response", self._on_response)
        tab.on("requestfailed", self._on_request_failed)
        tab.on("popup", _dismiss)
        # Dialogs: Playwright dismisses them by itself as long as nobody listens for them.

    @property
    def crashed(self) -> bool:
        """Whether the renderer is gone."""
        return self._crashed.done()

    async def until_crash(self, work: Coroutine[Any, Any, T]) -> T:
        """Await ``work``; a crash ends it at once, which Playwright's own calls do not always do.

        Raises:
            CrashError: the renderer crashed first.
        """
        task = asyncio.ensure_future(work)
        try:
            both: set[asyncio.Future[Any]] = {task, self._crashed}
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise CrashError
            return task.result()
        except Error:
            if self.crashed:
                raise CrashError from None
            raise
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def load(self) -> Rendered:
        """Go there, wait, read the DOM.

        Raises:
            RenderError: there is no page to read.
        """
        started = monotonic()
        try:
            # No limit of Playwright's: the whole page has one, kept by the caller.
            first = await self._tab.goto(self._url, wait_until="commit", timeout=0)
        except Error as error:
            raise RenderError(self._url, self._failure(error)) from error
        self.answered = True
        failure = (
            None if await self._tree() else Failure(FailureKind.TIMEOUT, "页面没有在时限内载完")
        )
        await self._settle()
        html = await self._read()
        shown = self._shown or first
        final = self._tab.url
        self._refuse_proxy_page(shown)
        self._refuse_error_page(final)
        return Rendered(
            self._url,
            final,
            shown.status if shown is not None else None,
            html,
            _headers(shown),
            await _redirects(first),
            monotonic() - started,
            failure,
            unserved=tuple(self._unserved),
        )

    async def ask(self, probes: Sequence[PageProbe], page: Page) -> dict[str, Any]:
        """The answers of the probes; one that fails or takes too long leaves none."""
        answers: dict[str, Any] = {}
        for probe in probes:
            limit = self._limits.probe_seconds
            try:
                async with asyncio.timeout(limit):
                    answer = await self.until_crash(probe.probe_page(self._tab, page, limit))
            except CrashError:
                logger.warning("%s: page crashed in probe %s", self._url, probe.name)
                break
            except Exception as error:  # noqa: BLE001 - a broken probe leaves no answer and harms nobody
                logger.warning("%s: probe %s gave no answer: %r", self._url, probe.name, error)
            else:
                if answer is not None:
                    answers[probe.name] = answer
        return answers

    async def _tree(self) -> bool:
        """Wait for DOMContentLoaded; False when it did not come in its share of the time."""
        try:
            await self._tab.wait_for_load_state(
                "domcontentloaded", timeout=self._limits.page_seconds * TREE_SHARE * 1000
            )
        except Error as error:
            if "Timeout" not in str(error):
                raise
            return False
        return True

    async def _settle(self) -> None:
        """Wait until scripts have stopped adding elements, within ``settle_seconds``."""
        limit = min(self._limits.settle_seconds, self._limits.page_seconds * SETTLE_SHARE)
        idle = asyncio.ensure_future(
            self._tab.wait_for_load_state("networkidle", timeout=limit * 1000)
        )
        try:
            started = changed = monotonic()
            first = last = await self._count()
            while (now := monotonic()) - started < limit:
                count = await self._count()
                if count != last:
                    last, changed = count, now
                quiet = now - changed
                calm = PATIENT_SECONDS if last == first else QUIET_SECONDS
                if quiet >= (calm if idle.done() else BUSY_SECONDS):
                    return
                await asyncio.sleep(POLL_SECONDS)
        finally:
            idle.cancel()
            await asyncio.gather(idle, return_exceptions=True)

    async def _count(self) -> int:
        """How many elements there are; -1 while the page goes from one document to the next."""
        try:
            return int(await self._tab.evaluate(COUNT))
        except Error:
            if self._tab.is_closed():
                raise
            return -1

    async def _read(self) -> bytes:
        """The DOM, if it is not too large; asked twice where a script navigates under our hands."""
        for last in (False, True):
            try:
                length = int(await self._tab.evaluate(LENGTH))
                if length > self._limits.max_dom:
                    detail = f"浏览器中的页面有{length}个字符，超过上限{self._limits.max_dom}"
                    raise RenderError(self._url, Failure(FailureKind.TOO_LARGE, detail))
                # content() reads in a world of its own, which the page's scripts cannot touch.
                return (await self._tab.content()).encode("utf-8", "replace")
            except Error:
                if last or self._tab.is_closed():
                    raise
                await self._tab.wait_for_load_state("domcontentloaded")
        raise AssertionError

    def _refuse_proxy_page(self, shown: Response | None) -> None:
        """Our own proxy's refusal is no page of the site's."""
        proxy = self._proxy
        if proxy and shown and shown.headers.get(MARK) == proxy.token:
            failure = proxy.failure_of(shown.url)
            raise RenderError(self._url, failure or Failure(FailureKind.OTHER, "无法连接"))

    def _refuse_error_page(self, final: str) -> None:
        """Nor is the browser's own error page, where a script led to an address that fails."""
        if not final.startswith(("http://", "https://")):
            known = self._proxy.failure_of(self._asked) if self._proxy else None
            raise RenderError(
                self._url, known or Failure(FailureKind.OTHER, f"页面跳转后打不开：{self._asked}")
            )

    def _failure(self, error: Error) -> Failure:
        message = error.message.splitlines()[0] if error.message else ""
        if "ERR_ABORTED" in message or "Download is starting" in message:
            return NOT_A_PAGE
        if "ERR_TUNNEL_CONNECTION_FAILED" in message and self._proxy is not None:
            known = self._proxy.failure_of(self._asked)
            return known or Failure(FailureKind.OTHER, "无法连接")
        for words, kind in NET_ERRORS:
            if words in message:
                return Failure(kind, message)
        return Failure(FailureKind.BROWSER, message)

    def _on_crash(self, _: Tab) -> None:
        if not self._crashed.done():
            self._crashed.set_result(None)

    def _on_response(self, response: Response) -> None:
        if self._navigates(response.request):
            self._shown = response
        elif response.status >= _REFUSED:
            self._note_unserved(response.request)

    def _on_request_failed(self, request: Request) -> None:
        if self._navigates(request):
            self._asked = request.url
        else:
            self._note_unserved(request)

    def _note_unserved(self, request: Request) -> None:
        """Data that did not come, or a script of the page's own host: what it shows may be missing."""
        own = urlsplit(request.url).hostname == urlsplit(self._url).hostname
        kind = request.resource_type
        if (kind in _DATA or (kind == "script" and own)) and len(self._unserved) < _NOTED:
            self._unserved[request.url] = None

    def _navigates(self, request: Request) -> bool:
        try:
            return request.is_navigation_request() and request.frame == self._tab.main_frame
        except Error:  # a worker's request has no frame
            return False


async def _dismiss(popup: Tab) -> None:
    with contextlib.suppress(Error):
        await popup.close()


def _headers(shown: Response | None) -> dict[str, str]:
    """The headers that still hold of the DOM in UTF-8."""
    gone = {"content-length", "content-encoding", "transfer-encoding"}
    headers = {} if shown is None else {k: v for k, v in shown.headers.items() if k not in gone}
    headers["content-type"] = "text/html; charset=utf-8"
    return headers


async def _redirects(first: Response | None) -> tuple[Redirect, ...]:
    steps: list[Redirect] = []
    request = first.request.redirected_from if first is not None else None
    while request is not None:
        answer = await request.response()
        steps.append(Redirect(request.url, answer.status if answer is not None else 0))
        request = request.redirected_from
    return tuple(reversed(steps))
