"""Writes tables as an Excel workbook that can be printed: one way for all lists that the office gets."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from findings.office.neutral import neutral, safe_href
from findings.records.pictures import Picture

FONT = "宋体"
LINE_HEIGHT = 15.0
HIGHEST = 409.0
LONGEST_NAME = 31  # of a sheet, in Excel
POINTS = 0.75  # of a pixel
SIGN_PIXELS = 7.0  # of a column's unit of width
TALLEST = 280.0  # pixels of a picture
INSET = 4  # pixels between a picture and the lines of its cell
_LINE = Side(style="thin", color="FFBFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TITLE = Font(name="黑体", size=16)
_NOTE = Font(name=FONT, size=10, color="FF666666")
_HEAD = Font(name="黑体", size=11)
_BODY = Font(name=FONT, size=11)
_LINK = Font(name=FONT, size=11, color="FF0563C1", underline="single")
_FILL = PatternFill("solid", fgColor="FFEDEDED")

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class CellLink:
    """Words that lead to an address; only http and https become links."""

    words: str
    url: str


class _Drawing(Image):
    """A JPEG as openpyxl writes it; its own class wants Pillow, only to learn the size."""

    def __init__(self, raw: bytes, width: float, height: float) -> None:
        self.raw = raw
        self.width, self.height = round(width), round(height)
        self.format = "jpeg"

    def _data(self) -> bytes:
        return self.raw


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its heading, its width in characters, how it stands, and what may be chosen in it."""

    name: str
    width: float = 12
    centred: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet: a title above the table ("" = none), notes below the title, and rows.

    ``printed`` columns from the left go on paper (0 = all).
    """

    name: str
    fields: tuple[Field, ...]
    rows: Sequence[Sequence[Value | CellLink | Picture]]
    title: str = ""
    notes: tuple[str, ...] = ()
    landscape: bool = True
    printed: int = 0


def workbook(sheets: Iterable[WorkbookSheet], *, made: datetime | None = None) -> bytes:
    """An xlsx file.

    Text is written as text whatever it begins with: no cell of ours is ever a formula, and what a
    spreadsheet program might take for one on a later import is neutralised as well. Rows that repeat
    on every printed page: those down to the heading.
    """
    book = Workbook(write_only=True)
    if made is not None:
        book.properties.created = made.replace(tzinfo=None)
        book.properties.modified = made.replace(tzinfo=None)
    book.properties.creator = "gongkai"
    taken: set[str] = set()
    for sheet in sheets:
        _write(book, sheet, _name(sheet.name, taken))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes, and that no other sheet has."""
    base = "".join("_" if sign in r"[]:*?/\'" else sign for sign in neutral(wanted)) or "表"
    name = base[:LONGEST_NAME]
    turn = 2
    while name.casefold() in taken:
        tail = f"_{turn}"
        name = base[: LONGEST_NAME - len(tail)] + tail
        turn += 1
    taken.add(name.casefold())
    return name


def _write(book: Workbook, sheet: WorkbookSheet, name: str) -> None:
    page = book.create_sheet(name)
    for number, field in enumerate(sheet.fields, 1):
        page.column_dimensions[get_column_letter(number)].width = field.width
    above = [sheet.title] if sheet.title else []
    head = len(above) + len(sheet.notes) + 1
    page.freeze_panes = f"A{head + 1}"
    page.print_title_rows = f"{head}:{head}"
    page.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "第 &P 页，共 &N 页"
    wide = sheet.printed or len(sheet.fields)
    last, edge = get_column_letter(len(sheet.fields)), get_column_letter(wide)
    for number in range(1, head):
        page.merged_cells.add(f"A{number}:{edge}{number}")
    for text in above:
        page.row_dimensions[1].height = 30
        page.append([_cell(page, text, _TITLE, centred=True, boxed=False)])
    for number, text in enumerate(sheet.notes, len(above) + 1):
        whole = (Field("", sum(field.width for field in sheet.fields[:wide])),)
        page.row_dimensions[number].height = _height(whole, (text,))
        page.append([_cell(page, text, _NOTE, boxed=False)])
    page.append([_head(page, field) for field in sheet.fields])
    count = 0
    for row in sheet.rows:
        _append(page, sheet.fields, row, head + 1 + count)
        count += 1
    page.print_area = f"A1:{edge}{head + count}"
    if count:
        page.auto_filter.ref = f"A{head}:{last}{head + count}"
    for number, field in enumerate(sheet.fields, 1):
        if field.choices and count:
            letter = get_column_letter(number)
            rule = DataValidation(
                type="list", formula1='"' + ",".join(field.choices) + '"', allow_blank=True
            )
            rule.error = "请从列表中选择：" + "、".join(field.choices)
            rule.showErrorMessage = False
            rule.add(f"{letter}{head + 1}:{letter}{head + count}")
            page.data_validations.append(rule)


def _append(
    page: Any,
    fields: Sequence[Field],
    row: Sequence[Value | CellLink | Picture],
    at: int,
) -> None:
    """One row, the ``at``-th of the sheet, with its height and its pictures."""
    # Told, not left to the program that opens it: not all of them fit rows to wrapped text.
    page.row_dimensions[at].height = _height(fields, row)
    for number, (field, value) in enumerate(zip(fields, row, strict=True), 1):
        if isinstance(value, Picture):
            _draw(page, f"{get_column_letter(number)}{at}", value, field)
    page.append(
        [
            _cell(page, value, _BODY, centred=field.centred)
            for field, value in zip(fields, row, strict=True)
        ]
    )


def _height(fields: Sequence[Field], row: Sequence[Value | CellLink | Picture]) -> float:
    """The height in points that a row needs, by the widths of its columns; Excel allows 409."""
    lines, tallest = 1, 0.0
    for field, value in zip(fields, row, strict=True):
        if isinstance(value, Picture):
            tallest = max(tallest, value.within(*_room(field))[1] * POINTS + 2 * INSET)
            continue
        words = (
            value.words if isinstance(value, CellLink) else str(value if value is not None else "")
        )
        room = max(field.width - 1, 1)
        needed = sum(max(1, -(-_width(line) // room)) for line in words.split("\n"))
        lines = max(lines, int(needed))
    return min(max(lines * LINE_HEIGHT + 3, tallest), HIGHEST)


def _emu(pixels: float) -> int:
    return round(pixels * 9525)


def _room(field: Field) -> tuple[float, float]:
    """How many pixels a picture may take in a cell of that column."""
    return field.width * SIGN_PIXELS - 2 * INSET, TALLEST


def _draw(page: Any, place: str, picture: Picture, field: Field) -> None:
    width, height = picture.within(*_room(field))
    drawing = _Drawing(picture.image, width, height)
    row, column = coordinate_to_tuple(place)
    inset = _emu(INSET)
    # Inside of the cell's lines, not on them.
    drawing.anchor = OneCellAnchor(
        _from=AnchorMarker(col=column - 1, colOff=inset, row=row - 1, rowOff=inset),
        ext=XDRPositiveSize2D(_emu(width), _emu(height)),
    )
    page.add_image(drawing)


def _width(text: str) -> float:
    """How wide text is, in signs of the Latin script; Chinese ones take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def _head(page: WriteOnlyWorksheet, field: Field) -> Cell:
    cell = _cell(page, field.name, _HEAD, centred=True)
    cell.fill = _FILL
    return cell


def _cell(
    page: WriteOnlyWorksheet,
    value: Value | CellLink | Picture,
    font: Font,
    *,
    centred: bool = False,
    boxed: bool = True,
) -> Cell:
    href = ""
    if isinstance(value, Picture):
        # Read by those who cannot see it; the picture lies above.
        value = value.caption
    if isinstance(value, CellLink):
        href = safe_href(value.url)
        value = value.words
    cell = WriteOnlyCell(page)
    if isinstance(value, str):
        cell.value = neutral(value)
        # openpyxl takes a leading "=" for a formula; neutral() has put a sign before it, and this says so again.
        cell.data_type = "s"
    else:
        cell.value = value
    cell.font = _LINK if href else font
    if href:
        cell.hyperlink = href
    cell.alignment = Alignment(
        wrap_text=True,
        vertical="center" if centred else "top",
        horizontal="center" if centred else None,
    )
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if boxed:
        cell.border = _BORDER
    return cell
