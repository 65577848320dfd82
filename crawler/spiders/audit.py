"""The spider: fetches a district's pages and link targets, and hands every answer to the audit.

``gongkai audit`` builds the configuration and passes it in the settings; with ``scrapy crawl audit
-a url=…`` the spider builds one from its arguments.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider, signals

from crawler.plan.config import AuditConfig, configure
from crawler.plan.where import database_url
from crawler.recheck.closing import Rechecker
from crawler.run.audit import Audit
from crawler.run.closing.site import SiteCloser
from crawler.run.fetches import Fetch
from crawler.run.wiring import build_dialer, build_rendering, build_wiring
from crawler.settings import CONFIG, settings_for
from plugins.errors import ConfigurationError, PluginError, StoreError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure

logger = logging.getLogger(__name__)


class AuditSpider(Spider):
    """Crawls every site of one audit."""

    name = "audit"
    audit: Audit

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> AuditSpider:
        """Build the spider; its arguments matter only where no configuration was passed."""
        config: AuditConfig = crawler.settings.get(CONFIG) or _from_arguments(kwargs)
        dialer = build_dialer(config)
        rendering = build_rendering(config, dialer)
        # Settings are frozen only after this, and handlers are built from them later still.
        crawler.settings.setdict(settings_for(config, dialer, rendering), priority="cmdline")
        spider = super().from_crawler(crawler, *args)
        spider.audit = Audit(
            config,
            crawler,
            build_wiring(config, dialer, rendering),
            SiteCloser if config.focus is None else Rechecker,
        )
        crawler.signals.connect(spider.closed_by, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """All requests of the audit, made only when there is room for them."""
        try:
            await self.audit.open()
            async for fetch in self.audit.fetches():
                yield self.request(fetch)
            await self.audit.finish()
        except (asyncio.CancelledError, GeneratorExit):
            raise
        except (ConfigurationError, PluginError, StoreError) as problem:
            # Ours: told in one line by whoever started the audit.
            self.audit.problem = problem
        except Exception as problem:
            # Scrapy would log this and end as if all were well; the run must be marked instead.
            logger.exception("the audit failed")
            self.audit.problem = problem

    def request(self, fetch: Fetch) -> Request:
        """A Scrapy request for what the audit wants fetched."""
        return self.audit.prepare(
            Request(
                fetch.url,
                callback=self.arrived,
                errback=self.failed,
                dont_filter=True,
                cb_kwargs={"fetch": fetch},
            ),
            fetch,
        )

    async def arrived(self, response: Response, fetch: Fetch) -> None:
        """An answer, good or bad."""
        if self.audit.closed:
            return
        try:
            await self.audit.arrived(response, fetch)
        except Exception as problem:  # noqa: BLE001 - recorded, and the run is marked
            self._broken(problem, fetch)
        finally:
            self.audit.release(fetch)

    async def failed(self, failure: TwistedFailure) -> None:
        """No answer."""
        request: Request = failure.request  # type: ignore[attr-defined]
        fetch: Fetch = request.cb_kwargs["fetch"]
        if self.audit.closed:
            return
        try:
            await self.audit.failed(request, failure.value or OSError(), fetch)
        except Exception as problem:  # noqa: BLE001 - recorded, and the run is marked
            self._broken(problem, fetch)
        finally:
            self.audit.release(fetch)

    def _broken(self, problem: Exception, fetch: Fetch) -> None:
        """A fault of ours while handling an answer: recorded, so that the run cannot pass as healthy."""
        logger.error("handling %s failed", fetch.url, exc_info=problem)
        # Nothing is known of the page: absence rules and coverage must not count it as seen.
        self.audit.unhandled(fetch)
        self.audit.problem = problem

    async def closed_by(self, reason: str) -> None:
        """Scrapy closes the spider: done, Ctrl-C, or worse."""
        await self.audit.close(reason)


def _from_arguments(arguments: dict[str, Any]) -> AuditConfig:
    """The configuration that ``scrapy crawl audit -a name=value …`` asks for."""
    inventory = arguments.get("inventory")
    return configure(
        url=arguments.get("url", ""),
        inventory=Path(inventory) if inventory else None,
        database=database_url(arguments.get("database", "")),
        as_of=arguments.get("as_of", ""),
        resolve=[part for part in arguments.get("resolve", "").split(",") if part],
        max_pages=int(arguments["max_pages"]) if "max_pages" in arguments else None,
        rate=float(arguments["rate"]) if "rate" in arguments else None,
        render=arguments.get("render", "auto"),
        out=Path(arguments["out"]) if "out" in arguments else None,
    )
