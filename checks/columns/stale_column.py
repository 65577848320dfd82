"""栏目未按要求更新。

为什么：栏目停更会误导群众；“应更新但长期未更新”的栏目累计较多时，全站一票否决。
看什么：台账登记了更新要求的栏目；未登记的，动态、要闻类两周，通知公告、政策文件类六个月。以第1页各条信息自己的日期中最新的一个，对照检查当天。属于分组的栏目，这里只看它自己的最长间隔，全组由COL202看。
不报：没有更新要求的栏目；没有登记而归在专题专栏、往年或归档栏目之下的；登记了停用、隐藏等豁免原因的栏目；空白栏目（由COL101、COL102报，不重复扣分）；没有一条信息带日期的（由COL204交人工）。晚于检查当天的日期不作为更新的凭据。截止日遇休息日顺延到下一个工作日。
整改：在该栏目补充应公开的信息，不得只改日期；确已停用的，登记原因并从导航中撤下。
依据：国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》单项否决“栏目不更新”第（1）（2）项；更新要求以本单位台账为准。

可调整：grace（到期后的宽限天数，默认0）、lead（时间窗口开始前提前几天发布也算数，默认0）、warn_days（到期前几天起预警，默认5，0为不预警；期限过半以后才预警，不足一周一次的要求不预警，预警不扣分）。第1页多数信息没有日期、以后各页反而有更新的信息、列表写明栏目已停更或迁移、没有登记的“通知公告”“政策文件”不是一级栏目时，机器不能断定，交人工核实。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from plugins import (
    Column,
    ColumnKind,
    Confidence,
    Evidence,
    Finding,
    Rule,
    Severity,
    Site,
    hookimpl,
)
from plugins.facts.columns.duty import DutyDeadline
from plugins.facts.columns.foresight import ahead, day_after, soon_again
from plugins.facts.columns.lateness import lateness


@dataclass(frozen=True)
class Options:
    """Days of grace after the due day, and days by which an entry may precede its window.

    ``warn_days`` ahead of the breach it is warned of (0 = never).
    """

    grace: int = 0
    lead: int = 0
    warn_days: int = 5


RULE = Rule(
    __doc__,
    code="COL201",
    severity=Severity.MAJOR,
    deduct=5,
    options=Options(),
    requirements=("R31",),
    confidence=Confidence.HIGH,
)


# 国办秘函〔2019〕19号 asks for 通知公告 and 政策文件 of the first level only; 动态 at any level.
NATIONAL = "国家检查指标的默认要求，台账未登记"
FIRST_LEVEL_ONLY = 180
DEEP = 2
# A campaign that is over and an archive owe no news; the names above a column say so.
TOPICS = re.compile(r"专题|专栏|专区|回顾|历史|历年|往年|往期|往届|归档|存档|(?<!\d)20\d\d(?!\d)")
CLOSED = re.compile(
    r"本栏目[^,。，；]{0,12}(?:停止更新|不再更新|停更|迁移|移至|迁至|并入|合并|关闭|下线|撤销|调整)"
    r"|栏目(?:停止更新|停更|迁移|合并|关闭|下线|撤销|调整)(?:的)?(?:公告|通知|说明|启事|提示)"
)


@hookimpl
def check_column(column: Column, site: Site, options: Options) -> Iterator[Finding]:
    """The newest entry of page 1 against the column's own duty."""
    duty = column.duty
    latest = column.latest_by(site.today)
    if duty is None or not duty.judged or column.exempt or column.kind is not ColumnKind.LIST:
        return
    if latest is None or latest.date is None:
        return
    if not column.registered and any(map(TOPICS.search, column.above)):
        return
    deadline = (
        duty.member_deadline(latest.date, column.since)
        if duty.group
        else duty.deadline(latest.date, column.since, options.lead)
    )
    if deadline is None:
        return
    due = day_after(deadline.day + timedelta(days=options.grace))
    start = max(latest.date, column.since or latest.date)
    warning = soon_again(due, site.today, options.warn_days, start)
    if site.today < due and not warning:
        return
    doubt = _doubt(column, site)
    if warning and doubt:
        return
    late = f"至{site.today}已超{(site.today - deadline.day).days}天"
    source = "" if column.registered else f"；{NATIONAL}"
    yield Finding(
        f"栏目“{column.path}”最新一条信息发布于{latest.date}，按更新要求（{duty.words()}{source}）"
        f"最迟应于{deadline.day}更新{_moved(deadline)}，{ahead(due, site.today) if warning else late}。{doubt}",
        where=(
            Evidence(latest.url or column.url, f"{latest.title} {latest.date}", "list"),
            Evidence(column.url, f"第1页共{len(column.recent)}条，最新日期{latest.date}", "list"),
        ),
        review=bool(doubt),
        traits=(*column.traits, *lateness(column, latest.date, max(site.today, due))),
        due=due if warning else None,
    )


def _moved(deadline: DutyDeadline) -> str:
    """Why the due day is not the plain one, or might not be."""
    if not deadline.calendar_known:
        return f"（{deadline.plain.year}年节假日安排尚不掌握，未作顺延）"
    return f"（{deadline.plain}为休息日，已顺延）" if deadline.day != deadline.plain else ""


def _doubt(column: Column, site: Site) -> str:
    """Why a person must look, "" = nothing speaks against the finding."""
    notice = next((entry.title for entry in column.recent if CLOSED.search(entry.title)), "")
    if notice:
        return f"列表中有“{notice}”，栏目可能已停用或迁移，请人工核实。"
    duty = column.duty
    if (
        not column.registered
        and duty
        and duty.days >= FIRST_LEVEL_ONLY
        and len(column.above) >= DEEP
    ):
        return "国家检查指标只对一级栏目有此要求，本栏目不是一级栏目，请人工核实。"
    undated = sum(1 for entry in column.recent if entry.date is None)
    if undated * 2 > len(column.recent):
        return f"第1页{len(column.recent)}条信息中有{undated}条没有日期，请人工核实。"
    further = column.entries[len(column.recent) :]
    newer = [entry.date for entry in further if entry.date and entry.date <= site.today]
    latest = column.latest_by(site.today)
    if newer and latest and latest.date and max(newer) > latest.date:
        return f"以后各页有更新的信息（{max(newer)}），列表可能未按时间排列，请人工核实。"
    return ""
