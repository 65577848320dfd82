"""A warning becomes a breach of the same identity, or goes; it never counts as a fault."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from findings.people.assessment import assess, suggested_points
from findings.people.triage import Act, triage
from findings.records.reconcile import FindingOutcome, Look, miss, outcomes, see
from findings.records.records import Batch, FindingState, Presence, Reconciled, SiteRecord, Verdict
from findings.reports.building import build_report
from findings.reports.exports import FORMATS
from findings.schemes.scheme_file import find_scheme
from findings.store.database import migrations
from findings.store.store import Store
from tests.findings.nights import CODES, DAY, HOST, RULES, UNITS, night, page, sight
from tests.findings.test_commands import gongkai

A, B = (page(f"http://{HOST}/{name}") for name in "ab")
DUE = DAY + timedelta(days=3)


def warn(subject=A, due=DUE, message="将到期，还有3天。", **more):
    return sight("COL201", subject, message, due=due, **more)


def states(store, **view):
    return {item.subject: set(item.states(DAY)) for item in store.find(state="all", **view)}


def test_a_warning_is_no_fault_and_becomes_one_when_its_day_has_passed(store):
    night(store, seen=[warn()])
    (warned,) = store.find(state="warning")
    assert (warned.warning, warned.due, warned.breached_on) == (True, DUE, None)
    assert [store.find(state=one) for one in (None, "open", "new", "back", "fixed")] == [[]] * 5

    night(store, seen=[warn(message="将到期，还有2天。")], day=DAY + timedelta(days=1))
    assert states(store) == {A: {FindingState.WARNING}}

    night(store, seen=[sight("COL201", A, "已超1天。")], day=DUE)
    (breach,) = store.find(state="new")
    assert breach.fingerprint == warned.fingerprint
    assert (breach.warning, breach.due, breach.since) == (False, None, DUE)
    assert (breach.first_seen, breach.times_back) == (DAY, 0)
    assert states(store) == {A: {FindingState.OPEN, FindingState.NEW}}
    assert states(store, run=1) == {A: {FindingState.WARNING}}
    assert [item.due for item in store.find(state="warning", run=2)] == [DUE]

    night(store, seen=[sight("COL201", A, "已超2天。")], day=DUE + timedelta(days=1))
    assert states(store) == {A: {FindingState.OPEN}}
    assert states(store, run=3) == {A: {FindingState.OPEN, FindingState.NEW}}


def test_a_duty_done_in_time_was_never_a_fault(store):
    night(store, seen=[warn()])
    night(store, examined=[A])
    assert (states(store), store.find()) == ({A: set()}, [])
    assert states(store, run=1) == {A: {FindingState.WARNING}}
    night(store, seen=[warn(due=DUE + timedelta(days=30))])
    assert states(store) == {A: {FindingState.WARNING}}
    night(store, seen=[sight("COL201", A)], day=DUE + timedelta(days=30))
    (first,) = store.find(state="new")
    assert (first.times_back, store.find(state="back")) == (0, [])


def test_a_fault_that_was_there_before_comes_back_after_its_warning(store):
    night(store, seen=[sight("COL201", A)])
    night(store, seen=[warn()])
    (item,) = store.find(state="all")
    assert (item.states(DAY), item.gone_on) == ({FindingState.WARNING, FindingState.FIXED}, DAY)
    night(store, seen=[warn()])
    night(store, seen=[sight("COL201", A)], day=DUE)
    (back,) = store.find(state="back")
    assert (back.times_back, back.breached_on, store.find(state="new")) == (1, DAY, [])


def test_the_counts_of_a_night_tell_warnings_apart(store):
    def counted(*seen, examined=()):
        run = store.start_run(as_of=DAY, sites=[SiteRecord(HOST)], units=UNITS, rules=RULES)
        subjects = (*examined, *(item.sighting.subject for item in seen))
        store.record(run, Batch(tuple(seen), subjects))
        told = store.finish_site(run, HOST, in_force=CODES, coverage={"columns": ("complete", "")})
        store.finish_run(run)
        return told

    assert counted(warn(), warn(B)) == Reconciled(warned=2)
    assert counted(sight("COL201", A), examined=[B]) == Reconciled(new=1, met=1)
    assert counted(warn(), sight("COL201", B)) == Reconciled(gone=1, warned=1, new=1)
    assert counted(sight("COL201", A), sight("COL201", B)) == Reconciled(back=1, still=1)


def test_what_was_not_looked_at_keeps_its_warning(store):
    night(store, seen=[warn()])
    night(store, examined=[A], in_force=["COL101"], day=DUE + timedelta(days=1))
    night(store, seen=[sight("COL201", A)], day=DUE + timedelta(days=2), end="aborted")
    assert states(store) == {A: {FindingState.WARNING}}


def test_people_decide_about_warnings_too(store):
    night(store, seen=[warn(), warn(B)])
    one, other = store.find(state="warning")
    triage(store, one.fingerprint, Act.EXEMPT, today=DAY, why="系统迁移期间", until=DUE)
    triage(store, other.fingerprint, Act.CONFIRM, today=DAY)
    assert [item.fingerprint for item in store.find(state="warning")] == [other.fingerprint]
    night(store, seen=[sight("COL201", A), sight("COL201", B)], day=DUE)
    assert [item.verdict for item in store.find()] == [Verdict.EXEMPT, Verdict.CONFIRMED]
    assert {item.subject for item in store.find(state="open")} == {B}


def test_a_new_day_is_a_change_and_days_that_pass_are_none():
    look = Look("将到期，还有3天。", due=DUE)
    assert look.same_as(Look("将到期，还有2天。", due=DUE))
    assert not look.same_as(Look("将到期，还有3天。", due=DUE + timedelta(days=1)))
    assert not look.same_as(Look("将到期，还有3天。"))
    fault = Look("已到期。", unit="区教育局")
    assert look.merged(fault) == fault.merged(look) == fault


def report_of(store):
    run, scheme = store.latest(), find_scheme()
    found = assess(store, run, scheme)
    return build_report(run, found.findings, scheme, found.scores, written=run.started), found


def test_reports_list_warnings_by_unit_and_day_and_they_cost_nothing():
    later = DUE + timedelta(days=9)
    with Store.open("sqlite://") as store:
        seen = [
            warn(A, later, "甲将到期。"),
            warn(B, DUE, "乙将到期。"),
            warn(page(f"http://{HOST}/c"), DUE, "丙将到期。", unit=""),
        ]
        night(store, seen=seen)
        report, found = report_of(store)
        sections = {item.name: item for item in report.sections}
        own = sections["区教育局"]
        assert [item.message for item in own.warnings] == ["乙将到期。", "甲将到期。"]
        assert (own.total, own.counts["warning"], own.card.total) == (0, 2, 100)
        (portal,) = [item for item in report.sections if item.card.kind == "portal"]
        assert [item.message for item in portal.warnings] == ["丙将到期。"]
        assert (report.findings, report.counts["warning"], report.counts["new"]) == ((), 3, 0)
        assert set(suggested_points(list(found.findings), find_scheme(), report.run).values()) == {
            0
        }

        shown = LexborHTMLParser(str(FORMATS["html"](report))).body.text(separator=" ")
        assert "将到期事项（预警，不扣分）" in shown
        assert shown.index("乙将到期。") < shown.index("甲将到期。")
        told = json.loads(FORMATS["json"](report))
        assert told["findings"] == []
        assert sorted(item["due"] for item in told["warnings"]) == [*[str(DUE)] * 2, str(later)]
        lines = str(FORMATS["csv"](report)).splitlines()
        assert lines[0].endswith('"逾期日"')
        assert [str(DUE) in line and "预警" in line for line in lines[1:]] == [True, True, False]

        night(store, examined=[A, B])
        gone, _ = report_of(store)
        assert (gone.counts["fixed"], gone.findings, len(gone.warnings)) == (0, (), 1)


def test_a_warning_whose_day_passed_unseen_says_so():
    with Store.open("sqlite://") as store:
        night(store, seen=[warn()])
        night(store, seen=[sight("LNK101", B)], day=DUE + timedelta(days=2))
        report, _ = report_of(store)
        text = str(FORMATS["html"](report))
        assert "逾期日已过，本次未能核实" in text


def test_the_command_lists_warnings_only_when_asked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_DATABASE", raising=False)
    with Store.open("sqlite:///var/gongkai.db") as store:
        night(store, seen=[warn(A, DUE + timedelta(days=1)), warn(B), sight("LNK101", B)])
    status, output = gongkai("findings", "--format", "json")
    assert [(item["code"], item["due"]) for item in json.loads(output)] == [("LNK101", None)]
    status, output = gongkai("findings", "--format", "json", "--state", "warning")
    listed = json.loads(output)
    assert status == 0
    assert [item["due"] for item in listed] == [str(DUE), str(DUE + timedelta(days=1))]
    assert [item["points"] for item in listed] == [0, 0]
    _, output = gongkai("findings", "--state", "warning")
    assert f"预警（{DUE}起逾期）" in output
    _, output = gongkai("findings", "--state", "all", "--format", "json")
    assert len(json.loads(output)) == 3


@pytest.mark.parametrize("engine", ["file", "postgresql"])
def test_what_was_remembered_before_there_were_warnings_were_faults(request, tmp_path, engine):
    url = f"sqlite:///{tmp_path}/old.db"
    if engine == "postgresql":
        url = request.getfixturevalue("postgres_url")
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        command.upgrade(migrations(connection), "0002")
        connection.exec_driver_sql(
            "INSERT INTO findings VALUES ('f', 'COL201', 'page', 'demo.example', 'http://demo.example/a',"
            " '', 's', '旧', '[]', FALSE, '[]', '', 'present', 3, '2026-02-01', 4, '2026-02-02', NULL, NULL,"
            " 0, NULL, 'untriaged', NULL)"
        )
        connection.exec_driver_sql(
            "INSERT INTO finding_changes VALUES (1, 'f', 4, '更旧', '[]', FALSE, '[]', '', 'present', 3,"
            " '2026-02-01', NULL, NULL, 0, NULL)"
        )
    engine.dispose()
    with Store.open(url) as store:
        (found,) = store.find()
        assert (found.warning, found.breach_run, str(found.breached_on)) == (False, 3, "2026-02-01")
        (past,) = store.find(state="all", run=None, hosts=["demo.example"])
        assert past.since == past.first_seen


def begun(history):
    """How often a fault began in a history of fault (f), warning (w) and absence (-)."""
    return sum(one == "f" != before for before, one in zip("-" + history, history, strict=False))


@given(st.text(alphabet="fw-", max_size=12))
def test_a_fault_is_new_once_and_then_comes_back_whatever_warnings_lie_between(history):
    memory, told = None, []
    for run, sign in enumerate(history, 1):
        day = DAY + timedelta(days=run)
        before = memory
        if sign == "-":
            if memory is None or memory.presence is Presence.GONE:
                continue
            memory = miss(memory, run, day)
        else:
            due = day + timedelta(days=3) if sign == "w" else None
            memory, _ = see(memory, Look("…", due=due), run, day)
        told += outcomes(before, memory)
    count = Counter(told)
    assert count[FindingOutcome.NEW] == min(begun(history), 1)
    assert count[FindingOutcome.BACK] == max(begun(history) - 1, 0)
    assert count[FindingOutcome.NEW] + count[FindingOutcome.BACK] - count[
        FindingOutcome.GONE
    ] == history.endswith("f")
    assert count[FindingOutcome.WARNED] == history.count("w")
    assert (memory.times_back if memory else 0) == count[FindingOutcome.BACK]
    if "f" in history:
        assert memory.breach_run == history.index("f") + 1
