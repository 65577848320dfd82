"""One site while it is being audited: its register rows, its counters, and who let it down."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from crawler.inventory.model import RegisteredColumn, RegisteredSite
from crawler.plan.config import AuditConfig
from crawler.plan.scope import Bounds, Traps
from plugins import Page, PageDigest, PageKind, Site
from plugins.addresses.urls import host_of, url_key
from plugins.facts.site.fittings import is_root

# What a home page may look like: blocks of links, too.
FRONTS = frozenset({PageKind.HOME.value, PageKind.PORTAL.value})
UNHEALTHY_SHARE = 0.3
UNHEALTHY_FLOOR = 20


@dataclass
class SiteState:
    """What the main process keeps of a site; all that grows with it is on disk.

    ``asked``/``failed`` count pages and those that ended without a usable answer (timeout, 5xx,
    wall); ``index_same``/``index_different`` count by file name how often an index page was shown
    to be its folder's page, or another; ``broken`` counts answers that we failed on ourselves;
    ``refused`` says why the home page was not read at all; ``home_page`` is kept to ask its search;
    ``unrendered`` are pages that a browser should have shown and did not; ``unpictured`` counts the
    findings that should have had a picture and have none.
    """

    row: RegisteredSite
    site: Site
    columns: tuple[RegisteredColumn, ...]
    traps: Traps
    home_keys: frozenset[str]
    taken: int = 0
    refused: str = ""
    asked: int = 0
    failed: int = 0
    broken: int = 0
    home: PageDigest | None = None
    attachments: int = 0
    attachments_read: set[str] = field(default_factory=set)
    unrendered: set[str] = field(default_factory=set)
    home_page: Page | None = None
    unpictured: int = 0
    probes: dict[str, Any] = field(default_factory=dict)
    index_same: Counter[str] = field(default_factory=Counter)
    index_different: Counter[str] = field(default_factory=Counter)
    check_seconds: Counter[str] = field(default_factory=Counter)
    check_errors: Counter[str] = field(default_factory=Counter)

    @property
    def host(self) -> str:
        """The site's name in identities."""
        return self.site.host

    def room(self, bounds: Bounds) -> bool:
        """Whether the budget allows another page."""
        return self.taken < bounds.max_pages

    @property
    def unhealthy(self) -> str:
        """Why this site's crawl proves nothing ("" = it does)."""
        # A home page that answers 404 is no proof that everything below it has gone.
        if self.home is None or not conclusive(self.home) or self.home.kind == PageKind.ERROR.value:
            return self.refused or "首页未能正常打开"
        if self.broken:
            return f"程序处理{self.broken}个地址时出错"
        if self.asked >= UNHEALTHY_FLOOR and self.failed > self.asked * UNHEALTHY_SHARE:
            return f"{self.asked}个页面中有{self.failed}个未能正常打开"
        return ""


def answered(digest: PageDigest) -> bool:
    """Whether the server did its work: not 5xx, a wall, or a broken transfer."""
    if digest.failure or digest.status is None:
        return False
    return digest.status < 400 or digest.status in (404, 410)  # noqa: PLR2004 - HTTP


def conclusive(digest: PageDigest) -> bool:
    """Whether a page was really looked at: it was read, or is certainly not there any more.

    What did not answer says nothing about the faults that were on the page; nor does an error or
    interception page that answers 200.
    """
    if digest.kind == PageKind.ERROR.value and digest.status not in (404, 410):
        return False
    return answered(digest)


def open_sites(config: AuditConfig) -> list[SiteState]:
    """The sites of an audit, as registered."""
    inventory = config.inventory
    own: dict[str, tuple[str, ...]] = {}
    for row in inventory.sites:
        own[row.unit] = (*own.get(row.unit, ()), row.host)
    units = tuple(replace(unit, hosts=own.get(unit.name, ())) for unit in inventory.units)
    states = []
    for row in inventory.sites:
        hosts = tuple(dict.fromkeys((*(host_of(url) for url in row.start), row.host, *row.hosts)))
        site = Site(
            host=row.host,
            today=config.as_of,
            name=row.name,
            url=row.start[0],
            unit=row.unit,
            hosts=hosts,
            units=units,
        )
        states.append(
            SiteState(
                row=row,
                site=site,
                columns=tuple(c for c in inventory.columns if host_of(c.url) in hosts),
                traps=Traps(config.bounds),
                home_keys=frozenset(url_key(url) for url in row.start[:1]),
            )
        )
    return states


def finished(state: SiteState, **known: Any) -> Site:
    """The site with everything that was learned of it; a start page that is no front is no home."""
    home = state.home
    front = home is not None and (home.kind in FRONTS or is_root(state.row.start[0]))
    known = {"home": home if front else None, **known}
    return replace(state.site, probes=dict(state.probes), **known)
