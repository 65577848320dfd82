"""What was learned of each page that was read, and which addresses are one page."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import replace

from crawler.workfile.database import SharedView, WorkDatabase
from plugins import PageDigest

SCHEMA = """
CREATE TABLE IF NOT EXISTS digest (
    key TEXT NOT NULL, site TEXT NOT NULL, kind TEXT NOT NULL, template TEXT NOT NULL,
    content TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alias (
    site TEXT NOT NULL, key TEXT NOT NULL, canonical TEXT NOT NULL, PRIMARY KEY (site, key)) WITHOUT ROWID;
"""


class PageTable:
    """Digests by site and key, each with a hash of its page's bytes; and aliases."""

    def __init__(self, database: WorkDatabase) -> None:
        self.database = database
        self.db = database.connection(SCHEMA)

    def put(self, site: str, digest: PageDigest, content: str) -> None:
        """Remember what was learned of a page; ``content`` is a hash of its bytes."""
        self.db.execute(
            "INSERT OR REPLACE INTO digest VALUES (?,?,?,?,?,?)",
            (digest.key, site, digest.kind, digest.template, content, pickle.dumps(digest, 5)),
        )

    def content(self, site: str, key: str) -> str | None:
        """The content hash of a page, None where it was not read."""
        row = self.db.execute(
            "SELECT content FROM digest WHERE site=? AND key=?", (site, key)
        ).fetchone()
        return row[0] if row else None

    def failed(self, site: str, key: str) -> bool:
        """Whether a page was read, but as an error."""
        row = self.db.execute(
            "SELECT kind FROM digest WHERE site=? AND key=?", (site, key)
        ).fetchone()
        return row is not None and row[0] == "error"

    def get(self, site: str, key: str) -> PageDigest | None:
        """What was learned of a page, None where it was not read."""
        row = self.db.execute(
            "SELECT data FROM digest WHERE site=? AND key=?", (site, key)
        ).fetchone()
        return pickle.loads(row[0]) if row else None  # noqa: S301 - our own file

    def replace(self, site: str, digest: PageDigest) -> None:
        """Keep more of a page that was put before."""
        self.db.execute(
            "UPDATE digest SET data=? WHERE site=? AND key=?",
            (pickle.dumps(digest, 5), site, digest.key),
        )

    def put_alias(self, site: str, key: str, canonical: str) -> None:
        """Two keys were shown to be one page; an alias of an alias leads to the page at once."""
        row = self.db.execute(
            "SELECT canonical FROM alias WHERE site=? AND key=?", (site, canonical)
        ).fetchone()
        end = row[0] if row else canonical
        if end == key:
            return
        self.db.execute("INSERT OR REPLACE INTO alias VALUES (?,?,?)", (site, key, end))
        self.db.execute(
            "UPDATE alias SET canonical=? WHERE site=? AND canonical=?", (end, site, key)
        )

    def drop_alias(self, site: str, key: str) -> None:
        """That two keys are one page was assumed, and does not hold."""
        self.db.execute("DELETE FROM alias WHERE site=? AND key=?", (site, key))


class PageView(SharedView, Mapping[str, PageDigest]):
    """``Site.pages`` read from disk on demand; aliases (``/`` and ``/index.html``) lead to one."""

    def __getitem__(self, key: str) -> PageDigest:
        row = self.db.execute(
            "SELECT data FROM digest WHERE site=?1 AND key=coalesce("
            "(SELECT canonical FROM alias WHERE site=?1 AND key=?2), ?2)",
            (self.site, key),
        ).fetchone()
        if row is None:
            raise KeyError(key)
        digest: PageDigest = pickle.loads(row[0])  # noqa: S301 - our own file
        return digest

    def __iter__(self) -> Iterator[str]:
        for (key,) in self.db.execute(
            "SELECT key FROM digest WHERE site=? ORDER BY key", (self.site,)
        ):
            yield key

    def __len__(self) -> int:
        row = self.db.execute("SELECT count(*) FROM digest WHERE site=?", (self.site,)).fetchone()
        return int(row[0])

    def values(self) -> Iterator[PageDigest]:  # type: ignore[override]
        """One query for all, instead of one per key."""
        for (data,) in self.db.execute(
            "SELECT data FROM digest WHERE site=? ORDER BY key", (self.site,)
        ):
            yield pickle.loads(data)  # noqa: S301 - our own file

    def items(self) -> Iterator[tuple[str, PageDigest]]:  # type: ignore[override]
        """As ``values``, with the keys."""
        for digest in self.values():
            yield digest.key, digest


def with_probes(digest: PageDigest, answers: Mapping[str, object]) -> PageDigest:
    """The digest with what the browser was asked on that page."""
    return replace(digest, probes={**digest.probes, **answers}) if answers else digest
