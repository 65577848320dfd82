"""The 网站标识码 that a page names, in each place where it may stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.facts.markup import footer
from plugins.facts.page.page import Page


@dataclass(frozen=True, slots=True)
class SiteCodes:
    """The 网站标识码 in its three places: printed text, SiteIDCode, attribute or address of 找错."""

    printed: tuple[str, ...] = ()
    tag: str = ""
    attribute: tuple[str, ...] = ()


ATTRIBUTE = re.compile(r"""\bsite_?code["'\s]*[=:]\s*["']?\s*((?:bm)?\d{6,12})\b""", re.IGNORECASE)


def without_comments(markup: str) -> str:
    """The markup without its comments; one that never ends hides nothing."""
    pieces: list[str] = []
    done = 0
    while (start := markup.find("<!--", done)) >= 0:
        end = markup.find("-->", start + 4)
        if end < 0:
            break
        pieces.append(markup[done:start])
        done = end + 3
    return "".join((*pieces, markup[done:]))


def site_codes(page: Page) -> SiteCodes:
    """All codes that a page names, comments left out."""
    read = "\n".join(body.decode("utf-8", "replace") for body in page.scripts_read.values())
    source = without_comments(page.markup) + read
    printed = footer.CODE.findall(page.text) or footer.CODE.findall(read)
    return SiteCodes(
        tuple(dict.fromkeys(code.lower() for code in printed)),
        (page.meta.get("SiteIDCode") or "").strip().lower(),
        tuple(dict.fromkeys(code.lower() for code in ATTRIBUTE.findall(source))),
    )
