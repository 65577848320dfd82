"""Which pages go to the browser, and with what settings: the browser only where it is needed.

A browser page costs some hundred times what a plain fetch costs, so a page is rendered only if its
static form is not enough (``page.needs_browser``, a fact) and rendering its kind of page has not
been seen to change nothing. Nothing here imports Playwright: workers use :func:`shape_of` too.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from plugins.addresses.urls import url_pattern
from plugins.errors import ConfigurationError, Problem

if TYPE_CHECKING:
    from scrapy import Request

    from crawler.browser.service import BrowserService
    from crawler.network.dialing import Dialer
    from plugins.facts.page.page import Page

BROWSER_VARIABLE = "GONGKAI_BROWSER"
SETTING = "GONGKAI_RENDERING"
TASK = "gongkai_render"
ANSWER = "gongkai_rendered"
HANDLER = "crawler.browser.handler.RenderingHandler"

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge",
)
PLAYWRIGHT_BINARIES = (
    "chromium-*/chrome-linux*/chrome",
    "chromium_headless_shell-*/chrome-headless-shell-linux*/chrome-headless-shell",
    "chromium_headless_shell-*/chrome-linux*/headless_shell",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)
APPLICATIONS = (
    "/usr/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

# Quiet (no calls home, which a closed network refuses many at a time), no loading of what no check
# looks at, one renderer process per page with a bounded heap, so that a page that eats memory
# loses its renderer and nobody else does.
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-remote-fonts",
    "--blink-settings=imagesEnabled=false",
    "--disable-dev-shm-usage",
    "--deny-permission-prompts",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=512",
)
# What only pictures need: a badge that is not loaded would look like one that is missing.
UNSEEN = ("--disable-remote-fonts", "--blink-settings=imagesEnabled=false")


class RenderMode(StrEnum):
    """``--render``: where needed, never, or every page."""

    AUTO = "auto"
    NEVER = "never"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class RenderLimits:
    """Bounds of browser work.

    ``pages`` open at once; ``page_seconds`` the whole life of one page, probes aside;
    ``settle_seconds`` how long scripts may go on after DOMContentLoaded; ``probe_seconds`` for each
    probe; ``renew_after`` pages per browser; ``max_dom`` characters of the document.
    """

    pages: int = 2
    page_seconds: float = 30.0
    settle_seconds: float = 5.0
    probe_seconds: float = 30.0
    renew_after: int = 200
    max_dom: int = 8_000_000


class PageProbe(Protocol):
    """A probe that asks the open browser page something (hook ``probe_page``)."""

    @property
    def name(self) -> str:
        """The fact's name, which checks put in ``Rule.needs``."""

    async def probe_page(self, browser_page: Any, page: Page, timeout: float) -> Any:  # noqa: ASYNC109
        """Ask; the answer is plain data that can be pickled."""


@dataclass(frozen=True)
class Rendering:
    """What the download handler needs to know; one object in Scrapy's settings.

    ``dialer`` is the crawl's own: it brings ``--resolve`` and the guard against private addresses
    (None = a guard that nothing is exempt from).
    """

    executable: str | None
    limits: RenderLimits = field(default_factory=RenderLimits)
    dialer: Dialer | None = None
    user_agent: str = ""

    @cached_property
    def service(self) -> BrowserService:
        """The one browser of the crawl, started when the first page needs it."""
        from crawler.browser.service import BrowserService

        return BrowserService(self)

    @property
    def started(self) -> bool:
        """Whether anybody has asked for the browser yet."""
        return "service" in self.__dict__

    def __deepcopy__(self, memo: Mapping[int, Any]) -> Rendering:
        # Scrapy deep-copies its settings; the dialer must stay the one of the crawl.
        return self


@dataclass(frozen=True)
class RenderTask:
    """What one request asks of the browser: the probes to be run on the open page.

    ``images`` = with images and fonts, in a browser of its own: for pictures only.
    """

    probes: tuple[PageProbe, ...] = ()
    images: bool = False


def find_browser(environ: Mapping[str, str] | None = None) -> str | None:
    """Path of a Chromium to drive, None where there is none.

    Looked for in this order: ``GONGKAI_BROWSER``, Playwright's own download, the usual commands and
    places.

    Raises:
        ConfigurationError: ``GONGKAI_BROWSER`` is set to something that cannot be run. Falling back
            silently would hide the typing error.
    """
    env = os.environ if environ is None else environ
    if named := env.get(BROWSER_VARIABLE, "").strip():
        found = shutil.which(named)
        if found is None:
            raise ConfigurationError(
                [Problem(f"环境变量 {BROWSER_VARIABLE}", f"“{named}”不存在或不能执行。")]
            )
        return found
    own = (str(path) for path in _playwright_binaries(env))
    commands = (found for name in COMMANDS if (found := shutil.which(name)))
    for candidate in (*own, *APPLICATIONS[:1], *commands, *APPLICATIONS[1:]):
        if os.access(candidate, os.X_OK):
            return candidate
    return None


def _playwright_binaries(env: Mapping[str, str]) -> Iterable[Path]:
    """Playwright's own downloads, the newest first."""
    caches = {"darwin": "Library/Caches", "win32": "AppData/Local"}
    root = Path(
        env.get("PLAYWRIGHT_BROWSERS_PATH")
        or Path.home() / caches.get(sys.platform, ".cache") / "ms-playwright"
    )
    for pattern in PLAYWRIGHT_BINARIES:
        found = [path for path in root.glob(pattern) if path.is_file()]
        yield from sorted(found, key=lambda path: (len(str(path)), str(path)), reverse=True)


def launch_options(executable: str, *, sandbox: bool | None = None) -> dict[str, Any]:
    """Playwright's launch options; as root Chromium only starts without its sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {
        "executable_path": executable,
        "headless": True,
        "chromium_sandbox": not root if sandbox is None else sandbox,
        "args": list(ARGUMENTS),
        "handle_sigint": False,  # Ctrl-C is the crawler's to handle: it closes the browser itself
        "handle_sigterm": False,
        "handle_sighup": False,
    }


def playwright_settings(rendering: Rendering, *, handler: str = HANDLER) -> dict[str, Any]:
    """The Scrapy settings for rendering; an empty dict where there is no browser.

    ``handler`` names the download handler; the default one downloads plain requests through
    ``crawler.network.downloading.GuardedDownloadHandler``.
    """
    if rendering.executable is None:
        return {}
    return {
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": launch_options(rendering.executable),
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": rendering.limits.pages,
        SETTING: rendering,
    }


def render_request(
    request: Request, probes: Iterable[PageProbe] = (), *, images: bool = False
) -> Request:
    """Mark a Scrapy request as one for the browser; hands the same request back.

    The answer is an ``HtmlResponse`` whose body is the DOM in UTF-8 and whose
    ``meta["gongkai_rendered"]`` is a :class:`crawler.browser.tabs.Rendered`; a page that could not be
    rendered reaches the errback as :class:`crawler.browser.tabs.RenderError` with ``.failure``.
    """
    request.meta["playwright"] = True
    request.meta[TASK] = RenderTask(tuple(probes), images)
    # Scrapy's own time limit would cut the probes off; the browser keeps a stricter one.
    request.meta["download_timeout"] = 0
    return request


@dataclass(frozen=True, slots=True)
class PageShape:
    """What is compared to tell whether rendering changed a page: small, made in the workers.

    ``undecided`` = it may be a list and nobody can yet say whether it is empty: such a page is
    always rendered, whatever was learned, since only the browser can decide it.
    """

    needs_browser: str = ""
    rows: str = ""
    row_count: int = 0
    text: int = 0
    links: int = 0
    undecided: bool = False

    def differs(self, other: PageShape) -> bool:
        """Whether the two are different for a check: other rows, other links, much other text.

        A few words may come and go (clocks, counters, weather), so text and links have a margin.
        """
        return (
            self.rows != other.rows
            or abs(self.links - other.links) > 2  # noqa: PLR2004 - a counter's or share button's worth
            or abs(self.text - other.text) > max(80, self.text * 0.05)
        )


def shape_of(page: Page) -> PageShape:
    """The shape of a page, static or rendered."""
    rows = page.rows
    digest = blake2b(digest_size=8)
    for row in rows:
        digest.update(f"{row.key}\0{row.title}\0{row.date}\0{row.status}\n".encode())
    return PageShape(
        needs_browser=page.needs_browser,
        rows=digest.hexdigest() if rows else "",
        row_count=len(rows),
        text=len(page.text),
        links=len(page.links),
        undecided=not rows and page.empty is None and page.kind.value in UNDECIDED_KINDS,
    )


UNDECIDED_KINDS = frozenset({"list", "portal", "single", "home"})


@dataclass(slots=True)
class _Lesson:
    """What is known of one URL pattern: runs of pages that needed the browser, or did not."""

    useful: int = 0
    useless: int = 0
    asked: int = 0


class RenderPolicy:
    """Says which pages go to the browser, and learns it per URL pattern.

    ``after`` pages in a row of one pattern settle it: rendering changed nothing → not rendered any
    more; rendering was needed → straight to the browser, without a static fetch first. Every
    ``recheck``-th page (default each 10th) of a settled pattern is still treated as if nothing were known,
    so a site that changes its technique is noticed. At most ``capacity`` patterns are remembered,
    those seen last. A policy is for one crawl; it is not for several threads.
    """

    def __init__(
        self,
        mode: RenderMode | str = RenderMode.AUTO,
        *,
        available: bool = True,
        after: int = 3,
        recheck: int = 10,
        capacity: int = 5000,
    ) -> None:
        self.mode = RenderMode(mode) if available else RenderMode.NEVER
        self.after = after
        self.recheck = recheck
        self.capacity = capacity
        self.saved = 0
        self._lessons: OrderedDict[str, _Lesson] = OrderedDict()

    def __len__(self) -> int:
        return len(self._lessons)

    def directly(self, url: str) -> bool:
        """Before any fetch: whether the page goes straight to the browser."""
        if self.mode is not RenderMode.AUTO:
            return self.mode is RenderMode.ALWAYS
        lesson = self._lessons.get(url_pattern(url))
        return lesson is not None and lesson.useful >= self.after and not self._doubted(lesson)

    def wanted(self, url: str, static: PageShape) -> bool:
        """After the static fetch: whether the page must be rendered as well."""
        if self.mode is not RenderMode.AUTO:
            return self.mode is RenderMode.ALWAYS
        if not static.needs_browser:
            if lesson := self._lessons.get(url_pattern(url)):
                lesson.useful = 0  # the static form is enough after all
            return False
        lesson = self._lesson(url)
        if static.undecided or lesson.useless < self.after or self._doubted(lesson):
            return True
        self.saved += 1
        return False

    def learn(self, url: str, static: PageShape, rendered: PageShape) -> None:
        """Remember what rendering did to a page; not called for pages that failed to render."""
        lesson = self._lesson(url)
        if static.differs(rendered):
            lesson.useful += 1
            lesson.useless = 0
        else:
            lesson.useless += 1
            lesson.useful = 0

    def _lesson(self, url: str) -> _Lesson:
        pattern = url_pattern(url)
        lesson = self._lessons.setdefault(pattern, _Lesson())
        self._lessons.move_to_end(pattern)
        while len(self._lessons) > self.capacity:
            self._lessons.popitem(last=False)
        return lesson

    def _doubted(self, lesson: _Lesson) -> bool:
        lesson.asked += 1
        return lesson.asked % self.recheck == 0
