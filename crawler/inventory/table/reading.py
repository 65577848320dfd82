"""Reads the sheets of a file that the office hands in: xlsx or csv."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import NoReturn

from crawler.inventory.table.cells import SheetCell
from crawler.inventory.table.sheet import OfficeSheet, SheetRow
from crawler.inventory.table.workbook import workbook_sheets
from plugins.errors import ConfigurationError, Problem
from plugins.reasons import system_reason

LARGEST = 64 * 2**20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
SEPARATORS = ",\t;，；"
HEAD = 65_536


def read_sheets(path: Path) -> tuple[OfficeSheet, ...]:
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
        return workbook_sheets(path, raw)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        why = "文件是空的" if not raw else "不是 Excel 工作簿（文件已损坏，或只是改了扩展名）"
        _refuse(path, why)
    if path.suffix.lower() not in (".csv", ".txt", ".tsv"):
        _refuse(path, "只能导入 .xlsx 或 .csv 文件")
    return (OfficeSheet(str(path), "", tuple(_csv_rows(path, raw))),)


def _csv_rows(path: Path, raw: bytes) -> list[SheetRow]:
    text = _decoded(path, raw)
    separator = max(SEPARATORS, key=text[:HEAD].count)
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, values in enumerate(reader, start=1):
            cells = tuple(SheetCell(value, _formula(value)) for value in values)
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
