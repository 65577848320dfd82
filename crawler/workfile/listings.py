"""What each page contributes to columns: its rows, and the columns that its menus name."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.workfile.database import WorkDatabase
from plugins import Entry

NAV_KNOWN = 50_000

SCHEMA = """
CREATE TABLE IF NOT EXISTS listing (
    key TEXT NOT NULL, site TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS nav (
    key TEXT NOT NULL, site TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (site, key)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Listing:
    """What one page contributes to a column: made in the worker, joined when all pages are in."""

    key: str
    url: str
    kind: str
    entries: tuple[Entry, ...]
    empty: bool | None
    empty_why: str
    placeholder: str
    pager: tuple[str, ...]
    rendered: bool
    name: str
    type: str
    crumbs: tuple[str, ...]
    needs_browser: str = ""


class ListingTable:
    """Listings by site and key, and the names that navigation gives to addresses."""

    def __init__(self, database: WorkDatabase) -> None:
        self.database = database
        self.db = database.connection(SCHEMA)
        self._nav_known: set[tuple[str, str]] = set()

    def put(self, site: str, listing: Listing) -> None:
        """Remember a page's rows."""
        self.db.execute(
            "INSERT OR REPLACE INTO listing VALUES (?,?,?)",
            (listing.key, site, pickle.dumps(listing, 5)),
        )

    def get(self, site: str, key: str) -> Listing | None:
        """The rows of a page, None where it was not read."""
        row = self.db.execute(
            "SELECT data FROM listing WHERE site=? AND key=?", (site, key)
        ).fetchone()
        return pickle.loads(row[0]) if row else None  # noqa: S301 - our own file

    def of_site(self, site: str) -> Iterator[Listing]:
        """Every page that was read as a possible column page."""
        for (data,) in self.db.execute(
            "SELECT data FROM listing WHERE site=? ORDER BY key", (site,)
        ):
            yield pickle.loads(data)  # noqa: S301 - our own file

    def put_nav(self, site: str, columns: Iterable[tuple[str, str, str]]) -> None:
        """Remember columns that navigation names: (key, name, url)."""
        # Every page carries the same menus: what was put before is not put again.
        fresh = [column for column in columns if (site, column[0]) not in self._nav_known]
        if not fresh:
            return
        if len(self._nav_known) < NAV_KNOWN:
            self._nav_known.update((site, column[0]) for column in fresh)
        self.db.executemany(
            "INSERT OR IGNORE INTO nav (site, key, name, url) VALUES (?,?,?,?)",
            [(site, *column) for column in fresh],
        )

    def nav(self, site: str) -> dict[str, tuple[str, str]]:
        """Columns that navigation names: key → (name, url)."""
        rows = self.db.execute("SELECT key, name, url FROM nav WHERE site=?", (site,))
        return {key: (name, url) for key, name, url in rows}
