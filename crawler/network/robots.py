"""robots.txt by RFC 9309, kept to by default; what it keeps us from is a gap that is reported."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from crawler.network.failures import NotAskedError, failure_of
from plugins.facts.page.page import Failure, FailureKind
from plugins.facts.site.site import Gap

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

PRODUCT = "gongkai"  # the token that robots.txt files may address us by
LONGEST = 500 * 1024  # RFC 9309 §2.5
_TOO_MANY = 429
_SERVER_ERRORS = 500
_EXAMPLES = 5


@dataclass(frozen=True)
class _Rules:
    """What a host's robots.txt came to: rules, or why nothing may be asked there."""

    parsed: Protego | None = None
    refusal: Failure | None = None


class RobotsMiddleware:
    """Asks each host for its robots.txt once and keeps requests from what it excludes.

    No file (4xx) allows all. A server error, or 429, disallows all for this run, as RFC 9309
    §2.3.1.4 demands; a host that cannot be connected to gives its pages that very failure.
    Settings: GONGKAI_ROBOTS_IGNORE (hosts whose owner registered that it is not to be applied),
    GONGKAI_CRAWL_DELAY_MAX (seconds, 10).
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._ignored = {host.lower() for host in crawler.settings.getlist("GONGKAI_ROBOTS_IGNORE")}
        self._longest_delay = crawler.settings.getfloat("GONGKAI_CRAWL_DELAY_MAX", 10.0)
        self._rules: dict[str, asyncio.Future[_Rules]] = {}
        self._excluded: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], list[str]] = {}
        self._delays: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """As Scrapy builds it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a permitted request pass.

        Raises:
            NotAskedError: robots.txt excludes the address, or could not be read.
        """
        parts = urlsplit(request.url)
        if request.meta.get("robots_exempt") or parts.scheme not in {"http", "https"}:
            return
        if parts.netloc.lower() in self._ignored or (parts.hostname or "") in self._ignored:
            return
        rules = await self._rules_for(f"{parts.scheme}://{parts.netloc}".lower())
        if rules.refusal is not None:
            why = "unreachable" if rules.refusal.kind is FailureKind.ROBOTS else ""
            raise self._refused(request, why, rules.refusal)
        if rules.parsed is not None and not rules.parsed.can_fetch(request.url, PRODUCT):
            failure = Failure(FailureKind.ROBOTS, "excluded by robots.txt")
            raise self._refused(request, "excluded", failure)

    def gaps(self, hosts: Collection[str] | None = None) -> tuple[Gap, ...]:
        """What robots.txt kept us from on these hosts (None = all), with counts and examples."""
        words = {
            "excluded": ("robots", "{host} 的 robots.txt 不允许访问"),
            "unreachable": (
                "robots_unreachable",
                "{host} 的 robots.txt 无法读取（服务器出错），按规范（RFC 9309）本次不访问该主机",
            ),
        }
        return tuple(
            Gap(
                words[why][0],
                words[why][1].format(host=host),
                count,
                tuple(self._examples[host, why]),
            )
            for (host, why), count in sorted(self._excluded.items())
            if hosts is None or host in hosts
        ) + tuple(
            Gap(
                "crawl_delay",
                f"{host} 要求访问间隔{delay:g}秒，实际按{self._longest_delay:g}秒执行",
            )
            for host, delay in sorted(self._delays.items())
            if hosts is None or host in hosts
        )

    def _refused(self, request: Request, why: str, failure: Failure) -> NotAskedError:
        if why:
            place = (urlsplit(request.url).netloc.lower(), why)
            self._excluded[place] += 1
            examples = self._examples.setdefault(place, [])
            if len(examples) < _EXAMPLES:
                examples.append(request.url)
        return NotAskedError(failure)

    async def _rules_for(self, origin: str) -> _Rules:
        known = self._rules.get(origin)
        if known is None:
            known = asyncio.get_running_loop().create_future()
            self._rules[origin] = known
            rules = _Rules(refusal=Failure(FailureKind.ROBOTS, "robots.txt was not read"))
            try:
                rules = await self._ask(origin)
            finally:
                known.set_result(rules)
        return await asyncio.shield(known)

    async def _ask(self, origin: str) -> _Rules:
        request = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            priority=1000,
            dont_filter=True,
            meta={"robots_exempt": True, "body_limit": LONGEST, "start_only": True},
        )
        engine = self._crawler.engine
        assert engine is not None
        try:
            response = await engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - any failure to read it is the same to us
            failure = failure_of(error)
            return _Rules(refusal=Failure(failure.kind, f"robots.txt: {failure.detail}"))
        return self._read(origin, response)

    def _read(self, origin: str, response: Response) -> _Rules:
        if response.status == _TOO_MANY or response.status >= _SERVER_ERRORS:
            detail = f"robots.txt answered {response.status}"
            return _Rules(refusal=Failure(FailureKind.ROBOTS, detail))
        if not 200 <= response.status < 300:  # noqa: PLR2004 - the class of successes
            return _Rules()
        parsed = Protego.parse(response.body.decode("utf-8-sig", "replace"))
        delay = parsed.crawl_delay(PRODUCT)
        if delay:
            self._slow_down(urlsplit(origin).netloc, float(delay))
        return _Rules(parsed)

    def _slow_down(self, host: str, delay: float) -> None:
        """Keep to a crawl-delay, up to the bound, for the slot at hand and those made later."""
        if delay > self._longest_delay:
            self._delays[host] = delay
        delay = min(delay, self._longest_delay)
        engine = self._crawler.engine
        assert engine is not None
        downloader = engine.downloader
        key = urlsplit(f"//{host}").hostname or host
        slot = downloader.slots.get(key)
        if slot is not None:
            slot.delay = max(slot.delay, delay)
            slot.concurrency = 1
        settings = downloader.per_slot_settings.setdefault(key, {})
        usual = self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        settings["delay"] = max(delay, settings.get("delay", usual))
        settings["concurrency"] = 1
