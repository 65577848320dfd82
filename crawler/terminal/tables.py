"""Tables and blocks for people: laid out on a terminal, plain tab-separated lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.containers import Lines
from rich.measure import Measurement
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from crawler.terminal.folding import fold

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


def show_labelled(title: str, lines: Sequence[tuple[str, str]]) -> None:
    """Print one thing in full: its title, then labels and what they say."""
    if not sys.stdout.isatty():
        sys.stdout.write("\n".join([title, *(f"{label}：{text}" for label, text in lines)]) + "\n")
        return
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in lines:
        grid.add_row(label, Folded(text))
    Console().print(Panel(grid, title=Text(title, style="bold"), title_align="left"))


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
