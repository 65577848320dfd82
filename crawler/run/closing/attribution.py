"""Which unit answers for a page: the column's unit, else the source it names, else the site's unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from crawler.inventory.model import RegisteredColumn
from plugins import Site
from plugins.addresses.urls import host_of


def folder(url: str) -> str:
    """Host and folder of an address: ``host/a/b/`` for ``http://host/a/b/index.html``."""
    return host_of(url) + urlsplit(url).path.rpartition("/")[0] + "/"


class UnitAttribution:
    """Finds the unit for an address, from the register first."""

    def __init__(self, site: Site, rows: Iterable[RegisteredColumn]) -> None:
        self.site = site
        self.folders = {folder(row.url): row.unit for row in rows if row.unit}

    def by_folder(self, url: str) -> str:
        """The unit of the registered column in whose folder the address lies, "" = none."""
        where = folder(url)
        host, _, path = where.partition("/")
        parts = path.rstrip("/").split("/") if path.strip("/") else []
        for length in range(len(parts), -1, -1):
            unit = self.folders.get(f"{host}/" + "".join(f"{part}/" for part in parts[:length]))
            # The host's own root names no unit unless the whole site belongs to one.
            if unit and (length or not self.site.unit):
                return unit
        return ""

    def by_names(self, names: Sequence[str]) -> str:
        """The unit that the innermost of these names (breadcrumbs) speaks of."""
        for text in reversed(names):
            unit = self.site.unit_named(text)
            if unit is not None:
                return unit.name
        return ""

    def unit(self, url: str, crumbs: Sequence[str] = (), source: str = "") -> str:
        """The unit's name, "" where nobody can be named."""
        named = self.site.unit_named(source) if source else None
        return (
            self.by_folder(url)
            or self.by_names(crumbs)
            or (named.name if named else "")
            or self.site.unit
        )
