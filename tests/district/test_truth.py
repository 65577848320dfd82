"""How findings are compared with what is planted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from crawler.demo.truth import Fault, Truth, compare
from tests.district.generator import (
    truth,
)
from tests.district.papers.warnings import seasons

TRUTH = truth()

FOUND = {
    "code": "COL101",
    "subject": {"kind": "column", "ref": "http://a/"},
    "key": "",
    "review": False,
}
PLANTED = Fault("one", "COL101", "column", "http://a/", "leer")


def truth_of(*faults: Fault) -> Truth:
    return Truth(faults, (), {fault.id: fault for fault in faults})


def test_comparison_names_what_is_missing_and_what_is_unexpected():
    assert compare([FOUND], truth_of(PLANTED)) == ([], [])
    assert compare([], truth_of(PLANTED)) == ([PLANTED], [])
    other = {**FOUND, "code": "COL102"}
    assert compare([other], truth_of(PLANTED)) == ([PLANTED], [other])
    elsewhere = {**FOUND, "subject": {"kind": "column", "ref": "http://b/"}}
    assert compare([FOUND, elsewhere], truth_of(PLANTED)) == ([], [elsewhere])


def test_comparison_heeds_key_review_and_duplicates():
    keyed = Fault("two", "LNK106", "site", "host", "", key="a blocked", review=True)
    found = {
        "code": "LNK106",
        "subject": {"kind": "site", "ref": "host"},
        "key": "a blocked",
        "review": True,
    }
    assert compare([found], truth_of(keyed)) == ([], [])
    assert compare([{**found, "key": "b blocked"}], truth_of(keyed))[0] == [keyed]
    assert compare([found, found], truth_of(keyed)) == ([], [found])
    sure = {**found, "review": False}
    assert compare([sure], truth_of(keyed)) == ([keyed], [sure])


def test_comparison_leaves_out_what_the_audit_could_not_tell():
    dark = Fault("three", "COL101", "column", "http://a/", "", needs=("browser",))
    blind = Fault("four", "COL103", "column", "http://a/", "", needs=("!browser",))
    unread = {**FOUND, "code": "COL103"}
    assert compare([], truth_of(dark, blind), {"browser"}) == ([dark], [])
    assert compare([FOUND], truth_of(dark, blind), {"browser"}) == ([], [])
    assert compare([unread], truth_of(dark, blind), {"ipv6"}) == ([], [])
    assert compare([], truth_of(dark, blind)) == ([blind], [])


def test_comparison_takes_no_warning_for_a_fault_nor_a_fault_for_a_warning():
    soon = replace(PLANTED, id="five", warning=True)
    warned = {**FOUND, "due": "2026-03-05"}
    assert compare([], truth_of(soon), (), [warned]) == ([], [])
    assert compare([FOUND], truth_of(soon), (), []) == ([soon], [FOUND])
    assert compare([], truth_of(PLANTED), (), [warned]) == ([PLANTED], [warned])
    assert compare([FOUND], truth_of(PLANTED, soon)) == ([], [])


def test_every_season_comes_round_in_a_year_and_some_warnings_are_there_on_every_day():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert set().union(*map(seasons, days)) == {
        need for fault in TRUTH.faults if fault.warning for need in fault.needs
    }
    always = {fault.code for fault in TRUTH.faults if fault.warning and not fault.needs}
    assert always == {"COL203", "DLG210", "POL103"}
    assert sum("update-due" in seasons(day) for day in days) > 340


def test_truth_without_a_mended_fault_leaves_its_companions_out_too():
    rest = TRUTH.without(["plt202-dead-entry"])
    assert {one.id for one in TRUTH.faults} - {one.id for one in rest.faults} == {
        "plt202-dead-entry",
        "lnk101-dead-entry",
    }
