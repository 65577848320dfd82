"""Which addresses are still to be fetched: kept in the run's working file, de-duplicated by key.

An address becomes a Request only when the downloader has room for it, so memory does not grow
with the site. Order: registered and start addresses, pages that open findings are about, list
pages' further pages, folders of index pages, then by depth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from crawler.workfile.database import WorkDatabase

SCHEMA = """
CREATE TABLE IF NOT EXISTS url (
    key TEXT NOT NULL, site TEXT NOT NULL, url TEXT NOT NULL, depth INTEGER NOT NULL,
    rank INTEGER NOT NULL, state TEXT NOT NULL, owner TEXT NOT NULL DEFAULT '',
    referrer TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS url_next ON url (site, state, rank, depth, key);
CREATE INDEX IF NOT EXISTS url_held ON url (site, note) WHERE state='held';
"""


class Rank(IntEnum):
    """What is fetched first."""

    START = 0
    REMEMBERED = 1
    PAGER = 2
    # A folder that nobody may link to, asked only because its index page is linked.
    FOLDER = 3
    LINK = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address somebody wants fetched. ``owner`` = key of the column whose further page it is."""

    key: str
    url: str
    depth: int
    rank: Rank = Rank.LINK
    owner: str = ""
    referrer: str = ""


class Frontier:
    """The addresses of one run, on disk. States: waiting, fetching, done, left (not fetched)."""

    def __init__(self, database: WorkDatabase) -> None:
        self.database = database
        self.db = database.connection(SCHEMA)

    def add(self, site: str, candidates: Iterable[Candidate]) -> None:
        """Put new addresses in line; known ones only learn whose further page they are."""
        rows = [(c.key, site, c.url, c.depth, int(c.rank), c.owner, c.referrer) for c in candidates]
        if not rows:
            return
        with self.database.transaction():
            self.db.executemany(
                "INSERT INTO url (key,site,url,depth,rank,state,owner,referrer)"
                " VALUES (?,?,?,?,?,'waiting',?,?) ON CONFLICT DO UPDATE SET"
                " owner = CASE WHEN url.owner='' THEN excluded.owner ELSE url.owner END,"
                " rank = min(url.rank, excluded.rank)",
                rows,
            )

    def take(self, site: str) -> Candidate | None:
        """The site's next address, marked as being fetched."""
        row = self.db.execute(
            "SELECT key,url,depth,rank,owner,referrer FROM url WHERE site=? AND state='waiting'"
            " ORDER BY rank, depth, key LIMIT 1",
            (site,),
        ).fetchone()
        if row is None:
            return None
        key, url, depth, rank, owner, referrer = row
        self.db.execute("UPDATE url SET state='fetching' WHERE site=? AND key=?", (site, key))
        return Candidate(key, url, depth, Rank(rank), owner, referrer)

    def hold(self, site: str, candidate: Candidate, folder: str) -> None:
        """Let an index page wait until its folder (a key) was read."""
        self.db.execute(
            "INSERT INTO url (key,site,url,depth,rank,state,owner,referrer,note)"
            " VALUES (?,?,?,?,?,'held',?,?,?) ON CONFLICT DO NOTHING",
            (
                candidate.key,
                site,
                candidate.url,
                candidate.depth,
                int(candidate.rank),
                candidate.owner,
                candidate.referrer,
                folder,
            ),
        )

    def held(self, site: str, folder: str) -> list[tuple[str, str]]:
        """Index pages that wait for a folder: (key, address)."""
        rows = self.db.execute(
            "SELECT key, url FROM url WHERE site=? AND state='held' AND note=? ORDER BY key",
            (site, folder),
        )
        return [(key, url) for key, url in rows]

    def release(self, site: str, folder: str) -> None:
        """Index pages of a folder that was read may be fetched now."""
        self.db.execute(
            "UPDATE url SET state='waiting' WHERE site=? AND state='held' AND note=?",
            (site, folder),
        )

    def is_done(self, site: str, key: str) -> bool:
        """Whether the address was answered."""
        row = self.db.execute(
            "SELECT state FROM url WHERE site=? AND key=?", (site, key)
        ).fetchone()
        return row is not None and row[0] == "done"

    def done(self, site: str, key: str) -> None:
        """The address was answered (well or badly)."""
        self.db.execute("UPDATE url SET state='done' WHERE site=? AND key=?", (site, key))

    def assume(self, site: str, key: str) -> None:
        """The address is taken for its folder's without being asked; see :meth:`reopen`."""
        self.db.execute("UPDATE url SET state='assumed' WHERE site=? AND key=?", (site, key))

    def assumed(self, site: str) -> list[tuple[str, str]]:
        """Key and address of what was taken for its folder's."""
        rows = self.db.execute(
            "SELECT key, url FROM url WHERE site=? AND state='assumed' ORDER BY key", (site,)
        )
        return [(key, url) for key, url in rows]

    def reopen(self, site: str, key: str) -> None:
        """What was only assumed of the address does not hold: it gets in line after all."""
        self.db.execute(
            "UPDATE url SET state='waiting' WHERE site=? AND key=? AND state='assumed'", (site, key)
        )

    def leave(self, site: str, why: str) -> int:
        """Give up on all that waits (budget, stop); returns how many that were."""
        cursor = self.db.execute(
            "UPDATE url SET state='left', note=? WHERE site=? AND state IN ('waiting','held')",
            (why, site),
        )
        return cursor.rowcount

    def left(self, site: str, limit: int = 5) -> tuple[str, ...]:
        """Examples of addresses that were given up."""
        rows = self.db.execute(
            "SELECT url FROM url WHERE site=? AND state='left' ORDER BY key LIMIT ?", (site, limit)
        )
        return tuple(row[0] for row in rows)

    def owner(self, site: str, key: str) -> str:
        """The column whose further page the address is, "" = none."""
        row = self.db.execute(
            "SELECT owner FROM url WHERE site=? AND key=?", (site, key)
        ).fetchone()
        return str(row[0]) if row else ""

    def owners(self, site: str) -> dict[str, str]:
        """Further pages of columns: key → key of the column."""
        rows = self.db.execute("SELECT key, owner FROM url WHERE site=? AND owner<>''", (site,))
        return {key: owner for key, owner in rows if key != owner}

    def among(self, site: str, keys: Iterable[str]) -> set[str]:
        """Those of the keys that are or were in line; one query for all links of a page."""
        wanted = list(dict.fromkeys(keys))
        found: set[str] = set()
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            rows = self.db.execute(
                f"SELECT key FROM url WHERE site=? AND key IN ({marks})",  # noqa: S608 - only marks
                (site, *part),
            )
            found.update(row[0] for row in rows)
        return found

    def known(self, site: str, key: str) -> bool:
        """Whether the address is or was in line."""
        found = self.db.execute("SELECT 1 FROM url WHERE site=? AND key=?", (site, key)).fetchone()
        return found is not None

    def count(self, site: str, state: str) -> int:
        """How many addresses of a site are in a state."""
        row = self.db.execute(
            "SELECT count(*) FROM url WHERE site=? AND state=?", (site, state)
        ).fetchone()
        return int(row[0])

    def only_remembered(self, site: str, key: str, url: str) -> bool:
        """Whether we came to a page only because of an open finding: no other page links to it."""
        row = self.db.execute(
            "SELECT 1 FROM url WHERE site=?1 AND key=?2 AND rank=?3 AND NOT EXISTS"
            " (SELECT 1 FROM place WHERE site=?1 AND page<>?4 AND (target=?2 OR target IN"
            "  (SELECT key FROM alias WHERE site=?1 AND canonical=?2)))",
            (site, key, Rank.REMEMBERED, url),
        ).fetchone()
        return row is not None
