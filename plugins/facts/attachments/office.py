"""Text of docx and xlsx files: streamed from the packed XML, flat in memory."""

from __future__ import annotations

import re
from contextlib import suppress
from zipfile import ZipFile

from plugins.facts.attachments import limits
from plugins.facts.attachments.contents import Gathering, State, StopError
from plugins.facts.attachments.packed import opened, parse
from plugins.facts.markup.tables import MOST_COLUMNS, MOST_ROWS, Grid, cell_text, joined

MACROS = "vbaProject.bin"
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_docx(body: bytes, into: Gathering) -> None:
    """Gather the text of a Word file: paragraphs as lines, cells of a row behind tabs."""
    with opened(body) as bundle:
        into.macros = any(name.endswith(MACROS) for name in bundle.namelist())
        words = _Words()
        if not parse(
            bundle, "word/document.xml", into, start=words.start, end=words.end, data=words.data
        ):
            raise StopError(State.DAMAGED, "Word文件中没有正文部分")
        into.add("正文", words.text(), joined(grid.rows() for grid in words.tables))


class _Words:
    """Collects ``w:t`` texts, and the cells of tables; a table inside a cell is text of that cell."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.inside = False
        self.tables: list[Grid] = []
        self.depth = 0
        self.place = [0, 0]
        self.across = 1
        self.goes_on = False
        self.cell: list[str] = []

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        self.inside = tag == "t"
        if tag in ("tab", "br"):
            self.pieces.append("\t" if tag == "tab" else "\n")
        elif tag == "tbl":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(Grid())
                self.place = [-1, 0]
        elif self.depth == 1:
            self._in_table(tag, next((attrs[key] for key in attrs if key.endswith("val")), ""))

    def _in_table(self, tag: str, value: str) -> None:
        if tag == "tr":
            self.place = [self.place[0] + 1, 0]
        elif tag == "tc":
            self.cell.clear()
            self.across, self.goes_on = 1, False
        elif tag == "gridSpan" and value.isdecimal():
            self.across = max(1, min(int(value), MOST_COLUMNS))
        elif tag == "gridBefore" and value.isdecimal():
            self.place[1] += min(int(value), MOST_COLUMNS)
        elif tag == "vMerge":
            self.goes_on = value != "restart"

    def end(self, tag: str) -> None:
        self.inside = False
        if tag in ("p", "tr", "tc"):
            self.pieces.append("\n" if tag != "tc" else "\t")
        if tag == "tbl":
            self.depth -= 1
        elif tag == "tc" and self.depth == 1:
            row, column = self.place
            grid = self.tables[-1]
            text = cell_text("".join(self.cell))
            if self.goes_on and not text:
                text = grid.cells.get((row - 1, column), "")
            grid.put(row, column, text, across=self.across)
            self.place[1] += self.across

    def data(self, text: str) -> None:
        if self.inside:
            self.pieces.append(text)
            if self.depth:
                self.cell.append(text)

    def text(self) -> str:
        return "".join(self.pieces)


def read_xlsx(body: bytes, into: Gathering) -> None:
    """Gather the text of a workbook: a part for each sheet, hidden ones too, cells behind tabs."""
    with opened(body) as bundle:
        into.macros = any(name.endswith(MACROS) for name in bundle.namelist())
        strings = _strings(bundle, into)
        sheets = _sheets(bundle, into)
        if not sheets:
            raise StopError(State.DAMAGED, "工作簿中没有工作表")
        into.pages = len(sheets)
        for name, path in sheets:
            cells = _Cells(strings, into)
            try:
                parse(bundle, path, into, start=cells.start, end=cells.end, data=cells.data)
            except StopError:
                # What was read of the sheet before counts as well.
                with suppress(StopError):
                    into.add(name, cells.text(), cells.grid.rows())
                raise
            into.add(name, cells.text(), cells.grid.rows())


def _strings(bundle: ZipFile, into: Gathering) -> list[str]:
    """The shared strings; phonetic guides inside them are no text."""
    found: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "guide": False}

    def start(tag: str, _attrs: dict[str, str]) -> None:
        state["text"] = tag == "t"
        state["guide"] = state["guide"] or tag == "rPh"
        if tag == "si":
            pieces.clear()

    def end(tag: str) -> None:
        state["text"] = False
        if tag == "rPh":
            state["guide"] = False
        elif tag == "si":
            found.append("".join(pieces))
            if len(found) > limits.MOST_STRINGS:
                raise StopError(State.PARTIAL, "共享文字过多，未读取")

    def data(text: str) -> None:
        if state["text"] and not state["guide"]:
            pieces.append(text)

    parse(bundle, "xl/sharedStrings.xml", into, start=start, end=end, data=data)
    return found


def _sheets(bundle: ZipFile, into: Gathering) -> list[tuple[str, str]]:
    """Names and paths of the sheets, in order."""
    named: list[tuple[str, str]] = []
    paths: dict[str, str] = {}

    def sheet(tag: str, attrs: dict[str, str]) -> None:
        if tag == "sheet":
            ident = next((value for key, value in attrs.items() if key.endswith(" id")), "")
            named.append((attrs.get("name", ""), ident))

    def relation(tag: str, attrs: dict[str, str]) -> None:
        if tag == "Relationship":
            target = attrs.get("Target", "").lstrip("/").removeprefix("xl/")
            paths[attrs.get("Id", "")] = "xl/" + target

    parse(bundle, "xl/workbook.xml", into, start=sheet, end=_nothing)
    parse(bundle, "xl/_rels/workbook.xml.rels", into, start=relation, end=_nothing)
    found = [(name, paths[ident]) for name, ident in named if ident in paths]
    if found:
        return found
    bare = [name for name in bundle.namelist() if name.startswith("xl/worksheets/sheet")]
    return [(name.rpartition("/")[2], name) for name in sorted(bare)]


def _nothing(_tag: str) -> None:
    return


class _Cells:
    """Collects the cells of one sheet."""

    def __init__(self, strings: list[str], into: Gathering) -> None:
        self.strings = strings
        self.into = into
        self.pieces: list[str] = []
        self.kind = ""
        self.value: list[str] = []
        self.inside = False
        self.grid = Grid()
        self.row = -1
        self.column = -1

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "c":
            self.into.cell()
            self.kind = attrs.get("t", "n")
            self.value.clear()
            place = REFERENCE.fullmatch(attrs.get("r", ""))
            self.column = _number(place[1]) if place else self.column + 1
        elif tag == "row":
            said = attrs.get("r", "")
            counted = said.isdecimal() and len(said) <= limits.ROW_DIGITS
            self.row = int(said) - 1 if counted else self.row + 1
            self.column = -1
        elif tag == "mergeCell":
            ends = [REFERENCE.fullmatch(end) for end in attrs.get("ref", "").split(":")]
            if len(ends) == limits.CORNERS and ends[0] and ends[1]:
                (top, left), (bottom, right) = (
                    (int(end[2]) - 1, _number(end[1])) for end in ends if end
                )
                self.grid.spread(top, left, bottom, right)
        self.inside = tag in ("v", "t")

    def data(self, text: str) -> None:
        if self.inside:
            self.value.append(text)

    def end(self, tag: str) -> None:
        self.inside = False
        if tag == "c" and self.value:
            text = self._shown("".join(self.value))
            self.pieces += (text, "\t")
            if text and self.row < MOST_ROWS:
                self.grid.put(self.row, self.column, cell_text(text))
        elif tag == "row":
            self.pieces.append("\n")

    def _shown(self, value: str) -> str:
        if self.kind == "s":
            place = int(value) if value.isdecimal() else -1
            return self.strings[place] if 0 <= place < len(self.strings) else ""
        return number_text(value) if self.kind == "n" else value

    def text(self) -> str:
        return "".join(self.pieces)


def _number(letters: str) -> int:
    """The number of a column by its letters, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def number_text(value: str) -> str:
    """A number as a person would see it: 1.38E10 is 13800000000."""
    if value.isdecimal():
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number == number // 1 and abs(number) < limits.EXACT else value
