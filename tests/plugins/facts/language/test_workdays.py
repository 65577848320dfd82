"""Working days: holidays and weekends in exchange are known, an unknown year is never guessed."""

from datetime import date

import pytest

from plugins.errors import ConfigurationError
from plugins.facts.language.workdays import (
    TABLE,
    Year,
    is_workday,
    next_workday,
    read_years,
    workdays_between,
)


def test_holidays_and_weekends_worked_in_exchange_are_known():
    assert is_workday(date(2024, 2, 5)) is True
    assert is_workday(date(2024, 2, 12)) is False  # 春节
    assert is_workday(date(2024, 2, 18)) is True  # a Sunday worked in exchange
    assert is_workday(date(2024, 2, 24)) is False


def test_a_year_that_no_calendar_knows_is_unknown():
    assert is_workday(date(2200, 3, 3)) is None
    assert next_workday(date(2200, 3, 3)) is None
    assert workdays_between(date(2200, 3, 3), date(2200, 3, 9)) is None


def test_the_next_working_day_skips_a_whole_holiday():
    assert next_workday(date(2024, 10, 1)) == date(2024, 10, 8)
    assert next_workday(date(2024, 10, 8)) == date(2024, 10, 8)


def test_working_days_are_counted_from_the_day_after():
    assert workdays_between(date(2024, 9, 30), date(2024, 10, 9)) == 2
    assert workdays_between(date(2024, 9, 30), date(2024, 9, 30)) == 0


def test_the_table_inside_the_package_can_be_read():
    assert all(isinstance(year, Year) for year in read_years(TABLE).values())


def test_a_table_of_further_years_is_read(tmp_path):
    table = tmp_path / "years.toml"
    table.write_text("[2031]\nholidays = [2031-01-01]\nworkdays = [2031-01-04]\nsource = '国办'\n")
    assert read_years(table) == {
        2031: Year(frozenset({date(2031, 1, 1)}), frozenset({date(2031, 1, 4)}))
    }


def test_a_table_is_refused_with_every_problem(tmp_path):
    table = tmp_path / "years.toml"
    table.write_text(
        "x = 1\n[2031]\nworkdays = ['1月4日']\nhollidays = []\n[2032]\nholidays = [2031-01-01]\n"
    )
    with pytest.raises(ConfigurationError) as caught:
        read_years(table)
    assert [problem.field for problem in caught.value.problems] == [
        "x",
        "2031.workdays",
        "2031.hollidays",
        "2031",
        "2032.holidays",
    ]


def test_a_broken_table_is_refused(tmp_path):
    table = tmp_path / "years.toml"
    table.write_text("[2031\n")
    with pytest.raises(ConfigurationError):
        read_years(table)
