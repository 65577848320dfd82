"""A 标准目录, on a page or in a document."""

from __future__ import annotations

from plugins.facts.attachments.contents import Attachment
from plugins.facts.kept.kept_fact import KeptFact
from plugins.facts.page.kinds import PageKind
from plugins.facts.page.page import Page
from plugins.facts.papers import catalogue_table
from plugins.facts.papers.catalogue_table import CatalogueTable


def read_page(page: Page) -> CatalogueTable | None:
    """The 标准目录 that a page shows as a table; None where it shows none."""
    if page.kind is PageKind.ERROR or not page.body:
        return None
    return catalogue_table.read_page(page.tree, page.text)


def read_document(attachment: Attachment) -> CatalogueTable | None:
    """The 标准目录 in a document, whichever sheet or page it stands on."""
    contents = attachment.contents
    found = catalogue_table.best_of(
        catalogue_table.read_rows(part.rows) for part in contents.parts if part.rows
    )
    if found is None and contents.format == "pdf" and contents.parts:
        found = catalogue_table.read_text("\n".join(part.text for part in contents.parts[:2]))
    return found


FACT = KeptFact("catalogue", CatalogueTable, of_page=read_page, of_document=read_document)
