"""The printed tables of a yearly report on openness, and whether their figures add up.

Form: 国办公开办函〔2021〕30号 (domain.md §6.4). Part 三 prints its own check (item 1 + item 2 = item 3 +
item 4, in each column); totals of rows and columns are sums as well. What is not recognised for certain
is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plugins.facts.language.text import solid
from plugins.facts.markup.tables import Rows
from plugins.facts.papers import limits

APPLICANTS = (
    "自然人",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "其他",
    "总计",
)
FIRST, SECOND = "一、本年新收申请数量", "二、上年结转申请数量"
THIRD, FOURTH = "三、（七）总计", "四、结转下年度继续办理"
# What the rows of part 三 are called, blanks taken out; the order is that of the form.
ROWS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (FIRST, re.compile(r"本年(?:度)?新收")),
    (SECOND, re.compile(r"上(?:一)?年(?:度)?结转")),
    ("予以公开", re.compile(r"^\W*(?:一\W)?予以公开")),
    ("部分公开", re.compile(r"^\W*(?:二\W)?部分公开")),
    ("属于国家秘密", re.compile(r"属于国家秘密")),
    ("其他法律行政法规禁止公开", re.compile(r"法规禁止公开")),
    ("危及三安全一稳定", re.compile(r"三安全")),
    ("保护第三方合法权益", re.compile(r"第三方合法权益")),
    ("属于三类内部事务信息", re.compile(r"内部事务信息")),
    ("属于四类过程性信息", re.compile(r"过程性信息")),
    ("属于行政执法案卷", re.compile(r"行政执法案卷")),
    ("属于行政查询事项", re.compile(r"行政查询事项")),
    ("本机关不掌握相关政府信息", re.compile(r"不掌握相关")),
    ("没有现成信息需要另行制作", re.compile(r"没有现成信息")),
    ("补正后申请内容仍不明确", re.compile(r"补正后申请内容仍")),
    ("信访举报投诉类申请", re.compile(r"信访举报投诉")),
    ("重复申请", re.compile(r"重复申请")),
    ("要求提供公开出版物", re.compile(r"公开出版物")),
    ("无正当理由大量反复申请", re.compile(r"大量反复申请")),
    ("要求确认或重新出具已获取信息", re.compile(r"重新出具")),
    ("逾期不补正", re.compile(r"逾期不补正")),
    ("逾期未按收费通知要求缴纳费用", re.compile(r"收费通知")),
    ("其他处理之其他", re.compile(r"^(?:3\W?)?其他(?:情形)?$")),
    (THIRD, re.compile(r"^\W*(?:七\W)?总计$")),
    (FOURTH, re.compile(r"结转下(?:一)?年(?:度)?")),
)
LEAVES = tuple(name for name, _ in ROWS[2:-2])
# As running text, where a table was read without its cells (pdf): the label, then seven figures.
LABELS = {
    "予以公开": r"[(（]一[)）]予以公开",
    "部分公开": r"[(（]二[)）]部分公开(?:[(（][^()（）]{4,40}[)）])?",
    "其他处理之其他": r"(?<!\d)3[.、．]其他(?=[ \d])",
    THIRD: r"[(（]七[)）]总计",
}
GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")
OUTCOMES = 5
FIGURE = re.compile(r"(\d{1,9})(?:\.0{1,2})?(?:件|次|条|项)?")
NONE = frozenset(("", "-", "--", "—", "——", "/", "\\", "无"))
SEVEN = re.compile(r"((?:\s*\d{1,7}(?![\d.、．年])){7})(?!\s*\d{1,7}(?:\s|$))")
GAPS = re.compile(
    r"(?<=[\u3400-\u9fff、，；：（）()“”\"\".．])\s+(?=[\u3400-\u9fff、，；：（）()“”\"\".．])"
)
FIFTEEN = re.compile(r"总计((?:\s+\d{1,6}(?![\d.、．年])){15})(?!\s*\d{1,6}(?:\s|$))")
BLANKS = re.compile(r"\s{2,}")
LONGEST = 200_000


class Law(StrEnum):
    """Which sum does not come out."""

    BALANCE = "balance"
    RESULTS = "results"
    ROW = "row"
    OUTCOMES = "outcomes"


@dataclass(frozen=True, slots=True)
class Imbalance:
    """Two printed figures, or sums of them, that should be equal.

    ``part`` of the report; ``place`` names the column or row; ``figures`` are those that are added,
    ``sum`` what they must come to. For BALANCE the figures are items 1 to 4 and ``sum`` is left 0.
    ``blanks`` = some cell that was taken for 0 is empty.
    """

    part: int
    law: Law
    place: str
    figures: tuple[int, ...]
    sum: int = 0
    blanks: bool = False


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables say: which parts could be read, what does not add up, documents in force."""

    read: tuple[int, ...] = ()
    imbalances: tuple[Imbalance, ...] = ()
    valid: int | None = None


Cells = tuple[int | None, ...]


def read_tables(rows: Rows) -> Tables:
    """Read the tables of a report from rows of cells, merged cells spread."""
    requests: dict[str, Cells] = {}
    spoilt = False
    disputes: Cells = ()
    valid: int | None = None
    awaits = False
    for row in rows:
        cells = [solid(cell) for cell in row]
        numbers = [_number(cell) for cell in cells]
        labelled = _labelled(cells, numbers)
        if awaits and not labelled and any(number is not None for number in numbers):
            if len(cells) <= len(GROUPS) * OUTCOMES:
                disputes = _padded(numbers, len(GROUPS) * OUTCOMES)
            awaits = False
        elif sum("纠正" in cell for cell in cells) == len(GROUPS):
            awaits = len(cells) == len(GROUPS) * OUTCOMES
        if not labelled:
            continue
        label, values = labelled
        if "行政规范性文件" in label and len(values) == limits.REPORT_VALUES:
            valid = values[-1]
        name = _name(label)
        if name in LEAVES and not any(requests.get(name, ())) and not values:
            # Nothing filled in, or a column's heading.
            requests.setdefault(name, _padded((), len(APPLICANTS)))
        elif name and values:
            # A row with other cells than the form has, or twice, makes the table another one.
            twice = any(number is not None for number in requests.get(name, ()))
            spoilt = spoilt or twice or len(values) > len(APPLICANTS)
            requests[name] = _padded(values, len(APPLICANTS))
    if not any("现行有效" in cell for row in rows for cell in row):
        valid = None
    return _judged({} if spoilt else requests, disputes, valid)


def read_lines(text: str) -> Tables:
    """Read parts 三 and 四 from running text; only rows with exactly as many figures as the form."""
    folded = GAPS.sub("", BLANKS.sub("\n", text[:LONGEST]))
    requests: dict[str, Cells] = {}
    for name, pattern in ROWS:
        label = LABELS.get(name, pattern.pattern)
        found = list(re.finditer(label + r"[^\d\n]{0,40}?" + SEVEN.pattern, folded))
        if len(found) == 1:
            requests[name] = tuple(int(word) for word in found[0][1].split())
    valid = re.findall(r"行政规范性文件\s+(\d{1,5})\s+(\d{1,5})\s+(\d{1,5})(?!\s*\d)", folded)
    outcomes = [match[1] for match in FIFTEEN.finditer(folded)]
    disputes = tuple(map(int, outcomes[0].split())) if len(outcomes) == 1 else ()
    alone = int(valid[0][2]) if len(valid) == 1 and "现行有效" in folded else None
    return _judged(requests, disputes, alone)


def _labelled(cells: Sequence[str], numbers: Sequence[int | None]) -> tuple[str, Cells] | None:
    """The last words of a row before its figures, and the figures; None where it has no words."""
    words = [
        place
        for place, (cell, number) in enumerate(zip(cells, numbers, strict=True))
        if number is None and cell not in NONE
    ]
    if not words:
        return None
    return cells[words[-1]], tuple(numbers[words[-1] + 1 :])


def _name(label: str) -> str:
    return next((name for name, pattern in ROWS if pattern.search(label)), "")


def _number(cell: str) -> int | None:
    match = FIGURE.fullmatch(cell.replace(",", ""))
    return int(match[1]) if match else None


def _padded(values: Iterable[int | None], width: int) -> Cells:
    """As many cells as the form has: a row ends with its last filled cell."""
    cells = tuple(values)
    return (*cells, *(None,) * (width - len(cells)))


def _judged(requests: Mapping[str, Cells], disputes: Cells, valid: int | None) -> Tables:
    found: list[Imbalance] = []
    read = []
    if all(name in requests for name in (FIRST, SECOND, THIRD, FOURTH)):
        read.append(3)
        found += _balances(requests)
        if all(name in requests for name in LEAVES):
            found += _results(requests)
        found += _rows(requests)
    if disputes and any(number is not None for number in disputes):
        read.append(4)
        found += _outcomes(disputes)
    return Tables(tuple(read), tuple(found), valid)


def _balances(requests: Mapping[str, Cells]) -> Iterable[Imbalance]:
    for place, name in enumerate(APPLICANTS):
        items = [requests[item][place] for item in (FIRST, SECOND, THIRD, FOURTH)]
        if all(item is None for item in items):
            continue
        figures = tuple(item or 0 for item in items)
        if figures[0] + figures[1] != figures[2] + figures[3]:
            yield Imbalance(3, Law.BALANCE, name, figures, blanks=None in items)


def _results(requests: Mapping[str, Cells]) -> Iterable[Imbalance]:
    for place, name in enumerate(APPLICANTS):
        total = requests[THIRD][place]
        cells = [requests[leaf][place] for leaf in LEAVES]
        if total is not None and (mistake := _mistake(cells, total)):
            yield Imbalance(3, Law.RESULTS, name, *mistake)


def _rows(requests: Mapping[str, Cells]) -> Iterable[Imbalance]:
    for name, _ in ROWS:
        if name in requests and (total := requests[name][-1]) is not None:
            mistake = _mistake(requests[name][:-1], total)
            # A row where only the total is filled in says nothing of who asked.
            if mistake and any(mistake[0]):
                yield Imbalance(3, Law.ROW, name, *mistake)


def _outcomes(disputes: Cells) -> Iterable[Imbalance]:
    for turn, name in enumerate(GROUPS):
        group = disputes[turn * OUTCOMES : (turn + 1) * OUTCOMES]
        if group[-1] is not None and (mistake := _mistake(group[:-1], group[-1])):
            yield Imbalance(4, Law.OUTCOMES, name, *mistake)


def _mistake(cells: Sequence[int | None], total: int) -> tuple[tuple[int, ...], int, bool] | None:
    """The figures, their total as printed, and whether a cell is empty; None where they agree."""
    figures = tuple(cell or 0 for cell in cells)
    return None if sum(figures) == total else (figures, total, None in cells)
