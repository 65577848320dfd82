"""Digests: what changed since the last one that was sent, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from findings.letters.digest import DigestChange, build_digest
from findings.letters.letters import MOST_ROWS, digest_letter
from findings.records.records import Verdict
from findings.store.store import Store
from plugins import Evidence, Unit
from tests.findings.nights import DAY, night, page, sight

A, B, C = (page(f"http://demo.example/{name}") for name in "abc")


@pytest.fixture
def store():
    with Store.open("sqlite://") as opened:
        yield opened


def digest(store, last=None, unit=""):
    run = store.latest()
    before = store.as_it_was(last) if last else ()
    since = store.run(last).as_of if last else None
    return build_digest(run, store.as_it_was(run.id), before, since=since, unit=unit)


def told(made):
    return [(row.change.value, row.message) for row in made.rows]


def later(days):
    return DAY + timedelta(days=days)


def test_new_back_fixed_and_warning(store):
    night(store, seen=[sight("COL101", B, "会复发。")])
    last = night(
        store, seen=[sight("COL101", A, "会改好。"), sight("COL201", C, "一直在。")], examined=[B]
    )
    warning = sight("LNK101", C, "快到期。", due=later(9))
    night(
        store,
        seen=[sight("COL101", B, "会复发。"), sight("COL201", C, "一直在。"), sight("POL101", C, "新的。"), warning],
        examined=[A],
        day=later(1),
    )  # fmt: skip
    made = digest(store, last)
    assert told(made) == [
        ("new", "新的。"),
        ("back", "会复发。"),
        ("warning", "快到期。"),
        ("fixed", "会改好。"),
    ]
    assert made.of(DigestChange.WARNING)[0].last_day == later(8).isoformat()
    assert (made.standing, made.warnings) == (3, 1)


def test_a_quiet_night_tells_nothing(store):
    seen = [sight("COL101", A), sight("LNK101", B, "距到期还有9天。", due=later(9))]
    last = night(store, seen=seen)
    night(store, seen=[seen[0], sight("LNK101", B, "距到期还有8天。", due=later(9))], day=later(1))
    assert not digest(store, last).changed


def test_nights_in_between_are_not_lost_and_what_came_and_went_is_not_told(store):
    last = night(store, seen=[sight("COL101", A)])
    night(
        store, seen=[sight("COL101", A), sight("COL101", B, "留下。"), sight("COL101", C, "来去。")]
    )
    night(store, seen=[sight("COL101", A), sight("COL101", B, "留下。")], examined=[C])
    assert told(digest(store, last)) == [("new", "留下。")]


def test_a_night_of_another_site_does_not_hide_what_happened_here(store):
    last = night(store, seen=[sight("COL101", A)])
    night(store, seen=[sight("COL101", A), sight("COL101", B, "新的。")])
    night(store, host="other.example")
    assert told(digest(store, last)) == [("new", "新的。")]


def test_a_warning_that_became_a_breach_is_new_and_a_duty_done_in_time_is_no_change(store):
    last = night(store, seen=[sight("LNK101", A, due=later(3)), sight("LNK101", B, due=later(3))])
    night(store, seen=[sight("LNK101", A, "逾期。")], examined=[B], day=later(3))
    assert told(digest(store, last)) == [("new", "逾期。")]


def test_doubts_rejected_and_exempt_are_not_told(store):
    last = night(store)
    night(
        store,
        seen=[sight("COL101", A, review=True), sight("COL101", B), sight("COL101", C)],
    )
    one, two = (next(f for f in store.find() if f.subject == s) for s in (B, C))
    store.decide(one.fingerprint, Verdict.REJECTED, why="误报")
    store.decide(two.fingerprint, Verdict.EXEMPT, why="改版中")
    made = digest(store, last)
    assert (made.changed, made.standing, made.reviews) == (False, 0, 1)


def test_an_exemption_that_ran_out_is_told(store):
    last = night(store, seen=[sight("COL101", A, "豁免过。")])
    (found,) = store.find()
    store.decide(found.fingerprint, Verdict.EXEMPT, why="改版中", until=DAY)
    night(store, seen=[sight("COL101", A, "豁免过。")], day=later(1))
    assert told(digest(store, last)) == [("lapsed", "豁免过。")]


def test_a_unit_is_told_of_its_own_by_all_its_names_and_of_what_became_its_own(store):
    units = (Unit("区教育局", aliases=("教育局",)), Unit("花湖街道", "street"))
    seen = [
        sight("COL101", A, "教育的。", unit="教育局"),
        sight("COL101", B, "街道的。", unit="花湖街道"),
    ]
    last = night(store, seen=seen, units=units)
    assert [row.unit for row in digest(store, unit="区教育局").rows] == ["区教育局"]
    night(store, seen=[seen[0], sight("COL101", B, "街道的。", unit="区教育局")], units=units)
    assert told(digest(store, last, unit="区教育局")) == [("new", "街道的。")]
    assert not digest(store, last, unit="花湖街道").changed
    assert not digest(store, last).changed


def test_the_letter_says_unit_words_and_page_and_keeps_its_measure(store):
    nasty = '<img src=x onerror=alert(1)> "引号"'
    seen = [
        sight(
            "COL101",
            page(f"/{n}"),
            nasty,
            key=str(n),
            where=(Evidence("javascript:alert(1)", nasty, "nav"),),
        )
        for n in range(MOST_ROWS + 7)
    ]
    night(store, seen=seen)
    letter = digest_letter(digest(store))
    assert f"新增{MOST_ROWS + 7}项" in letter.subject
    assert "另有7项未列出" in letter.text()
    assert "单位：区教育局" in letter.text()
    assert "<img" not in letter.html()
    assert 'href="javascript' not in letter.html()
    assert len(letter.brief()) <= 1500
    assert "<script" not in letter.html()


def test_two_digests_that_say_the_same_have_one_content(store):
    night(store, seen=[sight("COL101", A)])
    assert digest_letter(digest(store)).content == digest_letter(digest(store)).content
    other = digest(store, unit="区教育局")
    assert digest_letter(other).content != digest_letter(digest(store)).content


def test_the_first_digest_says_that_it_is_the_first(store):
    night(store, seen=[sight("COL101", A)], day=date(2026, 3, 5))
    assert "这是第一份摘要" in digest_letter(digest(store)).text()
