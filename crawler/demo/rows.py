"""Columns and the rows of their lists, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from crawler.demo.ground import NOTHING, Item


@dataclass(frozen=True)
class RowColumn:
    """A column as it is published: name, first address, ColumnType ("" = the tag stays empty)."""

    name: str
    path: str
    type: str = ""

    @property
    def item(self) -> Item:
        """As a menu entry."""
        return Item(self.name, self.path)


@dataclass(frozen=True)
class Row:
    """One row of a list. ``cut`` = the shortened title as shown, the whole one in the attribute."""

    title: str
    url: str
    day: date | None = None
    cut: str = ""
    titled: bool = False
    status: str | None = None
    extra: Markup = NOTHING
    links: tuple[Item, ...] = ()
    period: str = ""
