"""How late a column is by the national measure, whatever its own duty says: traits for schemes.

国办秘函〔2019〕19号“栏目不更新” counts 动态、要闻 columns after 2 weeks, 通知公告、政策文件 of the first level
after 6 months, and columns that are 长期未更新, for which it states no time: here a year, as monitoring
services have it for all other classes (domain.md §9.1). A column may break its registered duty long
before the national line, and a veto must not strike on that.
"""

from __future__ import annotations

from datetime import date, timedelta

from plugins.facts.columns import limits
from plugins.facts.columns.column import Column
from plugins.facts.columns.duty import NEWS_DUTY, default_duty

STALE_NEWS = "stale-news"
STALE_NOTICES = "stale-notices"
STALE_PAPERS = "stale-papers"
STALE_YEAR = "stale-year"


def lateness(column: Column, latest: date, day: date) -> tuple[str, ...]:
    """The traits of a column whose newest entry is of ``latest``, on a day."""
    found = []
    duty = default_duty(column.name, column.type)
    deadline = duty.deadline(latest) if duty else None
    if deadline and day > deadline.day:
        if duty is NEWS_DUTY:
            found.append(STALE_NEWS)
        elif len(column.above) < limits.DEEP:
            found.append(STALE_PAPERS if "文件" in column.name else STALE_NOTICES)
    if day - latest > timedelta(days=limits.LONG_DAYS):
        found.append(STALE_YEAR)
    return tuple(found)
