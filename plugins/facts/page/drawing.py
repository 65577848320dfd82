"""Everything that is drawn from a page's markup, each part once, on demand."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from plugins.addresses import urls
from plugins.facts.columns.column import Entry
from plugins.facts.language.dates import ShownDate
from plugins.facts.lists import data, embedded, rows
from plugins.facts.lists import pager as paging
from plugins.facts.lists.data import Answer
from plugins.facts.lists.lists import Group, ListFinder
from plugins.facts.lists.mainpart import find_main, own_groups
from plugins.facts.lists.pager import FoundPager, Pager
from plugins.facts.lists.records import Record
from plugins.facts.markup import extract
from plugins.facts.markup.extract import Extractor, Form, Script
from plugins.facts.markup.landmarks import Landmarks, find_landmarks
from plugins.facts.markup.links import Link, Region
from plugins.facts.markup.meta import Meta, read_meta
from plugins.facts.markup.outline import Element, Outline, Spans, draw
from plugins.facts.page import navigation
from plugins.facts.page.emptiness import Emptiness, judge_empty
from plugins.facts.page.kinds import PageKind, tell_kind
from plugins.facts.page.navigation import NavColumn
from plugins.facts.papers import article, crosslinks, published
from plugins.facts.papers.article import Article
from plugins.facts.papers.crosslinks import Surroundings

MAX_WRITTEN = 300_000


class Layout:
    """The drawing of one answer: made from text, address and status; knows no Page."""

    def __init__(
        self,
        text: str,
        address: str,
        status: int | None,
        content_type: str = "",
        charset: str = "utf-8",
        rendered: bool = False,
    ) -> None:
        self.source = text
        self.address = address
        self.status = status
        self.content_type = content_type
        self.charset = charset
        self.rendered = rendered

    # -- markup ----------------------------------------------------------------------------

    @cached_property
    def answer(self) -> Answer | None:
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
    def written(self) -> Layout | None:
        """What scripts write on the page with plain strings, drawn on its own; None = nothing."""
        pieces = [embedded.written_markup(script.text) for script in self.scripts if script.text]
        markup = "".join(pieces)[:MAX_WRITTEN]
        if "<a" not in markup.lower():
            return None
        return Layout(markup, self.extractor.base, self.status, charset=self.charset)

    @cached_property
    def stored(self) -> Layout | None:
        """The records of a datastore inside the page, drawn on their own; None = there is none."""
        for raw in self.outline.raws.values():
            if "<record>" in raw:
                fragment = embedded.datastore_fragment(raw)
                if fragment:
                    return Layout(fragment, self.extractor.base, self.status, charset=self.charset)
        if "<record>" in self.source and self.answer is None:
            fragment = embedded.datastore_fragment(self.source)
            if fragment:
                return Layout(fragment, self.extractor.base, self.status, charset=self.charset)
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
    def groups(self) -> list[Group]:
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
        shown = article.document_title(self.outline)
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
        element = found.element if found is not None and found.pager.kind != "bare" else None
        return find_main(self.outline, self.landmarks, self.names, self.groups, element)

    @cached_property
    def own_groups(self) -> list[Group]:
        """The lists of the main part."""
        return own_groups(self.outline, self.landmarks, self.main, self.groups, self.names)

    @cached_property
    def chosen(self) -> list[Group]:
        """The groups that are the page's own list (or all, on home and portal pages)."""
        element = self.found_pager.element if self.found_pager else None
        if self.kind is PageKind.HOME:
            return rows.main_groups(
                self.finder, [group for group in self.groups if not group.hidden], None, spread=True
            )
        return rows.main_groups(self.finder, self.own_groups, element, self.kind is PageKind.PORTAL)

    @cached_property
    def data_rows(self) -> tuple[Entry, ...]:
        """Rows of embedded or answered data, as far as the markup itself has none."""
        if self.answer is not None and self.answer.records:
            return tuple(self._of_record(record) for record in self.answer.records)
        for layout in (self.stored, self.written):
            if layout is not None:
                found = rows.entries(
                    layout.finder,
                    rows.main_groups(layout.finder, layout.groups, None, spread=False),
                    layout.extractor,
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

    @cached_property
    def static_rows(self) -> tuple[Entry, ...]:
        """The rows that stand in the markup."""
        return rows.entries(self.finder, self.chosen, self.extractor)

    @cached_property
    def rows(self) -> tuple[Entry, ...]:
        """The rows of the page's list; () for articles, forms and errors."""
        if self.kind in (PageKind.ARTICLE, PageKind.SINGLE, PageKind.FORM, PageKind.ERROR):
            return ()
        static = self.static_rows
        dated = any(entry.date or entry.shown or entry.period for entry in static)
        if self.answer is not None and self.answer.records:
            return self.data_rows
        if not dated:
            extra = self.data_rows
            if extra and (any(entry.date for entry in extra) or not static):
                return extra
        return static

    @cached_property
    def row_spans(self) -> Spans:
        """Where the rows of the page's list stand."""
        if self.kind in (PageKind.ARTICLE, PageKind.SINGLE, PageKind.FORM, PageKind.ERROR):
            return Spans()
        return Spans(
            (row.element.index, row.element.end)
            if row.element is not None
            else (row.place, row.place + 1)
            for group in self.chosen
            for row in group.rows
        )

    # -- article ---------------------------------------------------------------------------

    @cached_property
    def body(self) -> Element | None:
        """The element with the most running text."""
        return article.find_body(self.outline, self.landmarks)

    @cached_property
    def title(self) -> str:
        """The page's own title."""
        if self.answer is not None and self.answer.title:
            return self.answer.title
        return article.find_title(self.outline, self.landmarks, self.meta)

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

    # -- judgement -------------------------------------------------------------------------

    @cached_property
    def kind(self) -> PageKind:
        """What the page is."""
        return tell_kind(self)

    @cached_property
    def emptiness(self) -> Emptiness:
        """Whether a column page has content."""
        return judge_empty(self)

    # -- links -----------------------------------------------------------------------------

    @cached_property
    def pairs(self) -> list[tuple[Element, Link]]:
        """Each link with its element."""
        region_of = extract.region_finder(self.landmarks, self.row_spans, self.body)
        return [
            (element, self.extractor.link(self.outline, element, region_of(element)))
            for element in self.outline.elements
            if element.tag in ("a", "area") and "href" in element.attrs
        ][: extract.MAX_LINKS]

    @cached_property
    def plain(self) -> list[Link]:
        """Addresses written as text."""
        region_of = extract.region_finder(self.landmarks, self.row_spans, self.body)
        return extract.plain_links(self.outline, self.extractor, region_of)

    @cached_property
    def frames(self) -> list[Link]:
        """Inner frames with an address; their region is not told, since the kind depends on them."""
        return [
            self.extractor.link(self.outline, element, Region.OTHER)
            for element in self.outline.elements
            if element.tag in ("iframe", "frame")
            and element.attrs.get("src", "").strip()
            and not element.attrs["src"].startswith(("about:", "javascript:"))
        ]

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
    def links(self) -> tuple[Link, ...]:
        """All links: as they stand, written by scripts, and bare addresses."""
        known = {link.key for _, link in self.pairs}
        written = [
            Link(link.raw, link.url, link.key, link.text, link.title, Region.NAV)
            for link in self.written_links
            if link.key and link.key not in known
        ]
        found = [link for _, link in self.pairs]
        data_links = [
            Link(entry.url, entry.url, entry.key, entry.title, region=Region.LIST)
            for entry in self.rows
            if entry.key and entry.key not in known
        ]
        return tuple(dict.fromkeys((*found, *written, *data_links, *self.plain)))[
            : extract.MAX_LINKS
        ]

    @cached_property
    def images(self) -> tuple[Link, ...]:
        """All images."""
        return extract.find_images(
            self.outline,
            self.extractor,
            extract.region_finder(self.landmarks, self.row_spans, self.body),
        )

    @cached_property
    def breadcrumbs(self) -> tuple[Link, ...]:
        """The links of the breadcrumb."""
        return navigation.find_crumbs(self.landmarks, self.pairs)

    @cached_property
    def crumb_names(self) -> tuple[str, ...]:
        """The names in the breadcrumb, outermost first."""
        return navigation.crumb_names(self.outline, self.landmarks)

    @cached_property
    def nav_columns(self) -> tuple[NavColumn, ...]:
        """Columns that menus and block headings name."""
        return navigation.find_columns(
            self.outline,
            self.landmarks,
            self.pairs,
            self.address,
            self.row_spans,
            self.written_links,
        )

    @cached_property
    def _surroundings(self) -> Surroundings:
        key = urls.url_key(self.address)
        return Surroundings(
            self.outline, self.landmarks, self.pairs, self.plain, self.body, key, self.title
        )

    @cached_property
    def interpretation_links(self) -> tuple[str, ...]:
        """Addresses of interpretations of this document."""
        return crosslinks.interpretation_links(self._surroundings)

    @cached_property
    def document_links(self) -> tuple[str, ...]:
        """Addresses of the documents that this interpretation speaks of."""
        found = crosslinks.document_links(self._surroundings)
        return tuple(url for url in found if url not in self.interpretation_links)


def _once(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Rows without repetitions: both ways of an ``if`` write the same row."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        found.setdefault((entry.key, entry.title), entry)
    return tuple(found.values())
