"""What can be said of an address that a page links to, by its form or by asking for it."""

from __future__ import annotations

from enum import StrEnum


class LinkVerdict(StrEnum):
    """What verification said of a target (peers.md (d)); only BROKEN and SOFT_404 are dead.

    ``BROKEN`` = 404 or 410 by GET, confirmed by a second client at the end of the crawl, or a host
    name that does not exist while the machine's resolver demonstrably works. ``BLOCKED`` = 401,
    403, 412, 429, 521, 999 or a challenge. ``TRANSIENT`` = 5xx, timeout, reset, refused, TLS.
    ``MALFORMED`` cannot be resolved to an address; ``INTERNAL`` points to a private address,
    ``PREVIEW`` to an editor's own disk, a CMS preview or a test address. ``EXCLUDED`` = robots.txt,
    scope or budget: not asked.
    """

    OK = "ok"
    REDIRECTED = "redirected"
    BROKEN = "broken"
    SOFT_404 = "soft_404"
    TRANSIENT = "transient"
    BLOCKED = "blocked"
    MALFORMED = "malformed"
    INTERNAL = "internal"
    PREVIEW = "preview"
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"

    @property
    def dead(self) -> bool:
        """Certain enough to cost somebody points."""
        return self in (LinkVerdict.BROKEN, LinkVerdict.SOFT_404)
