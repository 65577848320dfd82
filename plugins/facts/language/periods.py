"""Windows of the calendar in which something is due: weeks, months, quarters, halves and their parts."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple


class Period(StrEnum):
    """How often a window comes round."""

    WORKDAY = "workday"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Part(StrEnum):
    """Which part of a month (1–10, 11–20, 21–end) or quarter (1st, 2nd, 3rd month)."""

    WHOLE = "whole"
    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"


# As the register spells them; 每年 goes by named months and is read elsewhere.
PERIODS = {
    "每工作日": Period.WORKDAY,
    "每周": Period.WEEK,
    "每月": Period.MONTH,
    "每季度": Period.QUARTER,
    "每半年": Period.HALF,
}
LENGTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF: 6}
MONTHS = 12


class Window(NamedTuple):
    """First and last day of a window."""

    open: date
    close: date


def year_before(today: date) -> Window:
    """The last calendar year that has ended."""
    return Window(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))


def year_of(today: date) -> Window:
    """The calendar year that is running."""
    return Window(date(today.year, 1, 1), date(today.year, 12, 31))


def running(period: Period, today: date) -> Window:
    """The month, quarter or half that is running."""
    return next(
        window
        for window in _year_windows(period, Part.WHOLE, (), today.year)
        if window.open <= today <= window.close
    )


def ended(period: Period, today: date) -> tuple[Window, ...]:
    """The months, quarters or halves that have ended, of the year in which the last one ended.

    In January the twelve months of the year before; in May the four of this year. The window that
    is still running is never among them.
    """
    length = LENGTHS[period]
    year = today.year if today.month > length else today.year - 1
    found = _year_windows(period, Part.WHOLE, (), year)
    return tuple(window for window in found if window.close < today)


def told(window: Window) -> str:
    """A window's name in Chinese: 2026年, 2026年第1季度, 2026年3月, or its two days."""
    first, last = window
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}年"
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        months = last.month - first.month + 1
        if months == 1:
            return f"{first.year}年{first.month}月"
        if months == LENGTHS[Period.QUARTER]:
            return f"{first.year}年第{last.month // months}季度"
    return f"{first}至{last}"


def windows(
    period: Period, part: Part, months: Sequence[tuple[int, Part]], around: date
) -> Iterator[Window]:
    """Windows in order of opening, from the one before or around a day, without end."""
    if period is Period.WEEK:
        monday = around - timedelta(days=around.weekday())
        while True:
            yield Window(monday, monday + timedelta(days=6))
            monday += timedelta(days=7)
    year = around.year
    while True:
        yield from _year_windows(period, part, months, year)
        year += 1


def _year_windows(
    period: Period, part: Part, months: Sequence[tuple[int, Part]], year: int
) -> Iterator[Window]:
    if period is Period.YEAR:
        # By opening day: 2月 (1st) and 2月底 (21st) may both be named.
        yield from sorted(_month(year, month, which) for month, which in months)
        return
    length = LENGTHS[period]
    for first in range(1, MONTHS + 1, length):
        if period is Period.MONTH:
            yield _month(year, first, part)
        elif part is Part.WHOLE:
            yield Window(date(year, first, 1), _month(year, first + length - 1, Part.WHOLE).close)
        else:
            place = (Part.FIRST, Part.MIDDLE, Part.LAST).index(part)
            yield _month(year, first + place, Part.WHOLE)


def _month(year: int, month: int, part: Part) -> Window:
    last = calendar.monthrange(year, month)[1]
    first, end = {
        Part.WHOLE: (1, last),
        Part.FIRST: (1, 10),
        Part.MIDDLE: (11, 20),
        Part.LAST: (21, last),
    }[part]
    return Window(date(year, month, first), date(year, month, end))
