"""What was read of the documents that a site offers for download."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping

from crawler.workfile.database import SharedView, WorkDatabase
from plugins import AttachmentDigest

SCHEMA = """
CREATE TABLE IF NOT EXISTS attachment (
    key TEXT NOT NULL, site TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (site, key)) WITHOUT ROWID;
"""


class AttachmentTable:
    """Digests of documents by site and key."""

    def __init__(self, database: WorkDatabase) -> None:
        self.database = database
        self.db = database.connection(SCHEMA)

    def put(self, site: str, digest: AttachmentDigest) -> None:
        """Keep what was read of a document, in place of what was kept before."""
        self.db.execute(
            "INSERT OR REPLACE INTO attachment VALUES (?,?,?)",
            (digest.key, site, pickle.dumps(digest, 5)),
        )


class AttachmentView(SharedView, Mapping[str, AttachmentDigest]):
    """``Site.attachments`` read from disk on demand."""

    def __getitem__(self, key: str) -> AttachmentDigest:
        row = self.db.execute(
            "SELECT data FROM attachment WHERE site=? AND key=?", (self.site, key)
        ).fetchone()
        if row is None:
            raise KeyError(key)
        digest: AttachmentDigest = pickle.loads(row[0])  # noqa: S301 - our own file
        return digest

    def __iter__(self) -> Iterator[str]:
        for (key,) in self.db.execute(
            "SELECT key FROM attachment WHERE site=? ORDER BY key", (self.site,)
        ):
            yield key

    def __len__(self) -> int:
        row = self.db.execute(
            "SELECT count(*) FROM attachment WHERE site=?", (self.site,)
        ).fetchone()
        return int(row[0])

    def values(self) -> Iterator[AttachmentDigest]:  # type: ignore[override]
        """One query for all, instead of one per key."""
        for (data,) in self.db.execute(
            "SELECT data FROM attachment WHERE site=? ORDER BY key", (self.site,)
        ):
            yield pickle.loads(data)  # noqa: S301 - our own file

    def items(self) -> Iterator[tuple[str, AttachmentDigest]]:  # type: ignore[override]
        """As ``values``, with the keys."""
        for digest in self.values():
            yield digest.key, digest
