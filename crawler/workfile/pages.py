"""The night's working file: what was learned of each page, kept on disk so that memory stays flat.

One SQLite file per run, in the run's folder. It is ours alone and thrown away or kept whole; what
must last goes through ``findings.store.store``. Rows are pickled frozen dataclasses of ``plugins``,
written and read by this program only.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from plugins import (
    AttachmentDigest,
    Column,
    Entry,
    Link,
    LinkTarget,
    LinkVerdict,
    PageDigest,
    Place,
    Region,
    TargetKind,
    Unread,
)
from plugins.addresses.urls import url_key
from plugins.finding import Sighting

PLACES_KEPT = 20
# Ranks of addresses that are fetched though nobody may link to them (frontier.Rank.REMEMBERED).
SEEDED = 1
NAV_KNOWN = 50_000
# Documents that were not looked through differ in why: so many reasons are told, the commonest first.
DOCUMENTS = "attachments"
REASONS = 20
# Links in these regions with at least so many characters are titles of single documents.
LEAF_REGIONS = frozenset({Region.LIST.value, Region.ARTICLE.value})
TITLE_LENGTH = 8

SCHEMA = """
CREATE TABLE IF NOT EXISTS url (
    key TEXT NOT NULL, site TEXT NOT NULL, url TEXT NOT NULL, depth INTEGER NOT NULL,
    rank INTEGER NOT NULL, state TEXT NOT NULL, owner TEXT NOT NULL DEFAULT '',
    referrer TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS url_next ON url (site, state, rank, depth, key);
CREATE INDEX IF NOT EXISTS url_held ON url (site, note) WHERE state='held';
CREATE TABLE IF NOT EXISTS digest (
    key TEXT NOT NULL, site TEXT NOT NULL, kind TEXT NOT NULL, template TEXT NOT NULL,
    content TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alias (
    site TEXT NOT NULL, key TEXT NOT NULL, canonical TEXT NOT NULL, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS listing (
    key TEXT NOT NULL, site TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS col (
    key TEXT NOT NULL, site TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS nav (
    key TEXT NOT NULL, site TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attachment (
    key TEXT NOT NULL, site TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS target (
    key TEXT NOT NULL, site TEXT NOT NULL, url TEXT NOT NULL, raw TEXT NOT NULL, kind TEXT NOT NULL,
    verdict TEXT NOT NULL, status INTEGER, reason TEXT NOT NULL DEFAULT '',
    asked INTEGER NOT NULL DEFAULT 0, suspect INTEGER NOT NULL DEFAULT 0,
    places INTEGER NOT NULL DEFAULT 0, answer BLOB, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS target_asked ON target (site, asked);
CREATE TABLE IF NOT EXISTS place (
    site TEXT NOT NULL, target TEXT NOT NULL, page TEXT NOT NULL, text TEXT NOT NULL,
    region TEXT NOT NULL, home INTEGER NOT NULL, PRIMARY KEY (site, target, page, text)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gap (
    site TEXT NOT NULL, kind TEXT NOT NULL, why TEXT NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (site, kind, url)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sighting (
    fingerprint TEXT PRIMARY KEY, site TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
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


def connect(path: Path) -> sqlite3.Connection:
    """Open the working file; losing it in a power cut costs one night's crawl, so it never syncs."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA busy_timeout=20000")
    connection.execute("PRAGMA cache_size=-8000")
    connection.executescript(SCHEMA)
    return connection


class Spool:
    """Reads and writes the working file of one run."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.db = connect(path)
        self._nav_known: set[tuple[str, str]] = set()

    def close(self) -> None:
        """Close the file; it stays on disk for a look afterwards."""
        self.db.close()

    # -- pages ---------------------------------------------------------------------------------

    def put_page(self, site: str, digest: PageDigest, content: str) -> None:
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

    def page(self, site: str, key: str) -> PageDigest | None:
        """What was learned of a page, None where it was not read."""
        row = self.db.execute(
            "SELECT data FROM digest WHERE site=? AND key=?", (site, key)
        ).fetchone()
        return pickle.loads(row[0]) if row else None  # noqa: S301 - our own file

    def replace_page(self, site: str, digest: PageDigest) -> None:
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

    def put_listing(self, site: str, listing: Listing) -> None:
        """Remember a page's rows."""
        self.db.execute(
            "INSERT OR REPLACE INTO listing VALUES (?,?,?)",
            (listing.key, site, pickle.dumps(listing, 5)),
        )

    def listing(self, site: str, key: str) -> Listing | None:
        """The rows of a page, None where it was not read."""
        row = self.db.execute(
            "SELECT data FROM listing WHERE site=? AND key=?", (site, key)
        ).fetchone()
        return pickle.loads(row[0]) if row else None  # noqa: S301 - our own file

    def listings(self, site: str) -> Iterator[Listing]:
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

    def has_column(self, site: str, key: str) -> bool:
        """Whether a column was assembled under this key."""
        row = self.db.execute("SELECT 1 FROM col WHERE site=? AND key=?", (site, key)).fetchone()
        return row is not None

    def put_column(self, site: str, column: Column) -> None:
        """Keep an assembled column."""
        self.db.execute(
            "INSERT OR REPLACE INTO col VALUES (?,?,?)", (column.key, site, pickle.dumps(column, 5))
        )

    # -- attachments --------------------------------------------------------------------------

    def put_attachment(self, site: str, digest: AttachmentDigest) -> None:
        """Keep what was read of a document, in place of what was kept before."""
        self.db.execute(
            "INSERT OR REPLACE INTO attachment VALUES (?,?,?)",
            (digest.key, site, pickle.dumps(digest, 5)),
        )

    # -- targets -------------------------------------------------------------------------------

    def put_links(
        self,
        site: str,
        page: str,
        links: Iterable[tuple[Link, TargetKind, LinkVerdict, str]],
        *,
        home: bool,
    ) -> None:
        """Record where a page's links stand: (link, kind, verdict known beforehand, reason).

        A verdict of UNKNOWN means "to be asked". A page that is read twice (static, then rendered)
        counts its places once: the primary key of ``place`` sees to it.
        """
        targets: dict[str, tuple[str, str, str, str, str, str, str, int]] = {}
        places: list[tuple[str, str, str, str, str, int]] = []
        for link, kind, verdict, reason in links:
            # What has no address is named by its spelling, which is what an editor must look for.
            key = link.key or link.raw.strip()[:300]
            asked = int(verdict is not LinkVerdict.UNKNOWN)
            targets.setdefault(
                key,
                (key, site, link.url, link.raw[:500], kind.value, verdict.value, reason, asked),
            )
            places.append((site, key, page, link.words[:200], link.region.value, int(home)))
        self.db.execute("BEGIN")
        self.db.executemany(
            "INSERT INTO target (key,site,url,raw,kind,verdict,reason,asked) VALUES (?,?,?,?,?,?,?,?)"
            " ON CONFLICT DO UPDATE SET raw=excluded.raw WHERE target.raw=''",
            targets.values(),
        )
        # Home-page places push out others: they cost more, so they must be among the 20 kept.
        self.db.executemany(
            "INSERT OR IGNORE INTO place SELECT ?1,?2,?3,?4,?5,?6 WHERE ?6 OR"
            " (SELECT places FROM target WHERE site=?1 AND key=?2) < 40",
            places,
        )
        self.db.executemany(
            "UPDATE target SET places=places+1 WHERE site=? AND key=?",
            {(row[0], row[1]) for row in places},
        )
        self.db.execute("COMMIT")

    def put_verdict(
        self,
        site: str,
        key: str,
        verdict: LinkVerdict,
        status: int | None,
        reason: str,
        *,
        url: str,
        kind: TargetKind = TargetKind.PAGE,
        suspect: bool = False,
        answer: bytes | None = None,
    ) -> None:
        """Set what was learned of a target, though the first link to it may be found later."""
        self.db.execute(
            "INSERT INTO target (key,site,url,raw,kind,verdict,status,reason,asked,suspect,answer)"
            " VALUES (?,?,?,'',?,?,?,?,1,?,?) ON CONFLICT DO UPDATE SET verdict=excluded.verdict,"
            " status=excluded.status, reason=excluded.reason, asked=1, suspect=excluded.suspect,"
            " answer=excluded.answer",
            (key, site, url, kind.value, verdict.value, status, reason, int(suspect), answer),
        )

    def settle_page_targets(self, site: str) -> None:
        """Give a verdict to pages of the site that were not asked under this spelling.

        An alias (redirect, index name) has the verdict of the page it leads to; what was never
        fetched (budget, bounds, robots.txt) is EXCLUDED: nothing is known of it.
        """
        self.db.execute(
            "UPDATE target SET (verdict, status, reason, suspect, asked) ="
            " (SELECT t.verdict, t.status, t.reason, 0, 1 FROM alias a JOIN target t"
            "  ON t.site=a.site AND t.key=a.canonical AND t.asked=1"
            "  WHERE a.site=target.site AND a.key=target.key)"
            " WHERE site=?1 AND kind='page' AND asked=0 AND EXISTS (SELECT 1 FROM alias a JOIN target t"
            "  ON t.site=a.site AND t.key=a.canonical AND t.asked=1"
            "  WHERE a.site=target.site AND a.key=target.key)",
            (site,),
        )
        # Reached by a redirect or an alias only: the page is there.
        self.db.execute(
            "UPDATE target SET asked=1, verdict='ok', status=200 WHERE site=?1 AND kind='page' AND asked=0"
            " AND EXISTS (SELECT 1 FROM digest d WHERE d.site=target.site AND d.kind<>'error' AND d.key="
            "  coalesce((SELECT canonical FROM alias a WHERE a.site=target.site AND a.key=target.key), target.key))",
            (site,),
        )
        self.db.execute(
            "UPDATE target SET asked=1, verdict=?, reason='未抓取（超出范围或数量上限）'"
            " WHERE site=? AND kind='page' AND asked=0",
            (LinkVerdict.EXCLUDED.value, site),
        )

    def leave_targets(self, site: str, wanted: Callable[[str], bool]) -> None:
        """Ask no targets but those wanted: of the others nothing is known. Pages are settled elsewhere."""
        rows = self.db.execute(
            "SELECT key FROM target WHERE site=? AND asked=0 AND kind<>'page'", (site,)
        ).fetchall()
        self.db.executemany(
            "UPDATE target SET asked=1, verdict=?, reason='复查范围之外，未核实' WHERE site=? AND key=?",
            [(LinkVerdict.EXCLUDED.value, site, key) for (key,) in rows if not wanted(key)],
        )

    def seek_target(self, site: str, key: str, kind: TargetKind) -> None:
        """Put an address among the targets to be asked, though no page that was read links to it."""
        self.db.execute(
            "INSERT OR IGNORE INTO target (key,site,url,raw,kind,verdict) VALUES (?,?,?,'',?,?)",
            (key, site, key, kind.value, LinkVerdict.UNKNOWN.value),
        )

    def told(self, site: str, key: str) -> str:
        """Why a target has its verdict, in Chinese; "" where nothing was said."""
        row = self.db.execute(
            "SELECT reason FROM target WHERE site=? AND key=?", (site, key)
        ).fetchone()
        return str(row[0]) if row else ""

    def dead_below(self, site: str, below: str) -> str:
        """A linked target below an address that is dead; "" = none."""
        marks = [one.value for one in LinkVerdict if one.dead]
        row = self.db.execute(
            "SELECT url FROM target WHERE site=? AND places>0 AND substr(key,1,?)=?"  # noqa: S608 - only marks
            f" AND verdict IN ({','.join('?' * len(marks))}) ORDER BY key LIMIT 1",
            (site, len(below), below, *marks),
        ).fetchone()
        return str(row[0]) if row else ""

    def unasked(self, site: str, limit: int) -> list[tuple[str, str, TargetKind]]:
        """Targets nobody has asked yet: (key, url, kind); they are marked as being asked."""
        rows = self.db.execute(
            "SELECT key, url, kind FROM target WHERE site=? AND asked=0 ORDER BY key LIMIT ?",
            (site, limit),
        ).fetchall()
        self.db.executemany(
            "UPDATE target SET asked=2 WHERE site=? AND key=?", [(site, row[0]) for row in rows]
        )
        return [(key, url, TargetKind(kind)) for key, url, kind in rows]

    def suspects(self, site: str) -> list[tuple[str, str, TargetKind, bytes | None]]:
        """Targets that a second client must look at: (key, url, kind, pickled first answer).

        Those that are linked, and pages that we came for by ourselves (open findings are about them).
        """
        rows = self.db.execute(
            "SELECT key, url, kind, answer FROM target t WHERE site=? AND suspect=1 AND (places>0 OR"
            " EXISTS (SELECT 1 FROM url u WHERE u.site=t.site AND u.key=t.key AND u.rank<=?))"
            " ORDER BY key",
            (site, SEEDED),
        )
        return [(key, url, TargetKind(kind), answer) for key, url, kind, answer in rows]

    def verified(self, site: str, verdicts: Iterable[LinkVerdict]) -> Iterator[str]:
        """Keys of targets about which one of these verdicts was reached."""
        named = [verdict.value for verdict in verdicts]
        marks = ",".join("?" * len(named))
        rows = self.db.execute(
            f"SELECT key FROM target WHERE site=? AND verdict IN ({marks})",  # noqa: S608 - only marks
            (site, *named),
        )
        for (key,) in rows.fetchall():
            yield key

    def has_target(self, site: str, key: str) -> bool:
        """Whether some page links to it tonight."""
        row = self.db.execute(
            "SELECT 1 FROM target WHERE site=? AND key=? AND places>0", (site, key)
        ).fetchone()
        return row is not None

    def verdict(self, site: str, key: str) -> LinkVerdict | None:
        """What was learned of an address tonight, None where it was neither linked nor fetched."""
        row = self.db.execute(
            "SELECT verdict FROM target WHERE site=? AND key=?", (site, key)
        ).fetchone()
        return LinkVerdict(row[0]) if row else None

    def undecided(self, site: str, below: str, verdicts: Iterable[LinkVerdict]) -> bool:
        """Whether a linked target below an address ("" = any of the site) has none of the verdicts."""
        named = [verdict.value for verdict in verdicts]
        marks = ",".join("?" * len(named))
        row = self.db.execute(
            "SELECT 1 FROM target WHERE site=? AND places>0 AND substr(key,1,?)=?"  # noqa: S608 - only marks
            f" AND kind<>'outside' AND verdict NOT IN ({marks}) LIMIT 1",
            (site, len(below), below, *named),
        ).fetchone()
        return row is not None

    def only_remembered(self, site: str, key: str, url: str) -> bool:
        """Whether we came to a page only because of an open finding: no other page links to it."""
        row = self.db.execute(
            "SELECT 1 FROM url WHERE site=?1 AND key=?2 AND rank=?3 AND NOT EXISTS"
            " (SELECT 1 FROM place WHERE site=?1 AND page<>?4 AND (target=?2 OR target IN"
            "  (SELECT key FROM alias WHERE site=?1 AND canonical=?2)))",
            (site, key, SEEDED, url),
        ).fetchone()
        return row is not None

    def linked_hosts(self, site: str, own: Iterable[str]) -> frozenset[str]:
        """Hosts (without port) that the site's pages link to, its own aside."""
        mine = {host.partition(":")[0] for host in own}
        rows = self.db.execute(
            "SELECT DISTINCT url FROM target WHERE site=? AND kind='outside' AND url<>'' AND places>0",
            (site,),
        )
        found = {urlsplit(url).hostname or "" for (url,) in rows}
        return frozenset(host for host in found if host and host not in mine)

    def places(self, site: str, key: str) -> tuple[Place, ...]:
        """Where a target is linked, home-page places first."""
        rows = self.db.execute(
            "SELECT page, text, region, home FROM place WHERE site=? AND target=?"
            " ORDER BY home DESC, page LIMIT ?",
            (site, key, PLACES_KEPT),
        )
        return tuple(
            Place(page, text, Region(region), bool(home)) for page, text, region, home in rows
        )

    def count_targets(self, site: str) -> dict[str, int]:
        """How many targets have each verdict."""
        rows = self.db.execute(
            "SELECT verdict, count(*) FROM target WHERE site=? AND places>0 GROUP BY verdict",
            (site,),
        )
        return {str(verdict): int(count) for verdict, count in rows}

    # -- gaps ----------------------------------------------------------------------------------

    def put_gap(self, site: str, kind: str, why: str, url: str) -> None:
        """Something that was not looked at, and why."""
        self.db.execute("INSERT OR IGNORE INTO gap VALUES (?,?,?,?)", (site, kind, why, url))

    def settle_gap(self, site: str, kind: str, url: str) -> None:
        """A gap turned out to be none."""
        self.db.execute("DELETE FROM gap WHERE site=? AND kind=? AND url=?", (site, kind, url))

    def gap_urls(self, site: str, kind: str) -> list[str]:
        """The addresses of one kind of gap."""
        rows = self.db.execute(
            "SELECT url FROM gap WHERE site=? AND kind=? ORDER BY url", (site, kind)
        )
        return [url for (url,) in rows]

    def gaps(self, site: str) -> list[tuple[str, str, int, tuple[str, ...]]]:
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

    # -- sightings -----------------------------------------------------------------------------

    def put_sightings(self, sightings: Iterable[Sighting]) -> None:
        """Keep findings of pages, so that their unit can be set when columns are known."""
        self.db.executemany(
            "INSERT OR REPLACE INTO sighting VALUES (?,?,?)",
            [(s.fingerprint, s.subject.site, pickle.dumps(s, 5)) for s in sightings],
        )

    def sightings(self, site: str) -> Iterator[Sighting]:
        """Findings of pages, as kept."""
        for (data,) in self.db.execute("SELECT data FROM sighting WHERE site=?", (site,)):
            yield pickle.loads(data)  # noqa: S301 - our own file


class _Shared:
    """A view of the working file that travels between processes as a path, not as its content."""

    def __init__(self, path: Path, site: str) -> None:
        self.path = path
        self.site = site
        self._db: sqlite3.Connection | None = None

    @property
    def db(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = sqlite3.connect(
                f"file:{self.path}?mode=ro", uri=True, check_same_thread=False
            )
        return self._db

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def __getstate__(self) -> tuple[Path, str]:
        return self.path, self.site

    def __setstate__(self, state: tuple[Path, str]) -> None:
        self.path, self.site = state
        self._db = None


class SpooledPages(_Shared, Mapping[str, PageDigest]):
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


class SpooledAttachments(_Shared, Mapping[str, AttachmentDigest]):
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


class SpooledColumns(_Shared, Sequence[Column]):
    """``Site.columns`` read from disk on demand."""

    def __iter__(self) -> Iterator[Column]:
        for (data,) in self.db.execute(
            "SELECT data FROM col WHERE site=? ORDER BY key", (self.site,)
        ):
            yield pickle.loads(data)  # noqa: S301 - our own file

    def __len__(self) -> int:
        return int(
            self.db.execute("SELECT count(*) FROM col WHERE site=?", (self.site,)).fetchone()[0]
        )

    def __getitem__(self, index: int) -> Column:  # type: ignore[override]
        if index < 0:
            index += len(self)
        row = self.db.execute(
            "SELECT data FROM col WHERE site=? ORDER BY key LIMIT 1 OFFSET ?", (self.site, index)
        ).fetchone()
        if row is None:
            raise IndexError(index)
        column: Column = pickle.loads(row[0])  # noqa: S301 - our own file
        return column


class SpooledTargets(_Shared, Iterable[LinkTarget]):
    """``Site.targets`` read from disk on demand, home-page places first."""

    def __iter__(self) -> Iterator[LinkTarget]:
        rows = self.db.execute(
            "SELECT key,url,raw,kind,verdict,status,reason,places FROM target"
            " WHERE site=? AND places>0 ORDER BY key",
            (self.site,),
        )
        for key, url, raw, kind, verdict, status, reason, count in rows:
            places: tuple[Place, ...] = ()
            living = verdict in (LinkVerdict.OK, LinkVerdict.REDIRECTED, LinkVerdict.EXCLUDED)
            if not living or kind in (TargetKind.OUTSIDE, TargetKind.ATTACHMENT):
                places = tuple(self._places(key))
            yield LinkTarget(
                url=url,
                key=key,
                kind=TargetKind(kind),
                verdict=LinkVerdict(verdict),
                status=status,
                reason=reason,
                places=places,
                place_count=count,
                raw=raw,
            )

    def _places(self, key: str) -> Iterator[Place]:
        rows = self.db.execute(
            "SELECT page, text, region, home FROM place WHERE site=? AND target=?"
            " ORDER BY home DESC, page, text LIMIT ?",
            (self.site, key, PLACES_KEPT),
        )
        for page, text, region, home in rows:
            yield Place(page=page, text=text, region=Region(region), home=bool(home))


def with_probes(digest: PageDigest, answers: Mapping[str, object]) -> PageDigest:
    """The digest with what the browser was asked on that page."""
    return replace(digest, probes={**digest.probes, **answers}) if answers else digest
