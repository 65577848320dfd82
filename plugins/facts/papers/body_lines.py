"""The body of an article line by line, the rows of its tables kept apart from running text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.facts.markup.outline import Element, Outline

# A line of text, or the cells of a row of a table.
Line = str | tuple[str, ...]
MOST_ROWS = 3_000
LONGEST_CELL = 400


def body_lines(outline: Outline, body: Element) -> Iterator[Line]:
    """The lines of a body in order; a row of several cells is a tuple, one of a single cell is text."""
    taken = body.first
    line: list[str] = []
    block = -1
    rows = 0
    for place in range(body.first, body.last):
        if place < taken:
            continue
        owner = outline.owners[place]
        words = outline.texts[place]
        row = _row_of(owner, body)
        if line and (row is not None or owner.block != block or words == "\n"):
            yield "".join(line)
            line = []
        if row is not None:
            taken = max(row.last, place + 1)
            rows += 1
            if rows > MOST_ROWS:
                return
            yield from _cells(outline, row)
            continue
        block = owner.block
        if words != "\n":
            line.append(words)
    if line:
        yield "".join(line)


def _cells(outline: Outline, row: Element) -> Iterator[Line]:
    cells = [one for one in outline.each_child(row) if one.tag in ("td", "th")]
    if len(cells) > 1:
        yield tuple(outline.line(cell, LONGEST_CELL) for cell in cells)
    else:
        yield from outline.text(row).split("\n")


def _row_of(owner: Element, body: Element) -> Element | None:
    """The innermost row of a table that holds an element, inside the body."""
    node: Element | None = owner
    while node is not None and node.index > body.index:
        if node.tag == "tr":
            return node
        node = node.parent
    return None
