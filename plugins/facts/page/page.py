"""What came back for one address: raw fields, and facts drawn from them on demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from plugins.addresses import urls
from plugins.facts.columns.column import Entry
from plugins.facts.columns.newest import newest_of
from plugins.facts.language import text as words
from plugins.facts.language.dates import ShownDate
from plugins.facts.lists.pager import Pager
from plugins.facts.markup import charset, footer
from plugins.facts.markup.extract import Form, Script
from plugins.facts.markup.links import Link
from plugins.facts.markup.meta import Meta
from plugins.facts.markup.navigation import NavColumn
from plugins.facts.page import bodies, papers
from plugins.facts.page.bodies import Wholeness
from plugins.facts.page.drawing import Drawing
from plugins.facts.page.emptiness import Emptiness, judge_empty
from plugins.facts.page.failures import Failure, FailureKind, Redirect
from plugins.facts.page.kinds import PageKind, tell_kind
from plugins.facts.page.reading import Reading
from plugins.facts.papers import documents
from plugins.facts.papers.article import Article
from plugins.facts.papers.documents import Document
from plugins.why import note

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from selectolax.lexbor import LexborHTMLParser

__all__ = ["Failure", "FailureKind", "Page", "PageKind", "Redirect"]

PICTURE = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "application/pdf",
    "application/zip",
    "application/octet-stream",
    "application/msword",
    "application/vnd.",
)


@dataclass(frozen=True)
class Page:
    """One address as it answered. Raw fields only are sent between processes.

    ``url`` as asked (absolute); ``final_url`` after redirects ("" = the same); ``status`` None when
    nothing came back; ``headers`` lower-case names; ``body`` bytes after decompression, bounded by
    the downloader; ``rendered`` = ``body`` is the browser's DOM; ``elapsed`` seconds; ``depth``
    clicks from the start address; ``referrers`` up to a few pages that link here; ``scripts_read``
    bodies of same-host footer scripts by address, fetched because the footer is written by them;
    ``unserved`` scripts and data that the browser asked for in vain, so that what it shows may lack them.
    """

    url: str
    status: int | None = None
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    final_url: str = ""
    redirects: tuple[Redirect, ...] = ()
    encoding: str = ""
    elapsed: float | None = None
    failure: Failure | None = None
    rendered: bool = False
    depth: int = 0
    referrers: tuple[str, ...] = ()
    probes: Mapping[str, Any] = field(default_factory=dict)
    scripts_read: Mapping[str, bytes] = field(default_factory=dict)
    unserved: tuple[str, ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        """The raw fields only: derived facts are drawn anew in the process that needs them."""
        return {item.name: getattr(self, item.name) for item in fields(self)}

    # -- address and text ------------------------------------------------------------------

    @property
    def address(self) -> str:
        """The address after redirects."""
        return self.final_url or self.url

    @cached_property
    def key(self) -> str:
        """The name under which the page is remembered."""
        return urls.url_key(self.address)

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        content = self.headers.get("content-type", "").lower()
        if content.startswith(PICTURE):
            return "", "utf-8"
        return charset.decode(self.body, self.headers, self.encoding)

    @property
    def markup(self) -> str:
        """The body as text (header, BOM, meta, then GB18030)."""
        return self._decoded[0]

    @property
    def charset(self) -> str:
        """The charset in which the body was read."""
        return self._decoded[1]

    @cached_property
    def drawing(self) -> Drawing:
        """What can be said of the answer without judging its kind."""
        return Drawing(
            self.markup,
            self.address,
            self.status if self.failure is None else None,
            self.headers.get("content-type", "").lower(),
            self.charset,
            self.rendered,
        )

    @property
    def tree(self) -> LexborHTMLParser:
        """The parsed markup (of a data answer: the markup inside)."""
        return self.drawing.tree

    @cached_property
    def soup(self) -> BeautifulSoup:
        """For plugin authors who know BeautifulSoup; dear, so built-in checks do without."""
        from bs4 import BeautifulSoup

        return BeautifulSoup(self.drawing.markup, "lxml")

    @property
    def text(self) -> str:
        """All shown text, a line break where one block ends and another begins."""
        return self.drawing.text

    # -- head ------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The page's own title: ArticleTitle, its heading, or ``<title>`` without the site's name."""
        return self.drawing.title

    @property
    def meta(self) -> Meta:
        """The named meta tags; absent and present-but-empty differ."""
        return self.drawing.meta

    # -- links -----------------------------------------------------------------------------

    @property
    def links(self) -> tuple[Link, ...]:
        """All links with their region, those written by scripts and bare addresses too."""
        return self.reading.links

    @property
    def images(self) -> tuple[Link, ...]:
        """All images."""
        return self.reading.images

    @property
    def frames(self) -> tuple[Link, ...]:
        """Inner frames."""
        return tuple(self.drawing.frames)

    @property
    def scripts(self) -> tuple[Script, ...]:
        """All scripts, inline and linked."""
        return self.drawing.scripts

    @property
    def forms(self) -> tuple[Form, ...]:
        """All forms."""
        return self.drawing.forms

    @property
    def breadcrumbs(self) -> tuple[Link, ...]:
        """The links of the breadcrumb, outermost first."""
        return self.reading.breadcrumbs

    @property
    def crumb_names(self) -> tuple[str, ...]:
        """The names in the breadcrumb, outermost first; the last may be no link."""
        return self.drawing.crumb_names

    @property
    def nav_columns(self) -> tuple[NavColumn, ...]:
        """Columns that menus and block headings name."""
        return self.reading.nav_columns

    # -- lists -----------------------------------------------------------------------------

    @cached_property
    def kind(self) -> PageKind:
        """What the page is."""
        return tell_kind(self.drawing)

    @cached_property
    def reading(self) -> Reading:
        """What the drawing says as a page of its kind."""
        return Reading(self.drawing, self.kind)

    @property
    def rows(self) -> tuple[Entry, ...]:
        """The rows of the page's list."""
        return self.reading.rows

    @cached_property
    def newest(self) -> date | None:
        """The greatest date of the rows; on a home page also dates whose year the address proves."""
        return newest_of(self.rows, self.kind is PageKind.HOME)

    @property
    def pager(self) -> Pager | None:
        """How the list goes on; None = no pager."""
        return self.drawing.pager

    @cached_property
    def _emptiness(self) -> Emptiness:
        found = judge_empty(self.reading)
        if found.empty and self.unserved:
            why = f"浏览器打开后为空，但有{len(self.unserved)}个脚本或数据接口没有取到，无法判断"
            note("empty", "浏览器打开后为空，但有脚本或数据接口没有取到", why, self.unserved[0])
            return Emptiness(None, why)
        return found

    @property
    def empty(self) -> bool | None:
        """True = a column without content, False = it has some, None = could not tell."""
        return self._emptiness.empty

    @property
    def empty_why(self) -> str:
        """Why ``empty`` is what it is, in Chinese; always filled."""
        return self._emptiness.why

    @property
    def placeholder(self) -> str:
        """The sentence that stands in place of content; "" = none."""
        return self._emptiness.placeholder

    @property
    def needs_browser(self) -> str:
        """Why the static form is not enough; "" = it is."""
        return self._emptiness.needs_browser

    # -- article ---------------------------------------------------------------------------

    @property
    def article(self) -> Article | None:
        """Title, head line and body; None where the page is no article and no single text."""
        return self.reading.article

    @cached_property
    def wholeness(self) -> Wholeness:
        """Whether the body of an article is whole, empty, only its heading, or broken off."""
        return bodies.judge_body(self.reading)

    @property
    def dates(self) -> tuple[ShownDate, ...]:
        """Dates that say when the page was published, best evidence first."""
        return self.reading.dates

    @property
    def published(self) -> date | None:
        """The publishing date: the shown one, else PubDate, else (marked) the address."""
        return self.reading.published

    @property
    def published_from(self) -> str:
        """Where ``published`` comes from: data, label, script, head, meta, signature, path; "" = unknown."""
        return self.dates[0].source if self.dates else ""

    @cached_property
    def document(self) -> Document | None:
        """Marks of a policy document; None where the page shows none."""
        return papers.document_of(self.reading)

    @property
    def interpretation_links(self) -> tuple[str, ...]:
        """Addresses of interpretations that the page links to, outside navigation."""
        return self.reading.interpretation_links

    @property
    def document_links(self) -> tuple[str, ...]:
        """Addresses of the documents that this interpretation links to."""
        return self.reading.document_links

    @cached_property
    def quoted(self) -> tuple[str, ...]:
        """Titles in 《》 of title and body, in order of appearance."""
        article = self.article
        return words.quoted(self.title + "\n" + (article.text[:20_000] if article else ""))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """文号 that title and body name."""
        article = self.article
        return documents.all_numbers(self.title + "\n" + (article.text if article else ""))

    # -- footer ----------------------------------------------------------------------------

    @cached_property
    def footer(self) -> Mapping[str, str | None]:
        """The footer's marks with what each says; None = not seen."""
        return footer.find_marks(
            self.drawing.outline, self.links, self.images, self.scripts, self.scripts_read
        )

    @cached_property
    def footer_scripts(self) -> tuple[str, ...]:
        """Same-host scripts that may write the footer and have not been read."""
        known = all(value is not None for value in self.footer.values())
        return footer.unread_scripts(self.scripts, self.address, self.scripts_read, known)
