"""What the main part of a page holds: text, pictures, frames, links, empty containers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.facts.language.phrases import LOADING, PLACEHOLDER
from plugins.facts.language.text import solid, squeeze
from plugins.facts.lists.mainpart import headings_of
from plugins.facts.markup.outline import Element, Outline, Spans
from plugins.facts.page.navigation import FILE, HOME
from plugins.facts.papers.article import marked_body

if TYPE_CHECKING:
    from plugins.facts.page.drawing import Layout

CONTENT = frozenset(
    (
        "img",
        "iframe",
        "frame",
        "video",
        "audio",
        "embed",
        "object",
        "a",
        "form",
        "input",
        "canvas",
        "svg",
        "script",
        "select",
        "button",
        "textarea",
        "area",
    )
)
SHORT_TEXT = 40
NO_ENTRY = re.compile(
    r"(?:共|总计|合计)\s*(?:有|[：:])?\s*0\s*(?:条|篇|项|个|件)|记录(?:总)?数\s*[：:]\s*0(?!\d)"
)
LONG_LINK = 9


def in_main(layout: Layout, element: Element) -> bool:
    """Whether an element stands in the main part: not in menu, breadcrumb, side bar or footer."""
    marks = layout.landmarks
    return not (
        element.unseen
        or element.hidden
        or marks.in_footer(element)
        or marks.in_nav(element)
        or marks.in_crumb(element)
        or marks.in_side(element)
        or (layout.main is not None and not layout.main.holds(element))
        or (marks.crumb is not None and element.index < marks.crumb.index)
    )


def main_text(layout: Layout) -> int:
    """How much text stands in the main part outside links, headings and pager."""
    outline = layout.outline
    names = {
        solid(name) for name in (*layout.crumb_names, layout.title, layout.meta.first("ColumnName"))
    }
    pager = layout.found_pager.element if layout.found_pager else None
    total = 0
    side = side_spans(layout)
    for position, text in enumerate(outline.texts):
        stripped = squeeze(text)
        if len(stripped) < 2:
            continue
        owner = outline.owners[position]
        if not in_main(layout, owner) or (
            pager is not None and pager.tag != "script" and pager.holds(owner)
        ):
            continue
        if side.hold(owner):
            continue
        if (
            solid(stripped) in names
            or in_tag(owner, ("a", "h1", "h2", "h3", "h4", "button", "label", "th", "dt"))
            or re.fullmatch(
                r"(?:[\W\d]|打印(?:本页)?|关闭(?:窗口|本页)?|分享到?|收藏(?:本页)?|字体|大|中|小|返回(?:顶部|列表)?){1,40}(?<!\d{7})|[\W\d]*\d{4}[-/.]\d\d?[-/.]\d\d?[\W\d]*|共\s*\d+\s*[条页篇].{0,20}|第.{1,10}页.*",
                stripped,
            )
        ):
            continue
        total += len(stripped)
    return total


def side_spans(layout: Layout) -> Spans:
    """Lists that are not the page's own: they prove nothing about its content."""
    own = {id(group) for group in layout.own_groups}
    return Spans(
        (group.holder.index, group.holder.end)
        for group in layout.groups
        if id(group) not in own and group.holder.tag != "body"
    )


def in_tag(owner: Element, tags: tuple[str, ...]) -> bool:
    """Whether an element is, or stands closely inside, one of some tags."""
    node: Element | None = owner
    for _ in range(4):
        if node is None:
            return False
        if node.tag in tags:
            return True
        node = node.parent
    return False


def main_pictures(layout: Layout) -> int:
    """Pictures in the main part that are no icons."""
    count = 0
    # Where no breadcrumb tells, all that stands before the link to the home page is the header.
    outline = layout.outline
    home = next((a.index for a in outline.anchors if HOME.fullmatch(outline.line(a, 12))), 0)
    for element in outline.elements:
        if element.tag == "img" and element.index > home and in_main(layout, element):
            source = element.attrs.get("src", "")
            width = re.match(r"\d+", element.attrs.get("width", ""))
            if re.search(
                r"icon|logo|dot|arrow|line|bg|spacer|blank|loading|sous|search|nodata|no_data|no-data|empty|zanwu|wushuju|none",
                source,
                re.IGNORECASE,
            ) or (width and int(width[0]) < 60):
                continue
            count += 1
    return count


def has_player(layout: Layout) -> bool:
    """Whether a player, an embedded object or a link to a file stands in the main part."""
    if any(
        FILE.search(anchor.attrs.get("href", "")) and in_main(layout, anchor)
        for anchor in layout.outline.anchors
    ):
        return True
    for element in layout.outline.elements:
        if element.tag in ("video", "audio", "embed", "object", "canvas") and in_main(
            layout, element
        ):
            return True
    return False


def main_links(layout: Layout, kind: int = 2) -> int:
    """Content links in the main part; ``kind`` 1 = only such as read like titles, 2 = all.

    Short links are a menu of columns as often as content; links of side lists are never counted.
    """
    side = side_spans(layout)
    found = [
        anchor
        for anchor in layout.finder.content
        if in_main(layout, anchor) and not side.hold(anchor)
    ]
    if kind == 1:
        found = [
            anchor
            for anchor in found
            if len(layout.finder.title(anchor)) >= LONG_LINK and not _in_menu(layout, anchor)
        ]
    return len(found)


def _in_menu(layout: Layout, anchor: Element) -> bool:
    """Whether a link stands among at least four siblings most of which are short."""
    for node in list(anchor.ancestors())[:4]:
        inside = layout.finder.within(node)
        if len(inside) >= 4:
            sizes = sorted(len(layout.finder.title(other)) for other in inside)
            return sizes[len(sizes) // 2] < LONG_LINK
    return False


def main_frames(layout: Layout) -> bool:
    """Whether an inner frame stands in the main part."""
    return any(
        element.tag in ("iframe", "frame")
        and in_main(layout, element)
        and not re.search(r"foot|head|top|conac|weather|tianqi", element.attrs.get("src", ""))
        for element in layout.outline.elements
    )


def empty_containers(layout: Layout) -> list[Element]:
    """List elements of the main part without any row: ``ul``, ``ol``, ``tbody`` or a named block."""
    outline = layout.outline
    found = []
    for element in outline.elements:
        if element.tag not in ("ul", "ol", "dl", "tbody", "table") or not in_main(layout, element):
            continue
        if outline.anchors_in(element):
            continue
        inner = [child.tag for child in outline.inside(element)]
        if any(
            tag in ("img", "iframe", "input", "video", "form", "object", "textarea", "ul", "table")
            for tag in inner
        ):
            continue
        line = outline.line(element, 200)
        if len(line) <= 2 or (len(line) <= SHORT_TEXT and _is_vacant(outline, element, line)):
            found.append(element)
    return found


def _is_vacant(outline: Outline, element: Element, line: str) -> bool:
    """Whether the words of a list element are a sentence in place of rows, or a table's header."""
    if PLACEHOLDER.search(line) or LOADING.search(line):
        return True
    rows = [child for child in outline.inside(element) if child.tag == "tr"]
    header = rows[0] if rows else None
    return (
        header is not None
        and (len(outline.children(header)) >= 3 or "<th" in str(header.node.html)[:400])
        and not any(outline.line(row) for row in rows[1:])
    )


def has_background(layout: Layout) -> bool:
    """Whether a large picture is drawn behind an element without words: a map, a chart as picture."""
    return any(
        "style" in element.attrs
        and re.search(r"background[^;]{0,20}url\(", element.attrs["style"])
        and not layout.outline.line(element, 20)
        and in_main(layout, element)
        for element in layout.outline.elements
    )


def counts_nothing(layout: Layout) -> str:
    """Words that say that the list has 0 entries; "" = none."""
    for position, text in enumerate(layout.outline.texts):
        match = NO_ENTRY.search(text) if "0" in text else None
        if match and in_main(layout, layout.outline.owners[position]):
            return squeeze(match[0])
    return ""


def empty_body(layout: Layout) -> bool:
    """Whether an element that calls itself the text of a page stands there without any."""
    body = marked_body(layout.outline, layout.landmarks)
    if body is None or not in_main(layout, body):
        return False
    inner = {child.tag for child in layout.outline.inside(body)}
    return len(layout.outline.line(body, 100)) < 10 and not inner & {
        "img",
        "iframe",
        "video",
        "embed",
        "object",
        "a",
        "form",
        "table",
    }


def bare_heading(layout: Layout) -> bool:
    """Whether the column's heading is followed by empty blocks only: a text column without text."""
    for heading in headings_of(layout.outline, layout.landmarks, layout.names):
        node: Element | None = heading
        for _ in range(3):
            if node is None or node.parent is None or node.parent.tag in ("body", "html"):
                break
            behind = [
                child for child in layout.outline.children(node.parent) if child.index >= node.end
            ]
            blocks = [
                child
                for child in behind
                if child.tag in ("div", "section", "article", "p", "td", "table", "font")
            ]
            if blocks:
                return all(
                    not layout.outline.line(child, 40)
                    and not any(
                        inner.tag in CONTENT for inner in (child, *layout.outline.inside(child))
                    )
                    for child in behind
                    if child.tag not in ("script", "style", "br")
                )
            node = node.parent
    return False
