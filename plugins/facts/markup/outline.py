"""The page as flat arrays: every element with its place in the tree and its slice of the text.

One walk over the parsed tree, no recursion; all other facts read these arrays. Scripts, styles
and comments are not text; ``<noscript>``, ``<template>`` and ``<option>`` are not shown.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from plugins.facts.language.text import squeeze

MAX_ELEMENTS = 60_000
MAX_TEXT = 2_000_000
MAX_DEPTH = 120
BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "iframe",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "option",
        "select",
    )
)
RAW = frozenset(("script", "style", "textarea", "title", "xmp", "noframes", "iframe", "noembed"))
UNSEEN = frozenset(("noscript", "template", "option", "select", "datalist", "head"))
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Element:
    """One element: ``index`` in document order, descendants are ``index+1 … end-1``.

    ``first``/``last`` bound its slice of ``Outline.texts``. ``hidden`` = it or an ancestor is
    switched off by its own ``style`` or ``hidden`` attribute; ``unseen`` = never shown.
    """

    attrs: dict[str, str]
    block: int
    depth: int
    end: int
    first: int
    hidden: bool
    index: int
    last: int
    node: LexborNode
    parent: Element | None
    tag: str
    unseen: bool

    __slots__ = (
        "attrs",
        "block",
        "depth",
        "end",
        "first",
        "hidden",
        "index",
        "last",
        "node",
        "parent",
        "tag",
        "unseen",
    )

    def __init__(self, node: LexborNode, tag: str, index: int, parent: Element | None) -> None:
        self.node = node
        self.tag = tag
        self.index = index
        self.parent = parent
        self.end = index + 1
        self.first = 0
        self.last = 0
        raw: dict[str, str | None] = node.attributes
        # Valueless attributes (None) are rare; most mappings can be used as they come.
        self.attrs: dict[str, str] = (
            {name: value or "" for name, value in raw.items()} if None in raw.values() else raw  # type: ignore[assignment]
        )
        self.depth = parent.depth + 1 if parent else 0
        self.hidden = parent.hidden if parent else False
        self.unseen = parent.unseen if parent else False
        self.block = index if tag in BLOCKS or parent is None else parent.block
        if (
            not self.hidden
            and self.attrs
            and (
                "hidden" in self.attrs
                or ("style" in self.attrs and HIDING.search(self.attrs["style"]))
            )
        ):
            self.hidden = True
        if tag in UNSEEN:
            self.unseen = True

    @property
    def marks(self) -> str:
        """Class and id, lower case, blank-separated: hints, never the only evidence."""
        return f"{self.attrs.get('class', '')} {self.attrs.get('id', '')}".lower()

    def holds(self, other: Element) -> bool:
        """Whether ``other`` is this element or stands inside it."""
        return self.index <= other.index < self.end

    def ancestors(self) -> Iterator[Element]:
        """Parent, grandparent … up to the root."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def __repr__(self) -> str:
        return f"<{self.tag} #{self.index} {self.marks.strip()}>"


class Spans:
    """Ranges of element indexes, merged: whether an element stands in one of them."""

    __slots__ = ("firsts", "lasts")

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        self.firsts: list[int] = []
        self.lasts: list[int] = []
        for first, last in sorted(ranges):
            if self.lasts and first <= self.lasts[-1]:
                self.lasts[-1] = max(self.lasts[-1], last)
            else:
                self.firsts.append(first)
                self.lasts.append(last)

    def hold(self, element: Element) -> bool:
        """Whether ``element`` begins inside one of the ranges."""
        place = bisect_right(self.firsts, element.index)
        return place > 0 and element.index < self.lasts[place - 1]


@dataclass
class Outline:
    """All elements in document order, and all shown texts with their owners.

    ``truncated`` = the page has more elements or text than are looked at.
    """

    elements: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    owners: list[Element] = field(default_factory=list)
    raws: dict[int, str] = field(default_factory=dict)
    anchors: list[Element] = field(default_factory=list)
    truncated: bool = False

    def add_text(self, parent: Element, words: str) -> None:
        """Take a text node in: raw text of scripts and fields apart from what is shown."""
        if parent.tag in RAW:
            self.raws[parent.index] = self.raws.get(parent.index, "") + words
        elif not parent.unseen and words:
            self.texts.append(words)
            self.owners.append(parent)

    def add_element(self, node: LexborNode, tag: str, parent: Element | None) -> Element:
        """Take an element in, behind all others."""
        element = Element(node, tag, len(self.elements), parent)
        element.first = len(self.texts)
        self.elements.append(element)
        if tag == "a":
            self.anchors.append(element)
            self.anchor_indexes.append(element.index)
        elif tag == "br":
            self.texts.append("\n")
            self.owners.append(element)
        return element

    def text(self, element: Element, limit: int = 100_000) -> str:
        """The shown text of an element; a line break where one block ends and another begins."""
        return self.span(element.first, element.last, limit)

    def line(self, element: Element, limit: int = 2_000) -> str:
        """As :meth:`text`, folded to one line."""
        place = (element.first, element.last, limit)
        known = self._lines.get(place)
        if known is None:
            known = self._lines[place] = squeeze(self.span(*place))
        return known

    def span(self, first: int, last: int, limit: int = 100_000) -> str:
        """The texts ``first … last-1`` joined; those behind the last text are none."""
        pieces: list[str] = []
        block = -1
        size = 0
        for position in range(first, min(last, len(self.owners))):
            owner = self.owners[position]
            if pieces and owner.block != block:
                pieces.append("\n")
            block = owner.block
            pieces.append(self.texts[position])
            size += len(self.texts[position])
            if size > limit:
                break
        return "".join(pieces)

    def inside(self, element: Element) -> list[Element]:
        """All elements inside ``element``, in document order."""
        return self.elements[element.index + 1 : element.end]

    def each_child(self, element: Element) -> Iterator[Element]:
        """The direct children of ``element``, one by one."""
        position = element.index + 1
        while position < element.end:
            child = self.elements[position]
            yield child
            position = child.end

    def children(self, element: Element) -> list[Element]:
        """The direct children of ``element``."""
        return list(self.each_child(element))

    def anchors_in(self, element: Element) -> list[Element]:
        """The ``<a>`` inside ``element`` (itself included)."""
        first = bisect_left(self.anchor_indexes, element.index)
        last = bisect_left(self.anchor_indexes, element.end)
        return self.anchors[first:last]

    def __post_init__(self) -> None:
        self.anchor_indexes: list[int] = []
        self._lines: dict[tuple[int, int, int], str] = {}


def draw(tree: LexborHTMLParser) -> Outline:
    """Walk the parsed tree once; bounded by MAX_ELEMENTS, MAX_TEXT and MAX_DEPTH."""
    outline = Outline()
    root = tree.root
    if root is None:
        return outline
    known: dict[int, Element] = {}
    size = 0
    for node in root.traverse(include_text=True):
        tag = node.tag or "-"
        up = node.parent
        parent = known.get(up.mem_id) if up is not None else None
        if tag == "-text":
            words = node.text_content or ""
            size += len(words)
            if size > MAX_TEXT:
                outline.truncated = True
                break
            if parent is not None:
                outline.add_text(parent, words)
        elif not tag.startswith(("-", "!")):
            if len(outline.elements) >= MAX_ELEMENTS:
                outline.truncated = True
                break
            # Nesting that no template needs is flattened: every climb stays short.
            deep = parent is not None and parent.depth >= MAX_DEPTH
            known[node.mem_id] = outline.add_element(
                node, tag, parent.parent if deep and parent is not None else parent
            )
    _close(outline)
    return outline


def _close(outline: Outline) -> None:
    """Fill in where each element's descendants and texts end, from the last element backwards."""
    for position, owner in enumerate(outline.owners):
        owner.last = position + 1
    for element in reversed(outline.elements):
        element.last = max(element.last, element.first)
        parent = element.parent
        if parent is not None:
            parent.end = max(parent.end, element.end)
            parent.last = max(parent.last, element.last)
