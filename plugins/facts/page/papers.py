"""The policy document that a page may be; other papers are read where they are kept (``plugins.facts.kept``)."""

from __future__ import annotations

from plugins.facts.page.reading import Reading
from plugins.facts.papers import documents
from plugins.facts.papers.documents import Document


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
