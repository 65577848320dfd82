"""Tables are read with their merged cells, from web pages, Word files and workbooks alike."""

from __future__ import annotations

from io import BytesIO

import docx
import openpyxl
from selectolax.lexbor import LexborHTMLParser

from plugins.facts.attachments.contents import Gathering, Limits
from plugins.facts.attachments.reading import read
from plugins.facts.attachments.workbook import read_xls
from plugins.facts.markup.tables import MOST_ROWS, Grid, html_rows, joined, split

HTML = """<table><thead><tr><th rowspan=2>序号</th><th colspan="2">公开 事项</th><th rowspan=2>依据</th></tr>
<tr><th>一级</th><th>二级</th></tr></thead>
<tbody><tr><td>1</td><td rowspan="2">预算</td><td>总表</td><td>法</td></tr>
<tr><td>2</td><td><table><tr><td>内</td></tr></table></td><td></td></tr></tbody></table>"""
WANTED = (
    ("序号", "公开 事项", "公开 事项", "依据"),
    ("序号", "一级", "二级", "依据"),
    ("1", "预算", "总表", "法"),
    ("2", "预算", "内"),
)


def test_html_spans_are_spread() -> None:
    table = LexborHTMLParser(HTML).css_first("table")
    assert table is not None
    assert html_rows(table) == WANTED


def test_spans_without_sense_are_one() -> None:
    tree = LexborHTMLParser(
        "<table><tr><td rowspan=0 colspan='x'>甲</td><td colspan=99999>乙</td></tr></table>"
    )
    table = tree.css_first("table")
    assert table is not None
    assert html_rows(table) == (("甲", "乙"),)


def test_a_word_table_is_read_with_its_merged_cells() -> None:
    document = docx.Document()
    document.add_paragraph("标准目录")
    table = document.add_table(3, 3)
    for number, row in enumerate(
        (("序号", "事项", ""), ("", "一级", "二级"), ("1", "预算", "总表"))
    ):
        for place, text in enumerate(row):
            table.cell(number, place).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    second = document.add_table(1, 2)
    second.cell(0, 0).text = "另一张表"
    body = BytesIO()
    document.save(body)
    (part,) = read(body.getvalue(), "docx").parts
    assert part.rows == (
        ("序号", "事项", "事项"),
        ("序号", "一级", "二级"),
        ("1", "预算", "总表"),
        (),
        ("另一张表",),
    )
    assert part.text.startswith("标准目录\n")


def test_a_workbook_is_read_with_its_merged_cells_and_gaps() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"] = "目录"
    sheet.merge_cells("A1:C1")
    sheet["A3"], sheet["C3"] = "序号", "依据"
    body = BytesIO()
    workbook.save(body)
    (part,) = read(body.getvalue(), "xlsx").parts
    assert part.rows == (("目录", "目录", "目录"), (), ("序号", "", "依据"))


def test_calamine_reads_merged_cells_of_a_sheet_that_starts_anywhere() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["B3"], sheet["B5"], sheet["D5"] = "目录", "序号", "依据"
    sheet.merge_cells("B3:D3")
    body = BytesIO()
    workbook.save(body)
    into = Gathering(Limits())
    read_xls(body.getvalue(), into)
    assert into.parts[0].rows == ((), (), ("目录",) * 3, (), ("序号", "", "依据"))


def test_a_table_has_bounds() -> None:
    grid = Grid()
    grid.put(MOST_ROWS + 5, 0, "太远")
    grid.put(0, 0, "大", 10**6, 10**6)
    assert len(grid.rows()) <= MOST_ROWS
    assert len(grid.cells) <= 60_000


def test_tables_are_parted_by_empty_rows() -> None:
    one, other = (("甲", "乙"),), (("丙",),)
    assert split(joined([one, other])) == (one, other)
