"""The bulletin: the published tables row for row, in Word, on a page and as a workbook."""

from __future__ import annotations

import io
import tomllib
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from findings.bulletin.bulletin import Heading, build_bulletin
from findings.bulletin.files import (
    bulletin_docx,
    bulletin_html,
    bulletin_xlsx,
    chinese,
    shipped_template,
)
from findings.bulletin.template import make_template
from findings.office.official import SONG
from findings.records.records import RunRecord, RunState, StoredFinding
from findings.reports.building import build_report
from findings.schemes.scheme import Indicator, IndicatorKind
from findings.schemes.scheme_file import find_scheme
from findings.scoring.judge import judge
from plugins import Evidence, Subject, SubjectKind, Unit, fingerprint
from plugins.errors import ConfigurationError
from tests.findings.nights import HOST, rule

DATA = tomllib.loads(Path(__file__).with_name("published_2022.toml").read_text(encoding="utf-8"))
DISTRICT = find_scheme("district-2022")
CATEGORIES = ("基础信息", "公开领域", "依申请办理答复", "解读回应", "能力保障")
DAY = date(2022, 12, 31)
HEADING = Heading(
    2022,
    date(2023, 2, 10),
    district="黄石港区",
    issuer="黄石港区政务公开领导小组",
    recipients="江北管理区、各街道，区直相关部门",
)
# One indicator a category, each fault at its own price: the sources state no more than that.
SCHEME = replace(
    DISTRICT,
    indicators=tuple(
        Indicator(f"{n}", name, name, IndicatorKind.DEDUCT, (f"VRD10{n}",))
        for n, name in enumerate(CATEGORIES, 1)
    ),
)


def verdicts(message="经核定失分。"):
    for unit in DATA["unit"]:
        for turn, (category, points) in enumerate(unit["lost"]):
            code = f"VRD10{CATEGORIES.index(category) + 1}"
            subject = Subject(SubjectKind.PAGE, HOST, f"http://{HOST}/{unit['name']}/{turn}")
            yield StoredFinding(
                fingerprint=fingerprint(code, subject),
                subject=subject,
                key="",
                message=message,
                rule=rule(code, float(points)),
                evidence=(Evidence(subject.ref, message),),
                unit=unit["name"],
            )


def bulletin_of(findings):
    units = tuple(Unit(one["name"], one["kind"]) for one in DATA["unit"])
    run = RunRecord(
        1, DAY, datetime(2022, 12, 31, tzinfo=UTC), None, RunState.FINISHED, units=units
    )
    found = tuple(findings)
    scores = judge(SCHEME, found, units, coverage={}, as_of=DAY)
    report = build_report(run, found, SCHEME, scores, written=datetime(2023, 2, 10, tzinfo=UTC))
    return build_bulletin(report, HEADING)


@pytest.fixture(scope="module")
def bulletin():
    return bulletin_of(verdicts())


def published(kind):
    return [tuple(row) for row in DATA["published"][kind]["rows"]]


HEADS = {
    "street": ("基础信息(35分)", "依申请办理答复(5分)", "解读回应(40分)", "能力保障(20分)"),
    "department": (
        "基础信息(25分)",
        "公开领域(40分)",
        "依申请办理答复(5分)",
        "解读回应(20分)",
        "能力保障(10分)",
    ),
}


def expected():
    return [
        [("排名", "单位", *HEADS[kind], "总分(100分)"), *published(kind)]
        for kind in ("street", "department")
    ]


def test_the_data_are_the_tables_of_five_and_twelve():
    assert [len(published(kind)) for kind in ("street", "department")] == [5, 12]


def test_word_shows_the_published_rows_exactly(bulletin):
    document = Document(io.BytesIO(bulletin_docx(bulletin)))
    tables = [
        [tuple(cell.text for cell in row.cells) for row in table.rows]
        for table in document.tables
        if table.rows[0].cells[0].text == "排名"
    ]
    assert tables == expected()


def test_the_page_shows_the_published_rows_exactly(bulletin):
    tree = LexborHTMLParser(bulletin_html(bulletin))
    tables = [
        [tuple(cell.text(strip=True) for cell in row.css("th, td")) for row in table.css("tr")]
        for table in tree.css("table")[:2]
    ]
    assert tables == expected()


def test_the_workbook_shows_the_published_rows_as_numbers(bulletin):
    book = load_workbook(io.BytesIO(bulletin_xlsx(bulletin)))
    for sheet, (head, *rows) in zip(book.worksheets, expected(), strict=False):
        found = list(sheet.iter_rows(values_only=True))
        at = found.index(head)
        assert [
            tuple(cell if isinstance(cell, str) else f"{cell:g}" for cell in row)
            for row in found[at + 1 :]
        ] == rows
        assert all(isinstance(cell, (int, float)) for row in found[at + 1 :] for cell in row[2:])
        assert sheet.print_title_rows == f"${at + 1}:${at + 1}"


def test_the_document_is_laid_out_as_official_documents_are(bulletin):
    document = Document(io.BytesIO(bulletin_docx(bulletin)))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert document.styles["公文正文"].font.size.pt == 16
    assert document.styles["公文标题"].font.size.pt == 22
    assert document.settings.odd_and_even_pages_header_footer
    footer = section.footer.paragraphs[0].text, section.even_page_footer.paragraphs[0].text
    assert footer == ("—  —", "—  —")
    with zipfile.ZipFile(io.BytesIO(bulletin_docx(bulletin))) as packed:
        fonts = packed.read("word/fontTable.xml").decode()
    assert f'<w:font w:name="{SONG}"><w:altName' in fonts


def test_heads_repeat_and_rows_stay_whole(bulletin):
    document = Document(io.BytesIO(bulletin_docx(bulletin)))
    assert len(document.tables) == 2 + sum(bool(unit["lost"]) for unit in DATA["unit"])
    for table in document.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in table.rows)


def test_the_document_says_who_what_and_that_it_is_no_final_word(bulletin):
    text = "\n".join(line.text for line in Document(io.BytesIO(bulletin_docx(bulletin))).paragraphs)
    for words in (
        "【预评估】",
        "黄石港区政务公开领导小组",
        "江北管理区、各街道，区直相关部门：",
        "2023年2月10日",
        "一、总体情况",
        "（一）解读回应方面",
        "附件一",
        "附件三",
    ):
        assert words in text
    assert "{" not in text


def test_what_costs_most_comes_first(bulletin):
    assert bulletin.problems[0].heading == "解读回应方面"
    # domain.md §11.0: 85 of the 147 points of the departments, 29 of the 64 of the streets.
    assert "114分" in bulletin.problems[0].summary
    assert "54%" in bulletin.problems[0].summary


def test_markup_and_formulas_of_audited_pages_stay_text():
    nasty = '=cmd|"/c calc"!A1 <script>alert(1)</script> {{ 7*7 }} {%p endfor %}'
    made = bulletin_of(verdicts(nasty))
    document = Document(io.BytesIO(bulletin_docx(made)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("<script>alert(1)</script> {{ 7*7 }}" in cell for cell in cells)
    page = bulletin_html(made)
    assert "<script>" not in page
    book = load_workbook(io.BytesIO(bulletin_xlsx(made)))
    values = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in values)
    assert not any(str(cell.value).startswith(("=", "+", "-", "@")) for cell in values)


def test_the_office_may_edit_the_template(bulletin, tmp_path):
    own = Document(io.BytesIO(shipped_template()))
    own.paragraphs[0].text = "本区内部资料 {{ heading.year }}"
    own.save(str(tmp_path / "own.docx"))
    made = Document(io.BytesIO(bulletin_docx(bulletin, tmp_path / "own.docx")))
    assert made.paragraphs[0].text == "本区内部资料 2022"


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{{ heading.yaer }}", "yaer"),
        ("{% if %}", "标记有误"),
        ("{{ ''.__class__.mro() }}", "标记有误"),
    ],
)
def test_a_wrong_or_hostile_tag_in_the_template_is_refused(bulletin, tmp_path, tag, words):
    own = Document(io.BytesIO(shipped_template()))
    own.paragraphs[0].text = tag
    own.save(str(tmp_path / "own.docx"))
    with pytest.raises(ConfigurationError, match=words):
        bulletin_docx(bulletin, tmp_path / "own.docx")


@pytest.mark.parametrize("raw", [b"", b"no document", b"PK\x03\x04 truncated"])
def test_what_is_no_word_document_is_refused_as_a_template(bulletin, tmp_path, raw):
    (tmp_path / "own.docx").write_bytes(raw)
    with pytest.raises(ConfigurationError, match=r"own\.docx.*Word"):
        bulletin_docx(bulletin, tmp_path / "own.docx")


def test_the_shipped_template_is_the_one_that_the_code_makes():
    shipped = Document(io.BytesIO(shipped_template()))
    fresh = make_template()
    assert shipped.element.xml == fresh.element.xml


def test_numbers_of_headings():
    assert [chinese(n) for n in (1, 9, 10, 11, 20, 21, 99)] == [
        *("一", "九", "十", "十一", "二十", "二十一", "九十九")
    ]
