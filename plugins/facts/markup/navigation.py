"""Columns that a page leads to: menus, side menus, blocks with 更多."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plugins.addresses import urls
from plugins.facts.language.phrases import MORE
from plugins.facts.language.text import CHINESE, squeeze
from plugins.facts.markup import limits
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.links import Link
from plugins.facts.markup.outline import Element, Outline, Spans
from plugins.facts.markup.paths import FILE, is_article_path

HOME = re.compile(r"(?:网站|返回|回到|本站)?首\s*页|主\s*页|home", re.IGNORECASE)
NO_COLUMN = re.compile(
    r"(?:设为|加入)(?:首页|收藏)|收藏本站|登录|注册|退出|搜索|检索|高级搜索|简体|繁體|繁体|English|EN|无障碍.*|长者.*|适老.*|关怀.*|老年.*|网站地图|站点地图|RSS.*|微信.*|微博.*|客户端|APP|手机版|邮箱|返回.*|打印.*|关闭.*|上一[页篇].*|下一[页篇].*|[首尾末]页|\d+|IPv6.*|今天.*|天气.*|智能.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NavColumn:
    """A column that the page's navigation names."""

    name: str
    url: str
    key: str


def find_columns(
    outline: Outline,
    landmarks: Landmarks,
    links: Iterable[tuple[Element, Link]],
    address: str,
    rows: Spans,
    written: Iterable[Link],
) -> tuple[NavColumn, ...]:
    """Columns named by menus and block headings; no articles, files or other hosts."""
    host, own = urls.host_of(address), urls.url_key(address)
    found: dict[str, NavColumn] = {}

    def add(name: str, link: Link) -> None:
        name = squeeze(name).strip(" >»·|[]【】<«:：")
        if (
            link.key
            and link.key not in found
            and link.key != own
            and urls.host_of(link.url) == host
            and limits.LEAST_NAME <= len(name) <= limits.LONGEST_NAME
            and CHINESE.search(name)
            and not HOME.fullmatch(name)
            and not NO_COLUMN.fullmatch(name)
            and not is_article_path(link.url)
            and not FILE.search(link.url)
        ):
            found[link.key] = NavColumn(name, link.url, link.key)

    for element, link in links:
        if element.unseen or (link.hidden and landmarks.in_footer(element)):
            continue
        words = link.text or link.title
        if MORE.fullmatch(words) or not words:
            add(heading_before(outline, element), link)
        elif landmarks.in_footer(element):
            continue
        elif not rows.hold(element):
            add(words, link)
    for link in written:
        add(link.words, link)
    return tuple(found.values())


def heading_before(outline: Outline, element: Element) -> str:
    """The name of the block that a 更多 link belongs to: the nearest heading before or around."""
    node: Element | None = element
    for _ in range(limits.NAME_STEPS):
        if node is None or node.parent is None or node.tag == "body":
            return ""
        before = outline.span(
            max(node.parent.first, node.first - limits.NAME_BACK), node.first, 400
        )
        lines = [squeeze(line) for line in before.split("\n") if squeeze(line)]
        for line in lines[: limits.NAME_LINES]:
            name = line.strip(" >»·|[]【】")
            if (
                limits.LEAST_NAME <= len(name) <= limits.LONGEST_NAME
                and CHINESE.search(name)
                and not re.search(r"\d", name)
            ):
                return name
        node = node.parent
    return ""
