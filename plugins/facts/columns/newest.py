"""The newest date of a page's rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plugins.facts.columns.column import Entry
from plugins.facts.language.dates import path_day
from plugins.why import Judge, Test, saw


def _proved(rows: Sequence[Entry], home: bool) -> date | None:
    """On a home page: a printed month and day whose year the address proves, if it is the newest."""
    dated = max((entry.date for entry in rows if entry.date), default=date.min)
    proved = [(day, entry.title) for entry in rows if home and (day := proved_day(entry))]
    day, title = max(proved, default=(date.min, ""))
    if day <= dated:
        return None
    saw(title)
    return day


def _dated(rows: Sequence[Entry], _home: bool) -> date | None:
    """The greatest of the full dates."""
    dated = [entry for entry in rows if entry.date]
    saw(f"{len(rows)}行，{len(dated)}行有完整日期")
    day = max((entry.date for entry in dated if entry.date), default=None)
    if day is not None:
        saw(next(entry.title for entry in dated if entry.date == day))
    return day


NEWEST: Judge[[Sequence[Entry], bool], date] = Judge(
    "newest",
    (
        Test("首页上最晚的是只印月日的行，年份由它的地址写明", _proved),
        Test("各行完整日期中最晚的一个", _dated),
    ),
)


def newest_of(rows: Sequence[Entry], home: bool) -> date | None:
    """The greatest date of some rows.

    ``home``: rows that print month and day only count where their address has the same month and
    day, with its year. The date is then printed, only the year is taken from the address.
    """
    return NEWEST(rows, home)


def proved_day(entry: Entry) -> date | None:
    """The day of a row that prints ``MM-DD`` and whose address holds the same month and day."""
    day = path_day(entry.url) if entry.shown else None
    return day if day and day.strftime("%m-%d") == entry.shown else None
