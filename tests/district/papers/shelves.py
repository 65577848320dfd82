"""A column of the portal while it is filled: articles and documents by their days."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from crawler.demo.ground import Ground, Registered
from crawler.demo.publishing import PublishedArticle, paragraphs, publish_article, publish_list
from crawler.demo.rows import Row, RowColumn
from tests.district.papers.portal import HOST, OFFICE, section

# The tag of a column of what must be made public.
KIND = "信息公开目录"


class Shelf:
    """One column while it is filled: articles and documents, newest first."""

    def __init__(self, ground: Ground, column: RowColumn, unit: str = OFFICE) -> None:
        self.ground = ground
        self.column = column
        self.unit = unit
        self.frame = section("政务公开", "/zwgk/", column)
        self.rows: list[Row] = []

    def article(
        self, title: str, day: date, *texts: str | Markup, unit: str = "", slug: str = ""
    ) -> None:
        """An article, unless its day has not come; ``slug`` names it where numbers would not stay."""
        if day > self.ground.today:
            return
        path = f"{self.column.path}{slug or f'xx_{len(self.rows)}'}.html"
        body = paragraphs(*(text for text in texts if isinstance(text, str))) + Markup("").join(
            text for text in texts if isinstance(text, Markup)
        )
        article = PublishedArticle(path, title, day, body, source=unit or self.unit)
        publish_article(self.ground, self.frame, self.column, article)
        self.rows.append(article.row())

    def document(self, title: str, day: date, name: str) -> None:
        """A row that leads straight to a document."""
        if day <= self.ground.today:
            url = f"{self.column.path}files/{name}"
            self.ground.media([self.frame.url(url)])
            self.rows.append(Row(title, url, day))

    def close(self, duty: str = "不定期") -> None:
        """Serve the list and register it."""
        rows = sorted(self.rows, key=lambda row: row.day or self.ground.today, reverse=True)
        publish_list(self.ground, self.frame, self.column, rows)
        url = f"http://{HOST}{self.column.path}"
        self.ground.register(Registered(self.column.name, url, self.unit, self.column.type, duty))
