"""The rows of the office's table read as units, sites and columns; what cannot be read, row by row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from crawler.inventory.table.cells import MARKUP, SheetCell, line_of, text_of
from crawler.inventory.table.headings import HEADINGS, IGNORED, Headings, TableKind, plain
from crawler.inventory.table.sheet import OfficeSheet, SheetRow
from plugins.errors import Problem

NOTE = re.compile(
    r"[(（]?(?:注|备注|说明|填表|填报|制表|审核|联系|合计|总计|共计|附|单位负责人|日期)"
    r"|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]"
)
TOTAL = re.compile(r"(?:合计|总计|共计|小计)")
DITTO = frozenset({"同上", "〃", "″", '"', "″″"})
SHOWN = 10


@dataclass
class TableRemarks:
    """What is to be told of a table: problems, row by row, and remarks on how it was read."""

    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def remark(self, sheet: OfficeSheet, words: str) -> None:
        """Say how something was read."""
        self.remarks.append(f"工作表“{sheet.name}”{words}" if sheet.name else words)


@dataclass
class TableRow:
    """One row with access by field; what is wrong becomes a problem that names its heading."""

    table: OfficeTable
    row: SheetRow
    refused: bool = False

    @property
    def number(self) -> int:
        """The row's number in the sheet."""
        return self.row.number

    def refuse(self, name: str, why: str) -> None:
        """This row cannot be taken."""
        self.refused = True
        place = self.table.sheet.place
        heading = self.table.headings.heading(name) if name else ""
        self.table.told.problems.append(Problem(place, why, row=self.number, field=heading))

    def cell(self, name: str) -> SheetCell:
        """The cell of a field, blank where the table has no such column."""
        place = self.table.headings.places.get(name)
        return SheetCell() if place is None else self.table.lent(self.row, place)

    def value(self, name: str) -> Any:
        """The value as it is; None, with a problem, where the cell cannot be read."""
        cell = self.cell(name)
        if cell.flaw:
            self.refuse(name, cell.flaw)
            return None
        return None if cell.blank else cell.value

    def text(self, name: str, *, need: bool = False, choices: Collection[str] = ()) -> str:
        """A field on one line; "" with a problem where it must be there or is none of the choices."""
        cell = self.cell(name)
        text = self._readable(name, cell)
        if need and cell.blank:
            self.refuse(name, "不能为空")
        if text and choices and text not in choices:
            self.refuse(name, f"“{text}”无效，可选：{'、'.join(choices)}")
            return ""
        return text

    def listed(self, name: str, separators: str = "、，,；;") -> tuple[str, ...]:
        """A field of several entries, each on its line or behind a separator."""
        cell = self.cell(name)
        self._readable(name, cell)
        text = "" if cell.flaw else text_of(cell.value)
        parts = text.split("\n") if "\n" in text else re.split(f"[{separators}]", text)
        return tuple(part.strip() for part in parts if part.strip())

    def further(self) -> tuple[tuple[str, str], ...]:
        """What stands under headings that we have no field for."""
        found = []
        for heading, place in self.table.headings.extra.items():
            cell = self.table.lent(self.row, place)
            text = text_of(cell.value)
            if cell.flaw or MARKUP.search(text):
                self.refused = True
                why = cell.flaw or f"单元格中有网页代码“{_cut(text)}”，请改为纯文字"
                problem = Problem(self.table.sheet.place, why, row=self.number, field=heading)
                self.table.told.problems.append(problem)
            elif text:
                found.append((heading, text))
        return tuple(found)

    def _readable(self, name: str, cell: SheetCell) -> str:
        if cell.flaw:
            self.refuse(name, cell.flaw)
            return ""
        text = line_of(cell.value)
        if MARKUP.search(text) and name not in {"url", "start"}:
            self.refuse(name, f"单元格中有网页代码“{_cut(text)}”，请改为纯文字")
            return ""
        return text


class OfficeTable:
    """The rows of one sheet below its heading."""

    def __init__(self, sheet: OfficeSheet, headings: Headings, told: TableRemarks) -> None:
        self.sheet = sheet
        self.headings = headings
        self.told = told
        self.above: dict[int, SheetCell] = {}
        self._merged: dict[int, list[int]] = {}
        self._hidden: list[int] = []
        self._only_numbered: list[int] = []

    def rows(self) -> Iterator[TableRow]:
        """The rows that say something; what was skipped or filled in is told at the end."""
        ignored = {place for place, word in self.headings.words.items() if plain(word) in IGNORED}
        kept = set(self.headings.places.values()) | set(self.headings.extra.values())
        for row in self.sheet.rows:
            if row.number <= self.headings.row or row.blank or self._repeats(row):
                continue
            if self._is_note(row):
                continue
            own = {
                place for place, cell in enumerate(row.cells) if not cell.blank and not cell.merged
            }
            tops = {place for place in own if place in kept}
            if not tops and own <= ignored:
                self._only_numbered.append(row.number)
                continue
            if stray := own - kept - ignored:
                self._stray(row, min(stray))
                continue
            if row.hidden:
                self._hidden.append(row.number)
            yield TableRow(self, row)
        self._tell()

    def lent(self, row: SheetRow, place: int) -> SheetCell:
        """The cell, or what the one above it says where it only says 同上."""
        cell = row.at(place)
        if cell.merged and cell.merged != row.number and not cell.blank:
            self._merged.setdefault(place, []).append(row.number)
        if not cell.flaw and text_of(cell.value) in DITTO and place in self.above:
            return self.above[place]
        self.above[place] = cell
        return cell

    def _repeats(self, row: SheetRow) -> bool:
        """Whether the heading stands here again, as on printed pages."""
        words = {
            place: "".join(text_of(cell.value).split())
            for place, cell in enumerate(row.cells)
            if not cell.blank
        }
        return words == self.headings.words

    def _is_note(self, row: SheetRow) -> bool:
        """A title of a section across the table, or a remark below it: told, not taken."""
        own = [cell for cell in row.cells if not cell.blank and cell.merged != row.number]
        own = [cell for cell in own if not cell.merged]
        if own and TOTAL.match(line_of(own[0].value)):
            self.told.remark(self.sheet, f"第{row.number}行是合计，未导入。")
            return True
        lent = any(cell.merged not in {0, row.number} and not cell.blank for cell in row.cells)
        if len(own) != 1 or lent:
            return False
        text = line_of(own[0].value)
        across = sum(cell.merged == row.number for cell in row.cells)
        if across + 1 >= max(3, len(self.headings.words) - 1) or NOTE.match(text):
            self.told.remark(self.sheet, f"第{row.number}行“{_cut(text)}”是小标题或说明，未导入。")
            return True
        return False

    def _stray(self, row: SheetRow, place: int) -> None:
        why = f"第{place + 1}列没有表头，却有内容“{_cut(text_of(row.at(place).value))}”"
        self.told.problems.append(Problem(self.sheet.place, why, row=row.number))

    def _tell(self) -> None:
        for place, numbers in sorted(self._merged.items()):
            if place in self.headings.words:
                self.told.remark(
                    self.sheet,
                    f"“{self.headings.words[place]}”一列有合并单元格，已向下填写：{spans(numbers)}。",
                )
        if self._hidden:
            self.told.remark(self.sheet, f"隐藏的{spans(self._hidden)}已照常读取。")
        if self._only_numbered:
            self.told.remark(self.sheet, f"{spans(self._only_numbered)}只有序号，未导入。")
        if self.headings.kind is not TableKind.COLUMN and self.headings.extra:
            known = "、".join(words[0] for words in HEADINGS[self.headings.kind].values())
            lost = "、".join(self.headings.extra)
            self.told.remark(self.sheet, f"不认识的列“{lost}”未导入（可用：{known}）。")


def spans(numbers: list[int]) -> str:
    """Row numbers in words: 第3—5、8行; the first ones only, where there are many."""
    parts = []
    for _, group in groupby(enumerate(sorted(set(numbers))), key=lambda item: item[1] - item[0]):
        run = [number for _, number in group]
        parts.append(f"{run[0]}—{run[-1]}" if len(run) > 1 else f"{run[0]}")
    if len(parts) > SHOWN:
        return f"第{'、'.join(parts[:SHOWN])}等共{len(set(numbers))}行"
    return f"第{'、'.join(parts)}行"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 30 else f"{line[:30]}…"  # noqa: PLR2004 - enough to find it
