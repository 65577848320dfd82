"""Why a finding is there: kept with it, told by ``findings --why``, folded in the report."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import func, select

from crawler.commands import run as gongkai
from findings.people.reporting import report_of
from findings.records.pictures import KEPT
from findings.records.traces import FindingTrace
from findings.reports.exports import report_html
from findings.reports.why import explained
from findings.schemes.scheme_file import find_scheme
from findings.store.models import TraceRow
from findings.store.store import Store
from plugins import Evidence, Subject, SubjectKind
from plugins.taken import Taken, packed
from plugins.why import Step
from tests.findings.nights import HOST, night, page, sight

NOW = datetime(2026, 3, 1, 2, tzinfo=UTC)
STEPS = (Step("是栏目页", "-", "li ×2"), Step("没有<b>列表</b>", "empty", "<ul>", "最少条数=1"))


def taken(**more):
    return Taken(f"http://{HOST}/a", "list", "动态<i>", why={"empty": STEPS}, **more)


def trace(name, *, run=1, place=0, site=HOST, of=None):
    return FindingTrace(name, site, place, run, NOW, packed(of or taken()))


@pytest.fixture
def seen(store):
    """A store with one finding and its fingerprint."""
    night(store, seen=[sight("COL101", page(f"http://{HOST}/a"), "栏目空白。")])
    (found,) = store.find()
    return store, found.fingerprint


def test_what_is_as_it_was_is_not_written_again(seen):
    store, name = seen
    store.keep_traces(HOST, [trace(name), trace(name, place=1)])
    first = store.trace(name)
    assert [one.place for one in first] == [0, 1]
    assert first[0].page == taken()
    night(store, seen=[sight("COL101", page(f"http://{HOST}/a"), "栏目空白。")])
    store.keep_traces(HOST, [trace(name, run=2)])
    # Unchanged it keeps the run that saw it so first; the second page is no longer rested on.
    assert store.trace(name) == first[:1]
    store.keep_traces(HOST, [trace(name, run=2, of=taken(rows=3))])
    (changed,) = store.trace(name)
    assert (changed.run, changed.page.rows) == (2, 3)
    assert store.traces(store.run(1)) == {}
    assert store.traces(store.run(2)) == {name: (changed,)}


def test_what_nobody_keeps_any_more_is_forgotten_in_time(url):
    clock = [NOW]
    with Store.open(url, clock=lambda: clock[0]) as store:
        store.keep_traces(HOST, [trace("a" * 32), trace("b" * 32)])
        store.keep_traces("o.example", [trace("c" * 32, site="o.example")])
        clock[0] = NOW + KEPT - timedelta(days=1)
        store.keep_traces(HOST, [trace("a" * 32)])
        assert store.trace("b" * 32)
        clock[0] = NOW + KEPT + timedelta(days=1)
        store.keep_traces(HOST, [])
        assert [bool(store.trace(letter * 32)) for letter in "abc"] == [True, False, False]


def test_many_findings_are_kept_in_one_go(store):
    names = [f"{number:032x}" for number in range(1201)]
    for _ in range(2):
        store.keep_traces(HOST, (trace(name) for name in names))
    with store._reading() as connection:
        query = select(func.count()).select_from(TraceRow.table())
        assert connection.execute(query).scalar_one() == len(names)


@pytest.fixture
def database(tmp_path):
    """A finding with its trace, one about the whole site, and one that went."""
    url = f"sqlite:///{tmp_path}/g.db"
    everywhere = Subject(SubjectKind.SITE, HOST, HOST)
    with Store.open(url) as store:
        one, gone = (page(f"http://{HOST}/{n}") for n in ("a", "b"))
        night(store, seen=[sight("COL101", gone)])
        night(
            store,
            seen=[
                sight("COL101", one, "栏目空白。"),
                sight("POL101", everywhere, where=(Evidence("", "没有"),)),
            ],
            examined=[gone],
        )
        names = {
            item.code + item.presence.value: item.fingerprint for item in store.find(state="all")
        }
        store.keep_traces(HOST, [trace(names["COL101present"], run=2)])
    return url, names


def test_the_command_tells_rule_page_and_steps(database, capsys):
    url, names = database
    name = names["COL101present"]
    assert gongkai(["findings", "--why", name[:8], "--database", url]) == 0
    said = capsys.readouterr().out
    for words in (
        name, "COL101 COL101的标题", "栏目空白。", "依据。", "为什么。", "整改\t请整改。", "折合扣分\t", f"http://{HOST}/a", "类型\t列表页（list）",
        "标题\t动态<i>", "栏目是否为空（empty）", "–\t是栏目页\t\tli ×2\t",
        "✓\t没有<b>列表</b>\tempty\t<ul>\t最少条数=1", "用到的界限\n最少条数=1", "自第2次检查起",
    ):  # fmt: skip
        assert words in said, words


def test_the_command_tells_the_same_as_json(database, capsys):
    url, names = database
    arguments = ["findings", "--why", names["COL101present"], "--format", "json", "--database", url]
    assert gongkai(arguments) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["code"] == "COL101"
    assert told["why_none"] == ""
    (shown,) = told["pages"]
    assert (shown["kind"], shown["title"], shown["rows"], shown["run"]) == ("list", "动态<i>", 0, 2)
    assert shown["why"] == {"empty": [step.told() for step in STEPS]}


@pytest.mark.parametrize(
    ("which", "words"),
    [("POL101present", "不是由某一个页面得出的"), ("COL101gone", "问题已不存在")],
)
def test_a_finding_without_a_trace_says_why(database, capsys, which, words):
    url, names = database
    assert gongkai(["findings", "--why", names[which], "--database", url]) == 0
    assert words in capsys.readouterr().out
    asked = ["findings", "--why", names[which], "--format", "json", "--database", url]
    assert gongkai(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["pages"] == []
    assert words in told["why_none"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["f" * 8], "没有编号为“ffffffff”的问题"),
        (["xyz"], "“xyz”不是问题编号"),
        (["f" * 8, "--format", "csv"], "与 --why 一起只能用table、json"),
    ],
)
def test_what_is_no_finding_is_one_line(database, capsys, words, said):
    url, _ = database
    assert gongkai(["findings", "--why", *words, "--database", url]) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    assert said in heard.err
    assert heard.err.count("\n") == 1


def test_the_report_has_it_folded_and_escaped():
    with Store.open("sqlite://", clock=lambda: NOW) as store:
        night(store, seen=[sight("COL101", page(f"http://{HOST}/a"), "栏目空白。")])
        (found,) = store.find()
        plain = report_html(report_of(store, store.latest(), find_scheme(), written=NOW))
        assert not LexborHTMLParser(plain).css("details.why")
        store.keep_traces(HOST, [trace(found.fingerprint)])
        text = report_html(report_of(store, store.latest(), find_scheme(), written=NOW))
    (folded,) = LexborHTMLParser(text).css("tr.item + tr.trace details.why")
    assert "open" not in folded.attributes
    assert "标题：“动态<i>”" in folded.css_first("p").text()
    cells = [[cell.text() for cell in row.css("td")] for row in folded.css("tbody > tr")]
    assert cells == [
        ["–", "是栏目页", "", "li ×2", ""],
        ["✓", "没有<b>列表</b>", "empty", "<ul>", "最少条数=1"],
    ]
    assert not folded.css("i, ul, td b")
    assert "tr.trace { display: none; }" in text[text.index("@media print") :]


def test_a_report_grows_only_so_much_by_traces():
    names = [f"{number:032x}" for number in range(5)]
    traces = {name: (trace(name),) for name in names}
    (weight,) = {page.weight for page in explained(traces, names[:1])[names[0]]}
    assert list(explained(traces, names, budget=3 * weight)) == names[:3]
    long = taken()
    steps = tuple(Step(f"第{number}项", "-") for number in range(40))
    (shown,) = explained(
        {"x": (trace("x", of=Taken(long.url, "list", why={"kind": steps})),)}, ["x"]
    )["x"]
    assert (shown.asked[0].before, len(shown.asked[0].steps)) == (28, 12)
