"""Which addresses belong to a site, what kind of target a link is, and the bounds against traps.

Bounds (peers.md (d) "Traps"): depth, pages per path prefix, parameter combinations per path, repeated
path segments. Each one that bites is reported as a gap in coverage, never silently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from plugins import TargetKind
from plugins.addresses.endings import DOWNLOADS, IMAGES, ending_of
from plugins.addresses.urls import host_of

# Served as pages although they end like files: data interfaces that a column's rows come from.
DATA_NAMES = ("dataproxy.jsp", "unit.json")

# Paths whose parameter combinations are counted.
MOST = 20_000


@dataclass(frozen=True)
class Bounds:
    """How far a crawl goes. ``prefix_share`` is the share of ``max_pages`` one folder may take."""

    max_pages: int = 5000
    depth: int = 12
    prefix_share: float = 0.5
    prefix_floor: int = 500
    query_combinations: int = 60
    repeated_segments: int = 3
    url_length: int = 1500
    list_pages: int = 40

    @property
    def per_prefix(self) -> int:
        """Pages that one folder may take."""
        return max(self.prefix_floor, int(self.max_pages * self.prefix_share))


def target_kind(url: str, hosts: Collection[str], *, image: bool = False) -> TargetKind:
    """What a link points to: by host first, then by the end of its path."""
    if image:
        return TargetKind.IMAGE
    suffix = ending_of(url)
    if suffix in IMAGES:
        return TargetKind.IMAGE
    if suffix in DOWNLOADS and not urlsplit(url).path.endswith(DATA_NAMES):
        return TargetKind.ATTACHMENT
    if host_of(url) not in hosts:
        return TargetKind.OUTSIDE
    return TargetKind.PAGE


class Traps:
    """Counts what has been let in, and says why an address is not. One per site, bounded memory."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.prefixes: Counter[str] = Counter()
        self.queries: Counter[str] = Counter()

    def refusal(
        self, url: str, depth: int, *, further_page: bool = False
    ) -> tuple[str, str] | None:
        """Why an address is not fetched, as (kind of gap, Chinese reason); None lets it in."""
        parts = urlsplit(url)
        if len(url) > self.bounds.url_length:
            return "url_length", f"地址超过{self.bounds.url_length}个字符，未抓取"
        if depth > self.bounds.depth:
            return "depth", f"距首页超过{self.bounds.depth}次点击，未抓取"
        segments = [part for part in parts.path.split("/") if part]
        if segments and max(Counter(segments).values()) > self.bounds.repeated_segments:
            return "repeated_segments", "地址中的目录名反复出现，疑似循环链接，未抓取"
        if parts.query and not further_page:
            where = f"{parts.netloc}{parts.path}"
            if self.queries[where] >= self.bounds.query_combinations:
                return (
                    "query_combinations",
                    f"同一页面的参数组合超过{self.bounds.query_combinations}种，其余未抓取",
                )
        prefix = f"{parts.netloc}/{segments[0] if len(segments) > 1 else ''}"
        if self.prefixes[prefix] >= self.bounds.per_prefix:
            return "path_prefix", f"同一目录下的页面超过{self.bounds.per_prefix}个，其余未抓取"
        return None

    def count(self, url: str, *, further_page: bool = False) -> None:
        """An address was let in."""
        parts = urlsplit(url)
        segments = [part for part in parts.path.split("/") if part]
        self.prefixes[f"{parts.netloc}/{segments[0] if len(segments) > 1 else ''}"] += 1
        where = f"{parts.netloc}{parts.path}"
        # Bounded memory: what is counted already goes on being counted.
        if parts.query and not further_page and (where in self.queries or len(self.queries) < MOST):
            self.queries[where] += 1
