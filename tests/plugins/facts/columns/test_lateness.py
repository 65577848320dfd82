"""How late a column is by the national measure, whatever its own duty says."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.facts.columns.column import Column
from plugins.facts.columns.lateness import lateness

# 2026-03-02 is a Monday; two weeks later is one too.
LATEST = date(2026, 3, 2)
URL = "http://www.example.gov.cn/a/"


@pytest.mark.parametrize(
    ("name", "crumbs", "day", "traits"),
    [
        ("工作动态", (), date(2026, 3, 16), ()),
        ("工作动态", (), date(2026, 3, 17), ("stale-news",)),
        ("工作动态", ("首页", "部门", "教育局"), date(2026, 3, 17), ("stale-news",)),
        ("通知公告", (), date(2026, 8, 31), ()),
        ("通知公告", (), date(2026, 9, 1), ("stale-notices",)),
        ("政策文件", (), date(2026, 9, 1), ("stale-papers",)),
        ("政策文件", ("首页", "政务公开"), date(2026, 9, 1), ("stale-papers",)),
        # Below the first level the indicators ask nothing of papers.
        ("政策文件", ("首页", "部门", "教育局"), date(2026, 9, 1), ()),
        ("财政预算", (), date(2027, 3, 2), ()),
        ("财政预算", (), date(2027, 3, 3), ("stale-year",)),
        ("2024年工作动态", (), date(2027, 3, 2), ()),
        ("工作动态", (), date(2027, 3, 3), ("stale-news", "stale-year")),
    ],
)
def test_lateness_is_the_national_measure(name, crumbs, day, traits):
    column = Column(url=URL, key=URL, name=name, crumbs=(*crumbs, name))
    assert lateness(column, LATEST, day) == traits


def test_a_due_day_on_a_holiday_is_moved_before_it_counts():
    # Two weeks after 2026-09-18 is in the National Day holiday.
    column = Column(url=URL, key=URL, name="工作动态")
    assert lateness(column, date(2026, 9, 18), date(2026, 10, 5)) == ()
    assert lateness(column, date(2026, 9, 18), date(2026, 10, 20)) == ("stale-news",)
