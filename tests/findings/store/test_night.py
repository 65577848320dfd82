"""Nights as the store remembers them: acceptance point 4, on every engine."""

from __future__ import annotations

from datetime import timedelta

import pytest

from findings.records.records import (
    Batch,
    FamilyCoverage,
    FindingState,
    PageSeen,
    Presence,
    SiteRecord,
    Verdict,
)
from findings.store.store import Store
from plugins import Gap, Subject, SubjectKind, Unit
from plugins.errors import StoreError
from tests.findings.nights import CODES, DAY, HOST, night, page, rule, sight

pytestmark = pytest.mark.slow

A = page("http://demo.example/a/")
B = page("http://demo.example/b/")
C = page("http://demo.example/c/")
D = page("http://demo.example/d/")
SITE = Subject(SubjectKind.SITE, HOST, HOST)


def one(store, subject, code="COL101", run=None):
    found = [f for f in store.find(state="all", run=run) if f.subject == subject and f.code == code]
    assert len(found) == 1
    return found[0]


def test_three_nights_lose_nothing_close_nothing_unseen_and_leave_verdicts_alone(store):
    faults = [sight("COL101", A), sight("LNK101", B), sight("COL201", C), sight("POL101", D)]
    night(store, seen=faults, day=DAY)
    store.decide(one(store, A).fingerprint, Verdict.CONFIRMED, why="已现场核对")
    store.decide(one(store, B, "LNK101").fingerprint, Verdict.EXEMPT, why="系统迁移期间", until=DAY)

    # Second night: A is mended, B cannot be reached, COL201 is switched off, POL101 crashes on D.
    second = night(
        store,
        seen=[],
        examined=[A, C, D],
        errors=[("POL101", D)],
        in_force=[code for code in CODES if code != "COL201"],
        day=DAY + timedelta(days=1),
    )
    assert one(store, A).presence is Presence.GONE
    assert one(store, A).gone_run == second
    for subject, code in ((B, "LNK101"), (C, "COL201"), (D, "POL101")):
        kept = one(store, subject, code)
        assert kept.presence is Presence.PRESENT
        assert kept.last_seen == DAY

    third = night(store, seen=faults, day=DAY + timedelta(days=2))
    back = one(store, A)
    assert (back.presence, back.times_back, back.back_run) == (Presence.PRESENT, 1, third)
    assert back.first_seen == DAY
    assert back.last_seen == DAY + timedelta(days=2)
    assert len(store.find(state="all")) == 4
    assert [f.times_back for f in store.find() if f.subject != A] == [0, 0, 0]
    assert one(store, A).verdict is Verdict.CONFIRMED
    assert one(store, B, "LNK101").verdict is Verdict.EXEMPT
    assert [f.subject for f in store.find(state="back")] == [A]
    assert store.find(state="fixed") == []

    # And the past can still be asked for.
    assert one(store, A, run=1).presence is Presence.PRESENT
    assert one(store, A, run=2).presence is Presence.GONE
    assert [f.subject for f in store.find(state="fixed", run=2)] == [A]
    assert one(store, A, run=2).times_back == 0


def test_a_rule_that_failed_on_the_whole_site_closes_nothing_of_its_own(store):
    night(store, seen=[sight("COL101", A), sight("LNK101", A)])
    night(store, examined=[A], errors=[("COL101", SITE)])
    assert one(store, A).present
    assert not one(store, A, "LNK101").present


@pytest.mark.parametrize("by", ["fingerprint", "ref"])
def test_what_the_crawler_could_not_judge_stays(store, by):
    night(store, seen=[sight("LNK101", A), sight("LNK101", B)])
    kept = one(store, A, "LNK101")
    name = kept.fingerprint if by == "fingerprint" else A.ref
    night(store, examined=[A, B], not_judged=[("LNK101", name)])
    assert one(store, A, "LNK101").present
    assert not one(store, B, "LNK101").present


@pytest.mark.parametrize("end", ["aborted", "unhealthy"])
def test_a_run_that_did_not_finish_changes_nothing(store, end):
    night(store, seen=[sight("COL101", A), sight("COL101", B)])
    before = store.find(state="all")
    night(
        store, seen=[sight("COL101", B, "不同的说明。"), sight("COL101", C)], examined=[A], end=end
    )
    assert store.find(state="all") == before
    run = store.runs()[0]
    assert run.state == end
    assert run.sites[0].state == end


def test_a_crashed_run_is_closed_by_the_next_and_leaves_nothing_behind(store):
    crashed = store.start_run(as_of=DAY, sites=[SiteRecord(HOST)])
    store.record(crashed, Batch((sight("COL101", C),), (A,)))
    night(store, seen=[sight("COL101", A)])
    assert [f.subject for f in store.find(state="all")] == [A]
    assert store.run(crashed).state == "aborted"
    with pytest.raises(StoreError, match="已结束"):
        store.record(crashed, Batch())
    with pytest.raises(StoreError, match="已结束"):
        store.finish_site(crashed, HOST, in_force=CODES, coverage={})


def test_an_older_run_cannot_undo_a_newer_one(store):
    slow = store.start_run(as_of=DAY, sites=[SiteRecord(HOST), SiteRecord("other.example")])
    night(store, seen=[sight("COL101", A)])
    store.record(slow, Batch((), (A,)))
    with pytest.raises(StoreError, match="已经结束"):
        store.finish_site(slow, HOST, in_force=CODES, coverage={})
    assert one(store, A).present


def test_sites_of_one_run_do_not_touch_each_other(store):
    elsewhere = page("http://other.example/", "other.example")
    night(store, seen=[sight("COL101", A)])
    night(store, seen=[sight("COL101", elsewhere)], host="other.example")
    assert [f.site for f in store.find()] == [HOST, "other.example"]
    assert [f.site for f in store.find(run=2)] == ["other.example"]
    assert [f.site for f in store.present(HOST)] == [HOST]
    assert len(store.find(state="new")) == 2


def test_a_fault_seen_twice_in_one_run_is_one_finding_whatever_the_order(store):
    twice = [
        sight("LNK101", A, where=("http://demo.example/1",)),
        sight("LNK101", A, where=("http://demo.example/2",)),
    ]
    night(store, seen=twice)
    night(store, seen=twice[::-1])
    (found,) = store.find()
    assert {item.url for item in found.evidence} == {
        "http://demo.example/1",
        "http://demo.example/2",
    }
    assert count(store, "finding_changes") == 0


def count(store, table):
    with store._engine.connect() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()


def test_thirty_quiet_nights_add_runs_and_nothing_else(store):
    quiet = ["findings", "finding_changes", "subjects", "check_errors", "coverages", "rulebooks"]
    for n in range(30):
        night(
            store,
            seen=[sight("COL201", A, f"最迟应于2026-02-01更新，已超{n}天。")],
            examined=[B],
            errors=[("POL101", B)],
            day=DAY + timedelta(days=n),
        )
        if n == 0:
            first = [count(store, table) for table in quiet]
    assert [count(store, table) for table in quiet] == first
    assert count(store, "staged_sightings") == 0
    (found,) = store.find()
    assert found.message.endswith("已超29天。")
    assert (found.first_seen, found.last_seen) == (DAY, DAY + timedelta(days=29))
    assert len(store.runs(100)) == 30


@pytest.mark.parametrize(
    "change",
    [
        {"message": "换了说法。"},
        {"review": True},
        {"unit": "区民政局"},
        {"traits": ("home",)},
        {"where": ("http://demo.example/elsewhere",)},
    ],
)
def test_a_change_is_kept_in_the_history(store, change):
    night(store, seen=[sight("COL101", A)])
    words = change.get("message", "有问题。")
    night(store, seen=[sight("COL101", A, **{"message": words, **change})])
    night(store, seen=[sight("COL101", A, **{"message": words, **change})])
    assert count(store, "finding_changes") == 1
    assert one(store, A, run=1).message == "有问题。"
    assert one(store, A, run=1).unit == "区教育局"
    assert one(store, A, run=2).message == words
    assert one(store, A, run=2).last_run == 2


def test_coverage_units_and_rules_of_a_run_come_back_as_given(store):
    coverage = {
        "columns": FamilyCoverage("partial", "超出上限", (Gap("budget", "页数上限", 3, ("x",)),)),
        "links": FamilyCoverage(),
    }
    run = store.start_run(
        as_of=DAY,
        sites=[SiteRecord(HOST, "门户", f"http://{HOST}/", "区教育局")],
        units=[Unit("区教育局", "department", "many", ("教育局",))],
        rules=[rule("COL101")],
        options="abc",
        version="9",
    )
    store.finish_site(run, HOST, in_force=CODES, coverage=coverage, examined={"区教育局": 4})
    store.finish_run(run)
    found = store.run(run)
    assert found.sites[0].coverage == coverage
    assert found.sites[0].examined == {"区教育局": 4}
    assert found.sites[0].site.unit == "区教育局"
    assert found.units == (Unit("区教育局", "department", "many", ("教育局",)),)
    assert found.rules == (rule("COL101"),)
    assert (found.options, found.version, found.state) == ("abc", "9", "finished")
    assert found.ended > found.started


def test_errors_are_known_by_run(store):
    night(store, examined=[A], errors=[("COL101", A)])
    night(store, examined=[A])
    assert [error.code for error in store.errors(1)] == ["COL101"]
    assert store.errors(2) == []


def test_states_are_relative_to_the_run_looked_at(store):
    night(store, seen=[sight("COL101", A)])
    night(store, seen=[sight("COL101", A), sight("COL101", B)])
    assert {f.subject for f in store.find(state="new")} == {B}
    assert {f.subject for f in store.find(state="new", run=1)} == {A}
    assert {f.subject for f in store.find(state="open", run=1)} == {A}
    assert one(store, A, run=1).last_run == 1


def test_a_rule_no_longer_in_force_keeps_its_title(store):
    night(store, seen=[sight("COL101", A)])
    night(store, examined=[A], rules=(rule("LNK101"),), in_force=["LNK101"])
    assert one(store, A).rule.title == "COL101的标题"


def test_hostile_text_is_stored_without_harm(store):
    nasty = "空\0字符 \ud800 '; DROP TABLE findings; -- 🌶" + "长" * 5000
    subject = page("http://demo.example/" + "p" * 8000)
    night(store, seen=[sight("COL101", subject, nasty, key="k\0", unit="u\0")])
    night(store, examined=[subject])
    (found,) = store.find(state="all")
    assert "\0" not in found.message
    assert found.message.endswith("长")
    assert not found.present


def test_present_is_what_was_there_last(store):
    night(store, seen=[sight("COL101", A), sight("COL101", B)])
    night(store, seen=[sight("COL101", B)], examined=[A])
    assert [f.subject for f in store.present(HOST)] == [B]


def test_finished_sites_count_even_where_the_run_was_aborted_later(store):
    run = store.start_run(as_of=DAY, sites=[SiteRecord(HOST), SiteRecord("other.example")])
    store.record(run, Batch((sight("COL101", A),), (A,)))
    done = store.finish_site(run, HOST, in_force=CODES, coverage={})
    store.finish_run(run, "aborted")
    assert (done.new, done.gone) == (1, 0)
    assert [s.state for s in store.run(run).sites] == ["finished", "aborted"]
    assert store.latest().id == run
    assert [f.states(DAY) for f in store.find()] == [{FindingState.OPEN, FindingState.NEW}]


@pytest.mark.parametrize("sites", [[], [SiteRecord(HOST), SiteRecord(HOST)]])
def test_a_run_needs_each_site_once(store, sites):
    with pytest.raises(StoreError, match="站点"):
        store.start_run(as_of=DAY, sites=sites)


def test_a_failed_unit_of_work_leaves_nothing(store):
    run = store.start_run(as_of=DAY, sites=[SiteRecord(HOST)])
    with pytest.raises(StoreError):
        store.record(run + 5, Batch((sight("COL101", A),)))
    assert count(store, "staged_sightings") == 0


def test_writer_and_reader_work_side_by_side(tmp_path):
    url = f"sqlite:///{tmp_path}/x.db"
    with Store.open(url) as writer, Store.open(url, create=False) as reader:
        run = writer.start_run(as_of=DAY, sites=[SiteRecord(HOST)])
        for n in range(20):
            writer.record(run, Batch((sight("COL101", page(f"http://demo.example/{n}")),)))
            assert reader.find() == []
        writer.finish_site(run, HOST, in_force=CODES, coverage={})
        assert len(reader.find()) == 20


def test_a_page_that_only_came_back_was_not_examined(store):
    night(store, seen=[sight("COL101", A)])
    run = store.start_run(as_of=DAY, sites=[SiteRecord(HOST)], rules=[rule("COL101")])
    store.record(run, Batch(pages=(PageSeen(A, A.ref, "", 503, ""),)))
    store.finish_site(run, HOST, in_force=CODES, coverage={})
    assert one(store, A).present


def test_a_page_remembers_the_run_that_changed_it(store):
    for digest, status in (("x", 200), ("x", 200), ("", 503), ("x", 200), ("y", 200)):
        run = store.start_run(as_of=DAY, sites=[SiteRecord(HOST)])
        store.record(run, Batch(pages=(PageSeen(A, A.ref, "标题", status, digest),)))
        store.finish_site(run, HOST, in_force=CODES, coverage={})
        with store._engine.connect() as connection:
            row = connection.exec_driver_sql(
                "SELECT digest, changed_run, status FROM subjects"
            ).one()
        told = {
            1: ("x", 1, 200),
            2: ("x", 1, 200),
            3: ("x", 1, 503),
            4: ("x", 1, 200),
            5: ("y", 5, 200),
        }
        assert tuple(row) == told[run]


def test_the_unit_is_the_one_said_last_in_a_run(store):
    night(store, seen=[sight("COL101", A, unit=""), sight("COL101", A, unit="区民政局")])
    assert one(store, A).unit == "区民政局"
    night(store, seen=[sight("COL101", A, unit="区民政局"), sight("COL101", A, unit="区教育局")])
    assert one(store, A).unit == "区教育局"
    assert count(store, "finding_changes") == 1
