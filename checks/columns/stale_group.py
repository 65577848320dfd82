"""一组栏目未按要求更新。

为什么：一项工作分列在几个栏目里时，任何一个栏目都可以报送；几个栏目全部停下来，才是这项工作没有公开。
看什么：台账中更新要求写作“组名@天数”的栏目。取全组各栏目第1页最新的一条信息，超过规定天数没有更新的，整组报一条。
不报：组内有任何一个栏目按时更新的；全组都没有一条带日期的信息的；登记了豁免原因的栏目不参加计算。单个栏目的最长间隔由COL201看。
整改：在组内任一栏目补充应公开的信息。
依据：单位自定的栏目更新要求（台账）；国办秘函〔2019〕19号单项否决“栏目不更新”。

可调整：grace（到期后的宽限天数，默认0）、warn_days（到期前几天起预警，默认5，0为不预警；期限过半以后才预警，预警不扣分）。组内有栏目没有读到日期，或者本次巡查没有完成时，可能漏看了更新的信息，交人工核实。
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from plugins import Column, Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.columns.foresight import ahead, day_after, soon_again


@dataclass(frozen=True)
class Options:
    """Days of grace after the due day, and days ahead of the breach with a warning (0 = none)."""

    grace: int = 0
    warn_days: int = 5


RULE = Rule(
    __doc__,
    code="COL202",
    severity=Severity.MAJOR,
    deduct=5,
    options=Options(),
    requirements=("R31",),
    confidence=Confidence.HIGH,
)
PLACES = 20


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each group of columns that stood still together."""
    groups: dict[str, list[Column]] = defaultdict(list)
    for column in site.columns:
        if column.duty is not None and column.duty.group and not column.exempt:
            groups[column.duty.group].append(column)
    for name, members in groups.items():
        yield from _judge(name, members, site, options)


def _judge(name: str, members: list[Column], site: Site, options: Options) -> Iterator[Finding]:
    duty = members[0].duty
    dated = [(column, entry) for column in members if (entry := column.latest_by(site.today))]
    if duty is None or not dated:
        return
    newest, entry = max(dated, key=lambda pair: (pair[1].date or site.today, pair[0].key))
    started = [column.since for column in members]
    # The clock of the group runs since its first member was registered with it.
    since = None if None in started else min(day for day in started if day)
    deadline = duty.deadline(entry.date, since)
    if deadline is None or entry.date is None:
        return
    due = day_after(deadline.day + timedelta(days=options.grace))
    start = max(entry.date, since or entry.date)
    warning = soon_again(due, site.today, options.warn_days, start)
    if site.today < due and not warning:
        return
    names = _names(members)
    # An empty column hides nothing; one that could not be read, or shows no dates, may.
    unclear = [
        names[column.key]
        for column in members
        if column.latest_by(site.today) is None and column.empty is not True
    ]
    doubt = ""
    if unclear:
        doubt = f"其中{'、'.join(unclear)}没有读到日期，请人工核实。"
    if warning and doubt:
        return
    late = f"至{site.today}已超{(site.today - deadline.day).days}天"
    yield Finding(
        f"“{name}”组的{len(members)}个栏目（{'、'.join(names[column.key] for column in members)}）中，"
        f"最新一条信息发布于{entry.date}（{names[newest.key]}），要求每{duty.days}天至少更新一次，"
        f"最迟应于{deadline.day}更新，{ahead(due, site.today) if warning else late}。{doubt}",
        key=name,
        where=(
            Evidence(entry.url or newest.url, f"{entry.title} {entry.date}", "list"),
            *(Evidence(column.url, names[column.key], "list") for column in members[:PLACES]),
        ),
        review=bool(doubt),
        due=due if warning else None,
    )


def _names(members: list[Column]) -> dict[str, str]:
    """What each member is called, with its unit where several units have one of the name."""
    counts = Counter(column.name for column in members)
    return {
        column.key: f"{column.unit}－{column.name}"
        if column.unit and counts[column.name] > 1
        else column.name
        for column in members
    }
