"""Everything that pages link to: what became of each address, and where it is linked.

Pages of the site are targets too: their verdicts are settled from what was read of them (tables of
``pages``), and a page that nobody links to is still looked at twice where we came for it by
ourselves (table of ``frontier``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from crawler.workfile.database import SharedView, WorkDatabase
from crawler.workfile.frontier import Rank
from plugins import Link, LinkTarget, LinkVerdict, Place, Region, TargetKind

PLACES_KEPT = 20

SCHEMA = """
CREATE TABLE IF NOT EXISTS target (
    key TEXT NOT NULL, site TEXT NOT NULL, url TEXT NOT NULL, raw TEXT NOT NULL, kind TEXT NOT NULL,
    verdict TEXT NOT NULL, status INTEGER, reason TEXT NOT NULL DEFAULT '',
    asked INTEGER NOT NULL DEFAULT 0, suspect INTEGER NOT NULL DEFAULT 0,
    places INTEGER NOT NULL DEFAULT 0, answer BLOB, PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS target_asked ON target (site, asked);
CREATE TABLE IF NOT EXISTS place (
    site TEXT NOT NULL, target TEXT NOT NULL, page TEXT NOT NULL, text TEXT NOT NULL,
    region TEXT NOT NULL, home INTEGER NOT NULL, PRIMARY KEY (site, target, page, text)) WITHOUT ROWID;
"""


class TargetTable:
    """Targets with their verdicts, by site and key, and the places where links to them stand."""

    def __init__(self, database: WorkDatabase) -> None:
        self.database = database
        self.db = database.connection(SCHEMA)

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
        with self.database.transaction():
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

    def settle_pages(self, site: str) -> None:
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

    def leave(self, site: str, wanted: Callable[[str], bool]) -> None:
        """Ask no targets but those wanted: of the others nothing is known. Pages are settled elsewhere."""
        rows = self.db.execute(
            "SELECT key FROM target WHERE site=? AND asked=0 AND kind<>'page'", (site,)
        ).fetchall()
        self.db.executemany(
            "UPDATE target SET asked=1, verdict=?, reason='复查范围之外，未核实' WHERE site=? AND key=?",
            [(LinkVerdict.EXCLUDED.value, site, key) for (key,) in rows if not wanted(key)],
        )

    def seek(self, site: str, key: str, kind: TargetKind) -> None:
        """Put an address among the targets to be asked, though no page that was read links to it."""
        self.db.execute(
            "INSERT OR IGNORE INTO target (key,site,url,raw,kind,verdict) VALUES (?,?,?,'',?,?)",
            (key, site, key, kind.value, LinkVerdict.UNKNOWN.value),
        )

    def reason(self, site: str, key: str) -> str:
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
            (site, Rank.REMEMBERED),
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

    def linked(self, site: str, key: str) -> bool:
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


class TargetView(SharedView, Iterable[LinkTarget]):
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
