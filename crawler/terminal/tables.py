"""Tables and blocks for people: laid out on a terminal, plain tab-separated lines elsewhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich import box
from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.containers import Lines
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

# Chinese has no blanks to break at: a line may end behind any sign but these, and before none of those.
_TOKEN = re.compile(r"\s+|[\x21-\x7e]+|.", re.DOTALL)
_NOT_FIRST = "，。、；：！？）】》〉”’…—"
_NOT_LAST = "（【《〈“‘"
_INDENT = "    "


class Folded(Text):
    """Text that breaks as Chinese is set: not before a closing mark, nor inside a word or number."""

    def wrap(self, console: Console, width: int, **options: Any) -> Lines:
        """The text in lines of a width."""
        lines = Lines(Text(line, style=self.style) for line in fold(self.plain, width))
        lines.justify(console, width, options.get("justify") or "left", "fold")
        return lines

    def __rich_measure__(self, console: Console, options: Any) -> Measurement:
        widest = max(map(cell_len, self.plain.split("\n")))
        return Measurement(min(widest, 8), widest)


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


def show(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Print rows under their columns.

    A column whose name ends in ``>`` is aligned to the right; a name may have two lines. Cells may
    hold text of audited pages, so no markup is read from them and no control character reaches
    the terminal.
    """
    if sys.stdout.isatty():
        table = Table(header_style="bold", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
        for name in columns:
            table.add_column(
                Folded(name.removesuffix(">")),
                justify="right" if name.endswith(">") else "left",
                min_width=min(8, max(map(cell_len, name.removesuffix(">").split("\n")))),
            )
        for row in rows:
            table.add_row(*(Folded(_plain(cell)) for cell in row))
        console = Console(highlight=False)
        if title:
            console.print(Folded(title, style="bold"))
        console.print(table)
        return
    _print_plain(columns, rows, title)


def show_blocks(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    below: Sequence[str],
    unit: str = "",
    title: str = "",
) -> None:
    """Print rows that are too long for a table: a line of short cells, the long ones below it.

    Args:
        columns: names, which only the plain form shows.
        rows: their cells.
        below: columns whose cells stand below, each on lines of its own.
        unit: what stands behind the last column's number.
        title: stands first.
    """
    if not sys.stdout.isatty():
        _print_plain(columns, rows, title)
        return
    console = Console(highlight=False)
    if title:
        console.print(Folded(title, style="bold"))
    for row in rows:
        cells = dict(zip(columns, map(_plain, row), strict=True))
        head = [text for name, text in cells.items() if name not in below and text]
        console.print()
        for line in _packed([*head[:-1], head[-1] + unit], console.width):
            console.print(Text(line, style="bold"))
        for name in below:
            for line in fold(cells[name], console.width - len(_INDENT)) if cells[name] else ():
                console.print(Text(_INDENT + line))


def _packed(cells: Sequence[str], width: int) -> Iterator[str]:
    """Cells side by side, none of them broken, on as few lines as they need."""
    line = ""
    for cell in cells:
        longer = f"{line}  {cell}" if line else cell
        if line and cell_len(longer) > width:
            yield line
            longer = cell
        line = longer
    yield line


def _print_plain(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str) -> None:
    lines = [f"# {title}"] if title else []
    lines.append("\t".join(name.removesuffix(">").replace("\n", "") for name in columns))
    lines += ["\t".join(map(_plain, row)) for row in rows]
    sys.stdout.write("\n".join(lines) + "\n")


def _plain(cell: object) -> str:
    text = "".join(sign if sign.isprintable() else " " for sign in str(cell))
    return " ".join(text.split())
