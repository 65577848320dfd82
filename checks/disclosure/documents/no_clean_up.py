"""没有按时公布规范性文件清理结果。

为什么：文件只发不清，失效的和有效的混在一起，谁也不知道该照哪一份办。
看什么：公开了规范性文件的网站（政府门户，或者归在规范性文件栏目、编有“规”字文号的文件不少于least件的网站）：近years年内有没有公布清理结果（标题为清理结果、废止或宣布失效某些文件、现行有效文件目录等）。
不报：没有规范性文件的网站；只有开展清理工作的通知、清理办法的不算清理结果；建站或公开规范性文件还不到years年的。
整改：按规定组织清理，公布继续有效、修改、废止和失效的文件目录，并在各文件页面上改标。
依据：江汉区2020年实施方案“因情势变化……失效、废止的信息及时予以处理并公开清理结果”；咸宁市2022年政务公开工作要点（征求意见稿）“及时发布现行有效行政规范性文件清理结果”（均为外地文件，供参照）。

要求编号R35。可调整：years（默认2年：各地规范性文件管理办法多规定每两年清理一次，凭经验转述，上述文件没有规定年数）、least（默认3）。
本次没有看完全站，或者清理结果的日期读不出来的，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.language.clean_up_titles import is_result
from plugins.facts.site.doubts import NOT_ALL, unseen
from plugins.facts.site.papers import Papers, RegulatingPaper


@dataclass(frozen=True)
class Options:
    """Years within which a clean-up must have been published; papers that make a site one to look at."""

    years: int = 2
    least: int = 3

    def __post_init__(self) -> None:
        if self.years < 1:
            raise ValueError("years至少为1")


RULE = Rule(
    __doc__,
    code="DSC204",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R35",),
    confidence=Confidence.MEDIUM,
    absence=True,
)
WORDS = re.compile("清理|废止|失效|有效|规范性文件|目录")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a site with papers and without a clean-up in the years that count."""
    papers = list(known(Papers, site).papers.values())
    if len(papers) < options.least or site.home is None:
        return
    since = _years_before(site.today, options.years)
    if not any(day < since for paper in papers if (day := _day(paper))):
        return
    found = dict(_results(site))
    days = [day for day in found.values() if day]
    if any(since <= day <= site.today for day in days):
        return
    doubts = unseen(site, WORDS, NOT_ALL)
    if undated := [url for url, day in found.items() if day is None]:
        doubts += f"另有{len(undated)}篇清理结果读不出日期"
    past = [day for day in days if day < since]
    last = f"，最近一次公布于{max(past)}" if past else ""
    yield Finding(
        f"本站公开规范性文件{len(papers)}件，{since}以来没有公布过清理结果{last}。{doubts.sentence()}",
        where=tuple(
            Evidence(one.page.final_url or one.page.url, one.page.title, "article")
            for one in papers[: options.least]
        ),
        review=bool(doubts),
        unit=site.unit,
    )


def _results(site: Site) -> Iterator[tuple[str, date | None]]:
    """Every clean-up that the site shows, as a page or as a row, with its day."""
    for page in site.pages.values():
        if page.kind in ("article", "single") and is_result(page.title):
            yield page.key, page.published
    for column in site.columns:
        for entry in column.entries:
            if entry.key not in site.pages and is_result(entry.title):
                yield entry.key, entry.date


def _day(paper: RegulatingPaper) -> date | None:
    return paper.document.issued or paper.page.published


def _years_before(day: date, years: int) -> date:
    """The same day so many years ago; 29 February becomes the 28th."""
    year = day.year - years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
