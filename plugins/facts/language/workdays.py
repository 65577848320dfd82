"""Working days in China: weekends, public holidays and the weekends worked in exchange (调休).

Source: the library chinesecalendar (2004 to the year it was last issued for) and, above it, the
table ``workdays.toml`` beside this module for years that the library does not know yet. A year that
neither knows is *unknown*: it is never guessed, and callers say so.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import chinese_calendar

from plugins.errors import ConfigurationError, Problem

TABLE = Path(__file__).with_name("workdays.toml")
SATURDAY = 5
KEYS = {"holidays", "workdays", "source"}


@dataclass(frozen=True, slots=True)
class Year:
    """What is special in one year: days off besides weekends, and weekends that are worked."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()


def read_years(path: Path) -> dict[int, Year]:
    """The extra years of a table like ``workdays.toml``; ConfigurationError with every problem."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError([Problem(str(path), f"不是有效的 TOML：{error}")]) from error
    problems: list[Problem] = []
    years: dict[int, Year] = {}
    for name, row in table.items():
        if name.isdecimal() and isinstance(row, dict):
            years[int(name)] = _year(str(path), name, row, problems)
        else:
            problems.append(Problem(str(path), "节名应为年份，如 [2027]", field=name))
    if problems:
        raise ConfigurationError(problems)
    return years


def _year(file: str, name: str, row: dict[str, object], problems: list[Problem]) -> Year:
    """One year of the table; what is wrong is added to ``problems``."""
    days: dict[str, frozenset[date]] = {}
    for key, value in row.items():
        field = f"{name}.{key}"
        if key not in KEYS:
            problems.append(Problem(file, "不认识的字段", field=field))
        elif key == "source":
            continue
        elif not isinstance(value, list) or not all(type(day) is date for day in value):
            problems.append(Problem(file, "应为日期列表，如 [2027-01-01]", field=field))
        elif any(day.year != int(name) for day in value):
            problems.append(Problem(file, f"含有不属于{name}年的日期", field=field))
        else:
            days[key] = frozenset(value)
    if "holidays" not in row:
        problems.append(Problem(file, "缺少放假日期 holidays", field=name))
    return Year(**days)


@cache
def _extra_years() -> dict[int, Year]:
    return read_years(TABLE)


def is_workday(day: date) -> bool | None:
    """Whether offices work on this day; None where the calendar of its year is not known."""
    year = _extra_years().get(day.year)
    if year:
        return day in year.workdays or (day.weekday() < SATURDAY and day not in year.holidays)
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def next_workday(day: date) -> date | None:
    """The day itself if it is worked, else the next one that is; None where the calendar ends."""
    while True:
        worked = is_workday(day)
        if worked is None:
            return None
        if worked:
            return day
        day += timedelta(days=1)


def workdays_between(start: date, end: date) -> int | None:
    """Working days after ``start`` up to and with ``end`` (答复时限 counts so); None = unknown."""
    days = [is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1)]
    return None if None in days else sum(1 for worked in days if worked)


def add_workdays(start: date, count: int) -> date | None:
    """The ``count``-th working day after ``start``; None where a year's calendar is not known."""
    day: date | None = start
    for _ in range(count):
        day = next_workday(day + timedelta(days=1)) if day is not None else None
    return day
