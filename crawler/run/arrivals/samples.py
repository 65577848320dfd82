"""Samples: what the page probes were answered in the browser, kept with the page that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.browser.requests import ANSWER
from crawler.run.fetches import SampleFetch
from crawler.run.run import AuditRun
from crawler.run.site_state import SiteState
from crawler.workfile.pages import with_probes
from plugins import Failure
from plugins.facts.language.covering import cover

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class SampleDesk:
    """Adds the probes' answers to pages."""

    def __init__(self, run: AuditRun) -> None:
        self.file = run.file

    async def arrived(self, state: SiteState, fetch: SampleFetch, response: Response) -> None:
        """The browser showed the page, and the probes were asked."""
        rendered: Any = response.meta.get(ANSWER)
        answers = dict(getattr(rendered, "probes", {}) or {})
        digest = self.file.pages.get(state.host, fetch.key)
        if digest is not None and answers:
            self.file.pages.replace(state.host, with_probes(digest, cover(answers)))

    async def failed(
        self, state: SiteState, fetch: SampleFetch, request: Request, failure: Failure
    ) -> None:
        """The browser could not show it: a gap."""
        del request, failure
        self.file.gaps.put(state.host, "browser", "浏览器未能打开抽样页面", fetch.url)
