"""没有按时公布政务公开考评结果。

为什么：考核评估的结果向社会公开，公众才能监督，被考评的单位才会改进。
看什么：政府门户网站上标题含政务公开（或政府网站、政务新媒体）与考核、考评、评估、绩效，以及结果、情况、通报、排名等字样的文章；上一年度的结果应在month月day日前公布，没有的或晚了的报一条。
不报：部门、街道和下属单位的网站；当年期限未到的（改看上一个到期年度）；季度、月度检查通报不算年度结果，但标题写明年度的算。
整改：尽快公布该年度考评结果，今后在第一季度公布。
依据：咸宁市2022年政务公开工作要点（征求意见稿）“考核评估结果于次年一季度公开”（外地文件，供参照）。

可调整：month、day（期限，默认3月31日）、warn_days（期限前几天起预警，默认15，0为不预警；预警不扣分）。本次没有看完全站，可能漏看的，交人工核实。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins import Confidence, Evidence, Finding, PageDigest, Rule, Severity, Site, hookimpl
from plugins.facts.columns.foresight import ahead, day_after, soon
from plugins.facts.site.doubts import NOT_ALL, Doubts, unseen


@dataclass(frozen=True)
class Options:
    """The last day in the following year, and days ahead of the breach with a warning (0 = none)."""

    month: int = 3
    day: int = 31
    warn_days: int = 15

    def __post_init__(self) -> None:
        date(2001, self.month, self.day)


RULE = Rule(
    __doc__,
    code="DSC605",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R61",),
    confidence=Confidence.MEDIUM,
    absence=True,
)
PORTAL = re.compile(r"(?:人民政府|管委会|管理委员会)(?:门户网站|网站|网)?$")
FIELD = re.compile("政务公开|政府信息公开|政府网站|政务新媒体")
MARK = re.compile("考核|考评|评估|绩效|评价")
RESULT = re.compile("结果|情况|通报|排名|公示|成绩")
PLAN = re.compile("方案|办法|细则|指标|年度报告|工作要点|开展.{0,20}通知$")
PART = re.compile(r"季度|月份|\d月|上半年|半年")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Judge the last year whose results are due."""
    if site.home is None or not PORTAL.search(site.name):
        return
    yield from _warn(site, options)
    year = site.today.year
    if site.today <= date(year, options.month, options.day):
        year -= 1
    due = date(year, options.month, options.day)
    found = [page for page in site.pages.values() if _is_result(page, year)]
    early = [page for page in found if page.published is None or page.published <= due]
    if early:
        return
    if found:
        page = min(found, key=lambda one: (one.published or due, one.key))
        yield Finding(
            f"{year - 1}年度政务公开考评结果公布于{page.published}，晚于{due}。",
            key=str(year - 1),
            where=(Evidence(page.url, page.title),),
        )
        return
    doubts = _doubts(site)
    yield Finding(
        f"没有找到{year - 1}年度政务公开考评结果（应于{due}前公布）。{doubts.sentence()}",
        key=str(year - 1),
        where=(Evidence(site.home.url),),
        review=bool(doubts),
    )


def _warn(site: Site, options: Options) -> Iterator[Finding]:
    """The results of last year, where they are due soon and certainly not there."""
    year = site.today.year
    last = date(year, options.month, options.day)
    due = day_after(last)
    if (
        site.home is None
        or not soon(due, site.today, options.warn_days)
        or any(_is_result(page, year) for page in site.pages.values())
        or _doubts(site)
    ):
        return
    yield Finding(
        f"还没有{year - 1}年度政务公开考评结果（应于{last}前公布），{ahead(due, site.today)}。",
        key=str(year - 1),
        where=(Evidence(site.home.url),),
        due=due,
    )


def _doubts(site: Site) -> Doubts:
    return unseen(site, lambda words: FIELD.search(words) and MARK.search(words), NOT_ALL)


def _is_result(page: PageDigest, year: int) -> bool:
    title = page.title
    if not (FIELD.search(title) and MARK.search(title) and RESULT.search(title)):
        return False
    if PLAN.search(title) or PART.search(title):
        return False
    named = re.search(r"(20\d\d)\s*年", title)
    if named:
        return int(named[1]) == year - 1 and (page.published is None or page.published.year >= year)
    return page.published is not None and page.published.year == year
