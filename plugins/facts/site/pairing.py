"""Finding the document–interpretation pairs of a site without comparing everything with everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from plugins.facts.language.title_words import PAPER_END
from plugins.facts.language.titles import (
    SIMILAR,
    Title,
    TitleForm,
    agree,
    document_number,
    names,
    placeless,
    read_title,
    same_number,
    similarity,
    unquoted,
)
from plugins.facts.papers.documents import Document
from plugins.facts.papers.pairs import How, Pair, Side, place, same_paper
from plugins.facts.site import limits
from plugins.facts.site.site import PageDigest, Site


def filed_as_interpretation(page: PageDigest) -> bool:
    """Whether a page stands in a 政策解读 column, by its ColumnType or its breadcrumbs."""
    return page.column_type == "政策解读" or any(
        "解读" in crumb for crumb in page.crumbs[-limits.READING_CRUMBS :]
    )


def _side(page: PageDigest, title: Title, partners: tuple[str, ...]) -> Side:
    document = page.get(Document)
    return Side(
        key=page.key,
        url=page.final_url or page.url,
        heading=page.title,
        title=title,
        published=page.published,
        unit=page.unit or page.source,
        number=document_number(document.number) if document else "",
        document=document,
        numbers=frozenset(filter(None, map(document_number, page.numbers))) | title.numbers,
        partners=frozenset(map(place, partners)),
        links=frozenset(map(place, (*page.interpretation_links, *page.document_links, *page.out))),
        places=frozenset({place(page.key), place(page.url), place(page.final_url or page.url)}),
    )


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

    @classmethod
    def of(cls, site: Site) -> Pairing:
        """Pair the pages of a site."""
        return pair_up(site.pages.values())

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


def pair_up(pages: Iterable[PageDigest]) -> Pairing:
    """Pair the documents and interpretations among ``pages``, in any order, in one pass over them.

    Signs, surest first: the name of the paper in the interpretation's title; its 文号 there; a link
    in either direction; a title ``SIMILAR`` enough. Years, batches, 文号, drafts and places that
    differ exclude a pair whatever else speaks for it.
    """
    return _Search(pages).result()


class _Search:
    """The work of :func:`pair_up`: indices over the documents, then one look-up per interpretation."""

    def __init__(self, pages: Iterable[PageDigest]) -> None:
        self.documents: dict[str, Side] = {}
        self.interpretations: dict[str, Side] = {}
        self.found: dict[tuple[str, str], Pair] = {}
        self.perhaps: set[str] = set()
        self.paired: set[str] = set()
        self.compared = 0
        self._sort_out(pages)
        self.by_place = {
            one: side
            for side in (*self.documents.values(), *self.interpretations.values())
            for one in side.places
        }
        self.by_core: dict[str, list[Side]] = defaultdict(list)
        self.by_number: dict[str, list[tuple[str, Side]]] = defaultdict(list)
        self.by_bigram: dict[str, list[Side]] = defaultdict(list)
        for document in self.documents.values():
            core = document.title.core
            for name in names(core):
                self.by_core[name].append(document)
            for number in {document.number, *document.title.numbers} - {""}:
                self.by_number[_tail(number)].append((number, document))
            for bigram in _bigrams(core):
                self.by_bigram[bigram].append(document)

    def _sort_out(self, pages: Iterable[PageDigest]) -> None:
        """Keep the documents and the interpretations; the order of pages must not matter."""
        kept: list[tuple[PageDigest, Title]] = []
        for page in pages:
            if not page.title or page.kind != "article" or not page.readable:
                continue
            title = read_title(page.title)
            if title.form is TitleForm.INTERPRETATION or (
                title.quotes
                and page.get(Document) is None
                and title.form is TitleForm.PLAIN
                and filed_as_interpretation(page)
                and not PAPER_END.search(unquoted(title.text))
            ):
                kept.append((page, title))
            elif (
                page.get(Document) is not None and title.form is TitleForm.PLAIN and not title.draft
            ):
                self.documents[page.key] = _side(page, title, page.interpretation_links)
        self.documents = dict(sorted(self.documents.items()))
        for page, title in sorted(kept, key=lambda one: one[0].key):
            self.interpretations[page.key] = _side(page, title, page.document_links)

    def result(self) -> Pairing:
        for interpretation in self.interpretations.values():
            if interpretation.title.draft:
                continue
            self._by_title(interpretation)
            self._by_number(interpretation)
        self._by_link()
        for interpretation in self.interpretations.values():
            if interpretation.key not in self.paired and not interpretation.title.draft:
                self._by_likeness(interpretation)
        of_document: dict[str, list[Pair]] = defaultdict(list)
        of_interpretation: dict[str, list[Pair]] = defaultdict(list)
        for (document, reading), pair in sorted(self.found.items()):
            of_document[document].append(pair)
            of_interpretation[reading].append(pair)
        return Pairing(
            documents=self.documents,
            interpretations=self.interpretations,
            of_document={key: tuple(pairs) for key, pairs in of_document.items()},
            of_interpretation={key: tuple(pairs) for key, pairs in of_interpretation.items()},
            perhaps=frozenset(self.perhaps),
            compared=self.compared,
        )

    def _add(
        self, document: Side, reading: Side, how: How, *, sure: bool = True, score: float = 100.0
    ) -> None:
        if document.key != reading.key:
            self.found.setdefault(
                (document.key, reading.key), Pair(document, reading, how, sure, score)
            )
            self.paired.add(reading.key)

    def _maybe(self, *sides: Side) -> None:
        self.perhaps.update(side.key for side in sides)

    def _by_title(self, reading: Side) -> None:
        for core in reading.title.cores:
            bare = placeless(core)
            candidates = list(self.by_core.get(core, ()))
            if not candidates and bare != core:
                # 我区… means the site's own place; 黄石港区… may also stand for a paper without one.
                own = not reading.title.place
                candidates = [
                    one for one in self.by_core.get(bare, ()) if own or one.title.core == bare
                ]
            candidates = [
                one
                for one in candidates
                if one.key != reading.key and agree(one.title, reading.title)
            ]
            chosen = _edition(candidates, reading)
            if chosen:
                for document in chosen:
                    self._add(document, reading, How.TITLE)
            elif candidates:
                self._maybe(reading, *candidates)

    def _numbered(self, numbers: Iterable[str]) -> list[Side]:
        """The documents that have one of these 文号, each once, in the order of their keys."""
        found = {
            document.key: document
            for number in numbers
            for own, document in self.by_number.get(_tail(number), ())
            if same_number(own, number)
        }
        return [document for _, document in sorted(found.items())]

    def _by_number(self, reading: Side) -> None:
        for document in self._numbered(reading.title.numbers):
            if agree(document.title, reading.title):
                self._add(document, reading, How.NUMBER)
        named = self._numbered(reading.numbers - reading.title.numbers)
        if not named:
            return
        # Texts cite the papers they rest on as well: one cited paper, and no other in the title.
        first = named[0]
        alone = all(same_paper(first, one) for one in named)
        fits = _title_allows(first, reading) and agree(first.title, reading.title)
        if alone and fits and reading.key not in self.paired:
            for document in named:
                self._add(document, reading, How.NUMBER)
        else:
            self._maybe(reading, *named)

    def _by_link(self) -> None:
        for document in self.documents.values():
            linked = [
                side
                for one in sorted(document.partners)
                if (side := self.by_place.get(one)) and side.key in self.interpretations
            ]
            for reading in linked:
                self._linked(document, reading, alone=len(document.partners) == 1)
        for reading in self.interpretations.values():
            linked = [
                side
                for one in sorted(reading.partners)
                if (side := self.by_place.get(one)) and side.key in self.documents
            ]
            for document in linked:
                self._linked(document, reading, alone=len(reading.partners) == 1)

    def _linked(self, document: Side, reading: Side, *, alone: bool) -> None:
        """A link says that two pages belong together, unless the title names another paper."""
        if (document.key, reading.key) in self.found:
            return
        if alone and _title_allows(document, reading) and agree(document.title, reading.title):
            self._add(document, reading, How.LINK)
        else:
            self._maybe(document, reading)

    def _by_likeness(self, reading: Side) -> None:
        core = reading.title.core
        if len(core) < limits.COMPARABLE:
            return
        known = [(len(self.by_bigram[one]), one) for one in _bigrams(core) if one in self.by_bigram]
        rarest = [one for count, one in sorted(known) if count <= limits.COMMON][: limits.RAREST]
        near: dict[str, Side] = {side.key: side for one in rarest for side in self.by_bigram[one]}
        best: list[tuple[float, str]] = []
        for key, document in sorted(near.items()):
            if (
                key == reading.key
                or len(document.title.core) < limits.COMPARABLE
                or not agree(document.title, reading.title)
            ):
                continue
            self.compared += 1
            score = similarity(document.title.core, core)
            if score >= SIMILAR and _of_its_time([document], reading):
                best.append((score, key))
        if not best:
            return
        top = max(score for score, _ in best)
        chosen = [near[key] for score, key in best if score == top]
        if all(same_paper(chosen[0], one) for one in chosen):
            for document in chosen:
                self._add(document, reading, How.LIKENESS, sure=False, score=top)
        else:
            self._maybe(reading, *chosen)


def _title_allows(document: Side, reading: Side) -> bool:
    """Whether the interpretation's title does not name another paper than this document."""
    title = reading.title
    if document.title.core in title.cores:
        return True
    if title.quotes:
        return any(
            placeless(core) == placeless(document.title.core)
            or similarity(core, document.title.core) >= SIMILAR
            for core in title.cores
        )
    return True


def _edition(candidates: list[Side], reading: Side) -> list[Side]:
    """The one paper (with its copies) among papers of one name that is meant; [] = cannot tell."""
    if not candidates:
        return []
    same_marks = [one for one in candidates if _same_marks(one, reading)]
    if not same_marks:
        # One side names a year or batch and the other does not: near days must speak for it.
        same_marks = [one for one in candidates if _days_apart(one, reading) <= limits.NEAR // 2]
    for choice in (
        same_marks,
        [one for one in same_marks if one.unit and one.unit == reading.unit],
        [one for one in same_marks if _days_apart(one, reading) <= limits.NEAR],
    ):
        if (
            choice
            and all(same_paper(choice[0], one) for one in choice)
            and _of_its_time(choice, reading)
        ):
            return choice
    return []


def _same_marks(document: Side, reading: Side) -> bool:
    return (document.title.years, document.title.ordinals) == (
        reading.title.years,
        reading.title.ordinals,
    )


def _of_its_time(choice: list[Side], reading: Side) -> bool:
    """Whether the days, where both are known, let the interpretation speak of this edition."""
    days = [
        (reading.published - one.published).days
        for one in choice
        if one.published and reading.published
    ]
    return not days or any(-2 * limits.NEAR <= one <= limits.APART for one in days)


def _days_apart(document: Side, reading: Side) -> int:
    if document.published is None or reading.published is None:
        return limits.DAYS_UNKNOWN
    return abs((document.published - reading.published).days)


def _tail(number: str) -> str:
    """Year and running number of a 文号, by which it is looked up."""
    return number[number.find("[") :]


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[place : place + 2] for place in range(len(text) - 1))
