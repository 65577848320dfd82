"""The breadcrumb: its links, and the names in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plugins.facts.language.text import CHINESE
from plugins.facts.markup import limits
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.links import Link
from plugins.facts.markup.outline import Element, Outline

HERE_ONLY = re.compile(r".{0,8}(?:位置|您在)[：:]?")


def find_crumbs(landmarks: Landmarks, make: Iterable[tuple[Element, Link]]) -> tuple[Link, ...]:
    """The links of the breadcrumb, outermost first."""
    if landmarks.crumb is None:
        return ()
    return tuple(
        link
        for element, link in make
        if landmarks.crumb.holds(element)
        and link.words
        and not (len(link.words) <= limits.LEAST_NAME and not CHINESE.search(link.words))
    )


def crumb_names(outline: Outline, landmarks: Landmarks) -> tuple[str, ...]:
    """All names of the breadcrumb, the last of which may be no link."""
    if landmarks.crumb is None:
        return ()
    line = outline.line(landmarks.crumb, 400)
    line = re.sub(r"^.{0,12}?位置[^：:]{0,4}[：:]?\s*", "", line)
    parts = re.split(r"\s*(?:>+|»|›|→|＞|::|/|\\|\||&gt;)\s*|\s+-+\s+", line)
    names = [part.strip(" ：:") for part in parts]
    return tuple(name for name in names if name and not HERE_ONLY.fullmatch(name))
