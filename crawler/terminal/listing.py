"""Commands that are listed without being imported: each module is loaded when its command is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import typer
from typer._click.shell_completion import CompletionItem
from typer.core import TyperGroup
from typer.main import get_group

from crawler.terminal.usage import Command, CommandGroup, Rows, brief


@dataclass(frozen=True)
class ListedCommand:
    """A command as the listing knows it: its name, its module, and what it is for in one line."""

    name: str
    module: str
    help: str

    def load(self) -> Any:
        """The command itself: the module's ``app`` (a group) or its function ``command``."""
        module = importlib.import_module(self.module)
        holder = typer.Typer(add_completion=False)
        if hasattr(module, "app"):
            holder.add_typer(module.app, name=self.name, cls=CommandGroup)
        else:
            holder.command(name=self.name, cls=Command)(module.command)
        return get_group(holder).commands[self.name]


@dataclass(frozen=True)
class HelpPanel:
    """Commands that belong together, under a heading of the help page."""

    title: str
    commands: tuple[ListedCommand, ...]


class ListedGroup(CommandGroup):
    """A group that knows its commands from panels, and imports one only to run or explain it."""

    panels: ClassVar[Sequence[HelpPanel]] = ()

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the group's own signature
        """All names, in the order of the panels."""
        return list(self._listed())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the group's own signature
        """The command of that name, loaded; None where there is none."""
        listed = self._listed().get(cmd_name)
        if listed is not None and cmd_name not in self.commands:
            self.add_command(listed.load(), cmd_name)
        return self.commands.get(cmd_name)

    def sections(self, ctx: Any) -> list[tuple[str, Rows]]:  # noqa: ARG002 - as above
        """The panels as the help page shows them."""
        return [
            (panel.title, [(one.name, one.help) for one in panel.commands]) for panel in self.panels
        ]

    def shell_complete(self, ctx: Any, incomplete: str) -> list[CompletionItem]:
        """Names that begin so, and options; a key press must not load every command."""
        names = [
            CompletionItem(name, help=one.help)
            for name, one in self._listed().items()
            if name.startswith(incomplete)
        ]
        # What stands above Typer's group knows the options only, without asking for commands.
        options = super(TyperGroup, self).shell_complete(ctx, incomplete)
        return [brief(one) for one in names + options]

    def _listed(self) -> dict[str, ListedCommand]:
        return {one.name: one for panel in self.panels for one in panel.commands}
