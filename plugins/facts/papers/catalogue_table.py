"""标准目录: the table in which a unit says what it publishes, read from a page or a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from plugins.facts.language.text import solid
from plugins.facts.markup.tables import Row, Rows, html_rows, split
from plugins.facts.papers import limits

# The eight elements of requirement R28 and how heads of tables word them.
ELEMENTS = {
    "名称": re.compile(r"事项|名称|类别|类目|主题|项目|目录"),
    "内容": re.compile(r"(?:公开|信息)?内容(?!名称)|要素"),
    "依据": re.compile(r"依据"),
    "时限": re.compile(r"时限|时间|周期|频率"),
    "主体": re.compile(
        r"主体|责任(?:单位|部门|科室|股室|处室)|(?:公开|发布|承办)(?:单位|部门|机构)"
    ),
    "方式": re.compile(r"方式|主动公开|依申请公开"),
    "渠道": re.compile(r"渠道|载体|途径|平台|形式"),
    "公开对象": re.compile(r"对象|范围|全社会|特定(?:群体|人群)"),
}
# A table with fewer of them is a table of something else.
FEWEST = 4
HEAD_ROWS = 8
SUB_HEAD = re.compile(
    r"(?:一级|二级|三级)(?:公开)?(?:事项|目录)?|序号|全社会|特定(?:群体|人群|对象)|主动(?:公开)?|依申请(?:公开)?|县级?|乡级?|区级?|街道级?|省级?|市级?|村级?"
)
LEVEL_ONE = re.compile(r"一级|(?:公开)?事项|目录名称|类别|主题")
MOST_ITEMS = 80
MOST_TABLES = 40
QUICK = re.compile(r"公开\s*(?:事项|时限|主体|依据|渠道)|标准目录")
LONGEST_HEAD = 30
TITLE = re.compile(r"标准目录|(?:主动|政务|信息|事项|标准)公开(?:事项)?(?:标准)?(?:目录|清单)")


@dataclass(frozen=True, slots=True)
class CatalogueTable:
    """A catalogue as it was read.

    ``elements`` are those of the eight that its head names, ``header`` its head as printed (two rows
    joined), ``items`` the names of the first level (一级事项), once each; ``rows`` counts the rows below
    the head. ``certain`` is False where the head came from running text (pdf), in which words of a
    narrow cell may be torn apart: what is missing there may only not have been recognised.
    """

    elements: tuple[str, ...]
    header: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    rows: int = 0
    certain: bool = True

    @property
    def missing(self) -> tuple[str, ...]:
        """The elements that its head does not name, in the rule's order."""
        return tuple(name for name in ELEMENTS if name not in self.elements)


def read_rows(rows: Rows) -> CatalogueTable | None:
    """The first table among some rows whose head is a catalogue's; None = there is none."""
    best: CatalogueTable | None = None
    for table in split(rows):
        found = _read(table)
        if found and (best is None or len(found.elements) > len(best.elements)):
            best = found
    return best


def read_page(tree: LexborHTMLParser, text: str) -> CatalogueTable | None:
    """The catalogue that a web page shows as a table; ``text`` is the page's own, for a quick no."""
    if "依据" not in text or not QUICK.search(text):
        return None
    return best_of(read_rows(html_rows(table)) for table in tree.css("table")[:MOST_TABLES])


def read_text(text: str) -> CatalogueTable | None:
    """A catalogue by its running text (a pdf's first page); never certain."""
    head = solid(text[:3000])
    if not TITLE.search(head):
        return None
    elements = _elements([head[:1500]])
    if len(elements) < FEWEST or "依据" not in elements:
        return None
    return CatalogueTable(elements, certain=False)


def best_of(tables: Iterable[CatalogueTable | None]) -> CatalogueTable | None:
    """The one with the most elements, then the most rows."""
    found = [table for table in tables if table is not None]
    return max(found, key=lambda one: (len(one.elements), one.rows), default=None)


def _elements(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        name for name, pattern in ELEMENTS.items() if any(pattern.search(cell) for cell in cells)
    )


def _read(table: Rows) -> CatalogueTable | None:
    for number, row in enumerate(table[:HEAD_ROWS]):
        head = [solid(cell) for cell in row]
        # A row of sentences is no head, and a title over all columns is one cell many times.
        if len({cell for cell in head if cell}) < FEWEST:
            continue
        if any(len(cell) > LONGEST_HEAD for cell in head) or not _elements(head):
            continue
        below, body = _sub_heads(table, number + 1)
        joined = _join([head, *below])
        elements = _elements(joined)
        if len(elements) < FEWEST or "依据" not in elements:
            continue
        rows = [one for one in table[body:] if len({cell for cell in one if cell}) > 1]
        return CatalogueTable(
            elements,
            tuple(dict.fromkeys(cell for cell in joined if cell)),
            _items(joined, rows),
            len(rows),
        )
    return None


def _sub_heads(table: Rows, start: int) -> tuple[list[list[str]], int]:
    """Further rows of the head: such that name only levels, kinds of readers and ways."""
    found: list[list[str]] = []
    for row in table[start : start + 2]:
        cells = [solid(cell) for cell in row]
        fresh = [cell for cell in cells if cell]
        above = {cell for cell in (solid(one) for one in table[start - 1]) if cell}
        if not fresh or not all(SUB_HEAD.fullmatch(one) or one in above for one in fresh):
            break
        found.append(cells)
        start += 1
    return found, start


def _join(heads: list[list[str]]) -> list[str]:
    """Each column's head: the words of all head rows, once each."""
    wide = max(map(len, heads))
    return [
        "".join(dict.fromkeys(head[place] for head in heads if place < len(head) and head[place]))
        for place in range(wide)
    ]


def _items(head: list[str], rows: Sequence[Row]) -> tuple[str, ...]:
    place = next((x for x, cell in enumerate(head) if "一级" in cell), None)
    if place is None:
        place = next((x for x, cell in enumerate(head) if LEVEL_ONE.search(cell)), None)
    if place is None:
        return ()
    found: dict[str, None] = {}
    for row in rows:
        name = solid(row[place]) if place < len(row) else ""
        if limits.COLUMN_HEAD <= len(name) <= LONGEST_HEAD and not name.isdecimal():
            found.setdefault(name)
        if len(found) >= MOST_ITEMS:
            break
    return tuple(found)
