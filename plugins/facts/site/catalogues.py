"""The 标准目录 of a site, one by one: whose it is, where it stands, and its table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from plugins.addresses.urls import url_key
from plugins.facts.language.titles import plain
from plugins.facts.papers.catalogue_table import CatalogueTable
from plugins.facts.site import limits
from plugins.facts.site.site import PageDigest, Site

# Names of a unit's or field's catalogue; 政府信息公开目录 alone is the name of any index of columns.
NAME = re.compile(
    r"标准目录|公开(?:事项|基本|标准)(?:基本|标准)?目录|(?:主动公开|基本)(?:基本)?目录|(?:领域|事项)(?:信息|政务)?公开目录|公开事项(?:标准)?清单"
)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One catalogue. ``page`` is the key of the page that shows or offers it, ``url`` where it is read."""

    title: str
    unit: str
    url: str
    page: str
    table: CatalogueTable
    attachment: bool = False


@dataclass(frozen=True, slots=True)
class Catalogues:
    """All catalogues of a site, pages first."""

    all: tuple[Catalogue, ...] = ()

    @classmethod
    def of(cls, site: Site) -> Self:
        """Find them, in one pass over its pages and one over its documents."""
        return cls(tuple(_catalogues(site)))


def _catalogues(site: Site) -> Iterator[Catalogue]:
    """Every table whose page, column or document is called a catalogue, pages first."""
    for page in site.pages.values():
        table = page.get(CatalogueTable)
        if table is None or not page.readable:
            continue
        if called(page.title, *page.crumbs[-limits.CATALOGUE_CRUMBS :]):
            url = page.final_url or page.url
            yield Catalogue(page.title, _unit(site, page), url, page.key, table)
    for document in site.attachments.values():
        table = document.get(CatalogueTable)
        if table is None:
            continue
        offering = [site.pages.get(url_key(place.page)) for place in document.places]
        names = [page.title for page in offering if page is not None]
        if called(document.name, *names):
            named = site.unit_named(document.name)
            yield Catalogue(
                document.name,
                document.unit or (named.name if named else ""),
                document.url,
                next((page.key for page in offering if page is not None), ""),
                table,
                attachment=True,
            )


def called(*names: str) -> bool:
    """Whether one of some titles or column names is that of a catalogue."""
    return any(NAME.search(plain(name)) for name in names)


def _unit(site: Site, page: PageDigest) -> str:
    """Whose catalogue it is: the unit that its title names, else the one that answers for the page."""
    named = site.unit_named(page.title)
    return named.name if named else page.unit
