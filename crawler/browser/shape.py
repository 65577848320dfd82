"""The shape of a page: what tells whether rendering changed it, small enough to travel."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.facts.page.page import Page

UNDECIDED_KINDS = frozenset({"list", "portal", "single", "home"})


@dataclass(frozen=True, slots=True)
class PageShape:
    """What is compared to tell whether rendering changed a page: small, made in the workers.

    ``undecided`` = it may be a list and nobody can yet say whether it is empty: such a page is
    always rendered, whatever was learned, since only the browser can decide it.
    """

    needs_browser: str = ""
    rows: str = ""
    text: int = 0
    links: int = 0
    undecided: bool = False

    def differs(self, other: PageShape) -> bool:
        """Whether the two are different for a check: other rows, other links, much other text.

        A few words may come and go (clocks, counters, weather), so text and links have a margin.
        """
        return (
            self.rows != other.rows
            or abs(self.links - other.links) > 2  # noqa: PLR2004 - a counter's or share button's worth
            or abs(self.text - other.text) > max(80, self.text * 0.05)
        )


def shape_of(page: Page) -> PageShape:
    """The shape of a page, static or rendered."""
    rows = page.rows
    digest = blake2b(digest_size=8)
    for row in rows:
        digest.update(f"{row.key}\0{row.title}\0{row.date}\0{row.status}\n".encode())
    return PageShape(
        needs_browser=page.needs_browser,
        rows=digest.hexdigest() if rows else "",
        text=len(page.text),
        links=len(page.links),
        undecided=not rows and page.empty is None and page.kind.value in UNDECIDED_KINDS,
    )
