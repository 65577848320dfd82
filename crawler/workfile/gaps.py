"""What was not looked at, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from crawler.workfile.database import WorkDatabase
from crawler.workfile.targets import PLACES_KEPT
from plugins import Region, Unread
from plugins.addresses.urls import url_key

# Documents that were not looked through differ in why: so many reasons are told, the commonest first.
DOCUMENTS = "attachments"
REASONS = 20
# Links in these regions with at least so many characters are titles of single documents.
LEAF_REGIONS = frozenset({Region.LIST.value, Region.ARTICLE.value})
TITLE_LENGTH = 8

SCHEMA = """
CREATE TABLE IF NOT EXISTS gap (
    site TEXT NOT NULL, kind TEXT NOT NULL, why TEXT NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (site, kind, url)) WITHOUT ROWID;
"""


class GapTable:
    """Gaps by site, kind and address."""

    def __init__(self, database: WorkDatabase) -> None:
        self.database = database
        self.db = database.connection(SCHEMA)

    def put(self, site: str, kind: str, why: str, url: str) -> None:
        """Something that was not looked at, and why."""
        self.db.execute("INSERT OR IGNORE INTO gap VALUES (?,?,?,?)", (site, kind, why, url))

    def settle(self, site: str, kind: str, url: str) -> None:
        """A gap turned out to be none."""
        self.db.execute("DELETE FROM gap WHERE site=? AND kind=? AND url=?", (site, kind, url))

    def urls(self, site: str, kind: str) -> list[str]:
        """The addresses of one kind of gap."""
        rows = self.db.execute(
            "SELECT url FROM gap WHERE site=? AND kind=? ORDER BY url", (site, kind)
        )
        return [url for (url,) in rows]

    def summed(self, site: str) -> list[tuple[str, str, int, tuple[str, ...]]]:
        """Gaps by kind: (kind, why, count, up to five examples); documents by reason as well."""
        found = []
        kinds: Counter[str] = Counter()
        for kind, why, count, apart in self.db.execute(
            "SELECT kind, min(why), count(*), kind IN (?) AS apart FROM gap WHERE site=?"
            " GROUP BY kind, CASE WHEN kind IN (?) THEN why END ORDER BY kind, count(*) DESC, why",
            (DOCUMENTS, site, DOCUMENTS),
        ).fetchall():
            kinds[kind] += 1
            if kinds[kind] > REASONS:
                continue
            examples = self.db.execute(
                "SELECT url FROM gap WHERE site=? AND kind=? AND (why=? OR NOT ?)"
                " ORDER BY url LIMIT 5",
                (site, kind, why, apart),
            )
            found.append((kind, why, count, tuple(row[0] for row in examples)))
        return found

    def unread(self, site: str, limit: int) -> Iterator[Unread]:
        """Pages that were not read, one by one, with the words of up to 20 links to each."""
        rows = self.db.execute(
            "SELECT DISTINCT url FROM gap WHERE site=? AND kind IN ('unread','error_page','robots','lost')"
            " ORDER BY url LIMIT ?",
            (site, limit),
        ).fetchall()
        for (url,) in rows:
            links = self.db.execute(
                "SELECT DISTINCT text, region FROM place WHERE site=? AND target=?"
                " ORDER BY text LIMIT ?",
                (site, url_key(url), PLACES_KEPT),
            ).fetchall()
            words = tuple(text for text, _ in links)
            leaf = bool(links) and all(
                region in LEAF_REGIONS and len(text) >= TITLE_LENGTH for text, region in links
            )
            yield Unread(url, words, leaf)
