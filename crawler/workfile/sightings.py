"""Findings of pages and documents, kept until the units that answer for them are known."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator

from crawler.workfile.database import WorkDatabase
from plugins.finding import Sighting

SCHEMA = """
CREATE TABLE IF NOT EXISTS sighting (
    fingerprint TEXT PRIMARY KEY, site TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
"""


class SightingTable:
    """Sightings by fingerprint."""

    def __init__(self, database: WorkDatabase) -> None:
        self.database = database
        self.db = database.connection(SCHEMA)

    def put(self, sightings: Iterable[Sighting]) -> None:
        """Keep findings of pages, so that their unit can be set when columns are known."""
        self.db.executemany(
            "INSERT OR REPLACE INTO sighting VALUES (?,?,?)",
            [(s.fingerprint, s.subject.site, pickle.dumps(s, 5)) for s in sightings],
        )

    def of_site(self, site: str) -> Iterator[Sighting]:
        """Findings of pages, as kept."""
        for (data,) in self.db.execute("SELECT data FROM sighting WHERE site=?", (site,)):
            yield pickle.loads(data)  # noqa: S301 - our own file
