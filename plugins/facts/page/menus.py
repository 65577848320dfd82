"""Menus taken by themselves: entries that stand twice, and what a menu calls the page it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from plugins.addresses import urls
from plugins.facts.language.phrases import MORE
from plugins.facts.language.text import CHINESE
from plugins.facts.markup.navigation import HOME, NO_COLUMN
from plugins.facts.markup.outline import Element, Outline
from plugins.facts.markup.paths import FILE, is_article_path
from plugins.facts.page import limits

if TYPE_CHECKING:
    from plugins.facts.page.page import Page

ITEMS = frozenset({"li", "td", "dd", "dt"})
EDGES = " >»·|[]【】<«:：-—›"


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of a menu."""

    name: str
    url: str
    key: str


def menus(page: Page) -> Iterator[tuple[MenuEntry, ...]]:
    """The menus of a page, entries of one level together; those of fewer than three left out.

    Neighbours with short names are a menu wherever they stand, but for rows of lists, breadcrumb and
    footer. An entry of a level is the first link of its ``li`` (or cell): what a menu unfolds below
    it is a menu of its own. Links to articles, files, other hosts and within the page are no entries.
    """
    groups: dict[int, list[MenuEntry | None]] = {}
    drawing = page.drawing
    marks, outline = drawing.landmarks, drawing.outline
    host = urls.host_of(page.address)
    for anchor in outline.anchors:
        if marks.in_footer(anchor):
            break
        if anchor.unseen or marks.in_crumb(anchor) or page.reading.row_spans.hold(anchor):
            continue
        holder = _holder(outline, anchor)
        if holder is None:
            continue
        raw = anchor.attrs.get("href", "")
        url, key = drawing.extractor.address(raw)
        name = outline.line(anchor, 40).strip(EDGES)
        entry = MenuEntry(name, url, key) if _is_entry(name, raw, url, host) else None
        groups.setdefault(holder.index, []).append(entry)
    for group in groups.values():
        found = tuple(entry for entry in group if entry is not None)
        if len(found) >= max(limits.MENU_ENTRIES, limits.MENU_SHARE * len(group)):
            yield found


def called_by_menus(page: Page) -> tuple[str, ...]:
    """What the menus on a page call that page, as they spell it; () = they do not lead to it."""
    found = (entry.name for menu in menus(page) for entry in menu if entry.key == page.key)
    return tuple(dict.fromkeys(found))


def _holder(outline: Outline, anchor: Element) -> Element | None:
    """What holds an entry and its neighbours; None for a link that is no first link of its item."""
    node = anchor
    for _ in range(limits.MENU_DEPTH):
        parent = node.parent
        if parent is None or parent.tag in ("body", "html"):
            return None
        if len(outline.anchors_in(parent)) > 1:
            break
        node = parent
    item: Element | None = node
    for _ in range(limits.MENU_DEPTH):
        if item is None or item.tag in ITEMS or item.tag in ("ul", "ol", "table", "nav"):
            break
        item = item.parent
    if item is not None and item.tag in ITEMS:
        # A menu may unfold below its entry: the entry is the first link of the item.
        return item.parent if outline.anchors_in(item)[0] is anchor else None
    return node.parent


def _is_entry(name: str, raw: str, url: str, host: str) -> bool:
    return (
        limits.LEAST_NAME <= len(name) <= limits.MENU_NAME
        and "#" not in raw
        and bool(url)
        and urls.host_of(url) == host
        and urlsplit(url).path not in ("", "/")
        and CHINESE.search(name) is not None
        and not HOME.fullmatch(name)
        and not NO_COLUMN.fullmatch(name)
        and not MORE.fullmatch(name)
        and not name.startswith("更多")
        and not is_article_path(url)
        and not FILE.search(url)
    )
