"""The office's table as it lies in its file: sheets, rows with their numbers, cells; xlsx or csv."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from crawler.inventory.table.cells import Cell
from plugins.errors import ConfigurationError, Problem
from plugins.reasons import system_reason

LARGEST = 64 * 2**20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
SEPARATORS = ",\t;，；"
HEAD = 65_536


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the number it has in the office's program, its cells, and whether it is hidden."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def at(self, place: int) -> Cell:
        """The cell of a column, blank beyond the last one."""
        return self.cells[place] if place < len(self.cells) else Cell()

    @property
    def blank(self) -> bool:
        """Whether it says nothing of its own; what a merged block lends it does not count."""
        return all(cell.blank or cell.merged for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file; a csv file is one sheet without a name."""

    file: str
    name: str
    rows: tuple[SheetRow, ...]
    hidden: bool = False

    @property
    def place(self) -> str:
        """How a problem names it."""
        return f"{self.file} 工作表“{self.name}”" if self.name else self.file


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Every sheet of a file.

    Raises:
        ConfigurationError: it cannot be read, or is no table that we know.
    """
    try:
        if path.stat().st_size > LARGEST:
            _refuse(path, f"文件超过{LARGEST // 2**20}MB，不像是责任分工表")
        raw = path.read_bytes()
    except OSError as error:
        _refuse(path, f"无法读取：{system_reason(error)}")
    if raw.startswith(OLE):
        _refuse(
            path,
            "这是旧版 .xls 或加了密码的文件，请在表格软件中打开，另存为不加密码的 .xlsx 再导入",
        )
    if raw.startswith(ZIP):
        from crawler.inventory.table.workbook import workbook_sheets

        return workbook_sheets(path, raw)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        why = "文件是空的" if not raw else "不是 Excel 工作簿（文件已损坏，或只是改了扩展名）"
        _refuse(path, why)
    if path.suffix.lower() not in (".csv", ".txt", ".tsv"):
        _refuse(path, "只能导入 .xlsx 或 .csv 文件")
    return (Sheet(str(path), "", tuple(_csv_rows(path, raw))),)


def _csv_rows(path: Path, raw: bytes) -> list[SheetRow]:
    text = _decoded(path, raw)
    separator = max(SEPARATORS, key=text[:HEAD].count)
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, values in enumerate(reader, start=1):
            cells = tuple(Cell(value, _formula(value)) for value in values)
            rows.append(SheetRow(number, cells))
    except csv.Error as error:
        why = (
            "一个单元格过长（引号没有成对？）"
            if "limit" in str(error)
            else "文件中有无法识别的字符"
        )
        raise ConfigurationError([Problem(str(path), why, row=len(rows) + 1)]) from error
    return rows


def _formula(value: str) -> str:
    return "以“=”开头，是公式；请改为它的值" if value.lstrip().startswith("=") else ""


def _decoded(path: Path, raw: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what Excel in China writes (GB 18030)."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for name in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ConfigurationError(
        [Problem(str(path), "不是文本文件（应为 UTF-8 或 GB18030 编码的 csv）")]
    )


def _refuse(path: Path, why: str) -> NoReturn:
    raise ConfigurationError([Problem(str(path), why)])
