"""Rows of a list, and groups of rows that are siblings."""

from __future__ import annotations

from dataclasses import dataclass, field

from plugins.facts.language.text import squeeze
from plugins.facts.lists.marks import Mark
from plugins.facts.markup.outline import Element, Outline


@dataclass(slots=True)
class ListRow:
    """One row: its element (None in flat lists), its title link, its other links, its marks."""

    element: Element | None
    first: int
    last: int
    main: Element | None
    others: list[Element] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def place(self) -> int:
        """Where it stands, for sorting."""
        return (
            self.main.index
            if self.main is not None
            else self.marks[0].owner.index
            if self.marks
            else self.first
        )


@dataclass(slots=True)
class RowGroup:
    """Rows that are siblings: ``holder`` is their parent."""

    holder: Element
    tag: str
    rows: list[ListRow] = field(default_factory=list)
    flat: bool = False

    @property
    def dated(self) -> int:
        """How many rows carry a date of their own."""
        return sum(bool(row.marks) for row in self.rows)

    @property
    def hidden(self) -> bool:
        """Whether the whole list is switched off by an inline style."""
        return self.holder.hidden or all(
            row.element is not None and row.element.hidden for row in self.rows
        )


def row_text(outline: Outline, row: ListRow) -> str:
    """The words of a row on one line."""
    return squeeze(outline.span(row.first, row.last, 3_000))
