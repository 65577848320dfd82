"""Requests for the browser: how one is marked, and what may be asked of the open page.

Nothing here imports Playwright.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from crawler.network.pacing import RENDER_TASK

if TYPE_CHECKING:
    from scrapy import Request

    from plugins.facts.page.page import Page

ANSWER = "gongkai_rendered"


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
class RenderTask:
    """What one request asks of the browser: the probes to be run on the open page.

    ``images`` = with images and fonts, in a browser of its own: for pictures only.
    """

    probes: tuple[PageProbe, ...] = ()
    images: bool = False


def render_request(
    request: Request, probes: Iterable[PageProbe] = (), *, images: bool = False
) -> Request:
    """Mark a Scrapy request as one for the browser; hands the same request back.

    The answer is an ``HtmlResponse`` whose body is the DOM in UTF-8 and whose
    ``meta["gongkai_rendered"]`` is a :class:`crawler.browser.visit.Rendered`; a page that could not be
    rendered reaches the errback as :class:`crawler.browser.visit.RenderError` with ``.failure``.
    """
    request.meta["playwright"] = True
    request.meta[RENDER_TASK] = RenderTask(tuple(probes), images)
    # Scrapy's own time limit would cut the probes off; the browser keeps a stricter one.
    request.meta["download_timeout"] = 0
    return request
