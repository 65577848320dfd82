"""Pagers of list pages: how many pages there are, and their addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from plugins.addresses import urls
from plugins.facts.lists.drawn_pagers import from_call, from_proxy, from_variables, from_widget
from plugins.facts.lists.linked_pagers import (
    bare_pager,
    from_attributes,
    from_links,
    unlinked_pager,
)
from plugins.facts.lists.paging import MOST, FoundPager, Pager
from plugins.facts.markup.extract import Extractor, Script
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.outline import Element, Outline
from plugins.facts.markup.sight import path_of, see
from plugins.why import Judge, Test, heard, saw

PAGING = re.compile(r"[Pp]age|dataproxy|PAGE")


@dataclass(frozen=True)
class PagerSearch:
    """Where a pager is looked for: a page, and its scripts that speak of paging."""

    outline: Outline
    landmarks: Landmarks
    scripts: Sequence[Script]
    address: str
    extractor: Extractor

    @cached_property
    def drawing(self) -> list[tuple[Script, Element]]:
        """The scripts that may draw a pager, with the elements that they stand in."""
        elements = [element for element in self.outline.elements if element.tag == "script"]
        return [
            (script, element)
            for script, element in zip(self.scripts, elements, strict=True)
            if script.text and PAGING.search(script.text)
        ]


def _drawn(
    finder: Callable[[str, str], Pager | None],
) -> Callable[[PagerSearch], FoundPager | None]:
    """The first pager that a script draws in one way."""

    def ask(search: PagerSearch) -> FoundPager | None:
        for script, element in search.drawing:
            pager = finder(script.text, search.address)
            if pager is not None:
                saw(script.text.strip() or script.raw, at=path_of(element) if heard() else "")
                return FoundPager(_bounded(pager, search.address), element)
        return None

    return ask


def _by_attributes(search: PagerSearch) -> FoundPager | None:
    return _kept(search, from_attributes(search.outline, search.address))


def _by_links(search: PagerSearch) -> FoundPager | None:
    found = from_links(search.outline, search.landmarks, search.address, search.extractor)
    return _kept(search, found)


def _kept(search: PagerSearch, found: FoundPager | None) -> FoundPager | None:
    """A pager of the markup with only the addresses that count."""
    if found is None:
        return None
    _see(search, found)
    return FoundPager(_bounded(found.pager, search.address), found.element)


def _unlinked(search: PagerSearch) -> FoundPager | None:
    return _see(search, unlinked_pager(search.outline))


def _bare(search: PagerSearch) -> FoundPager | None:
    return _see(search, bare_pager(search.outline, search.landmarks))


def _see(search: PagerSearch, found: FoundPager | None) -> FoundPager | None:
    if found is not None and found.element is not None:
        see(search.outline, found.element)
    return found


PAGER: Judge[[PagerSearch], FoundPager] = Judge(
    "pager",
    (
        Test("脚本调用画翻页的函数，页数是它的参数", _drawn(from_call)),
        Test("脚本按组取数据（dataproxy）", _drawn(from_proxy)),
        Test("脚本建立分页组件", _drawn(from_widget)),
        Test("脚本的变量写有页数", _drawn(from_variables)),
        Test("元素的属性写有页数", _by_attributes),
        Test("有下一页、尾页或页码的链接", _by_links),
        Test("有下一页或尾页的字样，但没有地址", _unlinked),
        Test("有名为分页的元素，其中没有链接", _bare),
    ),
)


def find_pager(
    outline: Outline,
    landmarks: Landmarks,
    scripts: Sequence[Script],
    address: str,
    extractor: Extractor,
) -> FoundPager | None:
    """The page's pager: what a script draws first, then static links, then an element that is one."""
    return PAGER(PagerSearch(outline, landmarks, scripts, address, extractor))


def _bounded(pager: Pager, address: str) -> Pager:
    """Without the page itself, other hosts and repetitions; at most MOST addresses."""
    host, own = urls.host_of(address), urls.url_key(address)
    kept: dict[str, str] = {}
    for url in pager.urls:
        key = urls.url_key(url) if url else ""
        if key and key != own and urls.host_of(url) == host:
            kept.setdefault(key, url)
        if len(kept) >= MOST:
            break
    return Pager(pager.kind, pager.total, tuple(kept.values()))


__all__ = ["MOST", "FoundPager", "Pager", "find_pager"]
