"""标准目录 tables are found in web pages, workbooks, Word files and pdf text, and their head is read."""

from __future__ import annotations

from io import BytesIO

import docx
import openpyxl
import pytest

from plugins.facts.attachments import Attachment, Contents, Part, State
from plugins.facts.attachments.reading import read
from plugins.facts.kept.catalogue import read_page
from plugins.facts.page.page import Page
from plugins.facts.papers.catalogue_table import ELEMENTS, CatalogueTable, read_rows, read_text
from plugins.facts.site.attachment_digest import digest

ALL = tuple(ELEMENTS)
HEAD = ("序号", "公开事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", "公开方式")  # fmt: skip
ROW = ("1", "义务教育招生", "招生范围", "《义务教育法》", "20个工作日", "区教育局", "■政府网站", "√", "主动")  # fmt: skip


def page(table: str) -> Page:
    html = f"<html><head><title>标准目录</title></head><body><h1>标准目录</h1>{table}</body></html>"
    return Page("http://site.test/bzml/", status=200, body=html.encode())


def test_a_head_of_one_row_has_all_eight() -> None:
    table = read_rows((HEAD, ROW))
    assert table is not None
    assert table.elements == ALL
    assert table.missing == ()
    assert (table.items, table.rows, table.certain) == (("义务教育招生",), 1, True)


def test_a_head_of_two_rows_is_one_head() -> None:
    html = (
        "<table><tr><td colspan=11>某区教育局基层政务公开标准目录</td></tr>"
        "<tr><td rowspan=2>序号</td><td colspan=2>公开事项</td><td rowspan=2>公开内容</td><td rowspan=2>公开依据</td>"
        "<td rowspan=2>公开时限</td><td rowspan=2>公开主体</td><td rowspan=2>公开渠道和载体</td><td colspan=2>公开对象</td><td colspan=2>公开方式</td></tr>"
        "<tr><td>一级事项</td><td>二级事项</td><td>全社会</td><td>特定群众</td><td>主动</td><td>依申请</td></tr>"
        "<tr><td>1</td><td rowspan=2>招生</td><td>范围</td><td>结果</td><td>法</td><td>20日</td><td>区教育局</td><td>网站</td><td>√</td><td></td><td>√</td><td></td></tr>"
        "<tr><td>2</td><td>资助</td><td>结果</td><td>法</td><td>20日</td><td>区教育局</td><td>网站</td><td>√</td><td></td><td>√</td><td></td></tr>"
        "</table>"
    )
    table = read_page(page(html.replace("特定群众", "特定群体")))
    assert table is not None
    assert table.elements == ALL
    assert table.header[1:3] == ("公开事项一级事项", "公开事项二级事项")
    assert (table.items, table.rows) == (("招生",), 2)


def test_what_a_head_lacks_is_named() -> None:
    table = read_rows((tuple(cell for cell in HEAD if cell not in ("公开时限", "公开对象")), ROW))
    assert table is not None
    assert table.missing == ("时限", "公开对象")


@pytest.mark.parametrize(
    "head",
    [
        ("序号", "姓名", "单位", "职务", "联系电话"),
        ("序号", "职权名称", "职权类型", "实施依据", "责任事项"),
        ("年份", "依据", "金额"),
    ],
)
def test_other_tables_are_no_catalogues(head: tuple[str, ...]) -> None:
    assert read_rows((head, tuple("甲乙丙丁戊")[: len(head)])) is None


def test_a_sentence_with_the_words_is_no_head() -> None:
    text = "本目录明确公开事项、公开内容、公开依据、公开时限、公开主体、公开方式、公开渠道和公开对象，请遵照执行并按年更新。"
    assert read_rows(((text, "甲", "乙", "丙"),)) is None
    assert read_page(page(f"<p>{text}</p>")) is None


def test_layout_tables_around_it_do_not_hide_it() -> None:
    cells = "".join(f"<th>{cell}</th>" for cell in HEAD)
    inner = f"<table><tr>{cells}</tr></table>"
    table = read_page(page(f"<table><tr><td><div>{inner}</div></td></tr></table>"))
    assert table is not None
    assert table.elements == ALL


def kept(body: bytes, suffix: str) -> Attachment:
    return Attachment(f"http://site.test/1.{suffix}", "k", suffix, read(body, suffix))


def test_a_workbook_gives_its_catalogue_whichever_sheet() -> None:
    workbook = openpyxl.Workbook()
    cover = workbook.active
    assert cover is not None
    cover["A1"] = "封面"
    sheet = workbook.create_sheet("教育")
    sheet["A1"] = "教育领域基层政务公开标准目录"
    sheet.merge_cells("A1:I1")
    for number, row in enumerate((HEAD[:-1], ROW), 2):
        for place, text in enumerate(row, 1):
            sheet.cell(number, place, text)
    body = BytesIO()
    workbook.save(body)
    table = digest(kept(body.getvalue(), "xlsx")).get(CatalogueTable)
    assert table is not None
    assert (table.missing, table.items, table.certain) == (("方式",), ("义务教育招生",), True)


def test_a_word_file_gives_its_catalogue() -> None:
    document = docx.Document()
    document.add_paragraph("标准目录")
    table = document.add_table(2, len(HEAD))
    for number, row in enumerate((HEAD, ROW)):
        for place, text in enumerate(row):
            table.cell(number, place).text = text
    body = BytesIO()
    document.save(body)
    found = digest(kept(body.getvalue(), "docx")).get(CatalogueTable)
    assert found is not None
    assert (found.elements, found.rows) == (ALL, 1)


def test_a_pdf_is_never_certain() -> None:
    text = "义务教育领域基层政务公开标准目录\n序号 公开事项 公开内容 公开依据 公开主体 公开渠道"
    contents = Contents("pdf", State.READ, parts=(Part("第1页", text),))
    found = digest(Attachment("http://site.test/1.pdf", "k", "pdf", contents)).get(CatalogueTable)
    assert found is not None
    assert not found.certain
    assert found.missing == ("时限", "方式", "公开对象")
    assert read_text("关于公开依据的说明") is None
