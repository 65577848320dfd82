"""A Scrapy crawl with the rendering handler, as a process of its own: prints what arrived as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess

from crawler.browser.chromium import find_browser
from crawler.browser.rendering import Rendering, playwright_settings
from crawler.browser.requests import render_request
from crawler.network.dialing import Dialer
from crawler.network.failures import failure_of

SEEN: dict[str, Any] = {}


class Probe(scrapy.Spider):
    name = "probe"

    async def start(self):
        base = f"http://{sys.argv[1]}"
        for name, url in (
            ("plain", f"{base}/list"),
            ("browser", f"{base}/list"),
            ("other", f"{base}/fetched"),
            ("lost", "https://10.0.0.1/"),
        ):
            request = scrapy.Request(
                url, self.parse, errback=self.failed, cb_kwargs={"name": name}, dont_filter=True
            )
            yield request if name == "plain" else render_request(request)

    def parse(self, response, name):
        SEEN[name] = {
            "links": response.text.count("<a "),
            "rendered": response.meta.get("gongkai_rendered") is not None,
            "status": response.status,
        }

    def failed(self, failure):
        SEEN[failure.request.cb_kwargs["name"]] = {"failure": failure_of(failure).kind.value}


if __name__ == "__main__":
    dialer = Dialer(allowed_hosts=[sys.argv[1]])
    process = AsyncCrawlerProcess(
        {
            **playwright_settings(Rendering(find_browser(), dialer=dialer)),
            "GONGKAI_DIALER": dialer,
            "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
            "LOG_LEVEL": "WARNING",
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "RETRY_ENABLED": False,
            "HTTPERROR_ALLOW_ALL": True,
        }
    )
    crawler = process.create_crawler(Probe)
    process.crawl(crawler)
    process.start()
    stats = crawler.stats.get_stats()
    SEEN["stats"] = {n: stats[f"rendering/{n}"] for n in ("browsers", "open_most", "pages")}
    sys.stdout.write(json.dumps(SEEN))
