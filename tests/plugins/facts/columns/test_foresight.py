"""When a warning is in place, and which period is running."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from plugins.facts.columns.foresight import ahead, day_after, soon, soon_again
from plugins.facts.language.periods import Period, Window, ended, running, year_of

TODAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("left", "days", "told"), [(1, 5, True), (5, 5, True), (6, 5, False), (0, 5, False), (-1, 5, False), (1, 0, False)]
)  # fmt: skip
def test_only_the_last_days_before_the_breach_are_told(left, days, told):
    assert soon(TODAY + timedelta(days=left), TODAY, days) is told


@pytest.mark.parametrize(
    ("length", "left", "told"), [(15, 5, True), (15, 6, False), (8, 4, True), (8, 5, False), (7, 1, False), (2, 1, False)]
)  # fmt: skip
def test_what_comes_round_is_told_in_the_second_half_of_its_time(length, left, told):
    due = TODAY + timedelta(days=left)
    assert soon_again(due, TODAY, 5, due - timedelta(days=length)) is told


def test_the_days_left_are_counted_to_the_first_day_of_the_breach():
    assert ahead(day_after(TODAY), TODAY) == "距逾期还有1天"


@pytest.mark.parametrize("period", [Period.MONTH, Period.QUARTER, Period.HALF])
def test_what_is_running_has_not_ended_and_ends_the_day_before_it_has(period):
    now = running(period, TODAY)
    assert now.open <= TODAY <= now.close
    assert now not in ended(period, now.close)
    assert now in ended(period, day_after(now.close))


def test_the_year_that_is_running():
    assert year_of(TODAY) == Window(date(2026, 1, 1), date(2026, 12, 31))
