"""The marks of a policy document: number, days, validity."""

from __future__ import annotations

from plugins.facts.kept.kept_fact import KeptFact
from plugins.facts.page.page import Page
from plugins.facts.papers.documents import Document


def read_document(page: Page) -> Document | None:
    """The marks that a page shows; None where it shows none."""
    return page.document


FACT = KeptFact("document", Document, of_page=read_document)
