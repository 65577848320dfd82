"""单位全年没有开展调查征集。

为什么：重大决策和民生事项应当听取公众意见，要点要求公开领域多的部门每年至少开展一次。
看什么：上一个完整的自然年，台账写明承担公开领域多（fields = "many"）的单位，在本站有没有调查征集活动。按来源、所在单位栏目归属；网站主办单位的栏目里写明来源的，也算来源单位的。
不报：本年度（还没有过完）；承担公开领域少的和没有写明的单位；公布了“未开展意见征集情况说明”的；在本站没有任何内容的单位；只有一个单位发布内容的网站。
整改：选择与群众关系密切的事项开展意见征集或网上调查，写明征集单位；确实没有的，公布情况说明。
依据：《黄石港区2022年政务公开工作要点》第（十）条“承担公开领域较多的部门每年至少完成调查征集活动不少于1次”（地方规定）；没有开展的公布情况说明，是宣州、涡阳的做法。

要求编号R13。可调整：yearly（全年次数，默认1）、warn_days（年底前几天起对次数还不够的单位预警，默认60，0为不预警；预警不扣分）。一个单位一年报一条，算在该单位名下。
全站没有巡查完整、看不到往年内容、另有征集看不出单位或读不出日期、该单位另有自己的网站时，交人工核实，确认前不扣分。
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
    """Solicitations a year of a unit with many public fields.

    ``warn_days`` ahead of the breach it is warned of (0 = never).
    """

    yearly: int = 1
    warn_days: int = 60


RULE = Rule(
    __doc__,
    code="DLG204",
    severity=Severity.MAJOR,
    deduct=2,
    options=Options(),
    requirements=("R13",),
    confidence=Confidence.MEDIUM,
    absence=True,
)
WORDS = re.compile("征集|征求|意见|调查|问卷|投票|听证|《")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each busy unit that asked nobody's opinion last year."""
    yield from _judge(site, options, year_before(site.today), None)
    now = year_of(site.today)
    if soon(day_after(now.close), site.today, options.warn_days):
        yield from _judge(site, options, now, day_after(now.close))


def _judge(site: Site, options: Options, window: Window, due: date | None) -> Iterator[Finding]:
    """The units with too few in a year; ``due`` = it is not over yet, and this is the day after."""
    least = by_load(options.yearly, 0)
    for short in shortfalls(site, PieceKind.CALL, window, WORDS, least, due):
        yield Finding(
            f"{short.unit.name}承担公开领域多，{told(window)}至少应开展调查征集{short.least}次，"
            f"{short.found('次')}。",
            key=f"{short.unit.name} {window.open.year}",
            where=short.where,
            review=short.review,
            unit=short.unit.name,
            due=due,
        )
