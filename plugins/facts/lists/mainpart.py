"""The main part of a column page: where its own list or text stands, side lists left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugins.facts.language.phrases import LOADING, PLACEHOLDER, TEMPLATE, TEMPLATE_NAMES
from plugins.facts.language.text import solid, squeeze
from plugins.facts.lists import limits
from plugins.facts.lists.groups import RowGroup
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.outline import Element, Outline, Spans
from plugins.facts.markup.sight import see
from plugins.why import Judge, Test, limit, note

HEADINGS = frozenset(
    (
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "div",
        "span",
        "p",
        "b",
        "strong",
        "td",
        "th",
        "dt",
        "font",
        "em",
        "i",
        "li",
        "legend",
    )
)
CONTAINERS = ("ul", "ol", "dl", "tbody", "table")
MORE_TAIL = re.compile(r"\s*(?:查看)?(?:更多|more|MORE|More|\+|>+|»)+\s*$")


def find_main(
    outline: Outline,
    landmarks: Landmarks,
    names: Iterable[str],
    groups: Sequence[RowGroup],
    pager: Element | None,
) -> Element | None:
    """The smallest element that holds the column's heading (or breadcrumb, or pager) and content.

    Content is a list, an empty list element, text, a frame, a form or a picture. None where only
    the whole page holds both: then nothing is left out.
    """
    found = MAIN(MainSearch(outline, landmarks, tuple(names), groups, pager))
    if found is None:
        note("main", "以上都没有找到内容，以整页为主要部分", "整页")
    return found


@dataclass(frozen=True)
class MainSearch:
    """What a page's main part is looked for by: its marks, and the lists that it may hold."""

    outline: Outline
    landmarks: Landmarks
    names: tuple[str, ...]
    groups: Sequence[RowGroup]
    pager: Element | None


def _by_pager(search: MainSearch) -> Element | None:
    if search.pager is None:
        return None
    return _sought(search, search.pager, before=True)


def _by_heading(search: MainSearch) -> Element | None:
    for heading in headings_of(search.outline, search.landmarks, search.names):
        found = _sought(search, heading)
        if found is not None:
            return found
    return None


def _by_crumb(search: MainSearch) -> Element | None:
    if search.landmarks.crumb is None:
        return None
    return _sought(search, search.landmarks.crumb)


def _sought(search: MainSearch, mark: Element, *, before: bool = False) -> Element | None:
    """What is found around a mark; both are told."""
    see(search.outline, mark)
    limit("ENOUGH_TEXT", limits.ENOUGH_TEXT)
    found = _around(search.outline, search.landmarks, mark, search.groups, before=before)
    if found is not None:
        see(search.outline, found)
    return found


MAIN: Judge[[MainSearch], Element] = Judge(
    "main",
    (
        Test("翻页的前面有列表：以同时包住它们的元素为主要部分", _by_pager),
        Test("栏目名称的旁边有内容：以同时包住它们的元素为主要部分", _by_heading),
        Test("面包屑的旁边有内容：以同时包住它们的元素为主要部分", _by_crumb),
    ),
)


def headings_of(outline: Outline, landmarks: Landmarks, names: Iterable[str]) -> list[Element]:
    """Elements outside menu and breadcrumb whose whole text is the column's name; last ones first."""
    wanted = {solid(name) for name in names} - {""}
    if not wanted:
        return []
    longest = max(map(len, wanted)) + 8
    found = []
    for position, text in enumerate(outline.texts):
        if len(text) > longest + limits.NAME_REST or not text.strip():
            continue
        owner = outline.owners[position]
        if (
            owner.unseen
            or owner.tag not in HEADINGS
            or solid(text).strip("[]【】:：>|·") not in wanted
        ):
            continue
        if landmarks.in_nav(owner) or landmarks.in_crumb(owner) or landmarks.in_footer(owner):
            continue
        if any(node.tag == "a" for node in (owner, *list(owner.ancestors())[:3])):
            continue
        found.append(owner)
    # A menu that is headed by the column's name stands before its list.
    return found[::-1]


def _around(
    outline: Outline,
    landmarks: Landmarks,
    start: Element,
    groups: Sequence[RowGroup],
    *,
    before: bool = False,
) -> Element | None:
    """Climb from a mark to the first element that also holds content; None at the body."""
    node = start
    while True:
        parent = node.parent
        if parent is None or parent.tag in ("body", "html"):
            return None
        if parent.tag == "form" and parent.depth <= limits.WRAPPING_FORM:
            # ASP.NET puts the whole page into one form.
            return None
        node = parent
        if _has_content(outline, landmarks, node, start, groups, before=before):
            return node


def _has_content(
    outline: Outline,
    landmarks: Landmarks,
    node: Element,
    mark: Element,
    groups: Sequence[RowGroup],
    *,
    before: bool,
) -> bool:
    for group in groups:
        if node.holds(group.holder) and not (before and group.holder.index > mark.index):
            return True
        if group.holder.holds(node) and any(
            row.element is not None and node.holds(row.element) for row in group.rows
        ):
            return True
    if before:
        # What a pager belongs to is a list, empty or not; texts beside it prove nothing.
        return any(
            element.index < mark.index
            and element.tag in CONTAINERS
            and not element.holds(mark)
            and not element.hidden
            and is_bare(outline, element)
            for element in outline.inside(node)
        )
    return _has_text(outline, landmarks, node, mark) or any(
        not (mark.holds(element) or element.holds(mark) or element.hidden)
        and not landmarks.in_crumb(element)
        and _is_content(outline, element)
        for element in outline.inside(node)
    )


def _has_text(outline: Outline, landmarks: Landmarks, node: Element, mark: Element) -> bool:
    """Whether running text stands there, or a sentence in place of it."""
    size = 0
    for position in range(node.first, node.last):
        owner = outline.owners[position]
        if (
            mark.holds(owner)
            or owner.unseen
            or owner.hidden
            or owner.tag in ("a", "button", "h1", "h2", "h3")
            or (owner.parent is not None and owner.parent.tag == "a")
            or landmarks.in_nav(owner)
            or landmarks.in_crumb(owner)
        ):
            continue
        text = outline.texts[position].strip()
        size += len(text)
        if size >= limits.ENOUGH_TEXT:
            return True
        if limits.LEAST_SENTENCE <= len(text) <= limits.PLACEHOLDER_TEXT and any(
            pattern.search(text) for pattern in (PLACEHOLDER, LOADING, TEMPLATE)
        ):
            return True
    return False


def _is_content(outline: Outline, element: Element) -> bool:
    """Whether an element is content by itself: frame, player, template, empty list, large picture."""
    if element.attrs and any(name in element.attrs for name in TEMPLATE_NAMES):
        return True
    if element.tag in ("script", "textarea") and _fills(outline.raws.get(element.index, "")):
        return True
    if element.tag == "img":
        width = re.match(r"\d+", element.attrs.get("width", ""))
        return width is not None and int(width[0]) >= limits.LARGE_PICTURE
    return element.tag in ("iframe", "video", "embed", "object", "textarea") or (
        element.tag in CONTAINERS and is_bare(outline, element)
    )


def _fills(script: str) -> bool:
    """Whether a script in this place writes or carries rows."""
    return (
        "<record" in script
        or ("document.write" in script and "<a" in script)
        or re.search(r"=\s*\[\s*\{", script) is not None
    )


def is_bare(outline: Outline, element: Element) -> bool:
    """Whether a list element has no link, picture or field: an empty list, or one sentence."""
    if outline.anchors_in(element):
        return False
    if any(
        child.tag in ("img", "input", "iframe", "select", *CONTAINERS[:3])
        for child in outline.inside(element)
    ):
        return False
    return len(outline.line(element, 80)) <= limits.PLACEHOLDER_TEXT


def heading_of(outline: Outline, holder: Element, taken: Spans | None = None) -> str:
    """The short text right before a list: the heading of its block; "" where there is none.

    ``taken`` are the rows of all lists: a row before a list is no heading, the list goes on.
    """
    node: Element | None = holder
    for _ in range(limits.HEADING_STEPS):
        if node is None or node.parent is None or node.tag in ("body", "html"):
            return ""
        first = max(node.parent.first, node.first - limits.HEADING_BACK)
        last = node.first
        while last > first and not outline.texts[last - 1].strip():
            last -= 1
        if taken is not None and last > first and taken.hold(outline.owners[last - 1]):
            return ""
        lines = [squeeze(line) for line in outline.span(first, last, 200).split("\n")]
        lines = [MORE_TAIL.sub("", line).strip() for line in lines]
        lines = [line for line in lines if line]
        if lines:
            return lines[-1] if len(lines[-1]) <= limits.LONGEST_HEADING else ""
        node = node.parent
    return ""
