"""Tables as an office keeps them, written as real xlsx and csv files for tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEAD = ("序号", "栏目名称", "网址", "责任单位", "更新要求", "豁免原因")
ROWS = (
    (1, "通知公告", "http://www.a.gov.cn/tz/", "区政府办", 180, None),
    (2, "党建", "http://www.a.gov.cn/dj/", "区教育局", "党建@30[180]", None),
    (3, "旧栏目", "http://www.a.gov.cn/old/", "沿河街道", "-1", "停用"),
    (4, "年报", "http://www.a.gov.cn/nb/", "区教育局", "每年2月、9月", None),
)


def sheet_of(book: Workbook, name: str, rows: Sequence[Sequence[Any]]) -> Any:
    """A sheet with these rows."""
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(list(row))
    return sheet


def book_of(rows: Sequence[Sequence[Any]] = (HEAD, *ROWS), name: str = "分工表") -> Workbook:
    """A workbook with one sheet."""
    book = Workbook()
    book.remove(book.active)
    sheet_of(book, name, rows)
    return book


def saved(book: Workbook, path: Path) -> Path:
    """The workbook as a file."""
    book.save(path)
    return path


def csv_of(path: Path, rows: Sequence[Sequence[Any]], encoding: str = "utf-8-sig") -> Path:
    """The rows as a csv file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path
