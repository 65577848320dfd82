"""没有按时发布行政执法统计年报。

为什么：行政执法统计年报让公众看到一个部门一年里检查、处罚、强制了多少，是执法公示的内容。
看什么：在站内有“行政执法”栏目的、或往年发布过行政执法统计年报的单位，应发布的最近一个年度（每年month月day日前）有没有标题写明年度的“行政执法…统计年报（年度报告）”网页、列表条目或附件，发布日期晚不晚。到期前warn_days天还没有的，先作预警。
不报：没有执法栏目、也从没有发布过的单位；该年度以后才开始发布信息的单位；双随机、行政许可等其他年报。没有巡查完整、单位另有网站、有执法年报看不出年度的，交人工核实。
整改：按执法统计口径编制上一年度行政执法统计年报，于1月31日前在“行政执法”栏目发布。
依据：咸宁市2022年政务公开工作要点（征求意见稿）第34条“于1月31日前发布上年度行政执法统计年度报告”（外地文件，供参照）。

要求编号R39。一个单位一年报一条。可调整：month、day（期限，默认1月31日）、warn_days（到期前多少天起预警，默认15，0为不预警）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.columns.foresight import ahead, day_after, soon
from plugins.facts.holdings.absences import doubts, last_due, start_of
from plugins.facts.holdings.holding import THINGS, Holding, names_of
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.holdings.report_filings import Filings
from plugins.facts.site.site import Unit


@dataclass(frozen=True)
class Options:
    """The last day in the following year, and days of warning before it."""

    month: int = 1
    day: int = 31
    warn_days: int = 15

    def __post_init__(self) -> None:
        date(2001, self.month, self.day)


RULE = Rule(
    __doc__,
    code="DSC308",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R39",),
    confidence=Confidence.HIGH,
    absence=True,
)
TITLE = re.compile(
    r"行政执法.{0,20}(?:年报|年度(?:统计)?报告|年度报表|统计(?:数据)?报告|统计(?:数据|报)表|统计数据$)|年度?(?:全[区市县])?行政执法(?:数据|统计|总体)(?:数据|情况)"
)
NOT_ONE = re.compile(
    r"通知|方案|解读|培训|办法|编制|填报|公开承诺|三项制度|监督检查计划|自查|评查|案卷|总结|月|季度|半年"
)
COLUMN = re.compile(r"行政执法")
SPRING = 4


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Every unit of which such a report is to be expected here."""
    if len(known(Holdings, site).present) <= 1:
        return
    reports = [
        one
        for one in known(Holdings, site).matching(TITLE, kinds=THINGS)
        if not NOT_ONE.search(one.title) and one.title
    ]
    for unit in site.units:
        if unit.name in known(Holdings, site).present:
            # What stands in the portal's own column goes to its office's credit, whoever wrote it.
            own = names_of(unit) if unit.name == site.unit else ("",)
            mine = [
                one
                for one in reports
                if unit.name in one.units and any(name in one.title for name in own)
            ]
            yield from _judge(site, unit, mine, options)


def _judge(site: Site, unit: Unit, mine: list[Holding], options: Options) -> Iterator[Finding]:
    year, due = last_due(site.today, options.month, options.day)
    yield from _missing(site, unit, mine, year, due)
    last = date(site.today.year, options.month, options.day)
    coming, breach = last.year - 1, day_after(last)
    if (
        soon(breach, site.today, options.warn_days)
        and _expected(site, unit, mine, coming)
        and not any(_year(one) in (coming, None) for one in mine)
        and not doubts(site, unit, TITLE)
    ):
        yield Finding(
            f"{unit.name}还没有发布{coming}年度行政执法统计年报，应于{last}前发布，"
            f"{ahead(breach, site.today)}。",
            key=f"{unit.name}:{coming}",
            where=start_of(site, unit.name, COLUMN),
            unit=unit.name,
            due=breach,
        )


def _missing(
    site: Site, unit: Unit, mine: list[Holding], year: int, due: date
) -> Iterator[Finding]:
    found = [one for one in mine if _year(one) == year]
    early = [one for one in found if _day(site, one) is None or (_day(site, one) or due) <= due]
    if early or not _expected(site, unit, mine, year):
        return
    if found:
        first = min(found, key=lambda one: (_day(site, one) or date.max, one.key))
        yield Finding(
            f"{unit.name}{year}年度行政执法统计年报发布于{_day(site, first)}，晚于{due}。",
            key=f"{unit.name}:{year}",
            where=(first.evidence,),
            unit=unit.name,
        )
        return
    reasons = doubts(site, unit, TITLE)
    if any(_year(one) is None for one in mine):
        reasons += "该单位有行政执法统计年报看不出是哪个年度的"
    yield Finding(
        f"没有找到{unit.name}{year}年度行政执法统计年报，应于{due}前发布{reasons.aside()}。",
        key=f"{unit.name}:{year}",
        where=start_of(site, unit.name, COLUMN),
        review=bool(reasons),
        unit=unit.name,
    )


def _expected(site: Site, unit: Unit, mine: list[Holding], year: int) -> bool:
    """Whether the unit enforces, as far as the site shows, and published at all by that year."""
    since = known(Filings, site).since.get(unit.name)
    if since is None or since > year:
        return False
    years = [named for one in mine if (named := _year(one)) is not None]
    return any(named < year for named in years) or any(
        column.unit == unit.name != site.unit and COLUMN.search(column.name)
        for column in site.columns
    )


def _year(holding: Holding) -> int | None:
    """The year that the title names, else that before the spring in which it was published."""
    if holding.years:
        return max(holding.years)
    day = holding.published
    return day.year - 1 if day is not None and day.month <= SPRING else None


def _day(site: Site, holding: Holding) -> date | None:
    """The day that is shown, never one that stands in the address only."""
    page = site.pages.get(holding.key)
    return None if page is not None and page.published_from == "path" else holding.published
