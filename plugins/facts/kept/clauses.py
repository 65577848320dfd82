"""A sketch of the text of a document or interpretation, by which two texts are compared."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.facts.kept.interpretation import is_interpretation
from plugins.facts.kept.kept_fact import KeptFact
from plugins.facts.page.page import Page
from plugins.facts.papers import interpretations


@dataclass(frozen=True, slots=True)
class Clauses:
    """A number for each clause of some length, at most some hundreds; there is at least one."""

    clauses: tuple[int, ...]


def read_clauses(page: Page) -> Clauses | None:
    """The sketch of a page's text; None for what is neither document nor interpretation."""
    article = page.article
    if article is None or (page.document is None and not is_interpretation(page)):
        return None
    found = interpretations.clauses(article.text)
    return Clauses(found) if found else None


FACT = KeptFact("clauses", Clauses, of_page=read_clauses)
