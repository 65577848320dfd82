"""Findings of pages and documents, kept until the units that answer for them are known."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from crawler.workfile.database import WorkDatabase
from plugins.finding import Sighting

SCHEMA = """
CREATE TABLE IF NOT EXISTS sighting (
    number INTEGER PRIMARY KEY, site TEXT NOT NULL, fingerprint TEXT NOT NULL, data BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS sighting_site ON sighting (site, fingerprint);
"""


class SightingTable:
    """Every sighting; one fault of the whole site may be sighted on many pages."""

    def __init__(self, database: WorkDatabase) -> None:
        self.database = database
        self.db = database.connection(SCHEMA)

    def put(self, sightings: Iterable[Sighting]) -> None:
        """Keep what was found on one page, or in one document."""
        self.db.executemany(
            "INSERT INTO sighting (site, fingerprint, data) VALUES (?,?,?)",
            [(s.subject.site, s.fingerprint, pickle.dumps(s, 5)) for s in sightings],
        )

    def faults(self, site: str) -> Iterator[tuple[Sighting, ...]]:
        """Fault by fault, all sightings of it in the order in which they came."""
        rows = self.db.execute(
            "SELECT fingerprint, data FROM sighting WHERE site=? ORDER BY fingerprint, number",
            (site,),
        )
        for _, same in groupby(rows, key=itemgetter(0)):
            yield tuple(pickle.loads(data) for _, data in same)  # noqa: S301 - our own file
