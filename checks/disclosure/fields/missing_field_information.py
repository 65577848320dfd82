"""民生和营商领域应当公开的信息没有或没有当年的。

为什么：就业稳岗、老旧小区改造、征收补偿、社会救助、营商环境、拖欠账款、惠企清单，要点年年点名，群众和企业也最常来查。
看什么：逐个领域看全站标题、附件名称和栏目（含其下级栏目）里有没有这类信息，最近一份是不是当年的；from_month月起看当年，此前看上一年。领域和名称模式见同目录 wanted.toml 的 missing_field_information。
不报：只有一个单位发布内容的网站；要闻、动态等新闻栏目里的报道，以及会议、调研、活动的消息，不算这类信息，也不因此报；信息看不出年份的；链接到其他网站公布的。
整改：由主管单位发布本年度政策文件、项目清单或办理结果；本地没有这项工作的，用 without 关闭该领域。
依据：《黄石港区2022年政务公开工作要点》第（十一）条“主动公开拖欠中小企业款项信息”、第（十二）条“老旧小区改造、国有土地房屋征收与补偿的相关政策措施及项目清单的信息公开”“就业支持政策发布”；《2022年咸宁市政务公开工作要点（征求意见稿）》第3、6、11、14条；《石城县2022年政务公开工作要点》第（五）条（后两件为外地文件，供参照）。

要求编号R47、R50。一个领域报一条，算在主管单位名下（台账中没有的，算网站主办单位）。环境质量多由市级公布，一律交人工核实；全站没有巡查完整、有关栏目未能读取、主管单位另有网站的，也交人工核实，确认前不扣分。
可调整：from_month（从几月起看当年，默认7），without（本地不要求的领域名称，默认没有）。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.holdings.holding import OUTSIDE
from plugins.facts.holdings.wanted import is_portal, read_wanted, seek, year_due


@dataclass(frozen=True)
class Options:
    """From which month on this year's information is looked for; fields that are not asked for."""

    from_month: int = 7
    without: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        date(2001, self.from_month, 1)


RULE = Rule(
    __doc__,
    code="DSC408",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R47", "R50"),
    confidence=Confidence.MEDIUM,
    absence=True,
)
AREAS = read_wanted(Path(__file__).with_name("wanted.toml"), "missing_field_information")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each field of which the portal says nothing, or nothing of late."""
    if not is_portal(site):
        return
    year = year_due(site.today, options.from_month)
    for area in AREAS:
        if area.name in options.without:
            continue
        sought = seek(site, area)
        if sought.since(year) or sought.undated or any(one.kind == OUTSIDE for one in sought.held):
            continue
        last = sought.newest
        told = (
            f"没有{year}年以来的信息，最近一条是“{last.title}”（{last.published or f'{max(last.years)}年'}）"
            if last
            else "没有找到信息"
        )
        yield Finding(
            f"{area.name}：{told}{sought.doubts.aside()}。",
            key=area.name,
            where=(last.evidence,) if last else sought.evidence(),
            review=bool(sought.doubts),
            unit=sought.unit,
        )
