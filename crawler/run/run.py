"""One run as a value: what everybody who works on it is handed, and nothing of what they do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.plan.config import AuditConfig
from crawler.run.site_state import SiteState
from crawler.run.wiring import Wiring
from crawler.run.writer import Collector, Writer
from crawler.workfile.file import Workfile
from findings.store.store import Store

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


@dataclass(frozen=True, slots=True)
class AuditRun:
    """An audit or a recheck under way.

    ``id`` is the store's number of it; ``sites`` by host, in the inventory's order; ``crawler`` is
    Scrapy's, for what is fetched outside the schedule (its engine) and what its middlewares know.
    """

    id: int
    config: AuditConfig
    wiring: Wiring
    crawler: Crawler
    store: Store
    file: Workfile
    writer: Writer | Collector
    sites: Mapping[str, SiteState]
