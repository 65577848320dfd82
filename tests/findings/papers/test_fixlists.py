"""Fix lists: what a unit gets, that it gets nothing else, and what it may send back."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from selectolax.lexbor import LexborHTMLParser

from findings.fixlists.files import (
    ANSWER,
    LIST_SHEET,
    NUMBER,
    REMARK,
    fixlist_docx,
    fixlist_html,
    fixlist_xlsx,
)
from findings.fixlists.fixlist import (
    ANSWERS,
    Followup,
    Terms,
    build_fixlists,
    last_claims,
    pages_of,
)
from findings.fixlists.returned import accept, read_returned
from findings.people.assessment import assess
from findings.records.records import Claim, PageSeen
from findings.reports.building import build_report
from findings.schemes.scheme_file import find_scheme
from findings.store.store import Store
from plugins import Evidence
from plugins.errors import ConfigurationError
from tests.findings.nights import DAY, HOST, night, page, sight

SCHEME = find_scheme()
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
NASTY = '=cmd|"/c calc"!A1 <script>alert(1)</script>'


@pytest.fixture
def store():
    with Store.open("sqlite://", clock=lambda: NOW) as opened:
        yield opened


def lists(store, **more):
    run = store.latest()
    result = assess(store, run, SCHEME)
    report = build_report(run, result.findings, SCHEME, result.scores, written=NOW)
    places = store.whereabouts(pages_of((*report.findings, *report.warnings)))
    memory = Followup(places, last_claims(store.claims()))
    return {one.unit: one for one in build_fixlists(report, memory, Terms(DAY), **more)}


def rows(fixes):
    return [row for group in fixes.groups for row in group.rows]


def at(path, words="原文", region="nav"):
    return (Evidence(f"http://{HOST}{path}", words, region),)


def workbook_rows(raw, sheet=LIST_SHEET):
    found = list(load_workbook(io.BytesIO(raw))[sheet].iter_rows(values_only=True))
    head = next(place for place, row in enumerate(found) if NUMBER in row)
    return [dict(zip(found[head], row, strict=True)) for row in found[head + 1 :]]


def test_a_unit_gets_its_own_rows_and_nothing_of_others(store):
    night(
        store,
        seen=[
            sight("COL101", page("/a"), "甲的问题。", where=at("/a")),
            sight("COL101", page("/b"), "乙的秘密。", unit="花湖街道", where=at("/b")),
        ],
    )
    found = lists(store)
    assert [row.message for row in rows(found["区教育局"])] == ["甲的问题。"]
    for made in (
        fixlist_html(found["区教育局"]),
        str(workbook_rows(fixlist_xlsx(found["区教育局"]))),
    ):
        assert "甲的问题" in made
        assert "乙的秘密" not in made
        assert "花湖街道" not in made


def test_a_row_says_all_that_the_office_asks_for(store):
    seen = sight("COL101", page(f"http://{HOST}/a"), "栏目空白。", where=at("/a", "暂无", "list"))
    night(
        store,
        seen=[seen],
        pages=[PageSeen(page(f"http://{HOST}/a"), "u", "通知公告", 200, "d", "政务公开 > 通知")],
    )
    (row,) = rows(lists(store)["区教育局"])
    assert (row.number, row.column, row.page) == (1, "政务公开 > 通知", "通知公告")
    assert (row.href, row.words, row.where) == (f"http://{HOST}/a", "暂无", "列表")
    assert (row.clause, row.remedy, row.points) == ("依据。", "请整改。", "5")
    # Ten working days after Sunday 2026-03-01.
    assert row.deadline == "2026-03-13"


def test_where_the_calendar_ends_the_deadline_is_said_in_words():
    assert Terms(date(2093, 1, 1), 7).deadline("minor") == "2093年1月1日起7个工作日内"


def test_vetoes_are_urgent():
    assert Terms(DAY, 10).deadline("veto") == "2026-03-06"
    assert Terms(DAY, 3).deadline("veto") == "2026-03-04"


def test_rows_are_grouped_by_remedy_and_stand_by_page(store):
    night(
        store,
        seen=[
            sight("COL101", page("/2"), key="x", where=at("/2")),
            sight("COL201", page("/1"), where=at("/1")),
            sight("COL101", page("/1"), where=at("/1")),
            sight("COL101", page("/2"), key="y", where=at("/2")),
        ],
    )
    (group,) = lists(store)["区教育局"].groups  # one remedy in this vocabulary
    paths = [row.url.removeprefix(f"http://{HOST}") for row in group.rows]
    assert paths == ["/1", "/1", "/2", "/2"]
    assert [row.number for row in group.rows] == [1, 2, 3, 4]


def test_warnings_and_doubts_stand_apart_and_cost_nothing(store):
    night(
        store,
        seen=[
            sight("COL101", page("/1"), review=True, where=at("/1")),
            sight("COL201", page("/2"), "快到期了。", due=date(2026, 3, 9), where=at("/2")),
        ],
    )
    fixes = lists(store)["区教育局"]
    assert fixes.total == 0
    assert [row.points for group in fixes.reviews for row in group.rows] == ["0"]
    assert [(row.deadline, row.points) for row in fixes.warnings] == [("2026-03-08", "0")]
    assert "1项机器不能断定" in "".join(fixes.notice.body)
    assert "1项工作即将到期" in "".join(fixes.notice.body)


def test_who_has_nothing_to_mend_gets_no_list(store):
    night(store, seen=[sight("COL101", page("/a"))])
    assert set(lists(store)) == {"区教育局"}
    assert lists(store, units=("花湖街道",)) == {}


@pytest.mark.slow
def test_three_hundred_rows_repeat_their_heading(store):
    night(store, seen=[sight("COL101", page(f"/{n}"), where=at(f"/{n}")) for n in range(300)])
    fixes = lists(store)["区教育局"]
    document = Document(io.BytesIO(fixlist_docx(fixes)))
    (long,) = [table for table in document.tables if len(table.rows) > 100]
    assert len(long.rows) == 301
    assert "w:tblHeader" in long.rows[0]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in long.rows)
    sheet = load_workbook(io.BytesIO(fixlist_xlsx(fixes)))[LIST_SHEET]
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.freeze_panes == "A6"
    assert len(LexborHTMLParser(fixlist_html(fixes)).css("tr[id^=n]")) == 300


def test_pages_can_be_clicked_and_only_the_web_becomes_a_link(store):
    night(
        store,
        seen=[
            sight("COL101", page("/1"), where=at("/1")),
            sight("COL101", page("/2"), where=(Evidence("javascript:alert(1)", "x"),)),
        ],
    )
    fixes = lists(store)["区教育局"]
    hrefs = [link.attributes["href"] for link in LexborHTMLParser(fixlist_html(fixes)).css("td a")]
    assert hrefs == [f"http://{HOST}/1"]
    document = Document(io.BytesIO(fixlist_docx(fixes)))
    targets = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert targets == [f"http://{HOST}/1"]
    sheet = load_workbook(io.BytesIO(fixlist_xlsx(fixes)))[LIST_SHEET]
    links = [cell.hyperlink.target for row in sheet for cell in row if cell.hyperlink]
    assert links == [f"http://{HOST}/1"]


def test_text_of_audited_pages_stays_text_everywhere(store):
    subject = page(f"http://{HOST}/1")
    night(
        store,
        seen=[sight("COL101", subject, NASTY, where=at("/1", NASTY))],
        pages=[PageSeen(subject, subject.ref, NASTY, 200, "d", NASTY)],
    )
    fixes = lists(store)["区教育局"]
    text = fixlist_html(fixes)
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    book = load_workbook(io.BytesIO(fixlist_xlsx(fixes)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any("'=cmd" in str(cell.value) for cell in cells)
    assert "<script>" in "".join(
        cell.text
        for table in Document(io.BytesIO(fixlist_docx(fixes))).tables
        for row in table.rows
        for cell in row.cells
    )


# ---- coming back --------------------------------------------------------------------------------


def fill(raw, path, answers, remark="已补充"):
    """Fill in the rows of the list in order; saved as the unit's Excel would."""
    book = load_workbook(io.BytesIO(raw))
    sheet = book[LIST_SHEET]
    head = next(row for row in sheet.iter_rows() if NUMBER in [cell.value for cell in row])
    place = {cell.value: cell.column for cell in head}
    for turn, answer in enumerate(answers, head[0].row + 1):
        sheet.cell(turn, place[ANSWER]).value = answer
        sheet.cell(turn, place[REMARK]).value = remark if answer else None
    book.save(path)
    return path


def take(store, path, unit="区教育局"):
    known = {one.fingerprint: one for one in store.find(state="all")}
    accepted = accept(
        read_returned(path), path, known.get, store.claims(), unit=unit, by="张三", at=NOW
    )
    if not accepted.problems:
        store.claim(accepted.claims)
    return accepted


@pytest.fixture
def sent(store, tmp_path):
    own = [sight("COL101", page(f"/{n}"), where=at(f"/{n}")) for n in range(3)]
    night(store, seen=[*own, sight("COL101", page("/s"), unit="花湖街道")])
    return fixlist_xlsx(lists_of_first(store)), tmp_path / "back.xlsx"


def lists_of_first(store):
    run = store.run(1)
    result = assess(store, run, SCHEME)
    report = build_report(run, result.findings, SCHEME, result.scores, written=NOW)
    memory = Followup({}, last_claims(store.claims()))
    return next(one for one in build_fixlists(report, memory, Terms(DAY)) if one.unit == "区教育局")


def test_what_was_filled_in_is_recorded_with_author_and_time(store, sent):
    raw, path = sent
    accepted = take(store, fill(raw, path, ["已整改", "正在整改", None]))
    assert accepted.problems == ()
    claims = store.claims()
    assert [(one.done, one.text, one.by, one.at, one.source) for one in claims] == [
        (True, "已整改：已补充", "张三", NOW, "back.xlsx"),
        (False, "正在整改：已补充", "张三", NOW, "back.xlsx"),
    ]


def test_a_claim_alone_changes_no_presence_and_no_verdict(store, sent):
    before = store.find(state="all")
    raw, path = sent
    take(store, fill(raw, path, ["已整改"] * 3))
    assert store.find(state="all") == before


def test_the_next_list_shows_what_was_said(store, sent):
    raw, path = sent
    take(store, fill(raw, path, ["已整改", None, None]))
    row = rows(lists_of_first(store))[0]
    assert row.answer == "已整改"
    assert row.claim == "已整改：已补充（2026-03-02，张三）"


def test_the_same_file_twice_is_recorded_once_and_a_new_word_is_added(store, sent):
    raw, path = sent
    take(store, fill(raw, path, ["已整改", None, None]))
    assert take(store, path).known == 1
    take(store, fill(raw, path, ["有异议", None, None]))
    assert [one.text for one in store.claims()] == ["已整改：已补充", "有异议：已补充"]


def change(path, row, name, value):
    book = load_workbook(path)
    sheet = book[LIST_SHEET]
    head = next(line for line in sheet.iter_rows() if NUMBER in [cell.value for cell in line])
    column = next(cell.column for cell in head if cell.value == name)
    sheet.cell(head[0].row + row, column).value = value
    book.save(path)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0" * 32, "没有编号为"),
        ("见附件", "不是问题编号"),
        (None, "不是问题编号"),
        (12345, "不是问题编号"),
    ],
)
def test_a_row_that_names_no_finding_is_refused_by_its_number(store, sent, number, words):
    raw, path = sent
    fill(raw, path, ["已整改", "已整改", None])
    change(path, 2, NUMBER, number)
    accepted = take(store, path)
    (problem,) = accepted.problems
    # Title, three notes and the heading stand above.
    assert (problem.row, problem.field) == (7, NUMBER)
    assert words in problem.message
    assert store.claims() == []


def test_another_units_row_is_refused(store, sent):
    raw, path = sent
    fill(raw, path, ["已整改", None, None])
    foreign = next(one for one in store.find(state="all") if one.unit == "花湖街道")
    change(path, 1, NUMBER, foreign.fingerprint)
    (problem,) = take(store, path).problems
    assert problem.row == 6
    assert "花湖街道" not in str(problem)


def test_one_finding_twice_is_refused(store, sent):
    raw, path = sent
    fill(raw, path, ["已整改", "已整改", None])
    change(path, 2, NUMBER, rows(lists_of_first(store))[0].fingerprint)
    (problem,) = take(store, path).problems
    assert "第6行重复" in problem.message


def other_book(path):
    book = Workbook()
    book.active.append(["姓名", "电话"])
    book.save(path)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_bytes(b"PK\x03\x04 broken"), "不是可用的Excel文件"),
        (lambda path: path.write_text("<table></table>"), "不是可用的Excel文件"),
        (lambda path: path.write_bytes(b""), "不是可用的Excel文件"),
        (other_book, "没有一张表同时有"),
        (lambda path: None, "无法读取"),
    ],
)
def test_what_is_no_fix_list_is_refused_in_one_line(tmp_path, make, words):
    path = tmp_path / "x.xlsx"
    make(path)
    with pytest.raises(ConfigurationError, match=words) as caught:
        read_returned(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "done"),
    [
        ("已整改", True),
        ("已完成", True),
        ("是", True),
        ("整改中", False),
        ("正在整改", False),
        ("未整改", False),
        ("无法整改", False),
        ("有异议", False),
        ("不属实", False),
    ],
)
def test_only_plain_words_count_as_done(store, sent, answer, done):
    raw, path = sent
    take(store, fill(raw, path, [answer, None, None]))
    assert [one.done for one in store.claims()] == [done]


def test_a_returned_formula_is_text_and_never_run(store, sent):
    raw, path = sent
    take(
        store, fill(raw, path, ["已整改", None, None], remark='=HYPERLINK("http://x.example","y")')
    )
    (claim,) = store.claims()
    assert claim.text.startswith("已整改")


def test_the_answers_offered_are_those_that_are_understood(store, sent):
    raw, _ = sent
    sheet = load_workbook(io.BytesIO(raw))[LIST_SHEET]
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"' + ",".join(ANSWERS) + '"'


def test_a_claim_is_a_value():
    claim = Claim("f" * 32, NOW, "张三", "区教育局", done=True, text="已整改")
    assert last_claims([claim, claim]) == {"f" * 32: claim}
