"""没有政策问答库或者问答库停更。

为什么：要点要求参照国务院政策问答平台建设政策问答库，并不断丰富完善。
看什么：全站有没有政策问答、问答库、常见问题一类栏目；有的，每个栏目最新一条是不是超过184天（选项 days）没有更新。
不报：台账定了更新要求或登记了豁免原因的问答栏目（是否按时更新由COL201看）；有一条读不出日期的；只有一个单位发布内容的网站没有此类栏目的。
整改：开设政策问答栏目并放在导航中，把高频问题和答复分条发布，按季度更新。
依据：《黄石港区2022年政务公开工作要点》第（四）条“构建黄石港区政策问答平台……主动完善政策问答库建设”；咸宁市2022年要点“形成政策问答库并不断丰富完善”（均为地方规定）；184天（两个季度）是本工具的默认值。

要求编号R11。栏目名称五花八门，也可能嵌入别的平台：全站没有巡查完整时，没有找到问答栏目交人工核实。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import (
    Column,
    ColumnKind,
    Confidence,
    Evidence,
    Finding,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
    known,
)
from plugins.facts.census.census import Census, PieceKind
from plugins.facts.columns.duty import DutyKind
from plugins.facts.site.doubts import unseen


@dataclass(frozen=True)
class Options:
    """Days after which a library without a new entry stands still."""

    days: int = 184


RULE = Rule(
    __doc__,
    code="DLG202",
    severity=Severity.MAJOR,
    deduct=2,
    options=Options(),
    requirements=("R11",),
    confidence=Confidence.HIGH,
    absence=True,
)
WORDS = re.compile("问答|问题|咨询|知识库|答疑|百问")
OUTSIDE = re.compile("政策问答|问答平台|问答库|智能问答|政策咨询")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding where there is no library, and one for each that stands still."""
    census = known(Census, site)
    columns = census.places.get(PieceKind.QUESTION, ())
    pieces = census.pieces.get(PieceKind.QUESTION, ())
    if census.portal and not columns and not pieces:
        linked = any(
            OUTSIDE.search(place.text) for target in site.targets for place in target.places
        )
        if linked:
            return
        doubts = unseen(site, WORDS)
        yield Finding(
            f"全站没有找到政策问答、问答库、常见问题一类栏目{doubts.after()}。",
            key="none",
            where=(Evidence(site.url, site.name, "nav"),),
            review=bool(doubts),
            unit=site.unit,
        )
        return
    for column in columns:
        yield from _still(column, site, options.days)


def _still(column: Column, site: Site, days: int) -> Iterator[Finding]:
    """One finding for a library in which nothing has been put for long."""
    due = column.duty is not None and column.duty.kind is not DutyKind.FREE
    if due or column.exempt or column.kind is not ColumnKind.LIST:
        return
    dated = [
        entry.date or (page.published if (page := site.pages.get(entry.key)) else None)
        for entry in column.entries
    ]
    if not dated or None in dated:
        return
    newest = max(day for day in dated if day)
    if (site.today - newest).days > days:
        yield Finding(
            f"问答栏目“{column.name}”最新一条发布于{newest}，到检查日{site.today}已"
            f"{(site.today - newest).days}天没有更新。",
            key="still",
            of=Subject(SubjectKind.COLUMN, site.host, column.key),
            where=(Evidence(column.url, column.name, "list"),),
            unit=column.unit,
        )
