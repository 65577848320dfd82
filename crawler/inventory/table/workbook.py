"""Excel workbooks (xlsx) read for the register: values with their formulas, merged blocks, hidden rows."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from crawler.inventory.table.cells import SheetCell
from crawler.inventory.table.sheet import OfficeSheet, SheetRow
from plugins.errors import ConfigurationError, Problem

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

UNPACKED = 512 * 2**20
MOST_CELLS = 3_000_000
# What the library raises on files that are broken, each in its own way; its own errors are ValueErrors.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    AssertionError,
    OSError,
)


def workbook_sheets(path: Path, raw: bytes) -> tuple[OfficeSheet, ...]:
    """Every sheet with cells of a workbook.

    Raises:
        ConfigurationError: the file is broken, encrypted, no workbook, or far too large.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            names = set(parts.namelist())
            size = sum(part.file_size for part in parts.infolist())
            damaged = parts.testzip() if size <= UNPACKED else None
        if size > UNPACKED:
            _refuse(path, f"展开后超过{UNPACKED // 2**20}MB，不像是责任分工表")
        if damaged:
            _refuse(path, f"文件已损坏（其中的 {damaged} 校验不符），请重新保存或重新传送")
        if "[Content_Types].xml" not in names:
            _refuse(path, "不是 Excel 工作簿（如为 WPS 的 .et 文件，请另存为 .xlsx）")
        with warnings.catch_warnings():
            # Features that the library does not keep (charts, extensions) are nothing to us.
            warnings.simplefilter("ignore")
            written = openpyxl.load_workbook(io.BytesIO(raw), keep_links=False)
            # A second reading, for the results that formulas had, only where there are formulas.
            formulas = any(_has_formulas(path, sheet) for sheet in written.worksheets)
            shown = (
                openpyxl.load_workbook(io.BytesIO(raw), data_only=True, keep_links=False)
                if formulas
                else written
            )
            return tuple(
                OfficeSheet(
                    str(path),
                    sheet.title,
                    tuple(_rows(sheet, written[sheet.title])),
                    hidden=sheet.sheet_state != "visible",
                )
                for sheet in shown.worksheets
            )
    except (*BROKEN, InvalidFileException) as error:
        raise ConfigurationError(
            [Problem(str(path), "无法打开：文件已损坏，或不是 Excel 工作簿（.xlsx）")]
        ) from error


def _has_formulas(path: Path, sheet: Worksheet) -> bool:
    rows, columns = sheet.max_row, sheet.max_column
    if rows * columns > MOST_CELLS:
        why = f"表格范围过大（{rows}行、{columns}列），请删除表格以外的内容"
        _refuse(path, why, sheet.title)
    return any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def _rows(shown: Worksheet, written: Worksheet) -> Iterator[SheetRow]:
    last_column = shown.max_column
    pairs = zip(shown.iter_rows(), written.iter_rows(), strict=False)
    grid = [
        [
            _cell(cell.value, cell.data_type, source.data_type)
            for cell, source in zip(row, sources, strict=False)
        ]
        for row, sources in pairs
    ]
    for block in shown.merged_cells.ranges:
        if block.min_row <= len(grid) and block.min_col <= last_column:
            top = grid[block.min_row - 1][block.min_col - 1]
            lent = replace(top, merged=block.min_row)
            for row in grid[block.min_row - 1 : block.max_row]:
                width = min(block.max_col, len(row)) - block.min_col + 1
                row[block.min_col - 1 : block.max_col] = [lent] * width
            grid[block.min_row - 1][block.min_col - 1] = top
    for number, row in enumerate(grid, start=1):
        dimension = shown.row_dimensions.get(number)
        yield SheetRow(number, tuple(row), hidden=bool(dimension and dimension.hidden))


def _cell(value: Any, kind: str, written_kind: str) -> SheetCell:
    """A cell; ``kind`` is the type of its value, ``written_kind`` "f" where it is a formula."""
    if kind == "e":
        return SheetCell(value, f"单元格的值是错误“{value}”")
    if written_kind == "f" and value is None:
        why = "是公式，而文件里没有它的计算结果；请在表格软件中打开并保存一次，或改为它的值"
        return SheetCell(value, why)
    return SheetCell(value)


def _refuse(path: Path, why: str, sheet: str = "") -> NoReturn:
    place = f"{path} 工作表“{sheet}”" if sheet else str(path)
    raise ConfigurationError([Problem(place, why)])
