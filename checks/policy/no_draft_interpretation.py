"""全年没有决策草案解读。

为什么：征求意见时就讲清楚草案为什么定、定了什么，公众才提得出意见。
看什么：上一个完整的自然年，全站有没有解读征求意见稿或草案的文章（标题写明草案、征求意见稿的解读、图解、说明），或者征集公告有没有链接到解读。
不报：本年度（还没有过完）；全年没有就草案征求过意见的网站；只有一个单位发布内容的网站。
整改：就草案征求意见时，同步发布草案解读，每年至少1个。
依据：咸宁市2022年政务公开工作要点（征求意见稿）“各地、各部门年内至少选择1个政策文件开展决策草案解读”（地方规定）；本工具按全站每年1个检查。

要求编号R09。一年报一条，算在网站主办单位名下。全站没有巡查完整、看不到往年内容，征集公告附了起草说明（是否算作解读由人判断），或者有征集文章没有读到时，交人工核实，确认前不扣分。可调整：warn_days（年底前几天起，对当年已就草案征求意见而没有草案解读的预警，默认60，0为不预警；预警不扣分）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl
from plugins.addresses.endings import ARCHIVES, PAPERS, SHEETS, pattern_of
from plugins.facts.census.census import Kind, doubts
from plugins.facts.columns.foresight import ahead, day_after, soon
from plugins.facts.language.periods import Window, told, year_before, year_of
from plugins.facts.language.titles import plain


@dataclass(frozen=True)
class Options:
    """Days ahead of the end of the year with a warning (0 = none)."""

    warn_days: int = 60


RULE = Rule(
    __doc__,
    code="POL209",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R09",),
    confidence=Confidence.MEDIUM,
)
WORDS = re.compile("解读|图解|读懂|起草说明|征求意见|征集|草案|《")
DRAFT = re.compile(r"草案|征求意见稿|征求意见|意见征集|公开征集")
READS = re.compile(r"解读|图解|读懂|起草说明|编制说明")
# An attachment called 起草说明 is an explanation, perhaps no interpretation.
FILE = re.compile(rf"{pattern_of(PAPERS | ARCHIVES | SHEETS)}$", re.IGNORECASE)
SHOWN = 10


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a year in which drafts were put up and none was explained."""
    if not site.census.portal:
        return
    yield from _judge(site, year_before(site.today), None)
    now = year_of(site.today)
    if soon(day_after(now.close), site.today, options.warn_days):
        yield from _judge(site, now, day_after(now.close))


def _judge(site: Site, window: Window, due: date | None) -> Iterator[Finding]:
    """What a year lacks; ``due`` = it is not over yet, and this is the day after."""
    census = site.census
    calls = [one for one in census.of(Kind.CALL, window) if DRAFT.search(plain(one.title))]
    if not calls:
        return
    read = [one for one in census.of(Kind.INTERPRETATION, window) if DRAFT.search(plain(one.title))]
    if read or any(
        one.day
        and window.open <= one.day <= window.close
        and DRAFT.search(one.title)
        and READS.search(one.title)
        for one in census.titles
    ):
        return
    unread = explained = 0
    for call in calls:
        page = site.pages.get(call.key)
        if page is None or page.solicitation is None:
            unread += 1
        elif any(not FILE.search(url) for url in page.interpretation_links):
            return
        else:
            explained += page.solicitation.explained
    why = list(doubts(site, Kind.CALL, window, WORDS))
    if unread:
        why.append(f"有{unread}篇征集文章没有读到")
    if explained:
        why.append(f"有{explained}项附了起草说明，是否算作草案解读")
    if due and why:
        return
    doubt = f"（{'；'.join(why)}，请人工核实）" if why else ""
    end = f"，{ahead(due, site.today)}" if due else doubt
    yield Finding(
        f"{told(window)}本站就{len(calls)}项草案征求意见，没有一项发布草案解读{end}。",
        key=str(window.open.year),
        where=tuple(Evidence(one.url, one.title, "article") for one in calls[:SHOWN]),
        review=bool(why),
        unit=site.unit,
        due=due,
    )
