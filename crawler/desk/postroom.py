"""The post room: letters planned for a run are sent, or written out to be looked at."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import typer

from crawler.desk.memory import named_unit
from crawler.sending.addressbook import AddressBook
from crawler.sending.addressbook_file import read_addressbook
from crawler.sending.dispatch import Address, Dispatcher, LetterReport, Patience, addresses
from crawler.sending.plans import Plan
from crawler.sending.preview import write_preview
from findings.records.records import RunRecord
from findings.store.store import Store
from plugins.errors import ConfigurationError, Problem

EXIT_UNSENT = 3


@dataclass(frozen=True)
class Postroom:
    """Who gets what, and how often it is tried: what every kind of letter shares."""

    book: AddressBook
    preview: bool
    out: Path
    patience: Patience
    again: bool

    @classmethod
    def of(
        cls, config: Path, *, attempts: int, pause: float, preview: bool, out: Path, again: bool
    ) -> Self:
        """The post room of an office's sending.toml.

        Raises:
            ConfigurationError: with everything that is wrong in that file.
        """
        return cls(read_addressbook(config), preview, out, Patience(attempts, pause), again)

    def places(self, kind: str, run: RunRecord, units: Sequence[str] | None) -> list[Address]:
        """Where letters of this kind go; only to the units that are named, where any is."""
        book = self.book.with_units(run.units)
        wanted = [named_unit(run, name).name for name in units or ()]
        for name in wanted:
            if not book.of(kind, name):
                raise ConfigurationError(
                    [Problem(book.path, f"“{name}”没有登记接收这类信件的收件人", field="--unit")]
                )
        found = [one for one in book.recipients if kind in one.receives]
        chosen = [one for one in found if not wanted or one.unit in wanted]
        return addresses(book, chosen, os.environ, preview=self.preview)

    def carry_out(self, store: Store, plan: Plan) -> None:
        """Send, or write previews; ends the command with status 3 where something was not sent."""
        if self.preview:
            _tell(plan.told)
            for path in write_preview(self.out, plan.items, self.book.mail):
                typer.echo(str(path))
            typer.echo(f"预览{len(plan.items)}封，没有发送。")
            return
        told = list(plan.told)
        _tell(plan.told)
        if plan.items:
            password = self.book.password(os.environ)
            dispatcher = Dispatcher(store, self.book.mail, password, self.patience, self.again)
            for item in plan.items:
                told.append(dispatcher.send(item))
                _tell(told[-1:])
        if not all(one.good for one in told):
            raise typer.Exit(EXIT_UNSENT)


def _tell(told: Sequence[LetterReport]) -> None:
    """What is as it should be on the output, what is not on the error output."""
    for one in told:
        if one.good:
            typer.echo(one.line)
        else:
            sys.stderr.write(f"{one.line}\n")
