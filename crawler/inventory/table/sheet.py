"""The office's table as it lies in its file: sheets, rows with their numbers, cells."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.inventory.table.cells import SheetCell


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the number it has in the office's program, its cells, and whether it is hidden."""

    number: int
    cells: tuple[SheetCell, ...]
    hidden: bool = False

    def at(self, place: int) -> SheetCell:
        """The cell of a column, blank beyond the last one."""
        return self.cells[place] if place < len(self.cells) else SheetCell()

    @property
    def blank(self) -> bool:
        """Whether it says nothing of its own; what a merged block lends it does not count."""
        return all(cell.blank or cell.merged for cell in self.cells)


@dataclass(frozen=True, slots=True)
class OfficeSheet:
    """One sheet of a file; a csv file is one sheet without a name."""

    file: str
    name: str
    rows: tuple[SheetRow, ...]
    hidden: bool = False

    @property
    def place(self) -> str:
        """How a problem names it."""
        return f"{self.file} 工作表“{self.name}”" if self.name else self.file
