"""What the main part of a page holds: text, pictures, frames, links, empty containers."""

from __future__ import annotations

import re

from plugins.facts.language.phrases import LOADING, PLACEHOLDER
from plugins.facts.language.text import solid, squeeze
from plugins.facts.lists.mainpart import headings_of
from plugins.facts.markup.body import marked_body
from plugins.facts.markup.navigation import HOME
from plugins.facts.markup.outline import Element, Outline, Spans
from plugins.facts.markup.paths import FILE
from plugins.facts.page import limits
from plugins.facts.page.drawing import Drawing

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
NO_ENTRY = re.compile(
    r"(?:共|总计|合计)\s*(?:有|[：:])?\s*0\s*(?:条|篇|项|个|件)|记录(?:总)?数\s*[：:]\s*0(?!\d)"
)


def in_main(drawing: Drawing, element: Element) -> bool:
    """Whether an element stands in the main part: not in menu, breadcrumb, side bar or footer."""
    marks = drawing.landmarks
    return not (
        element.unseen
        or element.hidden
        or marks.in_footer(element)
        or marks.in_nav(element)
        or marks.in_crumb(element)
        or marks.in_side(element)
        or (drawing.main is not None and not drawing.main.holds(element))
        or (marks.crumb is not None and element.index < marks.crumb.index)
    )


def main_text(drawing: Drawing) -> int:
    """How much text stands in the main part outside links, headings and pager."""
    outline = drawing.outline
    names = {
        solid(name)
        for name in (*drawing.crumb_names, drawing.title, drawing.meta.first("ColumnName"))
    }
    pager = drawing.found_pager.element if drawing.found_pager else None
    total = 0
    side = side_spans(drawing)
    for position, text in enumerate(outline.texts):
        stripped = squeeze(text)
        if len(stripped) < limits.LEAST_WORDS:
            continue
        owner = outline.owners[position]
        if not in_main(drawing, owner) or (
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


def side_spans(drawing: Drawing) -> Spans:
    """Lists that are not the page's own: they prove nothing about its content."""
    own = {id(group) for group in drawing.own_groups}
    return Spans(
        (group.holder.index, group.holder.end)
        for group in drawing.groups
        if id(group) not in own and group.holder.tag != "body"
    )


def in_tag(owner: Element, tags: tuple[str, ...]) -> bool:
    """Whether an element is, or stands closely inside, one of some tags."""
    node: Element | None = owner
    for _ in range(limits.INSIDE_STEPS):
        if node is None:
            return False
        if node.tag in tags:
            return True
        node = node.parent
    return False


def main_pictures(drawing: Drawing) -> tuple[Element, ...]:
    """Pictures in the main part that are no icons."""
    found = []
    # Where no breadcrumb tells, all that stands before the link to the home page is the header.
    outline = drawing.outline
    home = next((a.index for a in outline.anchors if HOME.fullmatch(outline.line(a, 12))), 0)
    for element in outline.elements:
        if element.tag == "img" and element.index > home and in_main(drawing, element):
            source = element.attrs.get("src", "")
            width = re.match(r"\d+", element.attrs.get("width", ""))
            if re.search(
                r"icon|logo|dot|arrow|line|bg|spacer|blank|loading|sous|search|nodata|no_data|no-data|empty|zanwu|wushuju|none",
                source,
                re.IGNORECASE,
            ) or (width and int(width[0]) < limits.ICON_WIDTH):
                continue
            found.append(element)
    return tuple(found)


def find_player(drawing: Drawing) -> Element | None:
    """A player, an embedded object or a link to a file in the main part; None = there is none."""
    for anchor in drawing.outline.anchors:
        if FILE.search(anchor.attrs.get("href", "")) and in_main(drawing, anchor):
            return anchor
    for element in drawing.outline.elements:
        if element.tag in ("video", "audio", "embed", "object", "canvas") and in_main(
            drawing, element
        ):
            return element
    return None


def main_links(drawing: Drawing, kind: int = 2) -> int:
    """Content links in the main part; ``kind`` 1 = only such as read like titles, 2 = all.

    Short links are a menu of columns as often as content; links of side lists are never counted.
    """
    side = side_spans(drawing)
    found = [
        anchor
        for anchor in drawing.finder.content
        if in_main(drawing, anchor) and not side.hold(anchor)
    ]
    if kind == 1:
        found = [
            anchor
            for anchor in found
            if len(drawing.finder.title(anchor)) >= limits.LONG_LINK
            and not _in_menu(drawing, anchor)
        ]
    return len(found)


def _in_menu(drawing: Drawing, anchor: Element) -> bool:
    """Whether a link stands among at least four siblings most of which are short."""
    for node in list(anchor.ancestors())[: limits.MENU_STEPS]:
        inside = drawing.finder.within(node)
        if len(inside) >= limits.MENU_LINKS:
            sizes = sorted(len(drawing.finder.title(other)) for other in inside)
            return sizes[len(sizes) // 2] < limits.LONG_LINK
    return False


def main_frame(drawing: Drawing) -> Element | None:
    """An inner frame in the main part; None = there is none."""
    return next(
        (
            element
            for element in drawing.outline.elements
            if element.tag in ("iframe", "frame")
            and in_main(drawing, element)
            and not re.search(r"foot|head|top|conac|weather|tianqi", element.attrs.get("src", ""))
        ),
        None,
    )


def empty_containers(drawing: Drawing) -> list[Element]:
    """List elements of the main part without any row: ``ul``, ``ol``, ``tbody`` or a named block."""
    outline = drawing.outline
    found = []
    for element in outline.elements:
        if element.tag not in ("ul", "ol", "dl", "tbody", "table") or not in_main(drawing, element):
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
        if len(line) <= limits.VACANT_WORDS or (
            len(line) <= limits.SHORT_TEXT and _is_vacant(outline, element, line)
        ):
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
        and (
            len(outline.children(header)) >= limits.HEADER_CELLS
            or "<th" in str(header.node.html)[:400]
        )
        and not any(outline.line(row) for row in rows[1:])
    )


def has_background(drawing: Drawing) -> bool:
    """Whether a large picture is drawn behind an element without words: a map, a chart as picture."""
    return any(
        "style" in element.attrs
        and re.search(r"background[^;]{0,20}url\(", element.attrs["style"])
        and not drawing.outline.line(element, 20)
        and in_main(drawing, element)
        for element in drawing.outline.elements
    )


def counts_nothing(drawing: Drawing) -> str:
    """Words that say that the list has 0 entries; "" = none."""
    for position, text in enumerate(drawing.outline.texts):
        match = NO_ENTRY.search(text) if "0" in text else None
        if match and in_main(drawing, drawing.outline.owners[position]):
            return squeeze(match[0])
    return ""


def empty_body(drawing: Drawing) -> bool:
    """Whether an element that calls itself the text of a page stands there without any."""
    body = marked_body(drawing.outline, drawing.landmarks)
    if body is None or not in_main(drawing, body):
        return False
    inner = {child.tag for child in drawing.outline.inside(body)}
    return len(drawing.outline.line(body, 100)) < limits.BLANK_BODY and not inner & {
        "img",
        "iframe",
        "video",
        "embed",
        "object",
        "a",
        "form",
        "table",
    }


def bare_heading(drawing: Drawing) -> bool:
    """Whether the column's heading is followed by empty blocks only: a text column without text."""
    for heading in headings_of(drawing.outline, drawing.landmarks, drawing.names):
        node: Element | None = heading
        for _ in range(limits.HEADING_STEPS):
            if node is None or node.parent is None or node.parent.tag in ("body", "html"):
                break
            behind = [
                child for child in drawing.outline.children(node.parent) if child.index >= node.end
            ]
            blocks = [
                child
                for child in behind
                if child.tag in ("div", "section", "article", "p", "td", "table", "font")
            ]
            if blocks:
                return all(
                    not drawing.outline.line(child, 40)
                    and not any(
                        inner.tag in CONTENT for inner in (child, *drawing.outline.inside(child))
                    )
                    for child in behind
                    if child.tag not in ("script", "style", "br")
                )
            node = node.parent
    return False
