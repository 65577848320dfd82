"""``gongkai explain``: one rule in full, in the words of its own docstring."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from crawler.plan.rules import FolderOption, rulebook
from crawler.terminal.tables import Folded
from plugins.engine.catalogue import lines


def command(
    code: Annotated[str, typer.Argument(metavar="CODE", help="规则代码，如COL201。")],
    folder: FolderOption = None,
) -> None:
    """解释一条规则：为什么查、看什么、何时不报、如何整改、依据何在。"""
    plugins = rulebook(folder)
    rule = plugins.rule(code.strip().upper())
    told = lines(plugins, rule)
    title = f"{rule.code} {rule.title}"
    if not sys.stdout.isatty():
        sys.stdout.write("\n".join([title, *(f"{label}：{text}" for label, text in told)]) + "\n")
        return
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in told:
        grid.add_row(label, Folded(text))
    Console().print(Panel(grid, title=Text(title, style="bold"), title_align="left"))
