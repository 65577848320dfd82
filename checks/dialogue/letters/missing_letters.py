"""来信选登有月份没有更新。

为什么：来信选登是区长信箱办理情况的公开窗口，要点要求每月至少更新1条。
看什么：来信选登、信件公开等栏目（没有的，看领导信箱、留言的列表）合在一起，按每条的日期归到月份，看最近一个已结束月份所在的自然年：哪几个已经结束的月份一条都没有。
不报：还没有过完的月份；第一条之前的月份（栏目可能刚开）；没有一条带日期的；没有此类列表栏目的网站。
整改：补登所缺月份的来信和答复，今后每月至少一条。
依据：《黄石港区2022年政务公开工作要点》第（十）条“区长信箱来信选登每月至少更新、报送1条”（地方规定）。

要求编号R12。一年报一条，写明缺哪几个月。可调整：monthly（每月条数，默认1）、warn_days（月底前几天起对本月还没有来信的预警，默认5，0为不预警；当年已有缺月的不另预警，预警不扣分）。
全站没有巡查完整、列表没有读全、有来信读不出日期时，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.census.census import Census, PieceKind
from plugins.facts.columns.foresight import ahead, day_after, soon
from plugins.facts.language.periods import Period, ended, running, told
from plugins.facts.site.doubts import unread, unseen


@dataclass(frozen=True)
class Options:
    """Letters that must come out in each month, and days ahead of its end with a warning (0 = none)."""

    monthly: int = 1
    warn_days: int = 5


RULE = Rule(
    __doc__,
    code="DLG203",
    severity=Severity.MAJOR,
    deduct=1,
    options=Options(),
    requirements=("R12",),
    confidence=Confidence.HIGH,
    absence=True,
)
WORDS = re.compile("来信|信箱|信件|选登|留言|反映|咨询|投诉|建议|关于")
CHOSEN = re.compile("选登|公开|回复|答复")
PLACES = 5


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a year that has months without letters."""
    census = known(Census, site)
    columns = census.places.get(PieceKind.LETTER, ())
    # Where chosen letters have their own column, the list of all letters does not stand in for it.
    columns = tuple(one for one in columns if CHOSEN.search(one.name)) or columns
    places = {column.url for column in columns}
    letters = [
        one
        for one in census.pieces.get(PieceKind.LETTER, ())
        if one.column in places or not one.column
    ]
    dated = [one for one in letters if one.day and one.day <= site.today]
    windows = ended(Period.MONTH, site.today)
    if not columns or not dated or not windows:
        return
    first = min(one.day for one in dated if one.day)
    now = running(Period.MONTH, site.today)
    due = day_after(now.close)
    counts = {
        window: sum(window.open <= one.day <= window.close for one in dated if one.day)
        for window in (*windows, now)
    }
    missing = [
        window
        for window, count in counts.items()
        if window != now and count < options.monthly and window.close >= first
    ]
    # A year that lacks a month is a fault already; December's warning is the old year's last.
    warning = (
        counts[now] < options.monthly
        and soon(due, site.today, options.warn_days)
        and not (missing and missing[0].open.year == now.open.year)
    )
    if not missing and not warning:
        return
    doubts = unseen(site, WORDS) + unread(census.unclear.get(PieceKind.LETTER, ()), most=None)
    if undated := len(letters) - len(dated):
        doubts += f"另有{undated}条来信读不出日期"
    newest = max(dated, key=lambda one: (one.day or site.today, one.key))
    units = {column.unit for column in columns}
    least = "" if options.monthly == 1 else f"不足{options.monthly}条的月份："
    recent = f"（每月至少{options.monthly}条，最近一条是{newest.day}的“{newest.title}”）"
    where = tuple(Evidence(column.url, column.name, "list") for column in columns[:PLACES])
    unit = units.pop() if len(units) == 1 else ""
    if missing:
        months = "、".join(f"{window.open.month}月" for window in missing)
        yield Finding(
            f"来信选登{windows[0].open.year}年缺{least}{months}{recent}{doubts.aside()}。",
            key=str(windows[0].open.year),
            where=where,
            review=bool(doubts),
            unit=unit,
        )
    if warning and not doubts:
        yield Finding(
            f"来信选登{told(now)}还缺{options.monthly - counts[now]}条{recent}，{ahead(due, site.today)}。",
            key=str(now.open.year),
            where=where,
            unit=unit,
            due=due,
        )
