"""A yearly report on openness, on a page or in a document."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from plugins.facts.attachments.contents import Attachment
from plugins.facts.kept.kept_fact import KeptFact
from plugins.facts.language.text import solid
from plugins.facts.markup.tables import html_rows, joined
from plugins.facts.page.page import Page
from plugins.facts.papers.annual_reports import (
    BARE,
    DOCUMENT,
    FILED,
    MARKED,
    NUMERAL,
    AnnualReport,
    make_report,
    names_report,
    read_contents,
)
from plugins.facts.papers.interpretations import ICON
from plugins.facts.papers.report_tables import read_tables


def read_page(page: Page) -> AnnualReport | None:
    """The report on a page; None where its title is not that of one."""
    title = page.title
    if "报" not in title:
        return None
    article = page.article
    if article is None or not (names_report(title) or _filed(page)):
        return None
    nodes = [] if article.node is None else _tables(article.node.node)
    rows = joined(html_rows(node) for node in nodes)
    # Outside the body only what a numeral marks is a heading: menus know the same words.
    outside = (line for line in page.text.split("\n") if NUMERAL.match(solid(line)))
    links = [
        link
        for link in page.links
        if link.region.value == "article" and link.key and DOCUMENT.search(link.url)
    ]
    return make_report(
        title,
        article.text,
        (*article.text.split("\n"), *outside),
        rows,
        read_tables(rows),
        _elsewhere(page, bool(links)),
        tuple(dict.fromkeys(link.key for link in links))[:5],
    )


def read_document(attachment: Attachment) -> AnnualReport | None:
    """The report in a document; None where it holds none."""
    return read_contents(attachment.contents, attachment.name)


def _filed(page: Page) -> bool:
    """Whether a page with a short title (2025年年度报告) is filed in the column of yearly reports."""
    column = (*page.crumb_names[-2:], page.meta.first("ColumnType"), page.meta.first("ColumnName"))
    return BARE.search(solid(page.title)) is not None and any(
        "公开" in name and FILED.search(name) for name in column
    )


def _tables(body: LexborNode) -> list[LexborNode]:
    """The innermost tables with words of the form; tables that hold tables are layout."""
    found = [body] if body.tag == "table" else []
    found += body.css("table")
    inner = [table for table in found if len(table.css("table")) <= 1]
    # ``css`` finds the node itself as well where it is a table.
    return [
        table
        for table in {one.mem_id: one for one in inner}.values()
        if MARKED.search(table.text(separator=""))
    ]


def _elsewhere(page: Page, offers: bool) -> str:
    """Why more of the report may stand somewhere else than in the page's text."""
    if offers:
        return "附件"
    inside = list(_embedded(page))
    if any(tag != "img" for tag, _ in inside):
        return "内嵌页面"
    return "图片" if any(not ICON.search(source) for _, source in inside) else ""


def _embedded(page: Page) -> Iterator[tuple[str, str]]:
    article = page.article
    if article is None or article.node is None:
        return
    for element in page.drawing.outline.inside(article.node):
        if element.tag in ("img", "iframe", "embed", "object"):
            yield element.tag, element.attrs.get("src", "")


FACT = KeptFact("report", AnnualReport, of_page=read_page, of_document=read_document)
