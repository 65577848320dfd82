"""Pagers that stand in the markup: next and last links, numbers, attributes, empty ones."""

from __future__ import annotations

import re

from plugins.addresses import urls
from plugins.facts.language.text import squeeze
from plugins.facts.lists import limits
from plugins.facts.lists.drawn_pagers import numbered
from plugins.facts.lists.paging import MOST, FoundPager, Pager
from plugins.facts.markup.extract import Extractor
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.outline import Element, Outline

COUNTS = frozenset(
    (
        "pagecount",
        "data-pagecount",
        "data-page-count",
        "totalpage",
        "data-totalpage",
        "data-total-page",
        "pagetotal",
    )
)
# What no pager holds beside its own links.
OTHER = frozenset(("ul", "ol", "dl", "table", "h1", "h2", "h3", "iframe", "img"))
OF_PAGES = re.compile(
    r"共\s*(?:<[^>]*>)?\s*(\d{1,6})\s*页|第\s*\d+\s*/\s*(\d{1,6})\s*页|页次\s*[：:]?\s*\d+\s*/\s*(\d{1,6})"
)
NEXT = re.compile(
    r"[\[【<>»›→\s]*(?:下\s*一?\s*页|后\s*一?\s*页|next(?:\s*page)?|>|›|»|＞)[\]】<>»›→\s]*",
    re.IGNORECASE,
)
LAST = re.compile(
    r"[\[【<>»›\s]*(?:尾\s*页|末\s*页|最后一?\s*页|last(?:\s*page)?|>>|»»)[\]】<>»›\s]*",
    re.IGNORECASE,
)
FIRST = re.compile(
    r"[\[【<>«‹\s]*(?:首\s*页|第\s*一\s*页|上\s*一?\s*页|first|prev(?:ious)?)[\]】<>«‹\s]*",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\[?\s*(\d{1,5})\s*\]?")
PAGER_MARKS = re.compile(
    r"(?<![a-z])(?:page|pages|pager|paging|pagination|pagenav|pageno|page_?div|page_?num|fenye|fy|turnpage|pageturn|page-?list|paginate)(?![a-z])|pagination|laypage|jpage|pagedec"
)


def from_attributes(outline: Outline, address: str) -> FoundPager | None:
    """``<div id="pageDec" pagesize="20" pagecount="7">`` and their like."""
    for element in outline.elements:
        attrs = element.attrs
        if COUNTS.isdisjoint(attrs):
            continue
        count = next((attrs[name].strip() for name in attrs if name in COUNTS), "")
        if count.isdigit():
            total = int(count)
            file = re.search(r"/([^/?]*)(?:\?.*)?$", address)
            name, _, extension = (file[1] if file else "").partition(".")
            name = re.sub(r"_\d+$", "", name) or "index"
            return FoundPager(
                Pager("attributes", total, numbered(address, name, extension or "html", total, 1)),
                element,
            )
    return None


def from_links(
    outline: Outline, landmarks: Landmarks, address: str, extractor: Extractor
) -> FoundPager | None:
    """Static links: 下一页, 尾页 and numbers; what lies between them is filled in."""
    following, last, place = _named_links(outline, extractor)
    place = place or _number_row(outline, landmarks)
    if place is None:
        return None
    holder = _holder(outline, place)
    numbers = [a for a in outline.anchors_in(holder) if NUMBER.fullmatch(outline.line(a, 12))]
    found = [following, *(extractor.address(_target(anchor))[0] for anchor in numbers)]
    found = [url for url in found if url]
    said = OF_PAGES.search(squeeze(outline.line(holder, 400)))
    total = int(next(filter(None, said.groups()))) if said else None
    if found:
        found = _between(found, last, total) or found
    known = [url for url in dict.fromkeys((*found, last)) if url]
    if total is None and (last or len(found) != 1):
        # A 下一页 alone does not say how many there are.
        total = len({urls.url_key(url) for url in (*known, address)})
    return FoundPager(Pager("links", total, tuple(known)), holder)


def _named_links(outline: Outline, extractor: Extractor) -> tuple[str, str, Element | None]:
    """Where 下一页 and 尾页 lead, and the first of them as a place."""
    following = last = ""
    place: Element | None = None
    for anchor in outline.anchors:
        words = outline.line(anchor, 40) or anchor.attrs.get("title", "")
        if len(words) > limits.PAGER_WORD or not words:
            continue
        if NEXT.fullmatch(words) and words not in (">", "»", "›", "＞"):
            following = following or extractor.address(_target(anchor))[0]
        elif LAST.fullmatch(words):
            last = extractor.address(_target(anchor))[0] or last
        else:
            continue
        place = place or anchor
    return following, last, place


def _target(anchor: Element) -> str:
    """The address of a paging link, also where a script call carries it."""
    raw = anchor.attrs.get("href", "")
    if raw.lower().startswith("javascript:") or not raw or raw == "#":
        match = re.search(
            r"""["']([^"']*(?:\.s?html?|\?)[^"']*)["']""", raw + anchor.attrs.get("onclick", "")
        )
        return match[1] if match else ""
    return raw


def _number_row(outline: Outline, landmarks: Landmarks) -> Element | None:
    """A row of numbers 2 3 4 … in an element that calls itself a pager."""
    for anchor in outline.anchors:
        if outline.line(anchor, 4) == "2" and not landmarks.in_footer(anchor):
            for node in list(anchor.ancestors())[:3]:
                if PAGER_MARKS.search(node.marks):
                    return anchor
    return None


def _holder(outline: Outline, anchor: Element) -> Element:
    """The element around all links of a pager."""
    node = anchor
    for parent in list(anchor.ancestors())[: limits.HOLDER_STEPS]:
        if parent.tag in ("body", "html") or len(outline.line(parent, 600)) > limits.HOLDER_TEXT:
            break
        words = [outline.line(a, 20) for a in outline.anchors_in(parent)]
        if any(len(word) > limits.HOLDER_WORD for word in words):
            break
        if any(
            child.tag in OTHER and not node.holds(child) and not child.holds(node)
            for child in outline.inside(parent)
        ):
            break
        node = parent
    return node


def _between(known: list[str], last: str, total: int | None) -> list[str]:
    """Fill a series of addresses that differ in one number, up to the last page."""
    start = known[0]
    pieces = re.split(r"(\d+)", start)
    ends = [url for url in (last, known[-1]) if url and url != start]
    for end in ends:
        others = re.split(r"(\d+)", end)
        if len(others) != len(pieces):
            continue
        differing = [place for place in range(len(pieces)) if pieces[place] != others[place]]
        if len(differing) != 1 or differing[0] % 2 == 0:
            continue
        place = differing[0]
        first, final = int(pieces[place]), int(others[place])
        step = 1 if final >= first else -1
        if total and step == 1 and end is not last:
            final = max(final, first + total - 2)
        return [
            "".join((*pieces[:place], str(number), *pieces[place + 1 :]))
            for number in range(first, final + step, step)[:MOST]
        ]
    if total and total > limits.SERIES and len(pieces) > 1:
        place = len(pieces) - 2
        first = int(pieces[place])
        # 博达 counts down to 1, all others count up.
        down = first == total - 1 and re.search(r"/\d+\.\w+$", start) is not None
        numbers = range(first, 0, -1) if down else range(first, first + total - 1)
        return [
            "".join((*pieces[:place], str(number), *pieces[place + 1 :]))
            for number in numbers[:MOST]
        ]
    return []


def unlinked_pager(outline: Outline) -> FoundPager | None:
    """A pager without any address: 第一页 最后一页 on empty columns."""
    for anchor in outline.anchors:
        words = outline.line(anchor, 12)
        if (LAST.fullmatch(words) and words not in (">>", "»»")) or re.fullmatch(
            r"下\s*一\s*页", words
        ):
            return FoundPager(Pager("links", 1), _holder(outline, anchor))
    return None


def bare_pager(outline: Outline, landmarks: Landmarks) -> FoundPager | None:
    """An element that calls itself a pager and holds none yet."""
    for element in outline.elements:
        if (
            element.attrs
            and element.tag in ("div", "ul", "p", "td", "nav")
            and not landmarks.in_footer(element)
            and PAGER_MARKS.search(element.marks)
        ):
            line = outline.line(element, 80)
            if len(line) < limits.BARE_TEXT and (not line or re.search(r"页|\d", line)):
                return FoundPager(Pager("bare"), element)
    return None
