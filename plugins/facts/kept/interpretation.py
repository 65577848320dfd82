"""Forms and elements of an interpretation."""

from __future__ import annotations

from plugins.facts.kept.kept_fact import KeptFact
from plugins.facts.page.page import Page
from plugins.facts.papers import interpretations
from plugins.facts.papers.interpretations import Interpretation

EMBEDDED = ("img", "video", "audio", "iframe", "embed", "object", "source")


def is_interpretation(page: Page) -> bool:
    """Whether an article looks like an interpretation, by its title or the columns it is filed under."""
    columns = (*page.crumb_names[-2:], page.meta.first("ColumnType"))
    return page.article is not None and interpretations.looks_like(page.title, columns)


def read_interpretation(page: Page) -> Interpretation | None:
    """Forms and elements of an interpretation; None where the page does not look like one."""
    article = page.article
    if article is None or not is_interpretation(page):
        return None
    body = article.node
    inside = page.drawing.outline.inside(body) if body is not None else ()
    tags = [
        (element.tag, element.attrs.get("src", "") or element.attrs.get("data", ""))
        for element in inside
        if element.tag in EMBEDDED
    ]
    near = (link.url for link in page.links if link.region.value == "article")
    return interpretations.read_interpretation(page.title, article.text, tags, near)


FACT = KeptFact("interpretation", Interpretation, of_page=read_interpretation)
