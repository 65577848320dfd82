"""How often a column has been updated, and the update duty that this suggests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from plugins.facts.columns.duty import Duty, default_duty

LOOKED_BACK = timedelta(days=730)
FEWEST = 4
# With fewer pauses than these a rhythm is hardly one: the next longer duty is proposed.
FIRM = 6
SILENT = 365
STEPS = (14, 30, 90, 180, 365)
# So many years in the same months are a habit; with more months in a year it is no yearly column.
YEARS = 3
MOST_MONTHS = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A duty, None where the dates suggest none, and what it rests on (Chinese)."""

    duty: Duty | None
    why: str


def suggest(name: str, column_type: str, dates: Iterable[date], today: date) -> Suggestion:
    """The duty for a list column, from its name, type and the days of its entries.

    The national demand comes first; else the rhythm, rounded up so that the column as it stands
    keeps to it; nothing for columns that are silent or of which little is known.
    """
    days = sorted({day for day in dates if day <= today})
    seen = _seen(days, today)
    national = default_duty(name, column_type)
    if national is not None:
        return Suggestion(national, f"国家检查指标对此类栏目的要求；{seen}")
    if len(days) < FEWEST:
        return Suggestion(None, f"{seen}，看不出更新规律，请填写")
    silent = (today - days[-1]).days
    if silent > SILENT:
        return Suggestion(None, f"{seen}，已{silent}天没有更新，请核实是停用还是漏更新")
    yearly = _yearly(days, today)
    if yearly:
        duty = Duty.read(yearly)
        due = duty.due(days[-1])
        if due is not None and due < today:
            # What is late by its own habit may as well have ended: that is for the office to say.
            return Suggestion(None, f"{seen}；历年合于“{yearly}”而今年没有，如仍须更新请填写")
        return Suggestion(duty, f"{seen}，历年都在这些月份")
    gaps = _gaps(days, today)
    steps = [step for step in STEPS if step >= max(gaps)]
    if not steps:
        return Suggestion(None, f"{seen}，间隔很不规则，请填写")
    if len(gaps) < FIRM and len(steps) > 1:
        return Suggestion(Duty.read(steps[1]), f"{seen}，信息不多，期限放宽一档")
    return Suggestion(Duty.read(steps[0]), f"{seen}，取能够容纳的最短期限")


def _gaps(days: list[date], today: date) -> list[int]:
    """The pauses of the last two years, that since the newest entry included."""
    since = max(days[0], today - LOOKED_BACK)
    recent = [day for day in days if day >= since]
    return [(later - one).days for one, later in pairwise([*recent, today])]


def _seen(days: list[date], today: date) -> str:
    if not days:
        return "没有一条信息带日期"
    gaps = _gaps(days, today)
    if len(days) < FEWEST or not gaps:
        return f"只读到{len(days)}个发布日，最新{days[-1]}"
    recent = sum(day >= today - LOOKED_BACK for day in days)
    return (
        f"近两年有{recent}个发布日，间隔中位数{median(gaps):g}天、最长{max(gaps)}天，最新{days[-1]}"
    )


def _yearly(days: list[date], today: date) -> str:
    """``每年2月、9月`` where every year that was seen whole has entries in the same one or two months."""
    years = range(days[0].year, today.year)
    by_year = [{day.month for day in days if day.year == year} for year in years]
    if len(by_year) < YEARS or not by_year[0] or len(by_year[0]) > MOST_MONTHS:
        return ""
    months = by_year[0]
    this_year = {day.month for day in days if day.year == today.year}
    if any(found != months for found in by_year) or not this_year <= months:
        return ""
    return "每年" + "、".join(f"{month}月" for month in sorted(months))
