"""What a test looks at, told to whoever listens: the element's place and its first words."""

from __future__ import annotations

from plugins.facts.markup.outline import Element, Outline
from plugins.why import MOST_SEEN, heard, saw

# Of a deep element the ends of its path are told: where it hangs, and what it is.
DEEPEST = 6


def path_of(element: Element) -> str:
    """The tags from the body down to an element, each with its id or first class: ``body>div.main>ul``."""
    parts = [_tag(element)]
    for node in element.ancestors():
        if node.tag == "html":
            break
        parts.append(_tag(node))
    parts.reverse()
    if len(parts) > DEEPEST:
        parts = [parts[0], "…", *parts[2 - DEEPEST :]]
    return ">".join(parts)


def see(outline: Outline, element: Element, words: str = "") -> None:
    """Say that the test that is being asked looks at ``element``; its first words are told with it."""
    if heard():
        saw(words or outline.line(element, MOST_SEEN), at=path_of(element))


def _tag(element: Element) -> str:
    name = element.attrs.get("id", "").strip()
    if name:
        return f"{element.tag}#{name}"
    classes = element.attrs.get("class", "").split()
    return f"{element.tag}.{classes[0]}" if classes else element.tag
