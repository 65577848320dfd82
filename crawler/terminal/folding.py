"""Lines broken as Chinese is set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len, chop_cells

# Chinese has no blanks to break at: a line may end behind any sign but these, and before none of those.
_TOKEN = re.compile(r"\s+|[\x21-\x7e]+|.", re.DOTALL)
_NOT_FIRST = "，。、；：！？）】》〉”’…—"
_NOT_LAST = "（【《〈“‘"


def fold(text: str, width: int) -> list[str]:
    """Lines no wider than a number of cells; a word that is wider than a line is cut."""
    width = max(width, 4)
    lines = []
    for part in text.split("\n"):
        line = ""
        for piece in _pieces(part, width):
            if line and cell_len(line + piece.rstrip()) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return lines


def _pieces(text: str, width: int) -> Iterator[str]:
    """What must stay together on a line."""
    held = ""
    for token in _TOKEN.findall(text):
        closing = token[0] in _NOT_FIRST
        if held and not closing and held[-1] not in _NOT_LAST:
            yield from _cut(held, width)
            held = ""
        held += token
    yield from _cut(held, width)


def _cut(piece: str, width: int) -> Iterable[str]:
    return chop_cells(piece, width) if cell_len(piece) > width else [piece]
