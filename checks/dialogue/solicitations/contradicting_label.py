"""征集状态与起止日期矛盾。

为什么：截止后仍标“进行中”，公众会白费力气提交意见；没到期就标“已结束”，等于提前关门。
看什么：征集调查类栏目中每一项征集的状态词（列表该行、文章开头、栏目名称），对照列表印出的起止日期和正文写明的起止日期。
不报：起止日期读不出来的；列表和正文的截止日期不一致、其中一个与状态相符的（如延期）；另有延期、终止公告的；截止当天；读不懂的状态词。
整改：按起止日期改正状态；征集延期的，在列表和正文写明新的截止日期。
依据：《黄石港区2022年政务公开工作要点》“标注清楚征集状态”（地方规定）；状态与日期不符视为没有标注清楚，是本工具的推断。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plugins import Column, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.census.consultations import Consultation, LabelState, consultations

RULE = Rule(__doc__, code="DLG102", severity=Severity.MAJOR, deduct=1, requirements=("R14",))


@hookimpl
def check_column(column: Column, site: Site) -> Iterator[Finding]:
    """One finding for each item with a label that its own dates contradict."""
    for call in consultations(column, site):
        if call.ended or call.prolonged:
            continue
        for label in call.labels:
            fault = _contradiction(label.state, call, site.today)
            if fault:
                yield Finding(
                    f"征集“{call.name}”在{label.where}标注“{label.words}”，但{fault}。",
                    of=call.subject(site.host),
                    where=call.evidence,
                )
                break


def _contradiction(state: LabelState, call: Consultation, today: date) -> str:
    """What the dates say against a label, in Chinese; "" = nothing."""
    first, last = (call.closes[0], call.closes[-1]) if call.closes else (None, None)
    # An opening day that is only the day of publishing contradicts nothing.
    opens = call.opens if call.dated.endswith("写明") else None
    if state in (LabelState.OPEN, LabelState.FUTURE) and last and last < today:
        return f"征集已于{last}截止，到检查日{today}已过{(today - last).days}天"
    if state in (LabelState.CLOSED, LabelState.RESULT) and first and first > today:
        return f"征集要到{first}才截止，检查日是{today}"
    if state is LabelState.OPEN and opens and opens > today:
        return f"征集从{opens}才开始，检查日是{today}"
    if state is LabelState.FUTURE and opens and opens < today:
        return f"征集已于{opens}开始，检查日是{today}"
    return ""
