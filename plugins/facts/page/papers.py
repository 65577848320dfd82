"""The papers that a page may be: document, solicitation, interpretation, clean-up, letter."""

from __future__ import annotations

from plugins.facts.page.kinds import PageKind
from plugins.facts.page.reading import Reading
from plugins.facts.papers import clean_ups, documents, interpretations, letters, solicitations
from plugins.facts.papers.clean_ups import CleanUp
from plugins.facts.papers.documents import Document
from plugins.facts.papers.interpretations import Interpretation
from plugins.facts.papers.letters import Letter
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
