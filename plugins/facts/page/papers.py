"""The papers that a page may be: document, solicitation, interpretation, clean-up, letter, yearly report."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from plugins.facts.language.text import solid
from plugins.facts.markup.tables import html_rows, joined
from plugins.facts.page.kinds import PageKind
from plugins.facts.page.reading import Reading
from plugins.facts.papers import clean_ups, documents, interpretations, letters, solicitations
from plugins.facts.papers.annual_reports import (
    BARE,
    DOCUMENT,
    FILED,
    MARKED,
    NUMERAL,
    AnnualReport,
    make_report,
    names_report,
)
from plugins.facts.papers.clean_ups import CleanUp
from plugins.facts.papers.documents import Document
from plugins.facts.papers.interpretations import ICON, Interpretation
from plugins.facts.papers.letters import Letter
from plugins.facts.papers.report_tables import read_tables
from plugins.facts.papers.solicitations import Solicitation


def document_of(reading: Reading) -> Document | None:
    """Marks of a policy document; None where the page shows none."""
    article = reading.article
    if article is None:
        return None
    answer = reading.drawing.answer
    data = Document(answer.number) if answer is not None and answer.number else None
    column = " ".join((*reading.drawing.crumb_names, reading.drawing.meta.first("ColumnName")))
    return documents.read_document(
        article.title, article.head, article.info, article.text, column, data
    )


def solicitation_of(reading: Reading) -> Solicitation | None:
    """Facts of a solicitation article; None where the page is none."""
    article = reading.article
    if article is None:
        return None
    filed = any(
        solicitations.CALL.search(name)
        for name in (*reading.drawing.crumb_names, reading.drawing.meta.first("ColumnName"))
    )
    near = [
        (link.words, link.url)
        for link in reading.links
        if link.region.value not in ("nav", "footer", "header")
    ]
    return solicitations.read_solicitation(
        article.title, article.head, article.info, article.text, filed, reading.published, near
    )


def interpretation_of(reading: Reading) -> Interpretation | None:
    """Forms and elements of an interpretation; None where the page does not look like one."""
    article = reading.article
    columns = (*reading.drawing.crumb_names[-2:], reading.drawing.meta.first("ColumnType"))
    if article is None or not interpretations.looks_like(reading.drawing.title, columns):
        return None
    body = article.node
    inside = reading.drawing.outline.inside(body) if body is not None else ()
    tags = [
        (element.tag, element.attrs.get("src", "") or element.attrs.get("data", ""))
        for element in inside
        if element.tag in ("img", "video", "audio", "iframe", "embed", "object", "source")
    ]
    near = (link.url for link in reading.links if link.region.value == "article")
    return interpretations.read_interpretation(reading.drawing.title, article.text, tags, near)


def clean_up_of(reading: Reading, document: Document | None) -> CleanUp | None:
    """Which other papers the article declares ended, kept or changed; None where it says nothing."""
    article = reading.article
    if article is None or reading.kind is not PageKind.ARTICLE:
        return None
    issued = (document.issued or document.signed if document else None) or reading.published
    return clean_ups.read_clean_up(
        reading.drawing.title, reading.drawing.outline, article.node, article.text, issued
    )


def letter_of(reading: Reading) -> Letter | None:
    """Particulars of a letter and its answer; None where the page is not filed as one."""
    article = reading.article
    filed = (*reading.drawing.crumb_names, reading.drawing.meta.first("ColumnName"))
    if article is None or not any(letters.FILED.search(name) for name in filed):
        return None
    return letters.read_letter(f"{article.info}\n{article.head}\n{article.text}")


def annual_report_of(reading: Reading) -> AnnualReport | None:
    """The report on a page; None where its title is not that of one."""
    title = reading.drawing.title
    if "报" not in title:
        return None
    article = reading.article
    if article is None or not (names_report(title) or _filed_as_report(reading)):
        return None
    nodes = [] if article.node is None else _form_tables(article.node.node)
    rows = joined(html_rows(node) for node in nodes)
    # Outside the body only what a numeral marks is a heading: menus know the same words.
    outside = (line for line in reading.drawing.text.split("\n") if NUMERAL.match(solid(line)))
    links = [
        link
        for link in reading.links
        if link.region.value == "article" and link.key and DOCUMENT.search(link.url)
    ]
    return make_report(
        title,
        article.text,
        (*article.text.split("\n"), *outside),
        rows,
        read_tables(rows),
        _elsewhere(reading, bool(links)),
        tuple(dict.fromkeys(link.key for link in links))[:5],
    )


def _filed_as_report(reading: Reading) -> bool:
    """Whether a page with a short title (2025年年度报告) is filed in the column of yearly reports."""
    column = (
        *reading.drawing.crumb_names[-2:],
        reading.drawing.meta.first("ColumnType"),
        reading.drawing.meta.first("ColumnName"),
    )
    return BARE.search(solid(reading.drawing.title)) is not None and any(
        "公开" in name and FILED.search(name) for name in column
    )


def _form_tables(body: LexborNode) -> list[LexborNode]:
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


def _elsewhere(reading: Reading, offers: bool) -> str:
    """Why more of the report may stand somewhere else than in the page's text."""
    if offers:
        return "附件"
    inside = list(_embedded(reading))
    if any(tag != "img" for tag, _ in inside):
        return "内嵌页面"
    return "图片" if any(not ICON.search(source) for _, source in inside) else ""


def _embedded(reading: Reading) -> Iterator[tuple[str, str]]:
    article = reading.article
    if article is None or article.node is None:
        return
    for element in reading.drawing.outline.inside(article.node):
        if element.tag in ("img", "iframe", "embed", "object"):
            yield element.tag, element.attrs.get("src", "")
