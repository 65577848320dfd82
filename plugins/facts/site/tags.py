"""Which required meta tags the pages of a site lack, gathered by kind of page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from plugins.facts.kept.fittings import COLUMN_TAGS, CONTENT_TAGS, REQUIRED, SITE_TAGS, Fittings
from plugins.facts.site import limits
from plugins.finding import Evidence

if TYPE_CHECKING:
    from plugins.facts.site.site import PageDigest, Site

# What kinds of pages carry which tags (国办发〔2017〕47号, annex); the home page is a column page too.
EVERYWHERE = frozenset(("home", "list", "portal", "form", "article"))
COLUMNS = frozenset(("list", "portal", "form"))
ARTICLES = frozenset(("article",))


@dataclass
class TagGap:
    """Pages that lack one tag: examples of as many templates as possible, and how many there are."""

    count: int = 0
    templates: dict[str, tuple[str, str]] = field(default_factory=dict)
    more: list[tuple[str, str]] = field(default_factory=list)

    def add(self, page: PageDigest) -> None:
        """Count a page; keep few."""
        self.count += 1
        place = (page.final_url or page.url, page.title)
        template = page.template or page.kind
        if template not in self.templates and len(self.templates) < limits.TEMPLATES:
            self.templates[template] = place
        elif len(self.more) < limits.TAG_PLACES:
            self.more.append(place)

    def where(self, tag: str) -> tuple[Evidence, ...]:
        """Places for a finding, one of each template first."""
        shown = [*self.templates.values(), *self.more][: limits.TAG_PLACES]
        return tuple(Evidence(url, title, f"meta[name={tag}]") for url, title in shown)


@dataclass
class TagCount:
    """All pages that carry one group of tags: how many, and which lack or leave empty which tag.

    ``what`` names the pages in Chinese; ``tags`` are the group's, in the order of the annex.
    """

    what: str
    kinds: frozenset[str]
    tags: tuple[str, ...]
    pages: int = 0
    absent: dict[str, TagGap] = field(default_factory=lambda: defaultdict(TagGap))
    empty: dict[str, TagGap] = field(default_factory=lambda: defaultdict(TagGap))

    def add(self, page: PageDigest, absent: Iterable[str], empty: Iterable[str]) -> None:
        """Count a page, if it is one that carries these tags."""
        if page.kind not in self.kinds:
            return
        self.pages += 1
        for tag in absent:
            if tag in self.tags:
                self.absent[tag].add(page)
        for tag in empty:
            if tag in self.tags:
                self.empty[tag].add(page)

    def over(self, gaps: Mapping[str, TagGap], share: float) -> Iterator[tuple[str, TagGap]]:
        """The tags of which more than this share of the pages have such a gap."""
        for tag in self.tags:
            gap = gaps.get(tag)
            if gap is not None and gap.count > share * self.pages:
                yield tag, gap

    def lacking(self, share: float) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
        """Tags that too many pages lack: tag, a Chinese sentence that says so, places."""
        for tag, gap in self.over(self.absent, share):
            whole = "都没有" if gap.count == self.pages else f"其中{gap.count}页没有"
            said = (
                f"{self.what}共{self.pages}页，{whole}{tag}标签（涉及{len(gap.templates)}类模板）。"
            )
            yield tag, said, gap.where(tag)


@dataclass(frozen=True)
class TagCensus:
    """The three groups of tags on all pages of a site, counted in one pass.

    ``tagless`` = how many pages were read, if not one of them has any required tag; else 0.
    """

    site: TagCount
    column: TagCount
    content: TagCount
    tagless: int = 0

    @classmethod
    def of(cls, site: Site) -> Self:
        """Count the tags on the pages of a site; what did not answer is left out."""
        found = cls(
            TagCount("首页、栏目页和内容页", EVERYWHERE, SITE_TAGS),
            TagCount("栏目页", COLUMNS, COLUMN_TAGS),
            TagCount("内容页", ARTICLES, CONTENT_TAGS),
        )
        tagged = False
        for page in site.pages.values():
            fittings = page.get(Fittings)
            if fittings is None or not page.readable:
                continue
            for group in found.groups:
                group.add(page, fittings.absent, fittings.empty)
            tagged = tagged or (page.kind in EVERYWHERE and len(fittings.absent) < len(REQUIRED))
        return replace(found, tagless=0 if tagged else found.site.pages)

    @property
    def groups(self) -> tuple[TagCount, ...]:
        """All three."""
        return (self.site, self.column, self.content)
