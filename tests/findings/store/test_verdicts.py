"""What people decide: accepted, refused, logged, and expiring by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from findings.people.triage import Act, triage, vague
from findings.records.records import FindingState, Verdict
from plugins.errors import ConfigurationError, StoreError
from tests.findings.nights import DAY, night, page, sight

A = page("http://demo.example/a/")
B = page("http://demo.example/b/")


@pytest.fixture
def found(store):
    night(store, seen=[sight("COL101", A), sight("COL101", B)])
    return store.find()


def test_each_decision_is_logged_with_what_it_replaces(store, found):
    name = found[0].fingerprint
    triage(store, name, Act.CONFIRM, today=DAY, by="张三")
    triage(store, name[:8], Act.REJECT, today=DAY, why="该栏目已迁移至新址", by="李四")
    triage(store, name.upper(), Act.RESET, today=DAY)
    log = store.decisions(name)
    assert [(line.previous, line.verdict, line.by) for line in log] == [
        (Verdict.UNTRIAGED, Verdict.CONFIRMED, "张三"),
        (Verdict.CONFIRMED, Verdict.REJECTED, "李四"),
        (Verdict.REJECTED, Verdict.UNTRIAGED, ""),
    ]
    assert log[0].at < log[1].at < log[2].at
    assert store.find(state="all")[1].verdict is Verdict.UNTRIAGED


@pytest.mark.parametrize(
    "why", ["", "。", "无", "  ", "无。。。", "...", "啊啊啊啊啊", "没有问题。", "----- -"]
)
@pytest.mark.parametrize("act", [Act.REJECT, Act.EXEMPT])
def test_vague_reasons_are_refused(store, found, act, why):
    with pytest.raises(ConfigurationError, match="理由"):
        triage(store, found[0].fingerprint, act, today=DAY, why=why)
    assert store.decisions() == []


@pytest.mark.parametrize("why", ["旧网站栏目", "内容已合并到上级栏目", "see ticket 12"])
def test_reasons_that_say_something_are_accepted(why):
    assert not vague(why)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("abc", "至少8位"),
        ("zzzzzzzzzz", "十六进制"),
        ("", "问题编号"),
        ("0" * 12, "没有编号"),
        ("%" * 8, "编号"),
    ],
)
def test_a_name_that_names_nothing_is_refused(store, found, name, words):
    with pytest.raises(ConfigurationError, match=words):
        triage(store, name, Act.CONFIRM, today=DAY)


def test_a_beginning_shared_by_several_is_refused(store, found):
    with store._engine.begin() as connection:
        for n, item in enumerate(found):
            connection.exec_driver_sql(
                f"UPDATE findings SET fingerprint = 'abcdef01{n}' WHERE fingerprint = '{item.fingerprint}'"
            )
    with pytest.raises(ConfigurationError, match="2个问题"):
        triage(store, "abcdef01", Act.CONFIRM, today=DAY)
    triage(store, "abcdef010", Act.CONFIRM, today=DAY)


def test_an_exemption_ends_by_itself(store, found):
    until = DAY + timedelta(days=5)
    triage(store, found[0].fingerprint, Act.EXEMPT, today=DAY, why="系统迁移期间", until=until)
    (item,) = [f for f in store.find() if f.fingerprint == found[0].fingerprint]
    assert FindingState.OPEN not in item.states(until)
    after = until + timedelta(days=1)
    assert {FindingState.OPEN, FindingState.OVERDUE} <= item.states(after)
    assert [f.fingerprint for f in store.find(state="overdue", as_of=after)] == [item.fingerprint]
    assert store.find(state="overdue", as_of=until) == []


def test_an_exemption_without_a_day_holds_for_a_year(store, found):
    _, line = triage(store, found[0].fingerprint, Act.EXEMPT, today=DAY, why="系统迁移期间")
    assert line.until == DAY + timedelta(days=365)


@pytest.mark.parametrize(
    ("act", "until", "words"),
    [
        (Act.EXEMPT, DAY - timedelta(days=1), "早于今天"),
        (Act.CONFIRM, date(2030, 1, 1), "只有豁免"),
    ],
)
def test_days_that_make_no_sense_are_refused(store, found, act, until, words):
    with pytest.raises(ConfigurationError, match=words):
        triage(store, found[0].fingerprint, act, today=DAY, why="系统迁移期间", until=until)


def test_rejected_findings_are_not_open_and_stay_rejected(store, found):
    triage(store, found[0].fingerprint, Act.REJECT, today=DAY, why="程序判断有误")
    assert [f.fingerprint for f in store.find(state="open")] == [found[1].fingerprint]
    night(store, examined=[A, B])
    night(store, seen=[sight("COL101", A), sight("COL101", B)])
    again = {f.fingerprint: f for f in store.find()}
    assert again[found[0].fingerprint].verdict is Verdict.REJECTED
    assert again[found[0].fingerprint].times_back == 1


def test_deciding_about_nothing_is_an_error(store):
    with pytest.raises(StoreError, match="没有编号"):
        store.decide("f" * 32, Verdict.CONFIRMED)
