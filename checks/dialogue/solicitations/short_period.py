"""征求意见期限不足30天且未说明理由。

为什么：期限太短，公众来不及看懂草案、提出意见。
看什么：征集调查类栏目中就草案征求意见的每一项（标题含《…》、征求意见稿、草案等）：起止日期都算在内的天数（不少于30天，选项 days），以及文章中有没有说明缩短期限的理由。
不报：满30天的；文章说明了理由的；起止日期读不出来、自相矛盾或文章未能读取的；问卷、投票、作品征集、线索征集、建议征集、听证会、规划批前公示等不是草案征求意见的；转载上级机关的征集；截止已超过两年的（选项 within，0为不限）。
整改：今后就草案征求意见不少于30天；确因紧急等情况缩短的，在征求意见时写明理由。
依据：《重大行政决策程序暂行条例》（国令第713号）第十五条（凭经验转述，未对照原文）；咸宁市2022年政务公开工作要点“少于30天的，应说明理由”（地方规定）。

30天只对重大行政决策草案（一些地方扩大到规范性文件）是硬性要求，机器分不清草案属于哪一类；选项 drafts_only 关闭后，其他征集也按此检查。
文章没有写明开始日期的，以发布日期起算并在说明中写出；只差几天的，交人工核实。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Column, Confidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.census.consultations import consultations, is_draft
from plugins.facts.language.levels import of_another_body
from plugins.facts.papers.solicitations import Solicitation

# Days by which a period counted from the day of publishing may be too short.
NEARLY = 7


@dataclass(frozen=True)
class Options:
    """``days`` a draft must stand open; ``within`` as in DLG103; ``drafts_only`` see the notes."""

    days: int = 30
    within: int = 730
    drafts_only: bool = True


RULE = Rule(
    __doc__,
    code="DLG104",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R16",),
    confidence=Confidence.MEDIUM,
)


@hookimpl
def check_column(column: Column, site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each draft that was open for too few days without a reason."""
    for call in consultations(column, site):
        article = call.page.get(Solicitation) if call.page else None
        if article is None or article.reason or call.opens is None or len(call.closes) != 1:
            continue
        if of_another_body(call.title, site.name, call.page.source if call.page else ""):
            continue
        if options.drafts_only and not is_draft(call):
            continue
        closes = call.closes[0]
        days = (closes - call.opens).days + 1
        old = options.within and (site.today - closes).days > options.within
        if days < 1 or days >= options.days or old:
            continue
        stated = call.dated.endswith("写明")
        # The day of publishing may lie some days after the day from which comments were taken.
        unsure = not stated and days >= options.days - NEARLY
        doubt = "开始日期是推算的，请人工核实。" if unsure else ""
        yield Finding(
            f"征求意见“{call.name}”自{call.opens}至{closes}（{call.dated}），首尾都算共{days}天，"
            f"不足{options.days}天，文中没有说明缩短期限的理由。{doubt}",
            of=call.subject(site.host),
            where=call.evidence,
            review=unsure,
        )
