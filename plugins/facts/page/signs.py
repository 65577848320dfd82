"""What a page's kind is told by, counted once: rows, lists, text, and the signs of an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from plugins.facts.language.text import solid
from plugins.facts.lists.mainpart import heading_of
from plugins.facts.lists.rows import signature
from plugins.facts.markup.outline import Spans
from plugins.facts.markup.paths import is_article_path
from plugins.facts.markup.titles import document_title
from plugins.facts.page.drawing import Drawing
from plugins.facts.page.limits import ARTICLE_TEXT, ERROR_LINKS, ERROR_TEXT, ERROR_TEXTS, LISTED
from plugins.facts.page.main.contents import in_tag, main_links

COLUMN_PATH = re.compile(
    r"/(?:(?:index|default|list|node|col\d+|column|channel)[\w-]*\.(?:s?html?|jsp|php|aspx?))?$|/(?:column|col|channel|list|category)/[\w-]+/?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Signs:
    """One drawing with what the tests of its kind count; each count is made when first asked for."""

    drawing: Drawing

    @cached_property
    def path(self) -> str:
        """The path of the address; "/" where it has none."""
        return urlsplit(self.drawing.address).path or "/"

    # -- an error --------------------------------------------------------------------------

    @cached_property
    def shown_title(self) -> str:
        """The words of ``<title>``."""
        return document_title(self.drawing.outline)

    @cached_property
    def opening(self) -> str:
        """The first texts of the page, joined: all there is on a page that says an error."""
        return "".join(self.drawing.outline.texts[:ERROR_TEXTS]).strip()

    @property
    def brief(self) -> bool:
        """Whether the page is as short and as poor in links as error pages are."""
        return len(self.opening) <= ERROR_TEXT and len(self.drawing.outline.anchors) <= ERROR_LINKS

    # -- rows and text ---------------------------------------------------------------------

    @cached_property
    def dated(self) -> int:
        """How many rows of the main part carry a date."""
        return sum(group.dated for group in self.drawing.own_groups)

    @cached_property
    def rows(self) -> int:
        """How many rows the lists of the main part have."""
        return sum(len(group.rows) for group in self.drawing.own_groups)

    @cached_property
    def largest(self) -> int:
        """How many rows the largest of them has."""
        return max((len(group.rows) for group in self.drawing.own_groups), default=0)

    @cached_property
    def lists(self) -> int:
        """How many lists there are: blocks of one list, alike and without headings, count as one."""
        drawing = self.drawing
        taken = Spans(
            (row.element.index, row.element.end)
            for group in drawing.groups
            for row in group.rows
            if row.element is not None
        )
        names = {solid(name) for name in drawing.names}
        found = set()
        for group in drawing.own_groups:
            heading = solid(heading_of(drawing.outline, group.holder, taken))
            parent = group.holder.parent.index if group.holder.parent else 0
            own = heading and heading not in names
            found.add((group.holder.index,) if own else (parent, signature(group.holder, 1)))
        return len(found)

    @cached_property
    def text(self) -> int:
        """How much running text the body holds, links and rows of lists left out."""
        body = self.drawing.body
        if body is None:
            return 0
        outline = self.drawing.outline
        rows = Spans(
            (row.element.index, row.element.end)
            for group in self.drawing.groups
            if group.dated
            for row in group.rows
            if row.element is not None
        )
        total = 0
        for position in range(body.first, body.last):
            owner = outline.owners[position]
            if not (owner.hidden or owner.unseen or rows.hold(owner) or in_tag(owner, ("a",))):
                total += len(outline.texts[position].strip())
        return total

    @cached_property
    def links(self) -> int:
        """How many content links stand in the main part."""
        return main_links(self.drawing)

    # -- an article ------------------------------------------------------------------------

    @property
    def tagged(self) -> bool:
        """Whether the page carries the tag of an article's title."""
        return bool(self.drawing.meta.get("ArticleTitle"))

    @property
    def addressed(self) -> bool:
        """Whether its address has the form of an article's."""
        return is_article_path(self.drawing.address)

    @property
    def column_path(self) -> bool:
        """Whether its address has the form of a column's."""
        return COLUMN_PATH.search(self.path) is not None

    @property
    def published(self) -> bool:
        """Whether it carries the tag of a publishing date, at an address that is no column's."""
        return not self.column_path and bool(self.drawing.meta.get("PubDate"))

    @cached_property
    def headed(self) -> bool:
        """Whether a labelled date stands before a text, or beside its source; at no column's address."""
        article = self.drawing.raw_article
        return (
            not self.column_path
            and any(shown.source in ("label", "script") for shown in self.drawing.dates)
            and (article.source != "" or self.text > ARTICLE_TEXT or "来源" in article.head)
        )

    @cached_property
    def articled(self) -> bool:
        """Whether the page carries the signs of an article, and is no list of dated rows."""
        return (self.tagged or self.addressed or self.published or self.headed) and not self.listed

    @cached_property
    def listed(self) -> bool:
        """Whether its dated rows go on over pages, or are what would be taken for the article."""
        if self.dated < LISTED:
            return False
        if self.drawing.paged:
            return True
        best = max(self.drawing.own_groups, key=lambda group: group.dated)
        body = self.drawing.body
        if body is None or self.drawing.meta.first("ArticleTitle") or self.addressed:
            return False
        return body.holds(best.holder) or best.holder.holds(body)
