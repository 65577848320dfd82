"""Which other papers an article or a list declares ended, kept or changed."""

from __future__ import annotations

from plugins.facts.attachments.contents import Attachment
from plugins.facts.kept.kept_fact import KeptFact
from plugins.facts.page.kinds import PageKind
from plugins.facts.page.page import Page
from plugins.facts.papers import clean_ups
from plugins.facts.papers.clean_ups import CleanUp


def read_page(page: Page) -> CleanUp | None:
    """What an article declares; None where it says nothing."""
    article = page.article
    if article is None or page.kind is not PageKind.ARTICLE:
        return None
    document = page.document
    issued = (document.issued or document.signed if document else None) or page.published
    return clean_ups.read_clean_up(
        page.title, page.drawing.outline, article.node, article.text, issued
    )


def read_document(attachment: Attachment) -> CleanUp | None:
    """What a list offered for download declares; None where it is no such list."""
    return clean_ups.read_list(attachment.contents, attachment.name)


FACT = KeptFact("clean_up", CleanUp, of_page=read_page, of_document=read_document)
