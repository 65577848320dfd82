"""信息的日期晚于检查当天。

为什么：尚未到来的发布日期多为误填，也会使列表长期“置顶”、掩盖栏目停更；伪造发稿日期属单项否决。
看什么：栏目第1页每条信息自己的日期。
不报：标题或正文里写到的会议、活动、施行日期；“A至B”这样的起止期限；截止时间、有效期一类的日期列；活动预告、日程安排、招聘会等日期本来就在将来的栏目。
整改：核对并更正发布日期；确为定时发布的，到日期再对外显示。
依据：国办秘函〔2019〕19号单项否决“安全、泄密事故等严重问题”列举的“伪造发稿日期”；是否伪造须由人判断，本条只指出日期有误。

可调整：days（允许晚于检查当天的天数，默认0）。多数信息的日期都在将来的，多半是截止日期，交人工核实。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import (
    Column,
    ColumnKind,
    Confidence,
    Entry,
    Evidence,
    Finding,
    Rule,
    Severity,
    Site,
    hookimpl,
)


@dataclass(frozen=True)
class Options:
    """Days by which a date may lie after the audit."""

    days: int = 0


RULE = Rule(
    __doc__,
    code="COL205",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R31",),
    confidence=Confidence.MEDIUM,
)
# Words of a row, outside its title, that make its date something other than a publishing date.
OTHER_DATE = re.compile(
    r"截止|截至|结束|到期|有效期|失效|征集时间|征求意见时间|活动时间|会议时间|开庭|开标|报名|施行|实施日期|生效"
)
# Columns whose rows carry the day of what they announce.
ANNOUNCING = re.compile(
    r"预告|预报|日程|安排|日历|开庭|招聘会|报名|停电|停水|停气|停限电|值班|出诊|排班|申报|拍卖|招标|采购|竞价|挂牌"
)
QUOTED = 5
PLACES = 20
FEW = 3


@hookimpl
def check_column(column: Column, site: Site, options: Options) -> Iterator[Finding]:
    """Rows of page 1 that claim to be published after the audit."""
    if column.kind is not ColumnKind.LIST or ANNOUNCING.search(column.name):
        return
    rows = [entry for entry in column.recent if _late(entry, site, options.days)]
    if not rows:
        return
    dated = sum(1 for entry in column.recent if entry.date)
    # Where most rows lie ahead, the date element is a deadline more likely than a mistake.
    review = len(rows) >= FEW and len(rows) * 2 > dated
    quoted = "；".join(f"《{entry.title}》{entry.date}" for entry in rows[:QUOTED])
    more = f"等{len(rows)}条" if len(rows) > QUOTED else ""
    doubt = "多数信息如此，也可能是截止日期，请人工核实。" if review else ""
    yield Finding(
        f"栏目“{column.path}”第1页有{len(rows)}条信息的日期晚于检查当天（{site.today}）：{quoted}{more}。{doubt}",
        where=tuple(
            Evidence(entry.url or column.url, f"{entry.title} {entry.date}", "list")
            for entry in rows[:PLACES]
        ),
        review=review,
    )


def _late(entry: Entry, site: Site, days: int) -> bool:
    """Whether the row's own date lies after the audit and is a publishing date."""
    if entry.date is None or (entry.date - site.today).days <= days or entry.period:
        return False
    return not OTHER_DATE.search(entry.text.replace(entry.title, ""))
