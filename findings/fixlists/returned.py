"""Reads a fix list that a unit has filled in: what it says of each finding, row by row."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from findings.fixlists.files import ANSWER, NUMBER, REMARK
from findings.fixlists.fixlist import ANSWERS, DONE
from findings.records.records import Claim, StoredFinding
from plugins.errors import ConfigurationError, Problem
from plugins.reasons import system_reason

LARGEST = 20 * 1024 * 1024
MOST_ROWS = 20_000
HEAD_WITHIN = 20
LONGEST = 2000
FINGERPRINT = re.compile(r"[0-9a-f]{32}")
# Words by which people say that it is done, beside the one offered in the list.
MENDED = re.compile(r"^(?:是|√|✓|已?(?:完成|整改|修复|更正|补充|撤下|删除|更新|改正|处理))(?!中)")

Cell = str | int | float | bool | date | datetime | object | None


@dataclass(frozen=True, slots=True)
class Filled:
    """One row that a unit filled in; ``row`` is its number in the sheet, as Excel shows it."""

    sheet: str
    row: int
    fingerprint: str
    answer: str
    remark: str

    @property
    def text(self) -> str:
        """Both cells as one sentence."""
        return "：".join(part for part in (self.answer, self.remark) if part)[:LONGEST]

    @property
    def done(self) -> bool:
        """Whether the unit says that it is mended."""
        return bool(self.answer == DONE or MENDED.search(self.answer))


@dataclass(frozen=True, slots=True)
class Returned:
    """A list that came back: rows filled in, rows that cannot be read, rows left blank (counted)."""

    filled: tuple[Filled, ...]
    problems: tuple[Problem, ...]
    blank: int


def read_returned(path: Path) -> Returned:
    """Read the rows of every sheet that has the columns 问题编号 and 整改情况.

    Raises:
        ConfigurationError: the file cannot be read, is no workbook, or has no such sheet.
    """
    book = _open(path)
    filled: list[Filled] = []
    problems: list[Problem] = []
    blank = 0
    heads = 0
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS)
        head = _head(rows)
        if head is None:
            continue
        heads += 1
        at, columns = head
        for number, row in enumerate(rows[at + 1 :], at + 2):
            cells = {
                key: _text(row[place]) if place < len(row) else "" for key, place in columns.items()
            }
            if not any(cells.values()):
                continue
            answer, remark = cells[ANSWER], cells.get(REMARK, "")
            if not answer and not remark:
                blank += 1
                continue
            fingerprint = cells[NUMBER].lower()
            if not FINGERPRINT.fullmatch(fingerprint):
                problems.append(
                    _problem(
                        path,
                        name,
                        number,
                        NUMBER,
                        f"“{cells[NUMBER][:40]}”不是问题编号（应为32位十六进制），请用原清单填写",
                    )
                )
                continue
            filled.append(Filled(name, number, fingerprint, answer, remark))
    if not heads:
        raise _refused(
            path, f"没有一张表同时有“{NUMBER}”和“{ANSWER}”两栏：请用 gongkai fixlist 导出的清单填写"
        )
    return Returned(tuple(filled), tuple(problems), blank)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What can be recorded, what was recorded before, and what cannot, by row."""

    claims: tuple[Claim, ...]
    known: int
    problems: tuple[Problem, ...]


def accept(
    returned: Returned,
    path: Path,
    find: Callable[[str], StoredFinding | None],
    earlier: Sequence[Claim],
    *,
    unit: str,
    by: str,
    at: datetime,
) -> Accepted:
    """Turn rows into claims; a row about an unknown finding, or another unit's, is refused by number.

    Args:
        returned: the rows.
        path: the file, for messages; only its name is kept.
        find: the finding with that fingerprint, None = there is none.
        earlier: what was said before; the same again is no new claim.
        unit: the unit whose list this is.
        by: who hands it in.
        at: when.
    """
    said = {(claim.fingerprint, claim.unit): claim.text for claim in earlier}
    claims: dict[str, Claim] = {}
    seen: dict[str, Filled] = {}
    problems = list(returned.problems)
    known = 0
    for row in returned.filled:
        finding = find(row.fingerprint)
        if finding is None:
            problems.append(
                _problem(path, row.sheet, row.row, NUMBER, f"没有编号为 {row.fingerprint} 的问题")
            )
        elif finding.unit != unit:
            # Whose it is, is none of this unit's business.
            problems.append(
                _problem(
                    path, row.sheet, row.row, NUMBER, f"编号 {row.fingerprint} 不是“{unit}”的问题"
                )
            )
        elif row.fingerprint in seen:
            first = seen[row.fingerprint]
            problems.append(
                _problem(path, row.sheet, row.row, NUMBER, f"与“{first.sheet}”第{first.row}行重复")
            )
        elif said.get((row.fingerprint, unit)) == row.text:
            seen[row.fingerprint] = row
            known += 1
        else:
            seen[row.fingerprint] = row
            claims[row.fingerprint] = Claim(
                row.fingerprint, at, by, unit, row.done, row.text, path.name
            )
    return Accepted(tuple(claims.values()), known, tuple(problems))


def _open(path: Path) -> CalamineWorkbook:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"无法读取：{system_reason(error)}") from error
    if len(raw) > LARGEST:
        raise _refused(path, f"文件超过{LARGEST // 1024 // 1024}MB，不像是整改清单")
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except PasswordError as error:
        raise _refused(path, "文件有密码，请去掉密码后再导入") from error
    except (CalamineError, OSError, ValueError) as error:
        raise _refused(path, "不是可用的Excel文件（.xlsx）") from error


def _head(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int]] | None:
    """The row of headings and where the columns stand; None = this sheet is something else."""
    for at, row in enumerate(rows[:HEAD_WITHIN]):
        names = {"".join(_text(cell).split()): place for place, cell in enumerate(row)}
        if NUMBER in names and ANSWER in names:
            return at, {name: names[name] for name in (NUMBER, ANSWER, REMARK) if name in names}
    return None


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).translate({ord("\u00a0"): " ", ord("\u3000"): " "})
    text = " ".join(text.split())
    # What our own lists put before a sign that a spreadsheet would take for a formula.
    return text.removeprefix("'").strip() if text[1:2] in {"=", "+", "-", "@"} else text


def _problem(path: Path, sheet: str, row: int, field: str, message: str) -> Problem:
    return Problem(f"{path}（{sheet}）", message, row=row, field=field)


def _refused(path: Path, message: str) -> ConfigurationError:
    return ConfigurationError([Problem(str(path), message)])


__all__ = ["ANSWERS", "Accepted", "Filled", "Returned", "accept", "read_returned"]
