"""没有公开政府信息公开工作年度报告。

为什么：年度报告是公众监督一个机关公开工作的主要依据，条例规定每年必须公布。
看什么：门户网站上应公布的最近一个年度：本级政府（每年government_month月government_day日前）和每个在站内有栏目的单位（每年unit_month月unit_day日前）各有没有一份标题为“…政府信息公开工作年度报告”的网页、列表条目或附件。到期前warn_days天还没有的，先作预警。
不报：没有单位自己栏目的（另由DSC101报告）；该年度以后才开始发布信息的单位；部门自己的网站；选项skip列出的单位。没有巡查完整、单位另有网站、站内有通往其他网站的年报链接、有年报看不出年度或单位的，交人工核实。
整改：按《政府信息公开工作年度报告格式》编制并公布该年度报告，归入“政府信息公开年报”栏目，标题写明单位和年度。
依据：《中华人民共和国政府信息公开条例》（国令第711号）第四十九条（每年1月31日前）、第五十条（每年3月31日前）；黄石港区2022年政务公开工作要点要求将落实情况纳入年度报告。

要求编号R38。一个单位一年报一条。所有单位都没有一份年报的，多半发布在别处，只报一条并交人工核实。可调整：unit_month、unit_day（各单位的期限，默认1月31日）、government_month、government_day（本级政府的期限，默认3月31日）、warn_days（到期前多少天起预警，默认15，0为不预警）、skip（不要求编制年报的单位名称，默认没有）。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.columns.foresight import ahead, day_after, soon
from plugins.facts.holdings.absences import doubts, last_due, start_of
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.holdings.report_filings import LEADS, PORTAL, Filings, organ_named
from plugins.facts.site.doubts import Doubts, doubt
from plugins.facts.site.site import Unit


@dataclass(frozen=True)
class Options:
    """The last days for units and the government, days of warning, units without a report."""

    unit_month: int = 1
    unit_day: int = 31
    government_month: int = 3
    government_day: int = 31
    warn_days: int = 15
    skip: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        date(2001, self.unit_month, self.unit_day)
        date(2001, self.government_month, self.government_day)


RULE = Rule(
    __doc__,
    code="DSC301",
    severity=Severity.MAJOR,
    deduct=3,
    options=Options(),
    requirements=("R38",),
    confidence=Confidence.HIGH,
    absence=True,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """The government first, then every unit that publishes here."""
    if PORTAL.search(site.name):
        yield from _government(site, options)
    units = [
        unit
        for unit in site.units
        if unit.name in known(Holdings, site).present
        and unit.name != site.unit
        and unit.name not in options.skip
    ]
    if not units or len(known(Holdings, site).present) <= 1:
        return
    year, due = last_due(site.today, options.unit_month, options.unit_day)
    owned = {one.owner for one in known(Filings, site).all} | {
        name for one in known(Filings, site).all for name in one.credit
    }
    if not owned & {unit.name for unit in units}:
        yield Finding(
            f"站内没有找到任何单位的政府信息公开工作年度报告（{year}年度的应于{due}前公布），"
            "可能统一发布在其他网站，请人工核实。",
            key=f"units:{year}",
            where=start_of(site, site.unit, LEADS),
            review=True,
        )
        return
    for unit in units:
        yield from _unit(site, unit, options)


def _government(site: Site, options: Options) -> Iterator[Finding]:
    month, day = options.government_month, options.government_day
    year, due = last_due(site.today, month, day)
    reasons = doubts(site, None, LEADS)
    if any(one.government and one.year is None for one in known(Filings, site).all):
        reasons += "有一份年报看不出是哪个年度的"
    if not known(Filings, site).of_government(year):
        yield Finding(
            f"没有找到{site.name}{year}年政府信息公开工作年度报告，应于{due}前公布{reasons.aside()}。",
            key=f"government:{year}",
            where=start_of(site, site.unit, LEADS),
            review=bool(reasons),
            unit=site.unit,
        )
    coming, breach = site.today.year - 1, day_after(date(site.today.year, month, day))
    if (
        soon(breach, site.today, options.warn_days)
        and not reasons
        and not known(Filings, site).of_government(coming)
    ):
        yield _warning(site, site.unit, site.name, f"government:{coming}", breach)


def _unit(site: Site, unit: Unit, options: Options) -> Iterator[Finding]:
    month, day = options.unit_month, options.unit_day
    year, due = last_due(site.today, month, day)
    reports = known(Filings, site)
    if not reports.of_unit(unit.name, year) and _was_there(site, unit, year):
        reasons = doubts(site, unit, LEADS) + _unclear(site, unit, year)
        yield Finding(
            f"没有找到{unit.name}{year}年政府信息公开工作年度报告，应于{due}前公布{reasons.aside()}。",
            key=f"{unit.name}:{year}",
            where=start_of(site, unit.name, LEADS),
            review=bool(reasons),
            unit=unit.name,
        )
    coming, breach = site.today.year - 1, day_after(date(site.today.year, month, day))
    if (
        soon(breach, site.today, options.warn_days)
        and not reports.of_unit(unit.name, coming)
        and _was_there(site, unit, coming)
        and not doubts(site, unit, LEADS)
        and not _unclear(site, unit, coming)
    ):
        yield _warning(site, unit.name, unit.name, f"{unit.name}:{coming}", breach)


def _warning(site: Site, unit: str, who: str, key: str, breach: date) -> Finding:
    """The report of the year that has just ended is still missing, and soon due."""
    last = breach - timedelta(days=1)
    return Finding(
        f"{who}还没有公布{breach.year - 1}年政府信息公开工作年度报告，应于{last}前公布，"
        f"{ahead(breach, site.today)}。",
        key=key,
        where=start_of(site, unit, LEADS),
        unit=unit,
        due=breach,
    )


def _was_there(site: Site, unit: Unit, year: int) -> bool:
    """Whether the unit published anything dated in that year or before: else nothing is due yet."""
    since = known(Filings, site).since.get(unit.name)
    return since is not None and since <= year


def _unclear(site: Site, unit: Unit, year: int) -> Doubts:
    """Reports that may be this one, though they do not say so."""
    undated = [
        one
        for one in known(Filings, site).all
        if one.year is None and (one.owner == unit.name or unit.name in one.credit)
    ]
    found = doubt("该单位有年报看不出是哪个年度的" if undated else "")
    # Of one government there is one report: further ones with a bare title are somebody else's.
    unnamed = [
        one
        for one in known(Filings, site).of_government(year)
        if one.page and not organ_named(one.title)
    ]
    if len(unnamed) > 1:
        found += f"{year}年度有{len(unnamed)}份年报标题没有写明单位"
    return found
