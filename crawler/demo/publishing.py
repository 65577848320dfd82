"""Columns, their rows and articles, and how the platforms of the demo publish them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from crawler.demo.data_scripts import data_script
from crawler.demo.ground import NOTHING, Frame, Ground
from crawler.demo.rows import Row, RowColumn


@dataclass(frozen=True)
class Block:
    """A block of a portal page: a heading that leads on, and rows or a sentence about it."""

    name: str
    url: str
    rows: Sequence[Row] = ()
    about: str = ""

    @classmethod
    def of(cls, column: RowColumn, rows: Sequence[Row] = (), about: str = "") -> Block:
        """The block of a column."""
        return cls(column.name, column.path, rows, about)


@dataclass(frozen=True)
class PublishedArticle:
    """One article.

    ``marks`` is the document table; ``pubdate`` the meta value (None: a tag without content, "": as
    shown); ``shown`` overrides the date in the head.
    """

    path: str
    title: str
    day: date
    body: Markup
    source: str = ""
    marks: tuple[tuple[str, str], ...] = ()
    related: Markup = NOTHING
    label: str = ""
    pubdate: str | None = ""
    shown: str = ""

    @property
    def stamp(self) -> str:
        """Date and time as the head shows it; the time comes from the address, so it stays."""
        minutes = sum(map(ord, self.path)) % 480
        return self.shown or f"{self.day.isoformat()} {9 + minutes // 60:02}:{minutes % 60:02}"

    def row(self, **changes: Any) -> Row:
        """The row by which a list shows this article."""
        return replace(Row(self.title, self.path, self.day), **changes)


def paragraphs(*texts: str | Markup) -> Markup:
    """Paragraphs; plain text is escaped."""
    return Markup("\n").join(Markup("<p>{}</p>").format(text) for text in texts)


def anchor(url: str, text: str) -> Markup:
    """A link."""
    return Markup('<a href="{}">{}</a>').format(url, text)


def column_tags(column: RowColumn) -> tuple[tuple[str, str | None], ...]:
    """The meta tags of a column page."""
    return (
        ("ColumnName", column.name),
        ("ColumnDescription", f"发布{column.name}相关信息"),
        ("ColumnKeywords", f"明湖区,{column.name}"),
        ("ColumnType", column.type),
    )


def publish_article(
    ground: Ground, frame: Frame, column: RowColumn, article: PublishedArticle
) -> None:
    """Serve one article below its column."""
    pubdate = article.stamp if article.pubdate == "" else article.pubdate
    source = article.source or frame.unit or frame.owner
    ground.titles.setdefault(frame.host, []).append((article.title, article.path))
    ground.page(
        frame,
        article.path,
        "article",
        title=article.title,
        stamp=article.stamp,
        source=source,
        label=article.label,
        table=_marks(article.marks),
        body=article.body,
        related=article.related,
        crumbs=(*frame.crumbs, column.item),
        meta=(
            *column_tags(column),
            ("ArticleTitle", article.title),
            ("PubDate", pubdate),
            ("ContentSource", source),
        ),
    )


def _marks(marks: Sequence[tuple[str, str]]) -> Markup:
    if not marks:
        return NOTHING
    cells = [Markup('<th scope="row">{}</th><td>{}</td>').format(*mark) for mark in marks]
    lines = (
        Markup("<tr>{}</tr>").format(Markup("").join(cells[n : n + 2]))
        for n in range(0, len(cells), 2)
    )
    return Markup('<table class="doc">{}</table>').format(Markup("").join(lines))


def publish_page(
    ground: Ground, frame: Frame, column: RowColumn, body: Markup, **context: Any
) -> None:
    """Serve a column that is one page (single article, form, picture)."""
    ground.page(
        frame,
        column.path,
        "page",
        name=column.name,
        body=body,
        meta=column_tags(column),
        **context,
    )


def publish_portal(
    ground: Ground, frame: Frame, column: RowColumn, blocks: Sequence[Block], **context: Any
) -> None:
    """Serve a column of blocks."""
    ground.page(
        frame,
        column.path,
        "portal",
        name=column.name,
        blocks=blocks,
        meta=column_tags(column),
        **context,
    )


def publish_list(
    ground: Ground,
    frame: Frame,
    column: RowColumn,
    rows: Sequence[Row],
    *,
    shape: str = "li_span",
    format: str = "dash",  # noqa: A002 - the templates' own word
    pager: str = "none",
    per_page: int = 15,
    hollow: Markup = NOTHING,
    aside: Markup = NOTHING,
    bar: Markup | None = None,
) -> None:
    """Serve a list column with all its pages.

    ``pager``: none, trs0 (page 2 is index_1), trs1 (page 2 is index_2), static (printed links),
    query (?pageIndex=2), datastore (rows in a script, further ones from dataproxy.jsp).
    ``hollow`` stands in for the list where there are no rows; ``bar`` overrides the pager's markup.
    """
    if added := ground.more.get((frame.host, column.path)):
        rows = sorted([*rows, *added], key=lambda row: row.day or ground.today, reverse=True)
    pages = [rows[n : n + per_page] for n in range(0, len(rows), per_page)] or [()]
    if pager in {"none", "datastore"}:
        pages = [rows]
    for number, part in enumerate(pages, 1):
        shown: Sequence[Row] = part
        inside = hollow
        if pager == "datastore":
            inside = hollow or data_script(ground, frame, column, rows, per_page)
            shown = ()
        ground.page(
            frame,
            _page_path(column.path, pager, number),
            "list",
            name=column.name,
            entries=shown,
            shape=shape,
            format=format,
            hollow=inside,
            pager=_bar(column.path, pager, number, len(pages), len(rows)) if bar is None else bar,
            aside=aside,
            meta=column_tags(column),
        )


def _page_path(path: str, pager: str, number: int) -> str:
    if number == 1:
        return path
    if pager == "query":
        return f"{path}?pageIndex={number}"
    folder = path.rpartition("/")[0]
    return f"{folder}/index_{number - 1 if pager == 'trs0' else number}.html"


def _bar(path: str, pager: str, number: int, total: int, rows: int) -> Markup:
    if pager == "trs0":
        return Markup(
            '<div class="page"><script src="/js/page.js"></script>'
            '<script>createPageHTML({}, {}, "index", "html");</script></div>'
        ).format(total, number - 1)
    if pager == "trs1":
        return Markup(
            '<div class="page" id="paging"><script src="/js/page.js"></script>'
            "<script>createPageHTML('paging',{},{},'index','html',{});</script></div>"
        ).format(total, number, rows)
    if pager in {"static", "query"}:
        links = [(name, _page_path(path, pager, page)) for name, page in _steps(number, total)]
        printed = Markup(" ").join(anchor(url, name) for name, url in links)
        return Markup('<div class="page">{} <span>共{}页 {}条</span></div>').format(
            printed, total, rows
        )
    return NOTHING


def _steps(number: int, total: int) -> list[tuple[str, int]]:
    steps = [("第一页", 1), ("上一页", max(1, number - 1))]
    steps += [(str(page), page) for page in range(1, total + 1)]
    return [*steps, ("下一页", min(total, number + 1)), ("最后一页", total)]


def publish_scripted_list(
    ground: Ground, frame: Frame, column: RowColumn, rows: Sequence[Row], data: str
) -> None:
    """Serve a list whose rows a script fetches as JSON: only a browser sees them."""
    body = Markup(
        '<ul class="u-list" id="dataList"></ul><p class="loading" id="loading">数据加载中…</p>'
        '<script src="/js/datalist.js" data-source="{}"></script>'
    ).format(data)
    ground.page(frame, column.path, "page", name=column.name, body=body, meta=column_tags(column))
    text = json.dumps(
        [
            {"t": row.title, "u": row.url, "d": row.day.isoformat() if row.day else ""}
            for row in rows
        ],
        ensure_ascii=False,
    )
    ground.text(frame.url(data), text, "application/json; charset=utf-8")


def aside(name: str, rows: Sequence[Row]) -> Markup:
    """A side list of other columns' fresh rows: on the page, but not the column's content."""
    items = Markup("").join(
        Markup('<li><a href="{}">{}</a><span>{}</span></li>').format(row.url, row.title, row.day)
        for row in rows
    )
    return Markup('<div class="side"><h2>{}</h2><ul class="short">{}</ul></div>').format(
        name, items
    )


def attachment(url: str, name: str) -> Markup:
    """The line by which an article offers a document for download."""
    return Markup('<p class="fj">附件：<a href="{}">{}</a></p>').format(url, escape(name))
