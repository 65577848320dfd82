"""A Scrapy extension that watches the process itself: event loop lag and memory, for every run."""

from __future__ import annotations

import asyncio
import resource
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Self

from scrapy import signals

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

INTERVAL = 0.05
KEPT = 20_000


class Monitor:
    """Measures how late a timer of 50 ms fires: what the loop's other work costs everybody."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.lags: list[float] = []
        self.task: asyncio.Task[None] | None = None
        crawler.signals.connect(self.start, signal=signals.spider_opened)
        crawler.signals.connect(self.stop, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension."""
        return cls(crawler)

    def start(self) -> None:
        """Begin measuring."""
        self.task = asyncio.get_event_loop().create_task(self._measure())

    def stop(self) -> None:
        """Write the figures into Scrapy's statistics."""
        if self.task is not None:
            self.task.cancel()
        stats = self.crawler.stats
        if stats is None:
            return
        lags = sorted(self.lags)
        if lags:
            stats.set_value("gongkai/loop_lag_p50_ms", round(lags[len(lags) // 2] * 1000, 1))
            stats.set_value("gongkai/loop_lag_p99_ms", round(lags[int(len(lags) * 0.99)] * 1000, 1))
        stats.set_value("gongkai/memory_peak_mb", round(peak_memory() / 2**20))

    async def _measure(self) -> None:
        while True:
            started = perf_counter()
            await asyncio.sleep(INTERVAL)
            lag = max(0.0, perf_counter() - started - INTERVAL)
            if len(self.lags) < KEPT:
                self.lags.append(lag)
            else:
                # Past the first quarter of an hour an even sample is enough.
                self.lags[hash(started) % KEPT] = lag


def peak_memory() -> int:
    """Bytes this process held at most.

    Linux counts what a parent held before it became us into ``ru_maxrss``; its own account of the
    memory of this program does not.
    """
    try:
        for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass  # no Linux
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
