"""Documents and their interpretations in pairs: why they belong together, and whether they are linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

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


@dataclass(frozen=True)
class Pairing:
    """All pairs of a site.

    ``documents`` and ``interpretations`` by page key; ``of_document`` and ``of_interpretation`` the
    pairs of each. ``perhaps`` holds keys of pages of either kind for which some weaker sign speaks
    (ambiguous title, several papers named in the text): enough to keep silent, not to accuse.
    ``compared`` counts letter-by-letter comparisons: the figure that must not grow with n².
    """

    documents: Mapping[str, Side] = field(default_factory=dict)
    interpretations: Mapping[str, Side] = field(default_factory=dict)
    of_document: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)
    of_interpretation: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)
    perhaps: frozenset[str] = frozenset()
    compared: int = 0

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair once, in the order of the documents' keys."""
        return tuple(pair for key in sorted(self.of_document) for pair in self.of_document[key])

    @cached_property
    def by_heading(self) -> Mapping[str, tuple[Side, ...]]:
        """The documents by their normalised heading, to find copies without comparing all."""
        found: dict[str, list[Side]] = defaultdict(list)
        for side in self.documents.values():
            found[side.title.text].append(side)
        return {text: tuple(sides) for text, sides in found.items()}

    @cached_property
    def known(self) -> frozenset[str]:
        """The places of all documents and interpretations that were read."""
        sides = (*self.documents.values(), *self.interpretations.values())
        return frozenset(one for side in sides for one in side.places)

    def links_elsewhere(self, side: Side) -> bool:
        """Whether a page has a partner link to a page that was not read as one of ours.

        A link to an interpretation on another site, or to a page that the crawl did not get, may
        lead to the very partner that is looked for; links to known pages the pairs judge.
        """
        return bool(side.partners - self.known)

    def copies(self, document: Side) -> tuple[Side, ...]:
        """The pages that carry the same document, itself among them, in the order of their keys."""
        same = self.by_heading.get(document.title.text, ())
        return tuple(one for one in same if same_paper(document, one))


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
