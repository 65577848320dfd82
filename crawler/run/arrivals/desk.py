"""What every desk does with an answer or its absence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from crawler.run.site_state import SiteState
from plugins import Failure

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class Desk(Protocol):
    """Takes what came of fetches of one purpose."""

    async def arrived(self, state: SiteState, fetch: Any, response: Response) -> None:
        """An answer came, good or bad."""

    async def failed(
        self, state: SiteState, fetch: Any, request: Request, failure: Failure
    ) -> None:
        """No answer came; that is a fact too."""
