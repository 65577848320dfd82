"""转载国务院重要信息不及时。

为什么：党中央、国务院的重要政策信息应当在政府网站同步转载，停更说明转载机制没有运转。
看什么：名称为“国务院要闻”“国务院信息”“中国政府网信息”一类的栏目，第1页最新一条的日期距检查日超过days天的。
不报：国务院文件、政策类栏目（不定期发布）；没有一条带日期的；读不到的和空白的（见COL101至COL103、COL204）；登记了豁免原因的；没有设这类栏目的。
整改：恢复每日转载，可接入中国政府网的转载接口自动更新。
依据：黄石港区2022年度通报关于转发中央、国务院重大信息的要求；国务院办公厅2016年关于门户网站24小时内转载的要求（转述）。

可调整：days（容许的最长间隔，默认7天）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Column, Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl


@dataclass(frozen=True)
class Options:
    """Longest gap in days."""

    days: int = 7


RULE = Rule(
    __doc__,
    code="DSC604",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R59",),
    confidence=Confidence.MEDIUM,
)
NAME = re.compile(
    r"(?:党中央|国务院|中国政府网|国办|央网)[、\u4e00-\u9fff]{0,8}(?:要闻|信息|动态|新闻)(?:转载|发布|推送)?|(?:转载|转发)(?:党中央|国务院|中国政府网)\S{0,8}"
)
PAPERS = re.compile("文件|政策|公报|常务会议|信息公开")


@hookimpl
def check_column(column: Column, site: Site, options: Options) -> Iterator[Finding]:
    """Judge the newest row of page 1."""
    if column.exempt or not NAME.fullmatch(column.name) or PAPERS.search(column.name):
        return
    latest = column.latest_by(site.today)
    if latest is None or latest.date is None:
        return
    days = (site.today - latest.date).days
    if days > options.days:
        yield Finding(
            f"“{column.name}”最新一条转载于{latest.date}，至{site.today}已有{days}天没有更新（应在{options.days}天内）。",
            where=(Evidence(latest.url or column.url, f"{latest.title} {latest.date}", "list"),),
        )
