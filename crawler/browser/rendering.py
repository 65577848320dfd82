"""The browser's part of Scrapy's settings, and the one browser of a crawl behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from crawler.browser.chromium import launch_options
from crawler.browser.requests import RenderLimits

if TYPE_CHECKING:
    from crawler.browser.service import BrowserService
    from crawler.network.dialing import Dialer

SETTING = "GONGKAI_RENDERING"
HANDLER = "crawler.browser.handler.RenderingHandler"


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

        return BrowserService(self.limits, self.dialer, self.user_agent)

    @property
    def started(self) -> bool:
        """Whether anybody has asked for the browser yet."""
        return "service" in self.__dict__

    def __deepcopy__(self, memo: Mapping[int, Any]) -> Rendering:
        # Scrapy deep-copies its settings; the dialer must stay the one of the crawl.
        return self


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
