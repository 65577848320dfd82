"""What is drawn from a page's markup without judging its kind, each part once, on demand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from plugins.addresses import urls
from plugins.facts.columns.column import Entry
from plugins.facts.language.dates import ShownDate
from plugins.facts.lists import data, embedded, rows
from plugins.facts.lists import pager as paging
from plugins.facts.lists.data import DataAnswer
from plugins.facts.lists.groups import RowGroup
from plugins.facts.lists.lists import ListFinder
from plugins.facts.lists.mainpart import find_main
from plugins.facts.lists.own import own_groups
from plugins.facts.lists.pager import FoundPager, Pager
from plugins.facts.lists.records import Record
from plugins.facts.markup import body as bodies
from plugins.facts.markup import crumbs as breadcrumb
from plugins.facts.markup import extract, titles
from plugins.facts.markup.extract import Extractor, Form, Script
from plugins.facts.markup.landmarks import Landmarks, find_landmarks
from plugins.facts.markup.links import Link, Region
from plugins.facts.markup.meta import Meta, read_meta
from plugins.facts.markup.outline import MAX_TEXT, Element, Outline, draw
from plugins.facts.papers import article, published
from plugins.facts.papers.article import Article
from plugins.why import note

MAX_WRITTEN = 300_000


@dataclass(frozen=True)
class Drawing:
    """What can be said of one answer without judging what kind of page it is; knows no Page.

    ``source`` the text; ``address`` after redirects; ``status`` None where nothing (whole) came;
    ``content_type`` lower case; ``rendered`` = the text is the browser's DOM.
    """

    source: str
    address: str
    status: int | None
    content_type: str = ""
    charset: str = "utf-8"
    rendered: bool = False

    # -- markup ----------------------------------------------------------------------------

    @cached_property
    def answer(self) -> DataAnswer | None:
        """The answer taken apart as data; None for HTML."""
        head = self.source[:200].lstrip("\ufeff \t\r\n")
        if (
            head[:1] in "{["
            or "json" in self.content_type
            or re.match(r"[\w.$]{1,40}\(\s*[{\[]", head)
            or re.match(r"<(?:\?xml|datastore|recordset|rss|feed)", head, re.IGNORECASE)
        ):
            return data.read_answer(self.source)
        return None

    @cached_property
    def markup(self) -> str:
        """The HTML to be drawn: the page, or what a data answer carries."""
        return self.answer.html if self.answer is not None else self.source

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The parsed markup."""
        return LexborHTMLParser(self.markup)

    @cached_property
    def outline(self) -> Outline:
        """All elements and texts."""
        return draw(self.tree)

    @cached_property
    def text(self) -> str:
        """All shown text, a line break where one block ends and another begins."""
        return self.outline.span(0, len(self.outline.texts), MAX_TEXT).strip()

    @cached_property
    def meta(self) -> Meta:
        """The named meta tags."""
        return read_meta(self.tree)

    @cached_property
    def landmarks(self) -> Landmarks:
        """Breadcrumb, menus, side bars, footer."""
        return find_landmarks(self.outline)

    @cached_property
    def extractor(self) -> Extractor:
        """Resolves the addresses of this page."""
        return Extractor(extract.base_address(self.outline, self.address), self.charset)

    @cached_property
    def scripts(self) -> tuple[Script, ...]:
        """All scripts."""
        return extract.find_scripts(self.outline, self.extractor)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """All forms."""
        return extract.find_forms(self.outline, self.extractor)

    @cached_property
    def frames(self) -> list[Link]:
        """Inner frames with an address; their region is not told, since it depends on the kind."""
        return [
            self.extractor.link(self.outline, element, Region.OTHER)
            for element in self.outline.elements
            if element.tag in ("iframe", "frame")
            and element.attrs.get("src", "").strip()
            and not element.attrs["src"].startswith(("about:", "javascript:"))
        ]

    @cached_property
    def crumb_names(self) -> tuple[str, ...]:
        """The names in the breadcrumb, outermost first."""
        return breadcrumb.crumb_names(self.outline, self.landmarks)

    @cached_property
    def written(self) -> Drawing | None:
        """What scripts write on the page with plain strings, drawn on its own; None = nothing."""
        pieces = [embedded.written_markup(script.text) for script in self.scripts if script.text]
        markup = "".join(pieces)[:MAX_WRITTEN]
        if "<a" not in markup.lower():
            return None
        return Drawing(markup, self.extractor.base, self.status, charset=self.charset)

    @cached_property
    def written_links(self) -> tuple[Link, ...]:
        """Links that scripts write with plain strings."""
        if self.written is None:
            return ()
        outline, extractor = self.written.outline, self.written.extractor
        found: dict[str, Link] = {}
        for element in outline.anchors:
            link = extractor.link(outline, element, Region.NAV)
            if link.key:
                found.setdefault(link.key, link)
        return tuple(found.values())

    @cached_property
    def stored(self) -> Drawing | None:
        """The records of a datastore inside the page, drawn on their own; None = there is none."""
        for raw in self.outline.raws.values():
            if "<record>" in raw:
                fragment = embedded.datastore_fragment(raw)
                if fragment:
                    return Drawing(fragment, self.extractor.base, self.status, charset=self.charset)
        if "<record>" in self.source and self.answer is None:
            fragment = embedded.datastore_fragment(self.source)
            if fragment:
                return Drawing(fragment, self.extractor.base, self.status, charset=self.charset)
        return None

    @cached_property
    def stored_total(self) -> int | None:
        """How many records a datastore inside the page says there are; None = there is none."""
        for raw in self.outline.raws.values():
            if "<datastore" in raw:
                match = data.TOTAL.search(raw)
                return int(match[1]) if match else None
        return None

    # -- lists -----------------------------------------------------------------------------

    @cached_property
    def finder(self) -> ListFinder:
        """The list finder."""
        return ListFinder(self.outline, self.landmarks)

    @cached_property
    def groups(self) -> list[RowGroup]:
        """All lists on the page, wherever they stand."""
        return self.finder.groups()

    @cached_property
    def found_pager(self) -> FoundPager | None:
        """The pager and its element."""
        if self.answer is not None:
            return None
        return paging.find_pager(
            self.outline, self.landmarks, self.scripts, self.address, self.extractor
        )

    @property
    def paged(self) -> bool:
        """Whether a real pager stands there, not only an element that is called one."""
        return self.found_pager is not None and self.found_pager.pager.kind != "bare"

    @cached_property
    def pager(self) -> Pager | None:
        """How the list goes on."""
        if self.answer is not None and self.answer.next_group:
            following = urls.resolve(self.address, self.answer.next_group)
            return Pager("dataproxy", None, (following,) if following else ())
        return self.found_pager.pager if self.found_pager else None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the column may be called: last crumb, ColumnName, parts of ``<title>``."""
        shown = titles.document_title(self.outline)
        parts = [part for part in re.split(r"[\s_|｜\-–—>»]+", shown) if part]
        site = self.meta.first("SiteName")
        crumbs = self.crumb_names[-1:]
        return tuple(
            name
            for name in (*crumbs, self.meta.first("ColumnName"), *parts[:4], shown)
            if name and name != site
        )

    @cached_property
    def main(self) -> Element | None:
        """The element of the column's own content; None = the whole page."""
        found = self.found_pager
        element = found.element if found is not None and self.paged else None
        return find_main(self.outline, self.landmarks, self.names, self.groups, element)

    @cached_property
    def own_groups(self) -> list[RowGroup]:
        """The lists of the main part."""
        return own_groups(self.outline, self.landmarks, self.main, self.groups, self.names)

    @cached_property
    def data_rows(self) -> tuple[Entry, ...]:
        """Rows of embedded or answered data, as far as the markup itself has none."""
        if self.answer is not None and self.answer.records:
            return tuple(self._of_record(record) for record in self.answer.records)
        for drawing in (self.stored, self.written):
            if drawing is not None:
                found = rows.entries(
                    drawing.finder,
                    rows.largest_groups(drawing.finder, drawing.groups),
                    drawing.extractor,
                )
                if len(found) >= 1 and any(entry.date or entry.shown for entry in found):
                    return _once(found)
        best: tuple[Record, ...] = ()
        for script in self.scripts:
            if "[{" in script.text.replace(" ", "").replace("\n", "").replace("\t", "")[:400_000]:
                records = embedded.embedded_records(script.text)
                if len(records) > len(best):
                    best = records
        return tuple(self._of_record(record) for record in best if record.title)

    def _of_record(self, record: Record) -> Entry:
        url, key = self.extractor.address(record.url) if record.url else ("", "")
        return Entry(url, key, record.title, record.day, record.status, record.title)

    # -- article ---------------------------------------------------------------------------

    @cached_property
    def body(self) -> Element | None:
        """The element with the most running text."""
        return bodies.find_body(self.outline, self.landmarks)

    @cached_property
    def title(self) -> str:
        """The page's own title."""
        if self.answer is not None and self.answer.title:
            note("title", "数据中有标题", self.answer.title)
            return self.answer.title
        return titles.find_title(self.outline, self.landmarks, self.meta)

    @cached_property
    def raw_article(self) -> Article:
        """Title, head line and body, whether or not the page is an article."""
        return article.read_article(self.outline, self.body, self.title, self.landmarks)

    @cached_property
    def dates(self) -> tuple[ShownDate, ...]:
        """When the page says it was published, best evidence first."""
        answered: date | None = self.answer.published if self.answer is not None else None
        return published.shown_dates(
            self.raw_article,
            published.head_date(self.raw_article.head),
            self.scripts,
            self.meta,
            self.address,
            answered,
        )


def _once(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Rows without repetitions: both ways of an ``if`` write the same row."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        found.setdefault((entry.key, entry.title), entry)
    return tuple(found.values())
