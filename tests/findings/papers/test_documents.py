"""The commands that write documents, as the office types them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from crawler.commands import run
from findings.fixlists.files import ANSWER, LIST_SHEET, NUMBER
from findings.store.store import Store
from tests.findings.nights import HOST, night, page, sight


@pytest.fixture
def gongkai(desk, capsys):
    """One command in the desk's folder; status, output, errors."""

    def call(*words):
        status = run([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out.strip(), said.err.strip()

    return call


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.delenv("GONGKAI_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    with Store.open(f"sqlite:///{tmp_path}/var/gongkai.db") as store:
        night(
            store,
            seen=[
                sight("COL101", page(f"http://{HOST}/a")),
                sight("COL101", page(f"http://{HOST}/b"), unit="花湖街道"),
            ],
        )
    return tmp_path


def test_a_bulletin_is_written_and_its_place_said(gongkai, desk):
    for kind in ("docx", "html", "xlsx"):
        status, out, _ = gongkai("bulletin", "--format", kind, "--district", "示范区")
        assert status == 0
        assert (desk / out).suffix == f".{kind}"
        assert (desk / out).stat().st_size > 1000


def test_a_scheme_that_scores_sites_ranks_sites(gongkai, desk):
    status, out, _ = gongkai("bulletin", "--format", "html", "--scheme", "national-2019")
    assert status == 0
    text = (desk / out).read_text(encoding="utf-8")
    assert "各网站失分明细表" in text
    assert "各单位失分明细表" not in text


def test_the_template_is_written_edited_and_used(gongkai, desk):
    assert gongkai("bulletin", "--export-template", "own.docx")[0] == 0
    own = Document(str(desk / "own.docx"))
    own.paragraphs[0].text = "内部资料"
    own.save(str(desk / "own.docx"))
    status, out, _ = gongkai("bulletin", "--template", "own.docx")
    assert status == 0
    assert Document(str(desk / out)).paragraphs[0].text == "内部资料"


def test_reports_for_paper_and_for_reckoning(gongkai, desk):
    for kind in ("docx", "xlsx"):
        status, out, _ = gongkai("report", "--format", kind)
        assert (status, out.endswith(kind)) == (0, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("bulletin", "--format", "pdf"), "--format"),
        (("bulletin", "--template", "none.docx"), "none.docx"),
        (("bulletin", "--format", "html", "--template", "x.docx"), "--template"),
        (("bulletin", "--date", "2026-13-01"), "--date"),
        (("fixlist", "--unit", "没有这个局"), "--unit"),
        (("fixlist", "--format", "pdf"), "--format"),
        (("fixlist", "--scheme", "national-2019"), "--scheme"),
        (("fixlist", "import", "none.xlsx", "--unit", "区教育局"), "none.xlsx"),
        (("fixlist", "--out", "/proc/nowhere"), "--out"),
    ],
)
def test_what_is_wrong_is_one_line_and_status_2(gongkai, words, told):
    status, out, error = gongkai(*words)
    assert (status, out) == (2, "")
    assert told in error
    assert "\n" not in error


def test_each_unit_gets_a_file_of_its_own(gongkai):
    status, out, _ = gongkai("fixlist")
    assert status == 0
    assert sorted(Path(line).stem.rpartition("-")[2] for line in out.splitlines()) == [
        "区教育局",
        "花湖街道",
    ]


def test_a_list_goes_out_and_comes_back(gongkai, desk):
    _, out, _ = gongkai("fixlist", "--unit", "区教育局")
    book = load_workbook(desk / out)
    sheet = book[LIST_SHEET]
    head = next(row for row in sheet.iter_rows() if NUMBER in [cell.value for cell in row])
    column = next(cell.column for cell in head if cell.value == ANSWER)
    sheet.cell(head[0].row + 1, column).value = "已整改"
    book.save(desk / "back.xlsx")
    status, told, _ = gongkai(
        "fixlist", "import", "back.xlsx", "--unit", "区教育局", "--by", "李四"
    )
    assert status == 0
    assert "登记了1行，其中称已整改1行" in told
    with Store.open(f"sqlite:///{desk}/var/gongkai.db") as store:
        assert [(one.by, one.done) for one in store.claims()] == [("李四", True)]
    # The same list as another unit's: every row of it is foreign, and nothing is recorded.
    status, told, error = gongkai("fixlist", "import", "back.xlsx", "--unit", "花湖街道")
    assert (status, told) == (2, "")
    assert "第6行" in error
    assert "没有登记任何一行" in error


def test_good_rows_may_be_taken_without_the_bad_ones(gongkai, desk):
    _, out, _ = gongkai("fixlist", "--unit", "区教育局")
    book = load_workbook(desk / out)
    sheet = book[LIST_SHEET]
    head = next(row for row in sheet.iter_rows() if NUMBER in [cell.value for cell in row])
    place = {cell.value: cell.column for cell in head}
    for row, number in ((1, None), (2, "f" * 32)):
        sheet.cell(head[0].row + row, place[ANSWER]).value = "已整改"
        if number:
            sheet.cell(head[0].row + row, place[NUMBER]).value = number
    raw = io.BytesIO()
    book.save(raw)
    (desk / "back.xlsx").write_bytes(raw.getvalue())
    words = ("fixlist", "import", "back.xlsx", "--unit", "区教育局")
    assert gongkai(*words)[0] == 2
    status, told, error = gongkai(*words, "--partial")
    assert (status, "登记了1行" in told, "第7行" in error) == (2, True, True)
