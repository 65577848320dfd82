"""A district from its data: frames, lists with their articles, pages, portals and plain answers.

The files of a folder (``*.toml``) are one: frames of any may be used in all. What a table may say is
what is asked of it here; see :mod:`crawler.demo.entries` for conditions, loops and changes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from crawler.demo.answers import HTML, Answer
from crawler.demo.behaviour import behave, searched
from crawler.demo.district import District
from crawler.demo.entries import PageEntry, Told
from crawler.demo.ground import TEMPLATES, Frame, Ground, Item, Registered
from crawler.demo.media import WORD, medium, pdf, sheet, word_file, workbook
from crawler.demo.publishing import (
    Block,
    PublishedArticle,
    column_tags,
    publish_article,
    publish_list,
    publish_page,
    publish_portal,
    publish_scripted_list,
)
from crawler.demo.rows import Row, RowColumn

# The demo's own district.
DATA = Path(__file__).parent / "data"
REGISTER = "register.toml"
TRUTH = "truth.toml"
# What a column is tagged as that does not say it.
KIND = "信息公开目录"
# What is planted may stand in the files of the pages; it is read by ``read_truth``.
PLANTED = ("fault", "near_miss")
BASE = Frame("trs", "", "", "", "")
NAMED = (
    "family", "host", "site", "owner", "code", "unit", "encoding", "header", "declared", "wza",
)  # fmt: skip
MEDIA = frozenset({"pdf", "xlsx", "docx", "png"})


def read_district(folder: Path, today: date, changes: Collection[str] = ()) -> District:
    """The district of a folder on a day, after some changes (see :class:`Ground`).

    Raises:
        ConfigurationError: a table has a key that nobody asks for.
    """
    ground = Ground(today, frozenset(changes))
    pages = Pages(ground)
    pages.build(sorted(folder.glob("*.toml")))
    register = (folder / REGISTER).read_text("utf-8")
    first = tomllib.loads(register)["site"][0]["host"]
    return District(ground, first, register, pages.ipv4_only)


@dataclass
class Pages:
    """Builds what data says on a ground; ``rows`` of every list by its address."""

    ground: Ground
    seasons: Collection[str] = ()
    frames: dict[str, Frame] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    ipv4_only: set[str] = field(default_factory=set)

    def build(self, paths: Iterable[Path]) -> None:
        """Serve what the files say."""
        tables, frames = _read(paths)
        self.told = Told(self.ground, self.seasons)
        for name in frames:
            self._make_frame(name, frames)
        for name, make in (("quirk", self._quirk), ("answer", self._answer)):
            for entry in self._of(tables, name):
                with entry:
                    make(entry)
        # Lists need the rows of all articles, portals those of all lists; a search knows all titles.
        lists = [(entry, *self._shelf(entry)) for entry in self._of(tables, "list")]
        for entry, frame, column in lists:
            self._list(entry, frame, column)
        for name, make in (
            ("article", self._single_article),
            ("page", self._page),
            ("portal", self._portal),
            ("home", self._home),
            ("column", self._registered),
            ("override", self._override),
            ("fallback", self._fallback),
            ("site", self._site),
        ):
            for entry in self._of(tables, name):
                with entry:
                    make(entry)
        assert not tables, sorted(tables)

    def _of(self, tables: dict[str, list[Any]], name: str) -> list[PageEntry]:
        return list(self.told.entries(tables.pop(name, []), name))

    # -- frames and columns --------------------------------------------------------------------------

    def _make_frame(self, name: str, tables: Mapping[str, Any]) -> Frame:
        """The frame of this name, after the one that it is like."""
        if name in self.frames:
            return self.frames[name]
        (entry,) = self.told.entries([tables[name]], f"frame.{name}")
        with entry:
            like = entry.text("like")
            made = self._make_frame(like, tables) if like else BASE
            changes: dict[str, Any] = {key: entry.text(key) for key in NAMED if entry.has(key)}
            for key in ("nav", "menu", "crumbs"):
                if entry.has(key):
                    changes[key] = _items(entry, key)
            if entry.has("flaws"):
                changes["flaws"] = entry.raw("flaws")
            made = replace(made, **changes)
        self.frames[name] = made
        return made

    def _quirk(self, entry: PageEntry) -> None:
        """What is wrong with the templates of a place (see :meth:`Ground.quirks_of`)."""
        place = entry.text("place")
        known = self.ground.quirks.get(place, frozenset())
        self.ground.quirks[place] = known | {entry.text("is")}

    def _frame(self, entry: PageEntry) -> Frame:
        return self.frames[entry.text("frame")]

    def _column(self, entry: PageEntry, frame: Frame) -> RowColumn:
        """The column of an entry; registered where the entry names a duty."""
        column = RowColumn(entry.text("name"), entry.text("path"), entry.text("type", KIND))
        unit, reason = entry.text("unit", frame.owner), entry.text("reason")
        if entry.has("duty"):
            self.ground.register(
                Registered(
                    column.name, frame.url(column.path), unit, column.type,
                    entry.text("duty"), reason,
                )
            )  # fmt: skip
        return column

    # -- lists ---------------------------------------------------------------------------------------

    def _shelf(self, entry: PageEntry) -> tuple[Frame, RowColumn]:
        """Serve the articles of a list, and collect its rows."""
        frame = self._frame(entry)
        column = self._column(entry, frame)
        rows = self.rows.setdefault(frame.url(column.path), [])
        source = entry.text("source", frame.unit or frame.owner)
        for one in entry.below("row"):
            with one:
                row = self._row(one, frame, column, source)
                rows.append(row)
                for path in one.words("also"):
                    self.rows.setdefault(frame.url(path), []).append(row)
        return frame, column

    def _row(self, entry: PageEntry, frame: Frame, column: RowColumn, source: str) -> Row:
        """A row with its article, where it has a path; else it leads to an address."""
        if entry.has("path"):
            own = self._frame(entry) if entry.has("frame") else frame
            return self._article(entry, own, column, source)
        row = _row(entry, Row(entry.text("title"), entry.text("url"), entry.day("day")))
        self._media(frame, [row.url], entry.words("missing"))
        return row

    def _list(self, entry: PageEntry, frame: Frame, column: RowColumn) -> None:
        with entry:
            rows = self.rows[frame.url(column.path)]
            if entry.text("order", "day") == "day":
                rows.sort(key=lambda row: row.day or self.ground.today, reverse=True)
            data = entry.text("data")
            if data:
                publish_scripted_list(self.ground, frame, column, rows, data)
                return
            publish_list(
                self.ground, frame, column, rows,
                shape=entry.text("shape", "li_span"), format=entry.text("format", "dash"),
                pager=entry.text("pager", "none"), per_page=entry.number("per_page", 15),
                hollow=entry.raw("hollow"), aside=entry.raw("aside"),
                bar=entry.raw("bar") if entry.has("bar") else None,
            )  # fmt: skip

    def _article(self, entry: PageEntry, frame: Frame, column: RowColumn, source: str) -> Row:
        path = entry.text("path")
        if not path.startswith("/"):
            path = f"{column.path.rpartition('/')[0]}/{path}"
        day = entry.day("day")
        assert day is not None, (path, "an article has a day")
        body = _body(entry)
        article = PublishedArticle(
            path, entry.text("title"), day, body,
            source=entry.text("source", source), marks=entry.pairs("marks"),
            related=entry.raw("related"), label=entry.text("label"),
            pubdate=None if entry.value("tagless", False) else entry.text("pubdate"),
            shown=entry.text("shown"),
        )  # fmt: skip
        publish_article(self.ground, frame, column, article)
        self._media(frame, _quoted(body), entry.words("missing"))
        return _row(entry, article.row())

    def _single_article(self, entry: PageEntry) -> None:
        """An article that stands in no list of its own."""
        frame = self._frame(entry)
        column = RowColumn(entry.text("column"), entry.text("under"), entry.text("type"))
        self._article(entry, frame, column, frame.unit or frame.owner)

    # -- other pages ---------------------------------------------------------------------------------

    def _page(self, entry: PageEntry) -> None:
        frame = self._frame(entry)
        body = _body(entry)
        self._media(frame, _quoted(body), entry.words("missing"))
        column = self._column(entry, frame)
        if entry.value("untagged", False):
            self.ground.page(frame, column.path, "page", name=column.name, body=body)
        else:
            publish_page(self.ground, frame, column, body)

    def _portal(self, entry: PageEntry) -> None:
        frame = self._frame(entry)
        publish_portal(self.ground, frame, self._column(entry, frame), self._blocks(entry, frame))

    def _blocks(self, entry: PageEntry, frame: Frame) -> list[Block]:
        blocks = []
        for one in entry.below("block"):
            with one:
                url = one.text("url")
                first, last = one.value("rows", (0, 0))
                rows = self.rows[frame.url(one.text("of", url))][first:last] if last else ()
                blocks.append(Block(one.text("name"), url, rows, one.text("about")))
        return blocks

    def _home(self, entry: PageEntry) -> None:
        frame = self._frame(entry)
        news = self.rows[frame.url(entry.text("news"))]
        self.ground.page(
            frame, "/", "home", lead=news[0], news=news[1:7], blocks=self._blocks(entry, frame),
            units=_items(entry, "units"), topics=_items(entry, "topics"),
            friends=_items(entry, "friends"), crumbs=(), meta=column_tags(RowColumn("首页", "/", "首页")),
        )  # fmt: skip
        self.ground.media([frame.url("/images/hero.png")])

    def _answer(self, entry: PageEntry) -> None:
        """An address that answers as it is told: a text, a picture, a document, or by a behaviour."""
        url = entry.text("url")
        parts = [
            (one.text("heading"), one.words("lines"), one.value("rows", ()))
            for one in entry.below("part")
        ]
        ending = url.rpartition(".")[2].lower()
        content_type = entry.text("content_type")
        if parts:
            body, content_type = word_file(parts), content_type or WORD
        elif entry.has("pdf"):
            body, content_type = pdf(entry.text("pdf")), content_type or medium(url)[1]
        elif entry.has("sheet"):
            body, content_type = sheet(entry.text("sheet")), content_type or medium(url)[1]
        elif entry.has("workbook"):
            body, content_type = workbook(entry.value("workbook")), content_type or medium(url)[1]
        elif ending in MEDIA and not entry.has("body"):
            body, content_type = medium(url)
        else:
            body = entry.text("body").encode(entry.text("encoding", "utf-8"))
        body = body[: len(body) // entry.number("cut", 1)]  # a file may end too early
        usual = Answer(
            body, entry.number("status", 200), content_type or HTML,
            headers=entry.pairs("headers"), delay=float(entry.value("delay", 0.0)),
            drop=bool(entry.value("drop", False)),
        )  # fmt: skip
        how = entry.text("behaviour")
        self.ground.put(url, behave(how, usual) if how else usual)

    def _registered(self, entry: PageEntry) -> None:
        """A column of the inventory whose page is somebody else's."""
        self.ground.register(
            Registered(
                entry.text("name"), entry.text("url"), entry.text("unit"), entry.text("type"),
                entry.text("duty"), entry.text("reason"),
            )
        )  # fmt: skip

    def _override(self, entry: PageEntry) -> None:
        """What an address that is served already answers instead: late, by a behaviour, or another page."""
        parts = urlsplit(entry.text("url"))
        usual = self.ground.answers[parts.netloc, parts.path]
        assert isinstance(usual, Answer)
        if entry.has("delay"):
            usual = replace(usual, delay=float(entry.value("delay")))
        if entry.has("status"):
            usual = Answer(
                entry.text("body").encode(), entry.number("status"), entry.text("content_type")
            )
        how = entry.text("behaviour")
        self.ground.answers[parts.netloc, parts.path] = behave(how, usual) if how else usual

    def _fallback(self, entry: PageEntry) -> None:
        """What every address below one answers that is not served itself."""
        body = entry.text("body").encode()
        self.ground.fallbacks.append((entry.text("url"), Answer(body)))

    def _site(self, entry: PageEntry) -> None:
        """What every host has: style sheets, scripts, a logo, robots.txt, a search that knows its articles."""
        frame = self._frame(entry)
        for style in sorted(TEMPLATES.glob("*/site.css")):
            url = frame.url(f"/css/{style.parent.name}.css")
            self.ground.text(url, style.read_text("utf-8"), "text/css; charset=utf-8")
        for script in sorted((TEMPLATES / "js").glob("*.js")):
            where = "/wza/aria.js" if script.name == "aria.js" else f"/js/{script.name}"
            kind = "text/javascript; charset=utf-8"
            self.ground.text(frame.url(where), script.read_text("utf-8"), kind)
        robots = "User-agent: *\nDisallow: /admin/\n"
        self.ground.text(frame.url("/robots.txt"), robots, "text/plain; charset=utf-8")
        for image in filter(None, ("logo", entry.text("badge", "red"))):
            self.ground.media([frame.url(f"/images/{image}.png")])
        if entry.true("ipv4_only"):
            self.ipv4_only.add(frame.host)
        finds = not entry.true("finds_nothing")
        searched(self.ground, frame.host, entry.text("search", "/ss/"), finds=finds)

    def _media(self, frame: Frame, addresses: Iterable[str], missing: Collection[str] = ()) -> None:
        """Serve the pictures and documents among some addresses, but for those that are missing."""
        for url in addresses:
            if url not in missing and url.startswith("/") and url.rpartition(".")[2] in MEDIA:
                self.ground.media([frame.url(url)])


def _quoted(body: Markup) -> list[str]:
    """What stands between quotation marks in a text: all addresses are among it."""
    return str(body).split('"')[1::2]


def _read(paths: Iterable[Path]) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """The tables of all files by kind, and their frames by name."""
    tables: dict[str, list[Any]] = {}
    frames: dict[str, Any] = {}
    for path in paths:
        if path.name in {REGISTER, TRUTH}:
            continue
        read = tomllib.loads(path.read_text("utf-8"))
        frames |= read.pop("frame", {})
        for name in PLANTED:
            read.pop(name, None)
        for name, rows in read.items():
            tables.setdefault(name, []).extend(rows)
    return tables, frames


def _items(entry: PageEntry, key: str) -> tuple[Item, ...]:
    return tuple(Item(name, url) for name, url in entry.pairs(key))


def _body(entry: PageEntry) -> Markup:
    """The text of a page: paragraphs, or HTML as it stands where those cannot say it."""
    return entry.raw("body") if entry.has("body") else entry.html("text")


def _row(entry: PageEntry, row: Row) -> Row:
    """A row with what the entry says otherwise of it."""
    named = ("cut", "status", "period")
    changes: dict[str, Any] = {key: entry.text(key) for key in named if entry.has(key)}
    if entry.has("as"):
        changes["title"] = entry.text("as")
    if entry.has("row_day"):
        changes["day"] = entry.day("row_day")
    if entry.has("extra"):
        changes["extra"] = entry.raw("extra")
    if entry.has("links"):
        changes["links"] = _items(entry, "links")
    if entry.has("titled"):
        changes["titled"] = bool(entry.value("titled"))
    return replace(row, **changes)
