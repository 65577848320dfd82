"""Words as people see them: blanks folded, brackets off, titles whole."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile(r"[\u200b\u200c\u200d\ufeff\u00ad]")
CUT = re.compile(r"(?:…+|\.{2,}|。{3,})$")
QUOTED = re.compile(r"《([^《》]{2,120}(?:《[^《》]{1,80}》[^《》]{0,80}){0,3})》")
CHINESE = re.compile(r"[\u3400-\u9fff]")


def squeeze(text: str) -> str:
    """One line: runs of blanks (full-width and no-break ones too) become one space."""
    # str.split knows the full-width and no-break blanks; only the invisible ones are left to it.
    # Nothing invisible is printable, and asking for that is cheaper than searching.
    if not text.isprintable() and not text.isascii() and INVISIBLE.search(text):
        text = INVISIBLE.sub(" ", text)
    return " ".join(text.split())


def solid(text: str) -> str:
    """Without any blanks, compatibility forms unified: for comparing names."""
    return "".join(INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def is_cut(text: str) -> bool:
    """Whether a title was cut with an ellipsis."""
    return CUT.search(text) is not None


def whole_title(text: str, title: str) -> str:
    """The link's words: its ``title`` attribute where the visible text is cut or missing."""
    text, title = squeeze(text), squeeze(title)
    if not text:
        return title
    if title and is_cut(text):
        return title
    return text


def quoted(text: str, limit: int = 20) -> tuple[str, ...]:
    """Titles in 《》, in order of appearance, once each."""
    found: dict[str, None] = {}
    for match in QUOTED.finditer(text):
        found.setdefault(squeeze(match[1]))
        if len(found) >= limit:
            break
    return tuple(found)
