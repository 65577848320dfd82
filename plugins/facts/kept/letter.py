"""Particulars of a letter and its answer."""

from __future__ import annotations

from plugins.facts.kept.kept_fact import KeptFact
from plugins.facts.page.page import Page
from plugins.facts.papers import letters
from plugins.facts.papers.letters import Letter


def read_letter(page: Page) -> Letter | None:
    """The letter on a page; None where the page is not filed as one."""
    article = page.article
    filed = (*page.crumb_names, page.meta.first("ColumnName"))
    if article is None or not any(letters.FILED.search(name) for name in filed):
        return None
    return letters.read_letter(f"{article.info}\n{article.head}\n{article.text}")


FACT = KeptFact("letter", Letter, of_page=read_letter)
