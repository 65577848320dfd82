"""Scrapy's settings: the fixed part as names in capitals, and what one audit adds to it.

The list of settings that the download handler asks for stands at the top of ``crawler.network.downloading``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.browser.rendering import Rendering
    from crawler.network.dialing import Dialer
    from crawler.plan.config import AuditConfig

CONFIG = "GONGKAI_CONFIG"

BOT_NAME = "gongkai"
SPIDER_MODULES = ["crawler.spiders"]
USER_AGENT = "gongkai/0.1 (+government website audit; respects robots.txt)"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

DOWNLOAD_HANDLERS = {
    "http": "crawler.network.downloading.GuardedDownloadHandler",
    "https": "crawler.network.downloading.GuardedDownloadHandler",
    # Only the web is audited: no link may make the crawler read local files or other services.
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
DOWNLOADER_MIDDLEWARES = {
    "crawler.network.robots.RobotsMiddleware": 100,
    "crawler.network.decompression_middleware.DecompressionMiddleware": 590,
    "crawler.network.redirection.RedirectMiddleware": 600,
    "crawler.network.pacing.PaceMiddleware": 610,
}
EXTENSIONS = {"crawler.network.monitor.Monitor": 100}

GONGKAI_BODY_LIMIT = 10 * 1024 * 1024
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 0
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False
DOWNLOAD_VERIFY_CERTIFICATES = False
DOWNLOAD_TLS_MIN_VERSION = "TLSv1.0"
HTTPERROR_ALLOW_ALL = True
COMPRESSION_ENABLED = False
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
RETRY_ENABLED = False
COOKIES_ENABLED = False
ROBOTSTXT_OBEY = False
HTTPPROXY_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
REFERER_ENABLED = False
AUTOTHROTTLE_ENABLED = False
MEMUSAGE_ENABLED = False
DOWNLOAD_DELAY_JITTER = 0
CONCURRENT_REQUESTS = 64
# Scrapy starts so many tasks for each answer's items; our callbacks yield none.
CONCURRENT_ITEMS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 8
# Departments share machines and cannot defend themselves: two requests a second unless told else.
DOWNLOAD_DELAY = 0.5
LOG_LEVEL = "WARNING"
LOG_VERSIONS: list[str] = []


def slots(config: AuditConfig) -> dict[str, dict[str, Any]]:
    """Pace per host: the inventory's or ``--rate``; a delay of 1/rate between two requests."""
    found: dict[str, dict[str, Any]] = {}
    for row in config.inventory.sites:
        rate = config.rate or row.rate
        if rate:
            for host in {row.host, *row.hosts}:
                found[host.rpartition(":")[0] or host if ":" in host else host] = {
                    "concurrency": 8,
                    "delay": 1.0 / rate,
                    "jitter": 0,
                }
    return found


def settings_for(config: AuditConfig, dialer: Dialer, rendering: Rendering) -> Mapping[str, Any]:
    """What one audit sets besides the fixed part."""
    from crawler.browser.rendering import playwright_settings

    settings: dict[str, Any] = {
        CONFIG: config,
        "GONGKAI_DIALER": dialer,
        "GONGKAI_RENDERING": rendering,
        "DOWNLOAD_SLOTS": slots(config),
        "DOWNLOAD_TIMEOUT": config.timeout,
    }
    if config.rate:
        settings["DOWNLOAD_DELAY"] = 1.0 / config.rate
    browser = dict(playwright_settings(rendering))
    if handlers := browser.pop("DOWNLOAD_HANDLERS", None):
        settings["DOWNLOAD_HANDLERS"] = {**DOWNLOAD_HANDLERS, **handlers}
    return {**settings, **browser}
