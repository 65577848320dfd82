"""单位没有公开部门预算或决算。

为什么：预算决算公开是法定义务，钱从哪里来、花到哪里去，每个用财政资金的单位都要向社会说清楚。
看什么：在本站有栏目或页面的每个登记单位，最近一个到期年度的部门预算和部门决算：标题、附件名称、所在栏目写明是预算或决算的信息，按标题点名的单位、来源和所属栏目归到单位，按写明的年度（没有写明的按发布日期）归年。预算在当年budget_month月底前、决算在次年final_month月底前应当公开。
不报：在本站没有栏目和页面的单位（见DSC101）；只有一个单位发布内容的网站；本站或该单位在期限之后才开始发布信息的；期限未到的年度；预算绩效、编制、执行、调整、批复等其他文件不算预算，也不因此报。
整改：补充公开该年度部门预算（决算），说明和表格齐全，标题写明单位和年度。
依据：《石城县2022年政务公开工作要点》第（五）条“加强财政预决算信息公开，推进非涉密部门应公开尽公开”（外地文件，供参照）；《预算法》第十四条：部门预算、决算在批复后20日内公开；《政府信息公开条例》第二十条第七项。

要求编号R43。一个单位一年的预算、决算各报一条。法定期限从批复之日算起，外面看不到批复日，故取宽：预算5月底、决算10月底，是本工具的默认值。
可调整：budget_month（预算的期限，默认5月底），final_month（决算的期限，默认次年10月底），without（依法不公开或不单独编制预算的单位，默认没有）。
单位另有网站、链接到统一的预决算公开平台、有各部门合并公开的、看不出是预算还是决算、哪一年的、哪个单位的（名称与台账不同）、有关栏目未能读取、全站没有巡查完整的，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.census.census import Census
from plugins.facts.holdings.budgets import COLLECTIVE, Account, Publication, publications
from plugins.facts.holdings.holding import COLUMN, OUTSIDE
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.holdings.wanted import own_hosts
from plugins.facts.site.doubts import Doubts, doubt, is_unread, unread, unseen


@dataclass(frozen=True)
class Options:
    """Months at whose end a budget (same year) and a final account (next year) are due; exceptions."""

    budget_month: int = 5
    final_month: int = 10
    without: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        date(2001, self.budget_month, 1)
        date(2001, self.final_month, 1)


RULE = Rule(
    __doc__,
    code="DSC401",
    severity=Severity.MAJOR,
    deduct=2,
    options=Options(),
    requirements=("R43",),
    confidence=Confidence.HIGH,
    absence=True,
)
PLACE = re.compile(r"预算|决算|财政信息|财政公开|资金信息")
LEADS = re.compile("预算|决算|财政|资金")
PLATFORM = re.compile(r"预决算|预算公开|决算公开|预算信息|财政预算")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each unit, account and year that is due and not there."""
    held = known(Holdings, site)
    if len(held.present) < 2:  # noqa: PLR2004 - one unit's own site
        return
    found = tuple(publications(held))
    common = _doubts(site)
    for unit in site.units:
        if unit.name not in held.present or unit.name in options.without:
            continue
        mine = [one for one in found if unit.name in one.thing.owners]
        first = min(
            (one.published for one in held.by_unit.get(unit.name, ()) if one.published),
            default=known(Census, site).oldest,
        )
        for kind, year, due in _due(site.today, options):
            if first is None or first > due or any(_proves(one, kind, year) for one in mine):
                continue
            doubts = common + _unclear(site, unit.name) + doubt(*_perhaps(mine, found, kind, year))
            if unit.name != site.unit:
                doubts += _nameless(found, kind, year)
            if hosts := own_hosts(site, unit.name):
                doubts += f"{unit.name}另有网站{'、'.join(hosts)}"
            yield Finding(
                f"{unit.name}没有公开{year}年度部门{kind.value}（应在{due}前公开）{doubts.aside()}。",
                key=f"{unit.name} {year} {kind.value}",
                where=_where(site, unit.name),
                review=bool(doubts),
                unit=unit.name,
            )


def _due(today: date, options: Options) -> Iterator[tuple[Account, int, date]]:
    """The last budget and the last final account that are due."""
    for kind, month, lag in (
        (Account.BUDGET, options.budget_month, 0),
        (Account.FINAL, options.final_month, 1),
    ):
        for year in (today.year, today.year - 1):
            due = date(year, month, calendar.monthrange(year, month)[1])
            if due < today:
                yield kind, year - lag, due
                break


def _proves(one: Publication, kind: Account, year: int) -> bool:
    return one.certain and one.is_of(kind, year)


def _perhaps(
    mine: Sequence[Publication], found: Sequence[Publication], kind: Account, year: int
) -> Iterator[str]:
    """What may be the account after all."""
    for one in mine:
        if not one.certain and one.is_of(kind, year):
            yield f"“{one.thing.title}”看不出是预算还是决算"
            break
    for one in mine:
        if kind in one.kinds and not one.years:
            yield f"“{one.thing.title}”看不出是哪一年的"
            break
    for one in found:
        if one.is_of(kind, year) and COLLECTIVE.search(one.thing.title):
            yield f"可能在“{one.thing.title}”里合并公开"
            break


def _nameless(found: Sequence[Publication], kind: Account, year: int) -> str:
    """Accounts of bodies that the register does not know by that name."""
    some = [
        one
        for one in found
        if one.is_of(kind, year)
        and one.nameless
        and one.certain
        and not COLLECTIVE.search(one.thing.title)
    ]
    return f"另有{len(some)}件看不出是哪个单位的，如“{some[0].thing.title}”" if some else ""


def _doubts(site: Site) -> Doubts:
    found = unseen(site, LEADS)
    for one in known(Holdings, site).all:
        if one.kind == OUTSIDE and one.called(PLATFORM):
            found += f"本站链接到“{one.title}”（{one.url}），可能在那里统一公开"
            break
    return found


def _unclear(site: Site, unit: str) -> Doubts:
    """Columns of the unit, or of everybody, that may hold it and could not be read."""
    return unread(
        column.name
        for column in site.columns
        if PLACE.search(column.name) and column.unit in ("", unit, site.unit) and is_unread(column)
    )


def _where(site: Site, unit: str) -> tuple[Evidence | str, ...]:
    """Columns of accounts, the unit's own first; else any column of its own, else the site."""
    columns = [one for one in known(Holdings, site).all if one.kind == COLUMN]
    own = [one for one in columns if unit in one.units]
    fitting = [one for one in own if PLACE.search(one.title)]
    common = [one for one in columns if PLACE.search(one.title) and one.unit in ("", site.unit)]
    return tuple(one.evidence for one in (fitting or common or own)[:3]) or (site.url,)
