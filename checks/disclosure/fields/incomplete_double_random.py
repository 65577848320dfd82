"""“双随机、一公开”的计划、抽查对象、抽查结果没有全部公开。

为什么：先公布计划和抽查事项，再公布抽查对象和结果，群众和企业才能监督检查是不是随机、有没有下文。
看什么：上一年度（过了次年month月底才看）标题或栏目含“双随机”“随机抽查”的信息，按标题点名的单位、来源和所属栏目归到单位：有其中一样的单位，年度计划、抽查对象（或事项清单、对象名录库）、抽查结果三样是否都有。再上一年公开过至少两样、这一年一样都没有的单位也报。
不报：从来没有公开过双随机信息的单位（是否负有监管职责，从网站上看不出）；会议、培训等新闻；事项清单长期有效，往年公布的也算。
整改：补充公开缺少的计划、抽查对象或结果。
依据：《2022年咸宁市政务公开工作要点（征求意见稿）》第4条“对‘双随机’计划、抽查对象、抽查结果等信息全面公开”（外地文件，供参照）；国办发〔2015〕58号关于公布随机抽查事项清单的要求（转述）。

要求编号R41。一个单位一年报一条，写明缺哪几样。可调整：month（次年几月底以后才看，默认1）。
栏目里有看不出属于哪个单位的双随机信息、有看不出年份的、有关栏目未能读取、单位另有网站、链接到其他平台公示、全站没有巡查完整的，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.holding import COLUMN, OUTSIDE, Holding
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.holdings.wanted import NEWS_PLACE, WantedThing, own_hosts, seek
from plugins.facts.site.doubts import Doubts


@dataclass(frozen=True)
class Options:
    """The month of the following year after which the year is looked at."""

    month: int = 1

    def __post_init__(self) -> None:
        date(2001, self.month, 1)


RULE = Rule(
    __doc__,
    code="DSC411",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R41",),
    confidence=Confidence.MEDIUM,
    absence=True,
)


class InspectionPart(StrEnum):
    """What must be published each year."""

    PLAN = "年度计划"
    SUBJECTS = "抽查对象或事项清单"
    RESULT = "抽查结果"


MATTER = WantedThing(
    "双随机",
    title=re.compile(r"双随机|随机抽查"),
    but=re.compile(r"召开|培训(?!机构)|座谈|会议|宣传|活动|经验|观摩|部署会|推进会|解读|科普"),
    lead=re.compile(r"随机|抽查|执法|监管|检查"),
)
PARTS = {
    InspectionPart.RESULT: re.compile(
        r"结果|处理情况|检查情况|抽查情况|情况(?:公示|通报|公告|汇总)|处置"
    ),
    InspectionPart.PLAN: re.compile(r"计划|工作方案|实施方案|任务"),
    InspectionPart.SUBJECTS: re.compile(
        r"清单|名录|对象|名单|抽取|被抽查|企业库|主体库|一单两库|两库"
    ),
}
STANDING = re.compile(r"清单|名录库|两库|主体库|对象库")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each unit that published some parts of the year, or of the one before, not all."""
    year = site.today.year - (1 if site.today.month > options.month else 2)
    sought = seek(site, MATTER)
    mine: dict[str, list[Holding]] = {}
    for one in sought.things:
        if one.kind != OUTSIDE and not NEWS_PLACE.search(one.place):
            for unit in one.owners:
                mine.setdefault(unit, []).append(one)
    nameless = [one for one in sought.things if not one.owners or one.owners == {site.unit}]
    for unit, held in sorted(mine.items()):
        now, before = _parts(held, year), _parts(held, year - 1)
        standing = any(STANDING.search(one.title) and _by(one, year) for one in held)
        if standing and now:
            now |= {InspectionPart.SUBJECTS}
        if (
            not now
            and len(before - ({InspectionPart.SUBJECTS} if standing else set())) + standing
            < len(InspectionPart) - 1
        ):
            continue
        missing = [part for part in InspectionPart if part not in now]
        if not missing:
            continue
        doubts = _doubts(site, unit, held, nameless, sought.doubts)
        told = "一样都没有公开" if not now else f"公开了{'、'.join(sorted(now))}"
        yield Finding(
            f"{unit}{year}年度双随机抽查{told}，缺{'、'.join(missing)}{doubts.aside()}。",
            key=f"{unit} {year}",
            where=tuple(one.evidence for one in _newest(held)),
            review=bool(doubts),
            unit=unit,
        )


def _parts(held: Sequence[Holding], year: int) -> set[InspectionPart]:
    """The parts of one year that titles speak of; a title may speak of two."""
    return {
        part
        for one in held
        if one.about(year)
        for part, words in PARTS.items()
        if words.search(one.title) or any(map(words.search, one.names))
    }


def _by(one: Holding, year: int) -> bool:
    """Whether it was there by the end of a year; what tells no year was."""
    if one.years:
        return min(one.years) <= year
    return one.published is None or one.published.year <= year


def _doubts(
    site: Site, unit: str, held: Sequence[Holding], nameless: Sequence[Holding], found: Doubts
) -> Doubts:
    if unit != site.unit and nameless:
        found += f"另有{len(nameless)}条双随机信息看不出是哪个单位的"
    undated = sum(
        not one.years and one.published is None and not STANDING.search(one.title) for one in held
    )
    if undated:
        found += f"有{undated}条看不出年份"
    if hosts := own_hosts(site, unit):
        found += f"{unit}另有网站{'、'.join(hosts)}"
    if any(one.kind == OUTSIDE and one.called(MATTER.title) for one in known(Holdings, site).all):
        found += "本站链接到其他平台的双随机公示"
    return found


def _newest(held: Sequence[Holding]) -> list[Holding]:
    return sorted(
        (one for one in held if one.kind != COLUMN),
        key=lambda one: (one.published or date.min, one.url),
        reverse=True,
    )[:3]
