"""没有应当开设的政策专题。

为什么：受困行业的帮扶政策、稳就业保就业政策散在各处，企业和求职的人找不全；专题把政策、解读和办理入口放在一起。
看什么：门户网站有没有帮扶政策（助企纾困、惠企、减税降费）专题和稳就业保就业（就业创业、稳岗）专题：栏目、专题页、专题链接的名称，或者文章位置导航中的栏目名称（名称模式见同目录 wanted.toml 的 no_topic_page）。
不报：只有一个单位发布内容的网站；单篇文章的标题不算专题；链接到其他网站的专题也算有。
整改：开设专题，集中公开政策文件、解读和办理入口。
依据：《2022年咸宁市政务公开工作要点（征求意见稿）》第2条“行业帮扶政策公开专题”、第12条“稳就业保就业政策专题”（外地文件，供参照）。

要求编号R48。缺一个报一条。可调整：without（本地不要求的专题名称，默认没有）。全站没有巡查完整的，交人工核实，确认前不扣分。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.holdings.wanted import is_portal, read_wanted, seek


@dataclass(frozen=True)
class Options:
    """Topics that are not asked for here."""

    without: tuple[str, ...] = ()


RULE = Rule(
    __doc__,
    code="DSC409",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R48",),
    confidence=Confidence.MEDIUM,
    absence=True,
)
TOPICS = read_wanted(Path(__file__).with_name("wanted.toml"), "no_topic_page")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each topic that the portal lacks."""
    if not is_portal(site):
        return
    for topic in TOPICS:
        if topic.name in options.without:
            continue
        sought = seek(site, topic, news=True)
        if sought.columns or sought.inside:
            continue
        yield Finding(
            f"没有找到{topic.name}{sought.doubts.aside()}。",
            key=topic.name,
            where=sought.evidence(),
            review=bool(sought.doubts),
            unit=sought.unit,
        )
