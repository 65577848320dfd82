"""Tables for people: drawn on a terminal, plain tab-separated lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text


def show(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Print rows under their columns.

    A column whose name ends in ``>`` is aligned to the right. Cells may hold text of audited
    pages, so no markup is read from them and no control character reaches the terminal.
    """
    if sys.stdout.isatty():
        table = Table(title=title or None, title_justify="left", header_style="bold")
        for name in columns:
            table.add_column(
                name.removesuffix(">"),
                justify="right" if name.endswith(">") else "left",
                overflow="fold",
            )
        for row in rows:
            table.add_row(*(Text(_plain(cell)) for cell in row))
        Console().print(table)
        return
    lines = [f"# {title}"] if title else []
    lines.append("\t".join(name.removesuffix(">") for name in columns))
    lines += ["\t".join(map(_plain, row)) for row in rows]
    sys.stdout.write("\n".join(lines) + "\n")


def _plain(cell: object) -> str:
    text = "".join(sign if sign.isprintable() else " " for sign in str(cell))
    return " ".join(text.split())
