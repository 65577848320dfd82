"""The body of a page: the element with most running text, or the one that calls itself so."""

from __future__ import annotations

import re

from plugins.facts.markup import limits
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.outline import Element, Outline

BODY_MARKS = re.compile(
    r"trs_editor|trs_ueditor|trs_paper|ucap-?content|v_news_content|zoom|(?<![a-z])(?:article|artical|detail|content|xxgk_content|news_content|con_con|text_con|txt|j-fontcontent|pages_content|bodylabel|view|editor|xilan|main-?text|wzcon|news_?con|info-?con)(?![a-z])"
    r"|article[-_]?(?:con|content|body|detail|text|main|box)|(?:art|news|text|detail|info|xl|wz|main|page)[-_]?(?:con|content|body|text|main|nr)(?![a-z])|content[-_]?(?:body|text|main|detail|box|con)"
)
TOPS = frozenset(("body", "html"))
PARTS = frozenset(("tr", "tbody", "table", "li", "ul", "ol"))
PARAGRAPHS = frozenset(("p", "li", "h2", "h3", "h4", "td", "tr"))


def find_body(outline: Outline, landmarks: Landmarks) -> Element | None:
    """The element that holds most running text; None where the page has none.

    Each text that is no link scores for its nearest block and, less, for the blocks above, so that
    the holder of many paragraphs wins over each paragraph and over the whole page. Where there is
    hardly any text the body is a picture or empty: then what calls itself the body is it.
    """
    scores = _text_scores(outline, landmarks)
    for index in scores:
        element = outline.elements[index]
        if element.attrs and BODY_MARKS.search(element.marks):
            scores[index] *= limits.NAMED
    best = outline.elements[max(scores, key=lambda index: scores[index])] if scores else None
    if best is None or scores[best.index] < limits.THIN:
        return marked_body(outline, landmarks) or best
    while best.tag in PARTS and best.parent is not None and best.parent.tag not in TOPS:
        best = best.parent
    return best


def _text_scores(outline: Outline, landmarks: Landmarks) -> dict[int, float]:
    scores: dict[int, float] = {}
    for position, text in enumerate(outline.texts):
        owner = outline.owners[position]
        if landmarks.in_footer(owner):
            break
        length = len(text.strip())
        if length < limits.LEAST_WORDS or not _is_running(owner, landmarks):
            continue
        share = float(min(length, limits.PARAGRAPH)) + limits.MARK_SCORE * sum(
            text.count(mark) for mark in "，。；、"
        )
        node: Element | None = outline.elements[owner.block]
        for step in range(limits.HOLDER_STEPS):
            if node is None or (node.tag in TOPS and step == 0):
                break
            if step or node.tag not in PARAGRAPHS:
                scores[node.index] = scores.get(node.index, 0.0) + share
            if node.tag in TOPS:
                break
            if step or node.tag != "p":
                share *= limits.FADING
            node = node.parent
    return scores


def _is_running(owner: Element, landmarks: Landmarks) -> bool:
    """Whether a text can be part of an article: shown, no link, no heading, outside the menus."""
    return not (
        owner.unseen
        or owner.hidden
        or owner.tag in ("a", "button", "h1", "title", "label")
        or landmarks.in_nav(owner)
        or landmarks.in_crumb(owner)
        or _in_anchor(owner)
    )


def _in_anchor(owner: Element) -> bool:
    node: Element | None = owner
    for _ in range(limits.LINK_STEPS):
        if node is None:
            return False
        if node.tag == "a":
            return True
        node = node.parent
    return False


SHARE_MARKS = re.compile(r"jiathis|bshare|bdshare|share[-_]?(?:bar|box|txt|text)|socialshare")


def marked_body(outline: Outline, landmarks: Landmarks) -> Element | None:
    """An element that calls itself the body of an article: for bodies without any text.

    Of several the innermost of the first one: holders are often named alike.
    """
    found: Element | None = None
    for element in outline.elements:
        if not element.attrs or element.tag not in (
            "div",
            "td",
            "font",
            "span",
            "section",
            "article",
            "ucapcontent",
        ):
            continue
        if landmarks.in_footer(element):
            break
        if element.hidden or landmarks.in_nav(element) or not BODY_MARKS.search(element.marks):
            continue
        if SHARE_MARKS.search(element.marks):
            continue
        if found is None or found.holds(element):
            found = element
    return found
