"""Windows that have ended, and their names."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.facts.language.periods import Period, ended, told, year_before


@pytest.mark.parametrize(
    ("period", "today", "names"),
    [
        (Period.QUARTER, date(2026, 1, 10), ["2025年第1季度", "2025年第2季度", "2025年第3季度", "2025年第4季度"]),
        (Period.QUARTER, date(2026, 3, 31), ["2025年第1季度", "2025年第2季度", "2025年第3季度", "2025年第4季度"]),
        (Period.QUARTER, date(2026, 4, 1), ["2026年第1季度"]),
        (Period.QUARTER, date(2026, 6, 30), ["2026年第1季度"]),
        (Period.QUARTER, date(2026, 12, 31), ["2026年第1季度", "2026年第2季度", "2026年第3季度"]),
        (Period.MONTH, date(2026, 3, 1), ["2026年1月", "2026年2月"]),
        (Period.MONTH, date(2026, 1, 31), [f"2025年{month}月" for month in range(1, 13)]),
    ],
)  # fmt: skip
def test_only_what_has_ended_is_judged(period: Period, today: date, names: list[str]) -> None:
    assert [told(window) for window in ended(period, today)] == names


@given(
    st.dates(date(2010, 1, 1), date(2050, 12, 31)),
    st.sampled_from([Period.MONTH, Period.QUARTER, Period.HALF]),
)
def test_windows_follow_each_other_within_one_year_up_to_today(today: date, period: Period) -> None:
    found = ended(period, today)

    assert found
    assert all(window.close < today for window in found)
    assert {window.open.year for window in found} == {found[0].open.year}
    for one, other in pairwise(found):
        assert other.open == one.close + timedelta(days=1)


def test_the_year_that_ended_is_the_last_one() -> None:
    assert told(year_before(date(2026, 1, 1))) == "2025年"
    assert told(year_before(date(2026, 12, 31))) == "2025年"
