"""A call for opinions: its days, its result, what explains it."""

from __future__ import annotations

from plugins.facts.kept.kept_fact import KeptFact
from plugins.facts.page.page import Page
from plugins.facts.papers import solicitations
from plugins.facts.papers.solicitations import Solicitation

MENUS = ("nav", "footer", "header")


def read_solicitation(page: Page) -> Solicitation | None:
    """Facts of a solicitation article; None where the page is none."""
    article = page.article
    if article is None:
        return None
    filed = any(
        solicitations.CALL.search(name)
        for name in (*page.crumb_names, page.meta.first("ColumnName"))
    )
    near = [(link.words, link.url) for link in page.links if link.region.value not in MENUS]
    return solicitations.read_solicitation(
        article.title, article.head, article.info, article.text, filed, page.published, near
    )


FACT = KeptFact("solicitation", Solicitation, of_page=read_solicitation)
