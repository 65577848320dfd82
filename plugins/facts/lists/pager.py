"""Pagers of list pages: how many pages there are, and their addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plugins.addresses import urls
from plugins.facts.lists.drawn_pagers import from_call, from_proxy, from_variables, from_widget
from plugins.facts.lists.linked_pagers import bare_pager, from_attributes, from_links
from plugins.facts.lists.paging import MOST, FoundPager, Pager
from plugins.facts.markup.extract import Extractor, Script
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.outline import Outline

PAGING = re.compile(r"[Pp]age|dataproxy|PAGE")


def find_pager(
    outline: Outline,
    landmarks: Landmarks,
    scripts: Sequence[Script],
    address: str,
    extractor: Extractor,
) -> FoundPager | None:
    """The page's pager: what a script draws first, then static links, then an element that is one."""
    elements = [element for element in outline.elements if element.tag == "script"]
    drawing = [
        (script, element)
        for script, element in zip(scripts, elements, strict=True)
        if script.text and PAGING.search(script.text)
    ]
    for finder in (from_call, from_proxy, from_widget, from_variables):
        for script, element in drawing:
            pager = finder(script.text, address)
            if pager is not None:
                return FoundPager(_bounded(pager, address), element)
    found = from_attributes(outline, address) or from_links(outline, landmarks, address, extractor)
    if found is not None:
        return FoundPager(_bounded(found.pager, address), found.element)
    return bare_pager(outline, landmarks)


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
