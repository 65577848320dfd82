"""Which lists of the main part are the page's own: side lists (热点, 推荐) and other blocks left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from plugins.facts.language.phrases import PLACEHOLDER
from plugins.facts.language.text import solid
from plugins.facts.lists import limits
from plugins.facts.lists.groups import RowGroup
from plugins.facts.lists.mainpart import CONTAINERS, heading_of, is_bare
from plugins.facts.markup.body import BODY_MARKS
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.outline import Element, Outline, Spans
from plugins.facts.markup.sight import path_of
from plugins.why import MOST_SEEN, heard, note

SIDE_HEADING = re.compile(
    r"(?:热点|热门|最热|推荐|精彩|精选|排行|点击|相关|图片新闻|阅读|浏览|最新|近期|专题|快速|友情|常用|便民|猜你|今日|本周|本月|一周|视频|微信|微博|通知提醒)[\u4e00-\u9fff]{0,8}"
)
READ_MOST = re.compile(
    r"(?:最热|热门|推荐|排行|点击|阅读|浏览|猜你|友情|常用|便民|快速|相关|微信|微博)[\u4e00-\u9fff]{0,8}"
)
ASIDE = "列表的标题或所在版块像侧栏（热点、推荐、排行等）"


def own_groups(
    outline: Outline,
    landmarks: Landmarks,
    main: Element | None,
    groups: Sequence[RowGroup],
    names: Iterable[str],
) -> list[RowGroup]:
    """The groups of the main part; lists that are headed like side lists (热门信息) are none.

    () only where the column's own place was seen without rows: an empty list or a sentence. Else
    side lists are better than nothing.
    """
    visible = [group for group in groups if not group.hidden]
    if not visible:
        # A list that is switched off whole: a tab, or links that nobody is meant to see.
        visible = [
            group for group in groups if len(group.rows) < limits.HIDDEN_ROWS and group.dated
        ]
    _left_out(outline, groups, visible, "列表是隐藏的")
    seen = visible
    if landmarks.crumb is not None:
        start = landmarks.crumb.index
        visible = [group for group in visible if group.holder.end > start] or visible
    _left_out(outline, seen, visible, "列表在面包屑之前")
    seen = visible
    if main is not None:
        visible = [g for g in visible if main.holds(g.holder) or g.holder.holds(main)]
    _left_out(outline, seen, visible, "列表不在主要部分之内")
    wanted = {solid(name) for name in names}
    taken = Spans(
        (row.element.index, row.element.end)
        for group in groups
        for row in group.rows
        if row.element is not None
    )
    own: list[RowGroup] = []
    side: list[RowGroup] = []
    heads = [heading_of(outline, group.holder, taken) for group in visible]
    plain = [
        head
        for group, head in zip(visible, heads, strict=True)
        if not (SIDE_HEADING.fullmatch(head) or landmarks.in_side(group.holder))
    ]
    # A page whose blocks all have names of their own is a portal: 最新政策 is one of its blocks.
    named = len(plain) > 1 and all(head and solid(head) not in wanted for head in plain)
    for group, heading in zip(visible, heads, strict=True):
        aside = solid(heading) not in wanted and (READ_MOST if named else SIDE_HEADING).fullmatch(
            heading
        )
        (side if aside or landmarks.in_side(group.holder) else own).append(group)
    if len(own) == limits.PAIR and _beside(own[0], own[1]):
        first, second = (heading_of(outline, group.holder, taken) for group in own)
        if (not first or solid(first) in wanted) and second and solid(second) not in wanted:
            _left_out(outline, own, own[:1], "列表在旁边的版块中，有别的标题")
            _left_out(outline, side, (), ASIDE)
            return own[:1]
    if own or not side:
        _left_out(outline, side, (), ASIDE)
        return own
    scope = main if main is not None else outline.elements[0]
    lists = Spans((group.holder.index, group.holder.end) for group in side)
    vacant = any(
        (
            (element.tag in CONTAINERS and is_bare(outline, element))
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
        limits.LEAST_SENTENCE <= len(text.strip()) <= limits.PLACEHOLDER_TEXT
        and PLACEHOLDER.search(text)
        and not lists.hold(outline.owners[position])
        and outline.owners[position].tag != "a"
        for position, text in enumerate(outline.texts[scope.first : scope.last], scope.first)
    )
    if vacant:
        _left_out(outline, side, (), f"{ASIDE}，而栏目自己的位置是空的")
        return []
    return side


def _left_out(
    outline: Outline, before: Iterable[RowGroup], after: Collection[RowGroup], why: str
) -> None:
    """Tell which lists are not taken for the page's own."""
    if heard():
        kept = {id(group) for group in after}
        for group in before:
            if id(group) not in kept:
                words = outline.line(group.holder, MOST_SEEN)
                said = f"{len(group.rows)}行：{words}"
                note("rows", f"略去一个列表：{why}", "略去", said, at=path_of(group.holder))


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
            len(outline.line(anchor, 40)) >= limits.LONG_LINK
            or any(child.tag == "img" for child in outline.inside(anchor))
        )
        for anchor in outline.anchors_in(near)
    )


def _beside(one: RowGroup, other: RowGroup) -> bool:
    """Whether two lists stand in different blocks of the page, not one below the other in one."""
    return (
        one.holder.end <= other.holder.index
        and one.holder.parent is not None
        and not one.holder.parent.holds(other.holder)
        and bool(one.dated)
    )
