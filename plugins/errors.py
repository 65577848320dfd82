"""Every error that gongkai raises on purpose, drawn as a tree.

    GongkaiError                the root; never raised itself
    ├── ConfigurationError      a file, option or setting of ours is wrong: every problem at once, exit status 2
    ├── PluginError             a plugin cannot be used: refused by name before anything is crawled
    │   └── DuplicateCodeError  two rules claim one code
    ├── UnfinishedRunError      the run was aborted or is unhealthy, exit status 3
    └── StoreError              the database cannot be used (wrong address, newer schema), exit status 2

Exceptions are for us and for our users' configuration. What goes wrong in the audited world
(404, timeout, broken markup) is a fact, never an exception.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class GongkaiError(Exception):
    """The root of all errors that gongkai raises on purpose."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file or option: where, and what (Chinese, for people)."""

    file: str
    message: str
    row: int | str | None = None
    field: str = ""

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"第{self.row}行" if isinstance(self.row, int) else str(self.row))
        if self.field:
            # An option of the command line is known by its dashes.
            option = self.field.startswith("--")
            place.append(self.field if option else f"字段“{self.field}”")
        return " ".join(place) + "：" + self.message


class ConfigurationError(GongkaiError):
    """Configuration that cannot be used; carries every problem, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PluginError(GongkaiError):
    """A plugin that cannot be used; carries its name and why."""

    def __init__(self, plugin: str, why: str) -> None:
        self.plugin = plugin
        self.why = why
        super().__init__(f"插件 {plugin}：{why}")


class DuplicateCodeError(PluginError):
    """Two plugins claim the same rule code."""


class UnfinishedRunError(GongkaiError):
    """A run that was stopped or is unhealthy; nothing was reconciled."""


class StoreError(GongkaiError):
    """The database cannot be used."""
