"""单位全年政策解读数量不足。

为什么：没有解读的单位在考评中直接失分；区里公布的成绩表中，部门失分的58%失在解读回应。
看什么：上一个完整的自然年，各单位在本站发布的政策解读篇数：承担公开领域多的单位至少2次，少的至少1次。按来源、所在单位栏目和所解读文件的制发单位归属，一篇可以同时算给几个单位。
不报：本年度（还没有过完）；台账没有写明公开领域多少（fields）的单位；在本站没有任何内容的单位；只有一个单位发布内容的网站。
整改：按要求补足解读，写明来源单位，归入政策解读栏目；图解、视频、问答都算。
依据：《黄石港区2022年政务公开工作要点》第（九）条“承担公开领域较多的部门每年至少完成相关解读2次，承担公开领域少的部门每年至少完成相关解读1次”（地方规定）。

要求编号R03。可调整：many（公开领域多的单位全年篇数，默认2）、few（公开领域少的，默认1）、warn_days（年底前几天起对篇数还不够的单位预警，默认60，0为不预警；预警不扣分）。一个单位一年报一条，算在该单位名下。
全站没有巡查完整、看不到往年内容、另有解读看不出单位或读不出日期、该单位另有自己的网站时，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.census.census import PieceKind
from plugins.facts.census.shortfalls import by_load, shortfalls
from plugins.facts.columns.foresight import day_after, soon
from plugins.facts.language.periods import Window, told, year_before, year_of


@dataclass(frozen=True)
class Options:
    """Interpretations a year of a unit with many and with few public fields.

    ``warn_days`` ahead of the breach it is warned of (0 = never).
    """

    many: int = 2
    few: int = 1
    warn_days: int = 60


RULE = Rule(
    __doc__,
    code="POL202",
    severity=Severity.MAJOR,
    deduct=3,
    options=Options(),
    requirements=("R03",),
    confidence=Confidence.HIGH,
    absence=True,
)
WORDS = re.compile("解读|图解|读懂|问答|说明|视频|音频|《")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each unit that published too few interpretations last year."""
    yield from _judge(site, options, year_before(site.today), None)
    now = year_of(site.today)
    if soon(day_after(now.close), site.today, options.warn_days):
        yield from _judge(site, options, now, day_after(now.close))


def _judge(site: Site, options: Options, window: Window, due: date | None) -> Iterator[Finding]:
    """The units with too few in a year; ``due`` = it is not over yet, and this is the day after."""
    least = by_load(options.many, options.few)
    for short in shortfalls(site, PieceKind.INTERPRETATION, window, WORDS, least, due):
        yield Finding(
            f"{short.unit.name}承担公开领域{short.load}，{told(window)}至少应完成政策解读{short.least}次，"
            f"{short.found('次')}。",
            key=f"{short.unit.name} {window.open.year}",
            where=short.where,
            review=short.review,
            unit=short.unit.name,
            due=due,
        )
