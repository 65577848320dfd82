"""Which sheets of the office's file are read, and as what."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.inventory.table.headings import (
    ABOUT,
    SHEETS,
    Headings,
    TableKind,
    find_headings,
    nearest,
)
from crawler.inventory.table.rows import TableRemarks
from crawler.inventory.table.sheet import OfficeSheet
from plugins.errors import ConfigurationError, Problem

OWN = next(name for name, kind in SHEETS.items() if kind is TableKind.COLUMN)


def choose(
    sheets: Sequence[OfficeSheet], wanted: Sequence[str], told: TableRemarks
) -> list[tuple[OfficeSheet, Headings]]:
    """The sheets to read, each with its heading row.

    Sheets called 单位 and 网站 are what our export calls so; ``wanted`` names the tables of columns,
    () = the one that looks like such a table.

    Raises:
        ConfigurationError: none of them is a table of columns, or several are and none was named.
    """
    file = sheets[0].file if sheets else ""
    names = [sheet.name for sheet in sheets]
    missing = [name for name in wanted if name not in names]
    if missing:
        there = "、".join(f"“{name}”" for name in names if name) or "csv 文件没有工作表"
        raise ConfigurationError(
            [
                Problem(file, f"没有工作表“{name}”，文件中有：{there}", field="--sheet")
                for name in missing
            ]
        )
    beside = _beside([sheet for sheet in sheets if sheet.name not in wanted and not sheet.hidden])
    read = {sheet.name for sheet, _ in beside}
    tables = []
    for sheet in sheets:
        if sheet.name in read or (wanted and sheet.name not in wanted):
            continue
        if sheet.hidden and not wanted:
            told.remark(sheet, "是隐藏的，未导入；需要时用 --sheet 指定。")
            continue
        headings = find_headings(sheet, TableKind.COLUMN)
        if headings:
            tables.append((sheet, headings))
        elif not wanted and sheet.name != ABOUT:
            told.remark(sheet, f"不是栏目表（{nearest(sheet)}），未导入。")
    return [*beside, *_settled(tables, wanted, sheets)]


def _beside(sheets: Sequence[OfficeSheet]) -> list[tuple[OfficeSheet, Headings]]:
    """The sheets of units and sites beside the table."""
    found = []
    for sheet in sheets:
        kind = SHEETS.get(sheet.name, TableKind.COLUMN)
        headings = None if kind is TableKind.COLUMN else find_headings(sheet, kind)
        if headings:
            found.append((sheet, headings))
    return found


def _settled(
    tables: list[tuple[OfficeSheet, Headings]], wanted: Sequence[str], sheets: Sequence[OfficeSheet]
) -> list[tuple[OfficeSheet, Headings]]:
    file = sheets[0].file if sheets else ""
    unlike = [name for name in wanted if name not in {sheet.name for sheet, _ in tables}]
    if unlike or not tables:
        looked = [sheet for sheet in sheets if not wanted or sheet.name in unlike]
        said = "；".join(
            f"“{one.name}”{nearest(one)}" if one.name else nearest(one) for one in looked
        )
        why = (
            "没有找到栏目表：表头须有“栏目名称”，以及“网址”“责任单位”“更新要求”中的至少一项"
            f"（{said or '没有工作表'}）"
        )
        raise ConfigurationError([Problem(file, why)])
    own = [item for item in tables if item[0].name == OWN]
    if len(tables) > 1 and not wanted:
        if own:
            return own
        names = "、".join(f"“{sheet.name}”" for sheet, _ in tables)
        why = f"有{len(tables)}个工作表都像栏目表（{names}），请用 --sheet 指定（可多次）"
        raise ConfigurationError([Problem(file, why, field="--sheet")])
    return tables
