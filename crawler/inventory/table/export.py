"""The inventory as the office keeps it: a workbook with the sheets 栏目, 单位, 网站 and 说明."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from crawler.inventory.model import COLUMN_TYPES, Inventory, RegisteredColumn, RegisteredSite
from crawler.inventory.table.cells import guarded
from crawler.inventory.table.changes import FIELD_WORDS, KIND_WORDS
from crawler.inventory.table.headings import (
    ABOUT,
    COLUMN_HEADINGS,
    DISTRICT,
    GUESSES,
    SITE_HEADINGS,
    UNIT_HEADINGS,
)
from plugins import Unit
from plugins.errors import ConfigurationError, Problem

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "宋体"
HEAD_FONT = "黑体"
HEAD_FILL = "FFEDEDED"
GUESS_FILL = "FFFFF2CC"
WIDTHS = {"栏目名称": 24, "网址": 48, "责任单位": 22, "栏目类型": 14, "更新要求": 22, GUESSES: 60}
USUAL_WIDTH = 16
NARROW = 6
LONGEST = 32_000
# What an office would most often write; the list offers them, other spellings may be typed.
DUTIES = (
    "-1",
    "14",
    "30",
    "90",
    "180",
    "365",
    "每工作日",
    "每周",
    "每月",
    "每季度",
    "每半年",
    "每年2月",
    "依申请公开",
    "不定期",
    "静态",
)
DUTY_HELP = (
    "可填：天数（14）；每月、每季度末、每年2月、9月[180]；组名@30[180]；-1（须写豁免原因）；"
    "依申请公开、不定期、静态"
)
Value = str | float | int | date | None
COLUMN_FIELDS = ("name", "url", "unit", "type", "duty", "reason", "valid_from")


@dataclass(frozen=True)
class Guess:
    """What a proposal rests on: the fields of a column that were guessed, and why (Chinese)."""

    fields: tuple[str, ...] = ()
    why: str = ""


@dataclass
class SheetDraft:
    """One sheet before it is written."""

    name: str
    headings: list[str]
    rows: list[list[Value]]
    marked: dict[int, list[int]] = field(default_factory=dict)


def inventory_workbook(inventory: Inventory, guesses: Mapping[str, Guess] | None = None) -> bytes:
    """The inventory as xlsx.

    Args:
        inventory: what is registered.
        guesses: by address of a column, what was guessed of it; those cells are marked.

    Text that a spreadsheet would take for a formula gets an apostrophe, which an import removes.

    Raises:
        ConfigurationError: a text is longer than a cell can be.
    """
    from openpyxl import Workbook

    book = Workbook()
    columns = _columns(inventory.columns, guesses)
    for place, page in enumerate((columns, _units(inventory.units), _sites(inventory.sites))):
        sheet = book.active if place == 0 else book.create_sheet()
        assert sheet is not None
        _write(sheet, page)
    _about(book.create_sheet(), inventory, guessed=guesses is not None)
    _validate(book["栏目"], book["单位"], book["网站"], inventory)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _columns(
    columns: Sequence[RegisteredColumn], guesses: Mapping[str, Guess] | None
) -> SheetDraft:
    extra = list(dict.fromkeys(name for column in columns for name, _ in column.extra))
    headings = ["序号", *(COLUMN_HEADINGS[name][0] for name in COLUMN_FIELDS), *extra]
    if guesses is not None:
        headings.append(GUESSES)
    page = SheetDraft("栏目", headings, [])
    for number, column in enumerate(columns, start=1):
        further = dict(column.extra)
        text = column.duty.text if column.duty else None
        plain_days = text is not None and text.removeprefix("-").isdecimal()
        row: list[Value] = [
            number,
            column.name,
            column.url,
            column.unit,
            column.type,
            int(text) if text is not None and plain_days else text,
            column.reason,
            column.valid_from,
            *(further.get(name) for name in extra),
        ]
        if guesses is not None:
            guess = guesses.get(column.url, Guess())
            row.append(guess.why)
            page.marked[number] = [COLUMN_FIELDS.index(name) + 1 for name in guess.fields]
        page.rows.append(row)
    return page


def _units(units: Iterable[Unit]) -> SheetDraft:
    headings = [words[0] for words in UNIT_HEADINGS.values()]
    rows: list[list[Value]] = [
        [unit.name, KIND_WORDS[unit.kind], FIELD_WORDS[unit.fields], _listed(unit.aliases)]
        for unit in units
    ]
    return SheetDraft("单位", headings, rows)


def _sites(sites: Iterable[RegisteredSite]) -> SheetDraft:
    headings = [words[0] for words in SITE_HEADINGS.values()]
    rows: list[list[Value]] = [
        [
            site.host,
            site.name,
            "\n".join(site.start),
            site.rate,
            site.unit,
            _listed(site.hosts),
            "遵守" if site.keeps_robots else "不遵守",
            site.robots_reason,
        ]
        for site in sites
    ]
    return SheetDraft("网站", headings, rows)


def _listed(values: Sequence[str]) -> str:
    """Several entries in a cell: on lines of their own where one of them holds a separator."""
    return ("\n" if any(set("、，,；;") & set(one) for one in values) else "、").join(values)


def _write(sheet: Worksheet, page: SheetDraft) -> None:
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.title = page.name
    body, head = Font(name=FONT, size=11), Font(name=HEAD_FONT, size=11)
    fill, guessed = (
        PatternFill("solid", fgColor=HEAD_FILL),
        PatternFill("solid", fgColor=GUESS_FILL),
    )
    wrap = Alignment(horizontal="left", vertical="top", wrap_text=True)
    lines: list[Sequence[Value]] = [page.headings, *page.rows]
    for row, values in enumerate(lines):
        for place, value in enumerate(values):
            if value is None or value == "":
                continue
            cell = sheet.cell(row + 1, place + 1)
            assert isinstance(cell, Cell)
            if isinstance(value, str):
                text = guarded(value)
                if len(text) > LONGEST:
                    why = f"文字超过{LONGEST}字，电子表格放不下：{text[:20]}…"
                    raise ConfigurationError([Problem(f"工作表“{page.name}”", why, row=row + 1)])
                cell.value = text
                # Whatever it looks like, it is text.
                cell.data_type = "s"
                cell.number_format = "@"
            else:
                cell.value = value
                if not isinstance(value, int | float):
                    cell.number_format = "yyyy-mm-dd"
            cell.font = body if row else head
            cell.alignment = wrap
            if not row:
                cell.fill = fill
        for place in page.marked.get(row, ()):
            sheet.cell(row + 1, place + 1).fill = guessed
    for place, heading in enumerate(page.headings, start=1):
        width = NARROW if heading == "序号" else WIDTHS.get(heading, USUAL_WIDTH)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "C2" if page.name == "栏目" else "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(page.headings))}{len(page.rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _about(sheet: Worksheet, inventory: Inventory, *, guessed: bool) -> None:
    """The district's name, and how to fill the table in."""
    lines: list[list[Value]] = [
        [
            "用法",
            "修改后用 gongkai inventory import 读回台账；读回之前会列出全部变化，确认后才写入。",
        ],
        ["栏目", "一行一个栏目，以网址区分；可以另加列（如责任科室、联系人），会一并保存。"],
        ["更新要求", DUTY_HELP],
        ["栏目类型", "、".join(COLUMN_TYPES)],
    ]
    if guessed:
        lines.append([GUESSES, "底色标出的是程序的推测，须逐条核对；“推测依据”一列不会读回台账。"])
    _write(sheet, SheetDraft(ABOUT, [DISTRICT, inventory.district], lines))
    sheet.freeze_panes = sheet.auto_filter.ref = None
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 90


def _validate(columns: Worksheet, units: Worksheet, sites: Worksheet, inventory: Inventory) -> None:
    """Lists to choose from; strict only where nothing else can be meant."""
    last = len(inventory.columns) + 200
    names = "'单位'!$A$2:$A$" + str(max(2, len(inventory.units) + 1))
    _list(
        columns, "D", last, names, "单位未登记", "“单位”工作表中没有这个单位；确认后导入时将新增。"
    )
    _list(columns, "E", last, _choices(COLUMN_TYPES), "栏目类型无效", "请从列表中选择。", stop=True)
    _list(columns, "F", last, _choices(DUTIES), "更新要求", DUTY_HELP, prompt=DUTY_HELP)
    last = len(inventory.units) + 100
    _list(
        units, "B", last, _choices(KIND_WORDS.values()), "类别无效", "请从列表中选择。", stop=True
    )
    fields = [word for word in FIELD_WORDS.values() if word]
    _list(units, "C", last, _choices(fields), "无效", "请填“多”或“少”，或留空。", stop=True)
    last = len(inventory.sites) + 20
    _list(sites, "G", last, _choices(("遵守", "不遵守")), "无效", "请从列表中选择。", stop=True)


def _choices(words: Iterable[str]) -> str:
    return f'"{",".join(words)}"'


def _list(
    sheet: Worksheet,
    letter: str,
    last: int,
    formula: str,
    title: str,
    words: str,
    *,
    stop: bool = False,
    prompt: str = "",
) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=formula, allow_blank=True)
    rule.errorStyle = "stop" if stop else "warning"
    rule.errorTitle, rule.error = title, words
    # Spellings beside the offered ones are right as often as not: they are told, never stopped.
    rule.showErrorMessage = not prompt
    rule.showInputMessage = bool(prompt)
    rule.promptTitle, rule.prompt = title, prompt
    rule.add(f"{letter}2:{letter}{last + 1}")
    sheet.add_data_validation(rule)
