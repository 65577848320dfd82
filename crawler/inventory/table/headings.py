"""The heading row of the office's table: where it is, and which of our fields each heading means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from crawler.inventory.table.cells import line_of, text_of
from crawler.inventory.table.sheet import OfficeSheet, SheetRow

# The heading row stands among the first rows that say anything; above it are titles and notes.
HEADING_ROWS = 20
FEWEST = 2


class TableKind(StrEnum):
    """What the rows of a sheet are."""

    COLUMN = "column"
    UNIT = "unit"
    SITE = "site"


# Headings as our own export writes them (first), and as offices do.
COLUMN_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("栏目名称", "栏目", "网站栏目", "栏目名", "网站栏目名称", "公开栏目", "名称"),
    "url": (
        "网址",
        "完整地址",
        "栏目网址",
        "栏目地址",
        "栏目链接",
        "链接地址",
        "网页地址",
        "页面地址",
        "网站地址",
        "链接",
        "地址",
        "URL",
    ),
    "unit": (
        "责任单位",
        "内容保障单位",
        "保障单位",
        "责任部门",
        "保障部门",
        "信息保障单位",
        "内容保障责任单位",
        "保障责任单位",
        "牵头单位",
        "主办单位",
        "维护单位",
        "责任主体",
        "单位名称",
        "单位",
        "部门",
    ),
    "type": ("栏目类型", "栏目类别", "ColumnType"),
    "duty": (
        "更新要求",
        "更新周期",
        "更新频率",
        "更新频次",
        "更新时限",
        "更新期限",
        "更新时间要求",
        "更新周期要求",
        "保障周期",
        "保障频次",
        "保障要求",
        "保障时限",
    ),
    "reason": ("豁免原因", "不考核原因", "免考核原因", "不更新原因"),
    "valid_from": ("生效日期", "执行日期", "起始日期", "开始日期", "生效时间", "执行时间"),
    "level1": ("一级栏目", "一级栏目名称", "一级目录"),
    "level2": ("二级栏目", "二级栏目名称", "二级目录"),
    "level3": ("三级栏目", "三级栏目名称", "三级目录"),
    "level4": ("四级栏目", "四级栏目名称", "四级目录"),
}
UNIT_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("单位名称", "单位", "名称", "单位全称"),
    "kind": ("单位类别", "类别", "单位类型", "单位性质"),
    "fields": ("承担公开领域", "公开领域"),
    "aliases": ("别名", "简称", "单位简称", "其他名称", "曾用名"),
}
SITE_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "host": ("域名", "网站域名", "主域名"),
    "name": ("网站名称", "名称", "网站"),
    "start": ("首页网址", "首页", "起始网址", "首页地址"),
    "rate": ("每秒请求数",),
    "unit": ("责任单位", "主办单位", "管理单位"),
    "hosts": ("其他域名",),
    "robots": ("robots规则", "robots"),
    "robots_reason": ("不遵守理由",),
}
HEADINGS = {
    TableKind.COLUMN: COLUMN_HEADINGS,
    TableKind.UNIT: UNIT_HEADINGS,
    TableKind.SITE: SITE_HEADINGS,
}
# Without these a row of the kind means nothing.
NEEDED = {
    TableKind.COLUMN: ({"name", "level1", "level2", "level3", "level4"}, {"url", "unit", "duty"}),
    TableKind.UNIT: ({"name"}, {"kind", "fields", "aliases"}),
    TableKind.SITE: ({"host"}, {"start"}),
}
SHEETS = {"栏目": TableKind.COLUMN, "单位": TableKind.UNIT, "网站": TableKind.SITE}
# A sheet of ours for what is no row: the district's name, and how to fill the table in.
ABOUT, DISTRICT = "说明", "区划名称"
LEVELS = ("level1", "level2", "level3", "level4")
# Written for people, made anew each time.
GUESSES = "推测依据"
IGNORED = frozenset({"序号", "编号", "NO", "NO.", GUESSES})


@dataclass(frozen=True)
class Headings:
    """What a sheet's heading row says.

    ``row`` its number; ``places`` field → place of its column; ``extra`` further headings → place;
    ``dropped`` headings of columns that are not kept, ``nameless`` places without a heading.
    """

    kind: TableKind
    row: int
    places: Mapping[str, int] = field(default_factory=dict)
    extra: Mapping[str, int] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    words: Mapping[int, str] = field(default_factory=dict)

    def heading(self, name: str) -> str:
        """The heading of a field as this table words it; ours where it has none."""
        place = self.places.get(name)
        return self.words[place] if place is not None else HEADINGS[self.kind][name][0]


def plain(heading: str) -> str:
    """A heading without blanks, width, remarks in brackets, and marks: 责任单位（全称） = 责任单位."""
    text = "".join(unicodedata.normalize("NFKC", heading).split())
    return re.sub(r"\(.*?\)|\[.*?\]|【.*?】|[*:]", "", text).upper()


NAMES = {
    kind: {plain(word): name for name, words in table.items() for word in reversed(words)}
    for kind, table in HEADINGS.items()
}


def find_headings(sheet: OfficeSheet, kind: TableKind) -> Headings | None:
    """The heading row of a sheet for this kind of table; None where none of its rows is one.

    Of two rows that say as much (a heading of two rows with merged cells) the lower one counts.
    """
    best: Headings | None = None
    known = 0
    said = 0
    for row in sheet.rows:
        if all(cell.blank for cell in row.cells):
            continue
        said += 1
        if said > HEADING_ROWS:
            break
        found = _read(row, kind)
        fields = set(found.places)
        one, further = NEEDED[kind]
        if not fields & one or not fields & further or len(fields) < FEWEST:
            continue
        near = best is None or row.number <= best.row + 2
        if near and len(fields) >= known:
            best, known = found, len(fields)
    return best


def stated_district(sheets: Sequence[OfficeSheet]) -> str:
    """The district's name as the sheet 说明 of our export states it, "" where there is none."""
    for sheet in sheets:
        for row in sheet.rows[:HEADING_ROWS] if sheet.name == ABOUT else ():
            if text_of(row.at(0).value) == DISTRICT and not row.at(1).flaw:
                return line_of(row.at(1).value)
    return ""


def nearest(sheet: OfficeSheet) -> str:
    """What the first rows of a sheet say, for the complaint that there is no heading row."""
    for row in sheet.rows:
        words = list(dict.fromkeys(text_of(cell.value) for cell in row.cells if not cell.blank))
        if len(words) >= FEWEST:
            return f"第{row.number}行是“{'、'.join(words[:6])}”"
    return "表中没有内容" if all(row.blank for row in sheet.rows) else "只有标题"


def _read(row: SheetRow, kind: TableKind) -> Headings:
    places: dict[str, int] = {}
    ranks: dict[str, int] = {}
    extra: dict[str, int] = {}
    words: dict[int, str] = {}
    dropped = []
    for place, cell in enumerate(row.cells):
        word = "".join(text_of(cell.value).split())
        if not word or cell.flaw:
            continue
        words[place] = word
        name = NAMES[kind].get(plain(word))
        rank = _rank(kind, name, word) if name else 0
        if name and name in places and rank < ranks[name]:
            # 责任单位 beside 单位: the plainer word is further information.
            _further(extra, words[places[name]], places[name])
        elif name and name in places:
            name = None
        if name:
            places[name], ranks[name] = place, rank
        elif plain(word) in IGNORED:
            dropped.append(word)
        else:
            _further(extra, word, place)
    if "name" in places and kind is TableKind.COLUMN:
        # The name stands for itself; the levels above it are kept as they are.
        for level in LEVELS:
            if level in places:
                place = places.pop(level)
                _further(extra, words[place], place)
    return Headings(kind, row.number, places, extra, tuple(dropped), words)


def _rank(kind: TableKind, name: str, word: str) -> int:
    options: Sequence[str] = [plain(one) for one in HEADINGS[kind][name]]
    return options.index(plain(word))


def _further(extra: dict[str, int], word: str, place: int) -> None:
    """A heading that we have no field for; a second one of the same name gets a number."""
    name, number = word, 2
    while name in extra:
        name, number = f"{word}{number}", number + 1
    extra[name] = place
