"""Which required meta tags the pages of a site lack, gathered by kind of page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plugins.facts.fittings import COLUMN_TAGS, CONTENT_TAGS, REQUIRED, SITE_TAGS
from plugins.finding import Evidence

if TYPE_CHECKING:
    from plugins.facts.site import PageDigest, Site

# What kinds of pages carry which tags (国办发〔2017〕47号, annex); the home page is a column page too.
EVERYWHERE = frozenset(("home", "list", "portal", "form", "article"))
COLUMNS = frozenset(("list", "portal", "form"))
ARTICLES = frozenset(("article",))
PLACES = 20


@dataclass
class Gap:
    """Pages that lack one tag: examples of as many templates as possible, and how many there are."""

    count: int = 0
    templates: dict[str, tuple[str, str]] = field(default_factory=dict)
    more: list[tuple[str, str]] = field(default_factory=list)

    def add(self, page: PageDigest) -> None:
        """Count a page; keep few."""
        self.count += 1
        place = (page.final_url or page.url, page.title)
        template = page.template or page.kind
        if template not in self.templates and len(self.templates) < 10_000:
            self.templates[template] = place
        elif len(self.more) < PLACES:
            self.more.append(place)

    def where(self, tag: str) -> tuple[Evidence, ...]:
        """Places for a finding, one of each template first."""
        shown = [*self.templates.values(), *self.more][:PLACES]
        return tuple(Evidence(url, title, f"meta[name={tag}]") for url, title in shown)


@dataclass
class TagCount:
    """All pages of one kind: how many, and which lack or leave empty which tag."""

    pages: int = 0
    absent: dict[str, Gap] = field(default_factory=lambda: defaultdict(Gap))
    empty: dict[str, Gap] = field(default_factory=lambda: defaultdict(Gap))


def count_tags(site: Site, kinds: frozenset[str], tags: tuple[str, ...]) -> TagCount:
    """Count the tags of a group on all pages of the kinds that carry them."""
    found = TagCount()
    for page in site.pages.values():
        fittings = page.fittings
        if fittings is None or page.kind not in kinds or not page.readable:
            continue
        found.pages += 1
        for tag in fittings.absent:
            if tag in tags:
                found.absent[tag].add(page)
        for tag in fittings.empty:
            if tag in tags:
                found.empty[tag].add(page)
    return found


def tagless(site: Site) -> int:
    """How many pages were read, if not one of them has any required tag; else 0."""
    pages = 0
    for page in site.pages.values():
        if page.fittings is None or page.kind not in EVERYWHERE or not page.readable:
            continue
        if len(page.fittings.absent) < len(REQUIRED):
            return 0
        pages += 1
    return pages


__all__ = [
    "ARTICLES",
    "COLUMNS",
    "COLUMN_TAGS",
    "CONTENT_TAGS",
    "EVERYWHERE",
    "SITE_TAGS",
    "Gap",
    "TagCount",
    "count_tags",
    "tagless",
]
