"""政务数据资源目录一年没有维护。

为什么：目录写明政府有哪些数据、向谁开放；不维护，新增的查不到，取消的还挂着。
看什么：标题或栏目名称是数据资源目录、数据开放目录、公共数据目录、政务信息资源目录的内容，按单位归集，看各单位最近一份写明或发布在哪一天；距检查日超过days天的报。全站都没有的，报一条请人工核实。
不报：只有一个单位发布内容的网站；目录看不出日期的；链接到数据开放平台的（目录在平台上维护）；政务公开目录、事项目录等其他目录。
整改：全面核对数据资源目录，更新后重新发布，写明日期。
依据：《黄石港区2022年政务公开工作要点》第（八）条“各部门要对本部门的政务数据资源目录及时进行更新，每年进行不少于一次的全面维护”。

要求编号R40。一个单位报一条。没有日期、只有年份的，看这一年是否早于上一年。全站没有目录、或者有关栏目未能读取、没有巡查完整的，交人工核实，确认前不扣分。
可调整：days（一年之外容许的天数算在内，默认396，即一年零一个月）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.holding import OUTSIDE, Holding
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.holdings.wanted import WantedThing, is_portal, last_year, seek


@dataclass(frozen=True)
class Options:
    """Days within which a catalogue must be gone over."""

    days: int = 396


RULE = Rule(
    __doc__,
    code="DSC414",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R40",),
    confidence=Confidence.MEDIUM,
    absence=True,
)
CATALOGUE = WantedThing(
    "政务数据资源目录",
    title=re.compile(
        r"(?:政务|公共|政府)?数据(?:资源)?(?:开放|共享|归集|责任)?(?:目录|清单)|政务信息资源(?:共享|开放)?目录|数据资源开放目录"
    ),
    but=re.compile(r"征求|培训|会议|通知$|工作方案|管理办法|招标|采购"),
    lead=re.compile("数据|目录|开放"),
    unit=re.compile("政务服务|数据|大数据|行政审批"),
)
PLATFORM = re.compile(r"数据(?:资源)?开放|开放数据|公共数据|数据资源")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each unit whose catalogue is old, or one for a portal that has none."""
    if not is_portal(site):
        return
    sought = seek(site, CATALOGUE)
    if any(one.kind == OUTSIDE and one.called(PLATFORM) for one in known(Holdings, site).all):
        return
    if not sought.held:
        yield Finding(
            f"全站没有找到政务数据资源目录，可能在数据开放平台公布{sought.doubts.aside() or '（请人工核实）'}。",
            where=sought.evidence(),
            review=True,
            unit=sought.unit,
        )
        return
    line = site.today - timedelta(days=options.days)
    mine: dict[str, list[Holding]] = {}
    for one in sought.things:
        for unit in one.owners:
            mine.setdefault(unit, []).append(one)
    for unit, held in sorted(mine.items()):
        newest = max(held, key=lambda one: (last_year(one), str(one.published), one.url))
        undated = any(not last_year(one) for one in held)
        fresh = any(one.published and one.published >= line for one in held)
        if undated or fresh or last_year(newest) >= site.today.year - (newest.published is None):
            continue
        when = newest.published or f"{last_year(newest)}年"
        yield Finding(
            f"{unit}的政务数据资源目录最近一份是“{newest.title}”（{when}），超过一年没有维护{sought.doubts.aside()}。",
            key=unit,
            where=(newest.evidence,),
            review=bool(sought.doubts),
            unit=unit,
        )
