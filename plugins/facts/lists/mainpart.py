"""The main part of a column page: where its own list or text stands, side lists left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from plugins.facts.language.phrases import LOADING, PLACEHOLDER, TEMPLATE, TEMPLATE_NAMES
from plugins.facts.language.text import solid, squeeze
from plugins.facts.lists.groups import Group
from plugins.facts.markup.body import BODY_MARKS
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.outline import Element, Outline, Spans

SIDE_HEADING = re.compile(
    r"(?:热点|热门|最热|推荐|精彩|精选|排行|点击|相关|图片新闻|阅读|浏览|最新|近期|专题|快速|友情|常用|便民|猜你|今日|本周|本月|一周|视频|微信|微博|通知提醒)[\u4e00-\u9fff]{0,8}"
)
READ_MOST = re.compile(
    r"(?:最热|热门|推荐|排行|点击|阅读|浏览|猜你|友情|常用|便民|快速|相关|微信|微博)[\u4e00-\u9fff]{0,8}"
)
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
ENOUGH_TEXT = 30
LONG_LINK = 9
MORE_TAIL = re.compile(r"\s*(?:查看)?(?:更多|more|MORE|More|\+|>+|»)+\s*$")


def find_main(
    outline: Outline,
    landmarks: Landmarks,
    names: Iterable[str],
    groups: Sequence[Group],
    pager: Element | None,
) -> Element | None:
    """The smallest element that holds the column's heading (or breadcrumb, or pager) and content.

    Content is a list, an empty list element, text, a frame, a form or a picture. None where only
    the whole page holds both: then nothing is left out.
    """
    if pager is not None:
        found = _around(outline, landmarks, pager, groups, before=True)
        if found is not None:
            return found
    for heading in headings_of(outline, landmarks, names):
        found = _around(outline, landmarks, heading, groups)
        if found is not None:
            return found
    if landmarks.crumb is not None:
        return _around(outline, landmarks, landmarks.crumb, groups)
    return None


def headings_of(outline: Outline, landmarks: Landmarks, names: Iterable[str]) -> list[Element]:
    """Elements outside menu and breadcrumb whose whole text is the column's name; last ones first."""
    wanted = {solid(name) for name in names} - {""}
    if not wanted:
        return []
    longest = max(map(len, wanted)) + 8
    found = []
    for position, text in enumerate(outline.texts):
        if len(text) > longest + 40 or not text.strip():
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
    groups: Sequence[Group],
    *,
    before: bool = False,
) -> Element | None:
    """Climb from a mark to the first element that also holds content; None at the body."""
    node = start
    while True:
        parent = node.parent
        if parent is None or parent.tag in ("body", "html"):
            return None
        if parent.tag == "form" and parent.depth <= 3:
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
    groups: Sequence[Group],
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
            and _is_bare(outline, element)
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
        if size >= ENOUGH_TEXT:
            return True
        if 3 <= len(text) <= 60 and any(
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
        return width is not None and int(width[0]) >= 200
    return element.tag in ("iframe", "video", "embed", "object", "textarea") or (
        element.tag in CONTAINERS and _is_bare(outline, element)
    )


def _fills(script: str) -> bool:
    """Whether a script in this place writes or carries rows."""
    return (
        "<record" in script
        or ("document.write" in script and "<a" in script)
        or re.search(r"=\s*\[\s*\{", script) is not None
    )


def _is_bare(outline: Outline, element: Element) -> bool:
    """Whether a list element has no link, picture or field: an empty list, or one sentence."""
    if outline.anchors_in(element):
        return False
    if any(
        child.tag in ("img", "input", "iframe", "select", *CONTAINERS[:3])
        for child in outline.inside(element)
    ):
        return False
    return len(outline.line(element, 80)) <= 60


def own_groups(
    outline: Outline,
    landmarks: Landmarks,
    main: Element | None,
    groups: Sequence[Group],
    names: Iterable[str],
) -> list[Group]:
    """The groups of the main part; lists that are headed like side lists (热门信息) are none.

    () only where the column's own place was seen without rows: an empty list or a sentence. Else
    side lists are better than nothing.
    """
    visible = [group for group in groups if not group.hidden]
    if not visible:
        # A list that is switched off whole: a tab, or links that nobody is meant to see.
        visible = [group for group in groups if len(group.rows) < 30 and group.dated]
    if landmarks.crumb is not None:
        start = landmarks.crumb.index
        visible = [group for group in visible if group.holder.end > start] or visible
    if main is not None:
        visible = [g for g in visible if main.holds(g.holder) or g.holder.holds(main)]
    wanted = {solid(name) for name in names}
    taken = Spans(
        (row.element.index, row.element.end)
        for group in groups
        for row in group.rows
        if row.element is not None
    )
    own: list[Group] = []
    side: list[Group] = []
    heads = [heading_of(outline, group.holder, taken) for group in visible]
    plain = [
        head
        for group, head in zip(visible, heads, strict=True)
        if not (SIDE_HEADING.fullmatch(head) or landmarks.in_side(group.holder))
    ]
    # A page whose blocks all have names of their own is a portal: 最新政策 is one of its blocks.
    named = len(plain) >= 2 and all(head and solid(head) not in wanted for head in plain)
    for group, heading in zip(visible, heads, strict=True):
        aside = solid(heading) not in wanted and (READ_MOST if named else SIDE_HEADING).fullmatch(
            heading
        )
        (side if aside or landmarks.in_side(group.holder) else own).append(group)
    if len(own) == 2 and _beside(own[0], own[1]):
        first, second = (heading_of(outline, group.holder, taken) for group in own)
        if (not first or solid(first) in wanted) and second and solid(second) not in wanted:
            return own[:1]
    if own or not side:
        return own
    scope = main if main is not None else outline.elements[0]
    lists = Spans((group.holder.index, group.holder.end) for group in side)
    vacant = any(
        (
            (element.tag in CONTAINERS and _is_bare(outline, element))
            or _is_blank_body(outline, element)
        )
        and not element.unseen
        and not lists.hold(element)
        and not landmarks.in_nav(element)
        and not landmarks.in_footer(element)
        and not _among_links(outline, landmarks, element, lists)
        and not any(_surroundings(outline, element).holds(group.holder) for group in side)
        for element in outline.inside(scope)
    ) or any(
        3 <= len(text.strip()) <= 60
        and PLACEHOLDER.search(text)
        and not lists.hold(outline.owners[position])
        and outline.owners[position].tag != "a"
        for position, text in enumerate(outline.texts[scope.first : scope.last], scope.first)
    )
    return [] if vacant else side


def _is_blank_body(outline: Outline, element: Element) -> bool:
    """Whether an element that calls itself the text of a page is blank."""
    return (
        element.tag in ("div", "td", "font", "article")
        and bool(element.attrs)
        and BODY_MARKS.search(element.marks) is not None
        and not outline.line(element, 10)
        and all(child.tag in ("p", "br", "span", "div") for child in outline.inside(element))
    )


def _surroundings(outline: Outline, element: Element) -> Element:
    """The smallest element around a blank one that shows anything: the block that it stands in."""
    node = element
    while node.parent is not None and not outline.line(node, 10):
        node = node.parent
    return node


def _among_links(outline: Outline, landmarks: Landmarks, element: Element, lists: Spans) -> bool:
    """Whether titles or pictures stand close by, outside side lists: the dots of a slide show."""
    near = element.parent.parent if element.parent is not None else None
    return near is not None and any(
        not lists.hold(anchor)
        and not landmarks.in_nav(anchor)
        and (
            len(outline.line(anchor, 40)) >= LONG_LINK
            or any(child.tag == "img" for child in outline.inside(anchor))
        )
        for anchor in outline.anchors_in(near)
    )


def _beside(one: Group, other: Group) -> bool:
    """Whether two lists stand in different blocks of the page, not one below the other in one."""
    return (
        one.holder.end <= other.holder.index
        and one.holder.parent is not None
        and not one.holder.parent.holds(other.holder)
        and bool(one.dated)
    )


def heading_of(outline: Outline, holder: Element, taken: Spans | None = None) -> str:
    """The short text right before a list: the heading of its block; "" where there is none.

    ``taken`` are the rows of all lists: a row before a list is no heading, the list goes on.
    """
    node: Element | None = holder
    for _ in range(4):
        if node is None or node.parent is None or node.tag in ("body", "html"):
            return ""
        first = max(node.parent.first, node.first - 8)
        last = node.first
        while last > first and not outline.texts[last - 1].strip():
            last -= 1
        if taken is not None and last > first and taken.hold(outline.owners[last - 1]):
            return ""
        lines = [squeeze(line) for line in outline.span(first, last, 200).split("\n")]
        lines = [MORE_TAIL.sub("", line).strip() for line in lines]
        lines = [line for line in lines if line]
        if lines:
            return lines[-1] if len(lines[-1]) <= 16 else ""
        node = node.parent
    return ""
