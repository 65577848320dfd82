"""Documents and their interpretations in pairs: why they belong together, and whether they are linked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plugins.addresses.urls import url_key
from plugins.facts.language.titles import Title, same_number
from plugins.facts.papers.documents import Document

# Copies of a paper under another address are posted within so many days.
SAME_DAYS = 31


class How(StrEnum):
    """What shows that two pages belong together, surest first."""

    TITLE = "title"
    NUMBER = "number"
    LINK = "link"
    LIKENESS = "likeness"


HOW_WORDS = {
    How.TITLE: "解读标题所指与文件名称一致",
    How.NUMBER: "解读写明了该文件的文号",
    How.LINK: "两页之间有单向链接",
    How.LIKENESS: "标题高度相似",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One page of a pair: what pairing needs of its digest, and no more.

    ``partners`` are the places (addresses without scheme) of its interpretation links (of a
    document) or document links (of an interpretation); ``links`` those of all its links.
    """

    key: str
    url: str
    heading: str
    title: Title
    published: date | None = None
    unit: str = ""
    number: str = ""
    document: Document | None = None
    numbers: frozenset[str] = frozenset()
    partners: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """A document and an interpretation of it.

    ``sure`` = safe to charge somebody with a missing link; otherwise a person must look.
    ``forward``: the document links to the interpretation; ``back``: the other direction.
    """

    document: Side
    interpretation: Side
    how: How
    sure: bool = True
    score: float = 100.0

    @property
    def forward(self) -> bool:
        """Whether the document's page links to the interpretation."""
        return bool(self.document.links & self.interpretation.places)

    @property
    def back(self) -> bool:
        """Whether the interpretation's page links to the document."""
        return bool(self.interpretation.links & self.document.places)

    @property
    def why(self) -> str:
        """Why the two belong together, in Chinese."""
        words = HOW_WORDS[self.how]
        return f"{words}（相似度{self.score:.0f}%）" if self.how is How.LIKENESS else words


def place(url: str) -> str:
    """An address without its scheme: http and https spellings of a page are one place to link to."""
    return url_key(url).partition("://")[2] or url


def same_paper(one: Side, other: Side) -> bool:
    """Whether two pages carry one paper (symmetric).

    They do if they have the same heading and nothing says otherwise: other 文号, another unit (five
    streets write five papers of one name), or days more than a month apart (another edition).
    """
    if one.title.text != other.title.text:
        return False
    if one.number and other.number:
        return same_number(one.number, other.number)
    if one.unit and other.unit and one.unit != other.unit:
        return False
    return not (
        one.published
        and other.published
        and abs((one.published - other.published).days) > SAME_DAYS
    )
