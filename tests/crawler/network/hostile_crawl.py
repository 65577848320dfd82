"""A small real Scrapy crawl with our handler and middlewares, run as a process of its own.

Reads a task from standard input (JSON: urls, allowed, resolve, settings, meta, follow) and prints
one JSON object with a record for every address and what the middlewares report.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import sys
from time import monotonic
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.network.dialing import Dialer
from crawler.network.failures import failure_of
from crawler.network.monitor import peak_memory
from crawler.network.pacing import PaceMiddleware
from crawler.network.robots import RobotsMiddleware
from crawler.plan.resolution import Resolution

SETTINGS: dict[str, Any] = {
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    "DOWNLOAD_HANDLERS": {
        "http": "crawler.network.downloading.GuardedDownloadHandler",
        "https": "crawler.network.downloading.GuardedDownloadHandler",
    },
    "GONGKAI_BODY_LIMIT": 10 * 1024 * 1024,
    "DOWNLOAD_TIMEOUT": 3,
    "DOWNLOAD_MAXSIZE": 0,
    "DOWNLOAD_WARNSIZE": 0,
    "DOWNLOAD_FAIL_ON_DATALOSS": False,
    "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.0",
    "HTTPERROR_ALLOW_ALL": True,
    "COMPRESSION_ENABLED": False,
    "REDIRECT_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "RETRY_ENABLED": False,
    "COOKIES_ENABLED": False,
    "ROBOTSTXT_OBEY": False,
    "HTTPPROXY_ENABLED": False,
    "GONGKAI_ATTEMPTS": 1,
    "DOWNLOADER_MIDDLEWARES": {
        "crawler.network.robots.RobotsMiddleware": 100,
        "crawler.network.decompression_middleware.DecompressionMiddleware": 590,
        "crawler.network.redirection.RedirectMiddleware": 600,
        "crawler.network.pacing.PaceMiddleware": 610,
    },
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "LOG_LEVEL": "WARNING",
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "CONCURRENT_REQUESTS": 64,
}


class HostileSpider(scrapy.Spider):
    """Asks for every address of the task and writes down what came of it."""

    name = "hostile"

    def __init__(self, task: dict[str, Any], records: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.task = task
        self.records = records
        self.started = monotonic()

    async def start(self) -> Any:
        for url in self.task["urls"]:
            yield self.request(url)

    def request(self, url: str) -> scrapy.Request:
        meta = {"mine": url, **self.task.get("meta", {})}
        return scrapy.Request(url, self.answered, errback=self.failed, dont_filter=True, meta=meta)

    def answered(self, response: Response) -> Any:
        failure = response.meta.get("gongkai_failure")
        self.records.append(
            {
                "url": response.meta["mine"],
                "final": response.url,
                "status": response.status,
                "size": len(response.body),
                "start": response.body[:100].decode("utf-8", "replace"),
                "redirects": response.meta["redirects"],
                "certificate": response.meta.get("certificate_fault"),
                "failure": failure and failure.kind.value,
                "detail": failure and failure.detail,
                "seconds": monotonic() - self.started,
            }
        )
        depth = response.meta.get("depth", 0)
        if depth < self.task.get("follow", 0):
            for href in response.css("a::attr(href)").getall():
                yield self.request(response.urljoin(href))

    def failed(self, reason: TwistedFailure) -> None:
        failure = failure_of(reason)
        request = reason.request  # type: ignore[attr-defined]
        self.records.append(
            {
                "url": request.meta["mine"],
                "final": request.url,
                "status": None,
                "redirects": request.meta.get("redirects", []),
                "failure": failure.kind.value,
                "detail": failure.detail,
                "seconds": monotonic() - self.started,
            }
        )


def main() -> None:
    """Run the task."""
    task = json.load(sys.stdin)
    answers = task.get("names", {})

    async def lookup(name: str) -> tuple[str, ...]:
        from crawler.network.dialing import NameLookupError, machine_lookup

        await asyncio.sleep(0)
        if name in answers:
            return tuple(answers[name])
        if name.endswith(".invalid"):
            raise NameLookupError(f"{name}: no such name", absent=True)
        return await machine_lookup(name)

    dialer = Dialer(
        Resolution.parse(task.get("resolve", [])), task.get("allowed", []), lookup=lookup
    )
    settings = SETTINGS | {"GONGKAI_DIALER": dialer} | task.get("settings", {})
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(HostileSpider)
    records: list[dict[str, Any]] = []
    gaps: list[Any] = []

    def closed() -> None:
        for kind in (PaceMiddleware, RobotsMiddleware):
            middleware = crawler.get_downloader_middleware(kind)
            assert middleware is not None
            gaps.extend(dataclasses.asdict(gap) for gap in middleware.gaps())

    crawler.signals.connect(closed, scrapy.signals.spider_closed)
    process.crawl(crawler, task=task, records=records)
    process.start()
    peak = peak_memory() // 2**20
    json.dump({"records": records, "gaps": gaps, "peak_megabytes": peak}, sys.stdout)


if __name__ == "__main__":
    main()
