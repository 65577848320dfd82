"""Words as people see them: blanks folded, brackets off, titles whole."""

from __future__ import annotations

import re
import unicodedata

BLANKS = re.compile(r"[\s\u00a0\u3000\u200b\u200c\u200d\ufeff\u2028\u2029]+")
INVISIBLE = re.compile(r"[\u200b\u200c\u200d\ufeff\u00ad]")
CUT = re.compile(r"(?:…+|\.{2,}|。{3,})$")
QUOTED = re.compile(r"《([^《》]{2,120}(?:《[^《》]{1,80}》[^《》]{0,80}){0,3})》")
MEANINGFUL = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
CHINESE = re.compile(r"[\u3400-\u9fff]")


def squeeze(text: str) -> str:
    """One line: runs of blanks (full-width and no-break ones too) become one space."""
    return BLANKS.sub(" ", text).strip()


def solid(text: str) -> str:
    """Without any blanks, compatibility forms unified: for comparing names."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", text))


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
