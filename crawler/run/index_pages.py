"""Default index names: ``/a/`` and ``/a/index.html`` are one page only where they were shown equal.

A link to ``/a/index.html`` first leads to ``/a/``. When both answered with the same bytes often enough,
the file name counts as equal for the site and is not asked for any more; when they ever differ it never
does again, and what was passed over meanwhile is fetched after all. So identities do not depend on which
of the two was met first.
"""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit, urlunsplit

INDEX_NAMES = frozenset(
    f"{stem}.{suffix}"
    for stem in ("index", "default")
    for suffix in ("html", "htm", "shtml", "jhtml", "jsp", "php", "aspx", "asp")
)
# Concurrency mixes the order of answers: with less, a site that has both kinds could be misjudged.
ENOUGH = 8


def index_name(url: str) -> str:
    """The default file name an address ends in, "" = none."""
    parts = urlsplit(url)
    name = parts.path.rpartition("/")[2].lower()
    return name if name in INDEX_NAMES and not parts.query else ""


def folder_of(url: str) -> str:
    """The address without its file name and query."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rpartition("/")[0] + "/", "", ""))


def settled(name: str, same: Counter[str], different: Counter[str]) -> bool | None:
    """True = the name stands for its folder, False = it does not, None = not shown yet."""
    if different[name]:
        return False
    return True if same[name] >= ENOUGH else None
