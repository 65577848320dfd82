"""The plugins as commands show them: found once, refusals told on the error output."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.inventory.toml_source import TomlRow, TomlSource
from plugins.engine.manager import OPTIONS, Plugins
from plugins.errors import ConfigurationError, Problem

PACKAGES = ("checks", "crawler.probes")


def rulebook(folder: Path | None = None) -> Plugins:
    """All plugins; each one that was refused becomes one line on the error output."""
    plugins = Plugins.discover(folder, packages=PACKAGES)
    for refusal in plugins.refused:
        sys.stderr.write(f"未启用 {refusal}\n")
    return plugins


def discovered(inventory: str, **arguments: Any) -> Plugins:
    """The plugins of an audit; what is wrong with options names the inventory's file and line.

    Raises:
        ConfigurationError: unknown rules or options, or values of the wrong kind.
    """
    try:
        return Plugins.discover(**arguments)
    except ConfigurationError as error:
        if not inventory:
            raise
        source = TomlSource.read(Path(inventory))
        raise ConfigurationError([_located(one, source) for one in error.problems]) from error


def _located(problem: Problem, source: TomlSource) -> Problem:
    if problem.file != OPTIONS:
        return problem
    code, _, name = problem.field.partition(".")
    line = next(iter(source.headers.get(f"[options.{code}", [])), None)
    row = TomlRow(source, "options", {}, line).line_of(name) if name else line
    return replace(problem, file=source.file, row=row, field=f"options.{problem.field}")
