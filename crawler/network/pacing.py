"""Politeness towards a host that struggles: waits as told, halves the pace, and gives up in time."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import signals

from crawler.network.failures import NotAskedError, failure_of
from crawler.network.status_words import failure_words
from plugins.facts.page.page import Failure, FailureKind
from plugins.facts.site.site import Gap

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

# In a request's meta: it is the browser's to answer, with such a task (crawler.browser.requests).
RENDER_TASK = "gongkai_render"

_WALLS = frozenset({403, 412, 429, 500, 502, 503, 504, 521, 999})
_AGAIN = frozenset({429, 502, 503, 504})
_AGAIN_FAILURES = frozenset({FailureKind.TIMEOUT, FailureKind.RESET, FailureKind.REFUSED})
_CONNECTION = _AGAIN_FAILURES | {FailureKind.DNS, FailureKind.TLS}
_MOST_WAITS = 5  # then a host is given up: every further one would hold the run for nothing
_GOOD_RUN = 10  # successes in a row that win back one place (oobee: two after ten)
_DEFAULT_WAIT = 2.0
_EXAMPLES = 5
_BUSY = frozenset({429, 503})
_SMALLEST_DELAY = 0.001
_TRIED = "_gongkai_tried"
_WAIT = "_gongkai_wait"


@dataclass
class _Host:
    """What was learned of one host in this run."""

    halvings: int = 0
    successes: int = 0
    waits: int = 0
    failures: int = 0
    places: int = 0
    given_up: Failure | None = None
    unasked: int = 0
    examples: list[str] = field(default_factory=list)

    def succeeded(self, slot: Slot | None) -> None:
        """Count a success; after a good run one halving is taken back."""
        self.waits = 0
        self.successes += 1
        if slot is not None and self.halvings and self.successes >= _GOOD_RUN:
            self.successes = 0
            self.halvings -= 1
            slot.concurrency = max(1, self.places >> self.halvings)

    def struck(self, slot: Slot | None) -> None:
        """Halve the requests that the host gets at once."""
        self.successes = 0
        if slot is not None and slot.concurrency > 1:
            self.places = self.places or slot.concurrency
            self.halvings += 1
            slot.concurrency = max(1, self.places >> self.halvings)


class PaceMiddleware:
    """Retry-After, back-off, one retry, adaptive concurrency and a circuit breaker, per host.

    Settings: GONGKAI_RETRY_AFTER_MAX (seconds, 60), GONGKAI_ATTEMPTS (2), GONGKAI_BREAKER
    (consecutive connection failures after which a host is given up for the run, 8).
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._longest = settings.getfloat("GONGKAI_RETRY_AFTER_MAX", 60.0)
        self._attempts = settings.getint("GONGKAI_ATTEMPTS", 2)
        self._breaker = settings.getint("GONGKAI_BREAKER", 8)
        self._hosts: dict[str, _Host] = {}
        crawler.signals.connect(self._downloaded, signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PaceMiddleware:
        """As Scrapy builds it."""
        return cls(crawler)

    @property
    def given_up(self) -> Mapping[str, Failure]:
        """The hosts that are not asked any more in this run, and their last failure."""
        return {name: host.given_up for name, host in self._hosts.items() if host.given_up}

    def gaps(self, hosts: Collection[str] | None = None) -> tuple[Gap, ...]:
        """What was left unasked on these hosts (None = all) because they were given up."""
        return tuple(
            Gap(
                "host_given_up",
                f"{name} {_words(host.given_up)}，本次不再访问",
                host.unasked,
                tuple(host.examples),
            )
            for name, host in sorted(self._hosts.items())
            if host.given_up and (hosts is None or name in hosts)
        )

    def process_request(self, request: Request) -> None:
        """Do not ask a host that was given up."""
        host = self._hosts.get(_name(request))
        if host is None or host.given_up is None:
            return
        host.unasked += 1
        if len(host.examples) < _EXAMPLES:
            host.examples.append(request.url)
        detail = f"host given up in this run: {host.given_up.detail}"
        raise NotAskedError(Failure(host.given_up.kind, detail))

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Ask once more where the host was only busy."""
        if response.status not in _AGAIN:
            return response
        if request.meta.pop(_WAIT, 0.0) > self._longest:
            return response  # another try within this run would come before the time we were told
        return self._again(request) or response

    def _downloaded(self, response: Response, request: Request) -> None:
        """Learn from an answer, before the downloader sends the host's next request."""
        host = self._hosts.setdefault(_name(request), _Host())
        slot = self._slot(request)
        host.failures = 0
        if response.status not in _WALLS:
            host.succeeded(slot)
            return
        host.struck(slot)
        told = (response.headers.get("Retry-After") or b"").decode("latin-1")
        wait = retry_after(told, datetime.now(UTC)) if response.status in _AGAIN else None
        if wait is None and response.status in _BUSY:
            wait = _DEFAULT_WAIT * 2**host.waits
        if wait is not None:
            host.waits += 1
            request.meta[_WAIT] = wait
            _hold(slot, min(wait, self._longest))
            if host.waits >= _MOST_WAITS and host.given_up is None:
                detail = f"answered {response.status} {host.waits} times in a row"
                host.given_up = Failure(FailureKind.OTHER, detail)

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Count failed connections; ask once more what may have been a passing trouble."""
        if isinstance(exception, NotAskedError) or RENDER_TASK in request.meta:
            return None  # what a browser could not do says little of the host
        failure = failure_of(exception)
        if failure.kind not in _CONNECTION:
            return None
        host = self._hosts.setdefault(_name(request), _Host())
        host.failures += 1
        host.successes = 0
        if host.failures >= self._breaker and host.given_up is None:
            host.given_up = failure
            logger.warning("%s is given up after %d failures", _name(request), host.failures)
        if host.given_up is not None or failure.kind not in _AGAIN_FAILURES:
            return None
        return self._again(request)

    def _again(self, request: Request) -> Request | None:
        tried = request.meta.get(_TRIED, 1)
        if tried >= request.meta.get("attempts", self._attempts):
            return None
        # Behind all that waits already: the others are asked while the host recovers.
        again = request.replace(dont_filter=True, priority=request.priority - 10)
        again.meta[_TRIED] = tried + 1
        again.meta.pop("gongkai_failure", None)
        return again

    def _slot(self, request: Request) -> Slot | None:
        engine = self._crawler.engine
        assert engine is not None
        downloader = engine.downloader
        return downloader.slots.get(downloader.get_slot_key(request))


def _words(failure: Failure) -> str:
    if failure.kind is FailureKind.OTHER:
        return "连续多次要求放慢访问"
    what = failure_words(failure.kind).partition("。")[0]
    return f"连续多次无法访问（{what}）"


def _name(request: Request) -> str:
    return urlsplit(request.url).netloc.lower()


def _hold(slot: Slot | None, seconds: float) -> None:
    """Send nothing to the host for so long.

    The downloader sends the next request ``delay`` after ``lastseen``; a slot without any delay is
    never held back, so it gets the smallest one.
    """
    if slot is not None:
        slot.delay = slot.delay or _SMALLEST_DELAY
        slot.lastseen = max(slot.lastseen, monotonic() + seconds)


def retry_after(text: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (a number, or an HTTP date); None where none.

    ``1m30s`` is not in the standard but sent (linkinator met it).
    """
    text = text.strip()
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return float(text)
    units = {"h": 3600, "m": 60, "s": 1}
    number, total = "", 0.0
    for letter in text.lower():
        if letter.isdigit():
            number += letter
        elif letter in units and number:
            total += int(number) * units[letter]
            number = ""
        else:
            break
    else:
        if total and not number:
            return total
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
