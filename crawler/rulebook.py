"""The plugins as commands show them: found once, refusals told on the error output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from plugins.manager import Plugins

PACKAGES = ("checks", "crawler.probes")

FolderOption = Annotated[
    Path | None,
    typer.Option("--plugins", metavar="DIR", help="插件文件夹，默认 plugins/local。"),
]


def rulebook(folder: Path | None = None) -> Plugins:
    """All plugins; each one that was refused becomes one line on the error output."""
    plugins = Plugins.discover(folder, packages=PACKAGES)
    for refusal in plugins.refused:
        sys.stderr.write(f"未启用 {refusal}\n")
    return plugins
