"""征集没有标注状态。

为什么：公众看不出意见征集还能不能参加；要点要求每一项征集活动都标注清楚征集状态。
看什么：征集调查类栏目中的每一项征集：列表该行（含标题前后的括注）、文章开头、栏目名称（如“正在征集”）三处都没有“进行中、已结束”等状态词。
不报：结果反馈、采纳情况、答记者问、解读和新闻稿；其他栏目列表已给同一篇标注状态的；只有结果反馈的栏目；标题写明常年、长期征集的；转载上级机关的征集；供应商征集、征集志愿、征兵等不征求意见的栏目。
整改：在列表该行或文章开头标注“进行中”“已结束”等状态，截止后及时改为“已结束”。
依据：《黄石港区2022年政务公开工作要点》“标注清楚征集状态”（地方规定）。

每项征集报一条。列表没有状态、文章又未能读取的，整栏合并为一条交人工核实；状态可能由脚本按截止时间生成的，也只交人工核实。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Column, Evidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.census.consultations import Consultation, consultations
from plugins.facts.language.levels import of_another_body

RULE = Rule(__doc__, code="DLG101", severity=Severity.MAJOR, deduct=1, requirements=("R14",))
SHOWN = 20


@hookimpl
def check_column(column: Column, site: Site) -> Iterator[Finding]:
    """One finding for each item without a label; one for all whose articles could not be read."""
    unread: list[Consultation] = []
    for call in consultations(column, site):
        if call.labels or call.ended:
            continue
        if of_another_body(call.title, site.name, call.page.source if call.page else ""):
            continue
        if call.page is None or call.scripted:
            unread.append(call)
            continue
        dates = f"（截止日期{call.closes[-1]}）" if call.closes else ""
        yield Finding(
            f"征集“{call.name}”{dates}没有标注状态：栏目“{column.name}”列表该行和文章开头都没有“进行中”“已结束”一类状态词。",
            of=call.subject(site.host),
            where=call.evidence,
        )
    if unread:
        yield Finding(
            f"栏目“{column.name}”有{len(unread)}项征集在列表中没有状态，文章未能读取或状态由脚本生成，"
            f"请人工查看，如“{unread[0].name}”。",
            key="unread",
            where=tuple(Evidence(call.entry.url, call.name, "list") for call in unread[:SHOWN]),
            review=True,
        )
