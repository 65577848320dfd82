"""What a page says, once its kind is known: rows, links, article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from plugins.addresses import urls
from plugins.facts.columns.column import Entry
from plugins.facts.language.dates import ShownDate
from plugins.facts.lists import rows
from plugins.facts.lists.groups import RowGroup
from plugins.facts.markup import crumbs, extract, navigation
from plugins.facts.markup.links import Link, Region
from plugins.facts.markup.navigation import NavColumn
from plugins.facts.markup.outline import Element, Spans
from plugins.facts.page.drawing import Drawing
from plugins.facts.page.kinds import PageKind
from plugins.facts.papers import crosslinks
from plugins.facts.papers.article import Article
from plugins.facts.papers.crosslinks import Surroundings
from plugins.facts.papers.published import PUBLISHED_ON
from plugins.why import Judge, Test, saw

ROWLESS = frozenset((PageKind.ARTICLE, PageKind.SINGLE, PageKind.FORM, PageKind.ERROR))


@dataclass(frozen=True)
class Reading:
    """A drawing read as a page of one kind; each part once, on demand."""

    drawing: Drawing
    kind: PageKind

    # -- lists -----------------------------------------------------------------------------

    @cached_property
    def chosen(self) -> list[RowGroup]:
        """The groups that are the page's own list (or all, on home and portal pages)."""
        element = self.drawing.found_pager.element if self.drawing.found_pager else None
        if self.kind is PageKind.HOME:
            return rows.main_groups(
                self.drawing.finder,
                [group for group in self.drawing.groups if not group.hidden],
                None,
                spread=True,
            )
        return rows.main_groups(
            self.drawing.finder, self.drawing.own_groups, element, self.kind is PageKind.PORTAL
        )

    @cached_property
    def static_rows(self) -> tuple[Entry, ...]:
        """The rows that stand in the markup."""
        return rows.entries(self.drawing.finder, self.chosen, self.drawing.extractor)

    @cached_property
    def rows(self) -> tuple[Entry, ...]:
        """The rows of the page's list; () for articles, forms and errors."""
        return ROWS(self) or ()

    @cached_property
    def row_spans(self) -> Spans:
        """Where the rows of the page's list stand."""
        if self.kind in ROWLESS:
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
    def article(self) -> Article | None:
        """Title, head line and body; None where the page is no article and no single text."""
        if self.kind in (PageKind.ARTICLE, PageKind.SINGLE) or (
            self.kind is PageKind.DATA and not self.rows and self.drawing.markup
        ):
            return self.drawing.raw_article
        return None

    @property
    def dates(self) -> tuple[ShownDate, ...]:
        """When the page says it was published, best evidence first."""
        return self.drawing.dates

    @cached_property
    def published(self) -> date | None:
        """The publishing date: the shown one, else PubDate, else (marked) the address."""
        return PUBLISHED_ON(self.dates)

    # -- links -----------------------------------------------------------------------------

    @cached_property
    def pairs(self) -> list[tuple[Element, Link]]:
        """Each link with its element."""
        region_of = extract.region_finder(self.drawing.landmarks, self.row_spans, self.drawing.body)
        return [
            (
                element,
                self.drawing.extractor.link(self.drawing.outline, element, region_of(element)),
            )
            for element in self.drawing.outline.elements
            if element.tag in ("a", "area") and "href" in element.attrs
        ][: extract.MAX_LINKS]

    @cached_property
    def plain(self) -> list[Link]:
        """Addresses written as text."""
        region_of = extract.region_finder(self.drawing.landmarks, self.row_spans, self.drawing.body)
        return extract.plain_links(self.drawing.outline, self.drawing.extractor, region_of)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """All links: as they stand, written by scripts, and bare addresses."""
        known = {link.key for _, link in self.pairs}
        written = [
            Link(link.raw, link.url, link.key, link.text, link.title, Region.NAV)
            for link in self.drawing.written_links
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
            self.drawing.outline,
            self.drawing.extractor,
            extract.region_finder(self.drawing.landmarks, self.row_spans, self.drawing.body),
        )

    @cached_property
    def breadcrumbs(self) -> tuple[Link, ...]:
        """The links of the breadcrumb."""
        return crumbs.find_crumbs(self.drawing.landmarks, self.pairs)

    @cached_property
    def nav_columns(self) -> tuple[NavColumn, ...]:
        """Columns that menus and block headings name."""
        return navigation.find_columns(
            self.drawing.outline,
            self.drawing.landmarks,
            self.pairs,
            self.drawing.address,
            self.row_spans,
            self.drawing.written_links,
        )

    @cached_property
    def _surroundings(self) -> Surroundings:
        key = urls.url_key(self.drawing.address)
        return Surroundings(
            self.drawing.outline,
            self.drawing.landmarks,
            self.pairs,
            self.plain,
            self.drawing.body,
            key,
            self.drawing.title,
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


def _rowless(reading: Reading) -> tuple[Entry, ...] | None:
    saw(reading.kind)
    return () if reading.kind in ROWLESS else None


def _answered(reading: Reading) -> tuple[Entry, ...] | None:
    answer = reading.drawing.answer
    if answer is None or not answer.records:
        return None
    saw(answer.records[0].title)
    return reading.drawing.data_rows


def _dated(reading: Reading) -> tuple[Entry, ...] | None:
    static = reading.static_rows
    first = next((one for one in static if one.date or one.shown or one.period), None)
    saw(first.text if first else f"网页中{len(static)}行，都没有日期")
    return static if first else None


def _embedded(reading: Reading) -> tuple[Entry, ...] | None:
    extra = reading.drawing.data_rows
    saw(extra[0].title if extra else "没有页内数据")
    if extra and (any(entry.date for entry in extra) or not reading.static_rows):
        return extra
    return None


def _static(reading: Reading) -> tuple[Entry, ...]:
    saw(reading.static_rows[0].text if reading.static_rows else "没有一行")
    return reading.static_rows


ROWS: Judge[[Reading], tuple[Entry, ...]] = Judge(
    "rows",
    (
        Test("这一种页面没有行", _rowless),
        Test("回答是数据：取其中的记录", _answered),
        Test("网页中的行带日期：取网页中的行", _dated),
        Test("页内数据中有带日期的信息，或者网页中没有行：取页内数据", _embedded),
        Test("取网页中不带日期的行", _static),
    ),
)
