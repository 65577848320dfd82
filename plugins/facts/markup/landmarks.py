"""The fixed parts of a page: breadcrumb, header, menus, side bars, footer."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from plugins.facts.language.text import squeeze
from plugins.facts.markup import limits
from plugins.facts.markup.outline import Element, Outline

HERE = re.compile(
    r"(?:当前|现在|所在|所处|浏览|目前)[^：:>]{0,6}(?:位置|页面|栏目)|^\s*位置\s*[：:]|(?:您|你)(?:现在|当前)?(?:的位置|在)"
)
CRUMB_MARKS = re.compile(
    r"crumb|breadcrumb|bread|mianbao|dqwz|location|curpos|weizhi|position|(?<![a-z])path(?![a-z])|local(?![a-z])|cur-?pos|wz_nav|address"
)
TRAIL = re.compile(r"^(?:网站|本站|中心)?首\s*页\s*(?:>|&gt;|»|›|/|→|＞|-|\|)")
FOOT_MARKS = re.compile(
    r"(?<![a-z])(?:foot|footer|bottom|copyright|dibu|dbnav|bqxx|yejiao)|footer|page-?bottom"
)
FOOT_WORDS = re.compile(
    r"ICP\s*备|公网安备|网站标识码|政府标识码|标识码[：:]|版权所有|Copyright|©|主办单位?[：:]|承办单位?[：:]|主办方?[：:]|技术支持[：:]",
    re.IGNORECASE,
)
NAV_MARKS = re.compile(
    r"(?<![a-z])(?:nav|navi|navbar|menu|submenu|daohang|dh|head|header|top|topbar|banner|logo|tabnav)(?![a-z])|navigation|(?<![a-z])(?:left|side|sub|main|top|right|zl|l|lm|page)[-_]?(?:nav|menu)|nav[-_]|menu[-_]"
)
SIDE_MARKS = re.compile(
    r"(?<![a-z])(?:aside|side|sidebar|hot|rank|rel|relate|related|recommend|tuijian|paihang|xgyd|xgwz|phb|tj|sidelist)(?![a-z])|sidebar|(?<![a-z])(?:hot|side|recom|relat)[-_]?(?:news|list|box|bar|con|art|info)"
)


@dataclass
class Landmarks:
    """Where the fixed parts stand; a missing part is None.

    ``footer`` is the element that opens the footer: all that follows belongs to it too.
    ``navs`` are elements that are menus, ``sides`` such as say that they are side bars.
    """

    crumb: Element | None = None
    footer: Element | None = None
    navs: list[Element] = field(default_factory=list)
    sides: list[Element] = field(default_factory=list)
    foot_from: int = 1 << 60

    def in_footer(self, element: Element) -> bool:
        """Whether an element belongs to the footer or stands behind it."""
        return element.index >= self.foot_from

    def in_nav(self, element: Element) -> bool:
        """Whether an element stands in a menu or header."""
        return _within(element, self.navs)

    def in_side(self, element: Element) -> bool:
        """Whether an element stands in a part that calls itself a side bar."""
        return _within(element, self.sides)

    def in_crumb(self, element: Element) -> bool:
        """Whether an element stands in the breadcrumb."""
        return self.crumb is not None and self.crumb.holds(element)


def _within(element: Element, parts: list[Element]) -> bool:
    place = bisect_left(parts, element.index + 1, key=lambda part: part.index)
    # Parts are in document order and never nested: the last one that opens before decides.
    return place > 0 and parts[place - 1].holds(element)


def find_landmarks(outline: Outline) -> Landmarks:
    """Find the fixed parts by tag, by what they say and by what they hold."""
    found = Landmarks()
    found.crumb = _find_crumb(outline)
    _find_footer(outline, found)
    last_nav = last_side = -1
    for element in outline.elements:
        tag = element.tag
        if tag in (
            "a",
            "span",
            "p",
            "img",
            "br",
            "script",
            "li",
            "td",
            "tr",
            "input",
            "i",
            "em",
            "body",
            "html",
        ):
            continue
        if element.index >= found.foot_from:
            break
        if element.index >= last_nav and (
            tag in ("nav", "header") or (element.attrs and _is_nav(outline, element))
        ):
            if (
                found.crumb is not None
                and element.holds(found.crumb)
                and element.end - found.crumb.end > limits.AROUND_CRUMB
            ):
                continue
            found.navs.append(element)
            last_nav = element.end
        elif element.index >= last_side and (
            tag == "aside" or (element.attrs and SIDE_MARKS.search(element.marks))
        ):
            found.sides.append(element)
            last_side = element.end
    return found


def _is_nav(outline: Outline, element: Element) -> bool:
    """Whether something called a menu or header is one: mostly short links, no long text."""
    if not NAV_MARKS.search(element.marks):
        return False
    anchors = outline.anchors_in(element)
    total = sum(len(text.strip()) for text in outline.texts[element.first : element.last])
    if not anchors:
        return total < limits.NAV_TEXT
    words = [len(squeeze("".join(outline.texts[a.first : a.last]))) for a in anchors]
    long = sum(size > limits.NAV_WORD for size in words)
    rest = limits.NAV_REST + limits.NAV_REST_PER_LINK * len(anchors)
    return long <= len(words) // limits.NAV_LONG_SHARE and total - sum(words) < rest


def _find_crumb(outline: Outline) -> Element | None:
    """By its words (当前位置), by its name, by its form (首页 > …), in this order."""
    return _crumb_by_words(outline) or _crumb_by_name(outline) or _crumb_by_form(outline)


def _crumb_by_words(outline: Outline) -> Element | None:
    for position, text in enumerate(outline.texts):
        if len(text) <= limits.HERE_TEXT and HERE.search(text):
            found = _crumb_around(outline, outline.owners[position])
            if found is not None:
                return found
    return None


def _crumb_by_name(outline: Outline) -> Element | None:
    for element in outline.elements:
        if element.attrs and CRUMB_MARKS.search(element.marks) and not element.unseen:
            found = _crumb_around(outline, element)
            if found is not None:
                line = outline.line(found)
                if ">" in line or "首页" in line.replace(" ", ""):
                    return found
    return None


def _crumb_by_form(outline: Outline) -> Element | None:
    for anchor in outline.anchors[:200]:
        parent = anchor.parent
        if parent is not None and "首" in outline.line(anchor, 20):
            for holder in (parent, parent.parent):
                if holder is not None and TRAIL.match(outline.line(holder, 200)):
                    return holder
    return None


def _crumb_around(outline: Outline, element: Element) -> Element | None:
    """The smallest element around that holds a link and is short: the breadcrumb itself."""
    node: Element | None = element
    for _ in range(limits.CRUMB_STEPS):
        if node is None or node.tag in ("body", "html"):
            return None
        anchors = outline.anchors_in(node)
        if anchors:
            return (
                node
                if (
                    len(anchors) <= limits.CRUMB_LINKS
                    and len(outline.line(node, 600)) <= limits.CRUMB_TEXT
                )
                else None
            )
        node = node.parent
    return None


def _find_footer(outline: Outline, found: Landmarks) -> None:
    """The footer opens where its element or its typical words stand, in the last part of the page."""
    total = len(outline.texts)
    # Words first: they are evidence, names are only hints.
    for position in range(max(0, total // limits.FOOT_SHARE), total):
        text = outline.texts[position]
        if not FOOT_WORDS.search(text) or len(text) > limits.FOOT_WORDS:
            continue
        top = _foot_top(outline, outline.owners[position])
        if top is not None:
            found.footer = top
            found.foot_from = top.index
            break
    for element in outline.elements:
        if element.index >= found.foot_from:
            break
        if element.tag == "footer" or (
            element.attrs
            and element.tag in ("div", "section", "table", "td")
            and FOOT_MARKS.search(element.marks)
        ):
            behind = total - element.last
            if (
                element.first >= total // limits.FOOT_SHARE
                and behind <= max(limits.FOOT_BEHIND, total // limits.FOOT_BEHIND_SHARE)
                and element.last > element.first
            ):
                found.footer = element
                found.foot_from = element.index
                break


def _foot_top(outline: Outline, owner: Element) -> Element | None:
    """Climb from a typical word to the element that is the footer, and no further."""
    total = len(outline.texts)
    top: Element | None = None
    for node in (owner, *owner.ancestors()):
        if node.tag in ("body", "html", "form") or node.first < total // limits.FOOT_SHARE:
            break
        if len(outline.span(node.first, node.last, 3_000)) > limits.FOOT_TEXT or _has_list(
            outline, node
        ):
            break
        top = node
    return top


def _has_list(outline: Outline, node: Element) -> bool:
    """Whether it holds something that is no footer: many long links or a heading with text."""
    titles = (
        len(outline.line(anchor, 60)) > limits.FOOT_LINK for anchor in outline.anchors_in(node)[:60]
    )
    return sum(titles) >= limits.FOOT_TITLES
