"""单位季度政策问答数量不足。

为什么：政策问答是群众最常用的解读，要点按季度给各单位定了条数。
看什么：最近一个已结束季度所在的自然年，各单位每个已结束的季度在政策问答栏目发布的条数：承担公开领域多的至少5条，少的至少2条。按条目写明的答复单位或来源、所在单位栏目归属。
不报：还没有过完的季度；台账没有写明公开领域多少（fields）的单位；在本站没有任何内容的单位；没有政策问答栏目的网站（由DLG202看）；只有一个单位发布内容的网站。
整改：按季度补足政策问答，每条写明答复单位和日期。
依据：《黄石港区2022年政务公开工作要点》第（四）条“承担公开领域多的部门每季度更新政策问答数不得少于5条，承担公开领域少的部门每季度更新政策问答数不得少于2条”（地方规定）。

要求编号R10。可调整：many（公开领域多的单位每季度条数，默认5）、few（少的，默认2）、warn_days（季度结束前几天起对条数还不够的单位预警，默认15，0为不预警；预警不扣分）。一个单位一个季度报一条，算在该单位名下。
全站没有巡查完整、看不到该季度以前的内容、另有问答看不出单位或读不出日期、该单位另有自己的网站时，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.census.census import Census, PieceKind
from plugins.facts.census.shortfalls import by_load, shortfalls
from plugins.facts.columns.foresight import day_after, soon
from plugins.facts.language.periods import Period, Window, ended, running, told


@dataclass(frozen=True)
class Options:
    """Answers a quarter of a unit with many and with few public fields.

    ``warn_days`` ahead of the breach it is warned of (0 = never).
    """

    many: int = 5
    few: int = 2
    warn_days: int = 15


RULE = Rule(
    __doc__,
    code="DLG201",
    severity=Severity.MAJOR,
    deduct=2,
    options=Options(),
    requirements=("R10",),
    confidence=Confidence.HIGH,
    absence=True,
)
WORDS = re.compile("问|答|咨询|怎么|如何|吗|什么|哪")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each unit and quarter with too few answers."""
    if not known(Census, site).places.get(PieceKind.QUESTION):
        return
    for window in ended(Period.QUARTER, site.today):
        yield from _judge(site, options, window, None)
    now = running(Period.QUARTER, site.today)
    if soon(day_after(now.close), site.today, options.warn_days):
        yield from _judge(site, options, now, day_after(now.close))


def _judge(site: Site, options: Options, window: Window, due: date | None) -> Iterator[Finding]:
    """The units with too few in a quarter; ``due`` = it is not over yet, and this is the day after."""
    least = by_load(options.many, options.few)
    for short in shortfalls(site, PieceKind.QUESTION, window, WORDS, least, due):
        yield Finding(
            f"{short.unit.name}承担公开领域{short.load}，{told(window)}至少应更新政策问答{short.least}条，"
            f"{short.found('条')}。",
            key=f"{short.unit.name} {window.open.year}Q{(window.open.month + 2) // 3}",
            where=short.where,
            review=short.review,
            unit=short.unit.name,
            due=due,
        )
