"""征集结束逾期未公布结果。

为什么：征了意见却不反馈，公众不知道意见有没有被采纳，以后便不再参与。
看什么：征集调查类栏目中已写明截止日期的每一项征集：截止满1个月（按日历月）后，列表该行、文章内、文章链接、全站各栏目和页面的标题中，都没有对应的结果反馈或采纳情况。
不报：截止未满1个月的（期满当天休息的，顺延到下一个工作日）；转载上级机关的征集；另有延期、终止公告或者标明取消的；截止日期读不出来的；截止已超过两年的（选项 within，0为不限）；标题去掉“公开征求意见”“采纳情况”等字样后能与某条结果反馈对上的。
整改：公布征集结果，写明收到多少意见、采纳多少、不采纳的理由；没有收到意见的也要公布；结果与原征集互相链接。
依据：《黄石港区2022年政务公开工作要点》“征集活动结束后1个月内予以公示”（地方规定）；《政府网站与政务新媒体检查指标》也有1个月内公布结果的要求（条目凭经验转述，未对照原文）。

文章未能读取、全站没有巡查完整、后来又再次征求意见，或者有标题看不出是哪一项的结果反馈时，交人工核实，确认前不扣分。可调整：within、warn_days（逾期前几天起预警，默认7，0为不预警；预警不扣分）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Finding, Rule, Severity, Site, hookimpl
from plugins.facts.census.consultations import Consultation, consultations, month_after
from plugins.facts.census.results import HasResult, find_results
from plugins.facts.columns.foresight import ahead, day_after, soon
from plugins.facts.language.levels import of_another_body
from plugins.facts.language.workdays import next_workday
from plugins.facts.site.doubts import Doubts, doubt, unseen


@dataclass(frozen=True)
class Options:
    """Solicitations that closed more than ``within`` days ago are left alone (0 = none are).

    ``warn_days`` ahead of the breach it is warned of (0 = never).
    """

    within: int = 730
    warn_days: int = 7


RULE = Rule(
    __doc__,
    code="DLG103",
    severity=Severity.MAJOR,
    deduct=2,
    options=Options(),
    requirements=("R15",),
    absence=True,
)


# Links with these words may lead to a result; any other single page that was not read cannot be it.
RESULT_WORDS = re.compile("结果|反馈|采纳|征集|征求|意见|公示|情况|回应")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each item that closed over a month ago and has no result anywhere."""
    results = None
    seen: set[str] = set()
    for column in site.columns:
        for call in consultations(column, site):
            if not call.closes or call.entry.key in seen or call.ended or call.prolonged:
                continue
            if of_another_body(call.title, site.name, call.page.source if call.page else ""):
                continue
            closed = call.closes[-1]
            month = month_after(closed)
            last = next_workday(month) or month
            due = day_after(last)
            warning = soon(due, site.today, options.warn_days)
            if (site.today < due and not warning) or (
                options.within and (site.today - closed).days > options.within
            ):
                continue
            seen.add(call.entry.key)
            results = results or find_results(site)
            found = results.of(call)
            if found is HasResult.YES:
                continue
            doubts = _doubts(call, found, site)
            if warning and doubts:
                continue
            told = doubts.clause("、") or "文章内、列表和全站标题中都没有找到"
            end = (
                f"目前未见结果反馈或采纳情况，{ahead(due, site.today)}。"
                if warning
                else f"到检查日{site.today}未见结果反馈或采纳情况（{told}）。"
            )
            yield Finding(
                f"征集“{call.name}”已于{closed}截止，最迟应于{last}公布结果，{end}",
                of=call.subject(site.host),
                where=call.evidence,
                review=bool(doubts),
                due=due if warning else None,
            )


def _doubts(call: Consultation, found: HasResult, site: Site) -> Doubts:
    """Why a person must look."""
    return (
        doubt("文章未能读取" if call.page is None else "")
        + unseen(site, RESULT_WORDS)
        + ("后来又再次征求意见" if call.renewed else "")
        + ("站内有标题相近或看不出对象的结果反馈" if found is HasResult.PERHAPS else "")
    )
