"""What pages were taken for, and why: kept in the run's working file till findings are final.

Rules about columns and sites speak at the end, when no page is at hand any more; so the steps of
every page are kept, compressed, about a kilobyte each.
"""

from __future__ import annotations

from crawler.workfile.database import WorkDatabase

SCHEMA = """
CREATE TABLE IF NOT EXISTS trace (
    site TEXT NOT NULL, key TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (site, key)) WITHOUT ROWID;
"""


class TraceTable:
    """What pages were taken for, by site and key."""

    def __init__(self, database: WorkDatabase) -> None:
        self.db = database.connection(SCHEMA)

    def put(self, site: str, key: str, data: bytes) -> None:
        """Remember why a page is what it is (``plugins.taken.packed``)."""
        self.db.execute("INSERT OR REPLACE INTO trace VALUES (?,?,?)", (site, key, data))

    def get(self, site: str, key: str) -> bytes | None:
        """What was kept of a page, by its own key or by one that led to it."""
        row = self.db.execute(
            "SELECT data FROM trace WHERE site=?1 AND key=coalesce("
            "(SELECT canonical FROM alias WHERE site=?1 AND key=?2), ?2)",
            (site, key),
        ).fetchone()
        return row[0] if row else None
