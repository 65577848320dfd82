"""A recheck in the store: what it changes, what it leaves alone, and what goes on from audits only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from findings.fixlists.fixlist import Terms, build_fixlists
from findings.people.assessment import assess
from findings.people.feedback import remember
from findings.people.reporting import report_of
from findings.records.records import Batch, Claim, FindingState, RunKind, SiteRecord
from findings.schemes.scheme_file import find_scheme
from findings.store.rechecking import Rechecked
from plugins.errors import StoreError
from tests.findings.nights import CODES, DAY, HOST, RULES, UNITS, night, page, sight

A, B, C = (page(f"http://{HOST}/{name}") for name in "abc")
NEXT = DAY + timedelta(days=1)


def begin(store, day=NEXT, host=HOST):
    return store.start_run(
        as_of=day, sites=[SiteRecord(host)], units=UNITS, rules=RULES, kind=RunKind.RECHECK
    )


def recheck(store, *, gone=(), still=(), seen=(), day=NEXT):
    run = begin(store, day)
    found = [
        *(Rechecked(name, gone=True) for name in gone),
        *(Rechecked(name, gone=False) for name in still),
        *(Rechecked(one.sighting.fingerprint, gone=False, observed=one) for one in seen),
    ]
    went = store.finish_recheck(run, HOST, found)
    store.finish_run(run)
    return run, went


def present(store, **view):
    return {one.subject for one in store.find(**view)}


def names(store):
    return {one.subject: one.fingerprint for one in store.find(state="all")}


def snapshot(store, subject):
    return next(one for one in store.find(state="all") if one.subject == subject)


def test_only_what_was_looked_for_changes(store):
    night(store, seen=[sight("COL101", A), sight("COL101", B), sight("COL101", C)])
    other = snapshot(store, C)
    run, went = recheck(store, gone=[names(store)[A]], still=[names(store)[B]])
    assert went == {names(store)[A]}
    assert present(store) == {B, C}
    gone, still = snapshot(store, A), snapshot(store, B)
    assert (gone.gone_run, gone.gone_on, gone.states(NEXT)) == (run, NEXT, {FindingState.FIXED})
    assert (still.last_run, still.last_seen, still.message) == (run, NEXT, "有问题。")
    assert snapshot(store, C) == other


def test_what_its_rule_says_today_is_remembered_but_not_who_answers(store):
    night(store, seen=[sight("COL101", A, traits=("home",))])
    seen = sight("COL101", A, "现在是另一句话。", unit="花湖街道", traits=("other",))
    recheck(store, seen=[seen])
    now = snapshot(store, A)
    assert (now.message, now.unit, now.traits) == ("现在是另一句话。", "区教育局", ("home",))
    assert snapshot_of_run(store, 1, A).message == "有问题。"


def snapshot_of_run(store, run, subject):
    return next(one for one in store.find(state="all", run=run) if one.subject == subject)


def test_a_finding_that_no_audit_has_made_is_not_added(store):
    night(store, seen=[sight("COL101", A)])
    recheck(store, seen=[sight("COL101", B)])
    assert set(names(store)) == {A}


def test_reports_and_scores_go_on_from_the_last_audit(store):
    first = night(store, seen=[sight("COL101", A), sight("COL101", B)])
    scheme = find_scheme("district-2022")
    before = assess(store, store.run(first), scheme)
    run, _ = recheck(store, gone=[names(store)[A]])
    assert store.latest().id == first
    assert [(one.id, one.kind) for one in store.runs()] == [
        (run, RunKind.RECHECK), (first, RunKind.AUDIT),
    ]  # fmt: skip
    assert assess(store, store.run(first), scheme).scores == before.scores
    assert present(store, run=first) == {A, B}
    assert {one.subject: one.states(NEXT) for one in store.find()} == {
        B: {FindingState.OPEN, FindingState.NEW}
    }

    third = night(store, seen=[sight("COL101", A), sight("COL101", B)], day=NEXT)
    assert {one.subject: one.states(NEXT) for one in store.find(run=third)} == {
        A: {FindingState.OPEN, FindingState.BACK}, B: {FindingState.OPEN},
    }  # fmt: skip


def test_what_a_recheck_verified_counts_as_mended_in_the_next_audit(store):
    night(store, seen=[sight("COL101", A), sight("COL101", B)])
    recheck(store, gone=[names(store)[A]])
    night(store, examined=[A], seen=[sight("COL101", B)], day=NEXT)
    assert {one.subject: one.mended for one in store.find(state="all")} == {A: True, B: False}
    night(store, examined=[A], seen=[sight("COL101", B)], day=NEXT)
    assert {one.subject: one.mended for one in store.find(state="all")} == {A: False, B: False}
    assert snapshot_of_run(store, 3, A).mended


def test_what_is_gone_already_stays_gone(store):
    night(store, seen=[sight("COL101", A)])
    night(store, examined=[A])
    before = snapshot(store, A)
    recheck(store, seen=[sight("COL101", A)])
    assert snapshot(store, A) == before


@pytest.mark.parametrize("mended", [True, False])
def test_a_recheck_beside_an_audit_has_the_last_word(store, mended):
    night(store, seen=[sight("COL101", A), sight("COL101", B)])
    audit = store.start_run(as_of=DAY, sites=[SiteRecord(HOST)], units=UNITS, rules=RULES)
    # The audit came by before the page was mended (or broken), the recheck afterwards.
    looked = (sight("COL101", A),) if mended else ()
    store.record(audit, Batch(looked, (A, B)))
    name = names(store)[A]
    recheck(store, gone=[name] if mended else [], still=[] if mended else [name])
    result = store.finish_site(audit, HOST, in_force=CODES, coverage={"columns": ("complete", "")})
    store.finish_run(audit)
    assert present(store) == (set() if mended else {A})
    assert (result.gone, result.unjudged, snapshot(store, A).times_back) == (1, 1, 0)


def test_a_recheck_does_not_end_an_audit_that_is_under_way(store):
    night(store, seen=[sight("COL101", A)])
    audit = store.start_run(as_of=DAY, sites=[SiteRecord(HOST)], units=UNITS, rules=RULES)
    crashed = begin(store)
    begin(store)
    assert store.run(audit).state == "running"
    assert store.run(crashed).state == "aborted"
    with pytest.raises(StoreError):
        store.finish_recheck(crashed, HOST, [])


def test_an_aborted_recheck_changes_nothing(store):
    night(store, seen=[sight("COL101", A)])
    before = snapshot(store, A)
    run = begin(store)
    store.abort_site(run, HOST, "首页未能正常打开")
    store.finish_run(run, "unhealthy")
    assert snapshot(store, A) == before
    assert store.latest().id == 1


def test_a_warning_goes_when_its_duty_is_done_but_becomes_no_fault_in_a_recheck(store):
    due = DAY + timedelta(days=3)
    night(store, seen=[sight("COL201", A, due=due), sight("COL201", B, due=due)])
    late = sight("COL201", B, "已超1天。")
    recheck(store, gone=[names(store)[A]], seen=[late], day=due)
    assert [one.subject for one in store.find(state="warning")] == [B]
    night(store, seen=[late], day=due)
    (breach,) = store.find(state="new")
    assert (breach.subject, breach.breached_on) == (B, due)


def test_a_mended_fault_whose_next_warning_has_begun_is_a_warning(store):
    night(store, seen=[sight("COL201", A)])
    recheck(store, seen=[sight("COL201", A, due=NEXT + timedelta(days=5))])
    now = snapshot(store, A)
    assert (now.warning, now.gone_on, store.find()) == (True, NEXT, [])


def lists(store):
    run = store.latest()
    report = report_of(store, run, find_scheme("district-2022"))
    return build_fixlists(report, remember(store, report), Terms(DAY))


def rows(fixes):
    return {row.fingerprint: row for group in fixes.groups for row in group.rows}


def test_a_fix_list_leaves_out_what_is_verified_and_shows_a_claim_that_was_false(store):
    night(store, seen=[sight("COL101", A), sight("COL101", B), sight("COL101", C)])
    known = names(store)
    at = datetime(2026, 3, 1, 2, 0, 30, tzinfo=UTC)
    store.claim(
        Claim(known[one], at, "张三", "区教育局", done=True, text="已整改：已补充")
        for one in (A, B)
    )
    (before,) = lists(store)
    assert {name: row.answer for name, row in rows(before).items()} == {
        known[A]: "已整改", known[B]: "已整改", known[C]: "",
    }  # fmt: skip
    run = late_recheck(store, gone=[known[A]], still=[known[B]])
    (after,) = lists(store)
    assert set(rows(after)) == {known[B], known[C]}
    row = rows(after)[known[B]]
    assert row.claim == f"称已整改，{NEXT}复查仍存在。已整改：已补充（2026-03-01，张三）"
    assert row.answer == ""
    assert after.total == 2
    assert "此后已核实整改1项，不再列出" in after.notes[1]
    assert after.run < run


def late_recheck(store, **found):
    """A recheck that began after the claims were made: the clock of the tests is moved on."""
    usual = store._clock
    store._clock = lambda: usual() + timedelta(hours=1)
    run, _ = recheck(store, **found)
    return run


def test_a_list_of_which_all_is_verified_is_none(store):
    night(store, seen=[sight("COL101", A)])
    recheck(store, gone=[names(store)[A]])
    assert lists(store) == ()
