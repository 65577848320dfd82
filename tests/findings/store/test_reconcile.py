"""Reconcile against a model so simple that it can be read: over any nights, both must agree."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from findings.records.reconcile import Look
from findings.records.records import Presence, Verdict
from findings.store.store import Store
from tests.findings.nights import DAY, night, page, sight

CODES = ("COL101", "LNK101")
PAGES = tuple(page(f"http://demo.example/{name}") for name in "abc")
PAIRS = [(code, subject) for code in CODES for subject in PAGES]
some = st.frozensets

nights = st.fixed_dictionaries(
    {
        "there": some(st.sampled_from(PAIRS)),
        "reached": some(st.sampled_from(PAGES)),
        "in_force": some(st.sampled_from(CODES)),
        "crashes": some(st.sampled_from(PAIRS), max_size=2),
        "not_judged": some(st.sampled_from(PAIRS), max_size=1),
        "end": st.sampled_from(["finished", "finished", "finished", "aborted", "unhealthy"]),
    }
)


def model(history):
    """(code, page) → [present, times back, first, last], told in plain words."""
    known = {}
    for n, told in enumerate(history):
        if told["end"] != "finished":
            continue
        for pair in PAIRS:
            code, subject = pair
            ran = (
                subject in told["reached"]
                and code in told["in_force"]
                and pair not in told["crashes"]
            )
            if ran and pair in told["there"]:
                entry = known.setdefault(pair, [True, 0, n, n])
                entry[1] += not entry[0]
                entry[0], entry[3] = True, n
            elif ran and pair in known and pair not in told["not_judged"]:
                known[pair][0] = False
    return known


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(nights, max_size=7), st.data())
@pytest.mark.slow
def test_the_store_agrees_with_the_model(history, data):
    with Store.open("sqlite://") as store:
        verdicts = {}
        for n, told in enumerate(history):
            seen = [
                sight(code, subject)
                for code, subject in sorted(told["there"])
                if subject in told["reached"]
                and code in told["in_force"]
                and (code, subject) not in told["crashes"]
            ]
            night(
                store,
                seen=seen,
                examined=told["reached"],
                errors=told["crashes"],
                in_force=told["in_force"],
                not_judged={(code, subject.ref) for code, subject in told["not_judged"]},
                day=DAY + timedelta(days=n),
                end=told["end"],
            )
            found = store.find(state="all")
            if found and data.draw(st.booleans()):
                chosen = data.draw(st.sampled_from(found))
                verdicts[chosen.fingerprint] = data.draw(st.sampled_from(Verdict))
                store.decide(chosen.fingerprint, verdicts[chosen.fingerprint])
            known = {
                (item.code, item.subject): [
                    item.present,
                    item.times_back,
                    (item.first_seen - DAY).days,
                    (item.last_seen - DAY).days,
                ]
                for item in store.find(state="all")
            }
            assert known == model(history[: n + 1])
        after = {item.fingerprint: item.verdict for item in store.find(state="all")}
        assert {name: after[name] for name in verdicts} == verdicts
        for n, _ in enumerate(history):
            past = {
                (item.code, item.subject): [item.present, item.times_back]
                for item in store.find(state="all", run=n + 1)
            }
            assert past == {pair: entry[:2] for pair, entry in model(history[: n + 1]).items()}
        assert all(item.presence in Presence for item in store.find(state="all"))


def test_days_that_pass_are_no_change_but_dates_are():
    look = Look("最迟应于2026-02-01更新，已超14天。")
    assert look.same_as(Look("最迟应于2026-02-01更新，已超15天。"))
    dated = Look("最迟应于2026-02-01更新，至2026-02-15已超14天。")
    assert dated.same_as(Look("最迟应于2026-02-01更新，至2026-02-16已超15天。"))
    assert not dated.same_as(Look("最迟应于2026-02-02更新，至2026-02-15已超14天。"))
    assert look.same_as(Look("最迟应于2026-02-01更新，已超3个工作日。")) is False
    assert look.same_as(Look("最迟应于2026-02-02更新，已超14天。")) is False


def test_evidence_in_another_order_is_no_change():
    one, two = ("http://a", "甲", "nav"), ("http://b", "乙", "list")
    assert Look("x", (one, two)).same_as(Look("x", (two, one)))
    assert not Look("x", (one, two)).same_as(Look("x", (one,)))
