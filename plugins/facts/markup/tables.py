"""Tables as rows of cells, merged cells spread over all that they cover; bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

from plugins.facts.language.text import squeeze
from plugins.facts.markup import limits

Row = tuple[str, ...]
Rows = tuple[Row, ...]

MOST_ROWS = 2_000
MOST_COLUMNS = 60
LONGEST_CELL = 500
MOST_CELLS = 60_000
MOST_TABLES = 200


class Grid:
    """A table while it is read: cells are put at a place, spans are spread, bounds are kept."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], str] = {}
        self.height = 0

    def put(self, row: int, column: int, text: str, down: int = 1, across: int = 1) -> None:
        """Set a cell and the copies that a merged cell covers; what is out of bounds is dropped."""
        for y in range(row, min(row + down, MOST_ROWS)):
            for x in range(column, min(column + across, MOST_COLUMNS)):
                if len(self.cells) >= MOST_CELLS:
                    return
                self.cells.setdefault((y, x), text)
                self.height = max(self.height, y + 1)

    def spread(self, row: int, column: int, to_row: int, to_column: int) -> None:
        """Copy the text of a merged cell, whose extent is told only afterwards, to all it covers."""
        text = self.cells.get((row, column), "")
        if not text:
            return
        for y in range(row, min(to_row, row + MOST_ROWS - 1, self.height) + 1):
            for x in range(column, min(to_column, MOST_COLUMNS - 1) + 1):
                if not self.cells.get((y, x)) and len(self.cells) < MOST_CELLS:
                    self.cells[y, x] = text

    def free(self, row: int, column: int) -> int:
        """The first column from ``column`` on that no cell from above covers."""
        while (row, column) in self.cells:
            column += 1
        return column

    def rows(self) -> Rows:
        """All rows, each as long as its last filled cell; rows without any text are ()."""
        wide: dict[int, int] = {}
        for (y, x), text in self.cells.items():
            if text:
                wide[y] = max(wide.get(y, 0), x + 1)
        return tuple(
            tuple(self.cells.get((y, x), "") for x in range(wide.get(y, 0)))
            for y in range(self.height)
        )


def cell_text(text: str) -> str:
    """A cell's text: blanks and line breaks squeezed, bounded."""
    return squeeze(text[: LONGEST_CELL * 2])[:LONGEST_CELL]


def html_rows(table: LexborNode) -> Rows:
    """The rows of one HTML table, tables inside its cells as text of their cell."""
    grid = Grid()
    for number, row in enumerate(_own_rows(table)):
        if number >= MOST_ROWS:
            break
        column = 0
        for cell in row.iter():
            if cell.tag not in ("td", "th"):
                continue
            column = grid.free(number, column)
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            grid.put(number, column, cell_text(cell.text(separator="")), down, across)
            column += across
        grid.height = max(grid.height, number + 1)
    return grid.rows()[:MOST_ROWS]


def _own_rows(table: LexborNode) -> Iterator[LexborNode]:
    """The rows of a table itself, directly below it or in its sections."""
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child.iter() if row.tag == "tr")


def _span(cell: LexborNode, name: str) -> int:
    said = (cell.attributes.get(name) or "").strip()
    return max(1, int(said)) if said.isdecimal() and len(said) <= limits.SPAN_DIGITS else 1


def joined(tables: Iterable[Rows]) -> Rows:
    """Several tables as one sequence of rows, an empty row between them."""
    found: list[Row] = []
    for rows in tables:
        if found and rows:
            found.append(())
        found.extend(rows)
    return tuple(found[:MOST_ROWS])


def split(rows: Rows) -> tuple[Rows, ...]:
    """The tables of what ``joined`` made, and of sheets with several tables: parted by empty rows."""
    found: list[list[Row]] = [[]]
    for row in rows:
        if any(row):
            found[-1].append(row)
        elif found[-1]:
            found.append([])
    return tuple(tuple(table) for table in found if table)
