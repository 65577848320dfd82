"""没有公布当年的重大决策事项目录。

为什么：年初公布目录，公众才知道今年哪些大事要征求意见。
看什么：全站标题中有没有当年的重大决策事项目录（重大行政决策事项目录、清单、计划）：标题写明这一年，或者在这一年发布。7月1日起看当年，此前看上一年（选项 from_month）。
不报：列表中有标题而文章没有打开的，也算有；只有一个单位发布内容的网站。
整改：公布本年度重大行政决策事项目录，有调整的同步公布。
依据：咸宁市2022年政务公开工作要点“及时公开重大决策事项目录”（地方规定）；《重大行政决策程序暂行条例》（国令第713号）第三条有决策事项目录的规定（凭经验转述，未对照原文）。

要求编号R19。一年报一条，算在网站主办单位名下。全站没有巡查完整时，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.census.census import Census, PieceKind, titled
from plugins.facts.site.doubts import unseen


@dataclass(frozen=True)
class Options:
    """From the first day of which month on this year's list is looked for, instead of last year's."""

    from_month: int = 7


RULE = Rule(
    __doc__,
    code="DLG207",
    severity=Severity.MINOR,
    deduct=2,
    options=Options(),
    requirements=("R19",),
    confidence=Confidence.HIGH,
    absence=True,
)
LIST = re.compile(r"重大(?:行政)?决策(?:事项)?[^,。]{0,12}(?:目录|清单|计划)|重大事项决策目录")
MAY_LEAD = re.compile(r"决策|目录|清单|计划|事项")
YEAR = re.compile(r"(20\d\d)")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a year whose list of decisions is nowhere."""
    if not known(Census, site).portal:
        return
    year = site.today.year if site.today.month >= options.from_month else site.today.year - 1
    for one in titled(site, LIST):
        named = {int(found) for found in YEAR.findall(one.title)}
        if year in named or (not named and one.day is not None and one.day.year == year):
            return
    doubts = unseen(site, MAY_LEAD)
    columns = known(Census, site).places.get(PieceKind.CALL, ())
    yield Finding(
        f"全站标题中没有找到{year}年度重大行政决策事项目录{doubts.aside()}。",
        key=str(year),
        where=tuple(Evidence(column.url, column.name, "list") for column in columns[:3])
        or (site.url,),
        review=bool(doubts),
        unit=site.unit,
    )
