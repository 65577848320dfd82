"""没有公布当年的收费目录清单。

为什么：哪些费该交、交多少、依据是什么，企业和群众要有一份清单可以对照；清单不更新，取消和降低的收费还会照收。
看什么：全站标题、附件名称和栏目名称中有没有行政事业性收费、政府性基金、政府定价经营服务性收费或涉企收费的目录清单（名称模式见同目录 wanted.toml 的 no_fee_list）；最近一份写明或发布在当年。from_month月起看当年，此前看上一年。
不报：只有一个单位发布内容的网站；清单看不出年份的；链接到其他网站公布清单的；学校、停车、物业等个别行业的收费公示不算清单，也不因此报。
整改：公布本年度收费目录清单，有取消、降低、新设的同步更新。
依据：《石城县2022年政务公开工作要点》第（二）条“及时发布行政事业性收费、政府性基金和实行政府定价的经营服务性收费目录清单”（外地文件，供参照）；《政府信息公开条例》第二十条第八项。

要求编号R44。一年报一条，算在财政部门名下（台账中没有的，算网站主办单位）。要点没有规定“一年一次”，按收费目录逐年公布的通行做法设定。
可调整：from_month（从几月起看当年，默认7）。全站没有巡查完整、有关栏目未能读取的，交人工核实，确认前不扣分。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.holdings.holding import OUTSIDE
from plugins.facts.holdings.wanted import is_portal, last_year, read_wanted, seek, year_due


@dataclass(frozen=True)
class Options:
    """From which month on this year's list is looked for."""

    from_month: int = 7

    def __post_init__(self) -> None:
        date(2001, self.from_month, 1)


RULE = Rule(
    __doc__,
    code="DSC405",
    severity=Severity.MINOR,
    deduct=2,
    options=Options(),
    requirements=("R44",),
    confidence=Confidence.HIGH,
    absence=True,
)
(LIST,) = read_wanted(Path(__file__).with_name("wanted.toml"), "no_fee_list")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a portal without this year's list of fees."""
    if not is_portal(site):
        return
    year = year_due(site.today, options.from_month)
    sought = seek(site, LIST)
    if sought.since(year) or sought.undated or any(one.kind == OUTSIDE for one in sought.held):
        return
    last = sought.newest
    before = f"，最近一份是“{last.title}”（{last_year(last)}年）" if last else ""
    yield Finding(
        f"没有找到{year}年的行政事业性收费等收费目录清单{before}{sought.doubts.aside()}。",
        key=str(year),
        where=(last.evidence,) if last else sought.evidence(),
        review=bool(sought.doubts),
        unit=sought.unit,
    )
