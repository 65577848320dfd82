"""``gongkai explain``: one rule in full, in the words of its own docstring."""

from __future__ import annotations

from typing import Annotated

import typer

from crawler.terminal.options import FolderOption


def command(
    code: Annotated[str, typer.Argument(metavar="代码", help="规则代码，如COL201。")],
    folder: FolderOption = None,
) -> None:
    """解释一条规则：为什么查、看什么、何时不报、如何整改、依据何在。"""
    from crawler.plan.rules import rulebook
    from crawler.terminal.tables import show_labelled
    from plugins.engine.catalogue import lines

    plugins = rulebook(folder)
    rule = plugins.rule(code.strip().upper())
    show_labelled(f"{rule.code} {rule.title}", lines(plugins, rule))
