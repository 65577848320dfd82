"""年度报告中现行有效的规范性文件件数与栏目不一致。

为什么：年度报告说有多少件现行有效的规范性文件，栏目里就应查得到多少件；不一致，不是漏公开就是报错了数。
看什么：各单位和本级政府最近一份年度报告第二部分“行政规范性文件”一行的“现行有效件数”，与站内该单位名称含“规范性文件”的栏目（含其下分栏）中到该年12月31日止已发布、没有标明失效或废止的篇数，相差超过gap件的报一条。
不报：报告的表没有读到、没有这样的栏目、栏目没有读到条目的；清理结果、解读、征求意见等栏目不算。
整改：核对规范性文件清单，补充公开漏掉的文件，给失效、废止的文件标明状态；报告数字有误的予以更正。
依据：国办公开办函〔2021〕30号（第二十条第（一）项）；《中华人民共和国政府信息公开条例》（国令第711号）第二十条第（一）项。

要求编号R38。栏目里的篇数由机器清点，一律交人工核实，确认前不扣分。可调整：gap（允许相差的件数，默认0）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins import Column, Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.report_filings import Dossier, Filings
from plugins.facts.language.text import solid
from plugins.facts.papers.documents import Document


@dataclass(frozen=True)
class Options:
    """By how many the two may differ."""

    gap: int = 0


RULE = Rule(
    __doc__,
    code="DSC307",
    severity=Severity.MINOR,
    deduct=0.5,
    options=Options(),
    requirements=("R38",),
    confidence=Confidence.LOW,
)
COLUMN = re.compile(r"规范性文件")
OTHER = re.compile(r"清理|解读|征求|征集|意见|备案|废止|失效|草案|审查|计划")
ENDED = re.compile(r"失效|废止|宣布失效")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """The newest report of every owner against the owner's column."""
    for dossier in known(Filings, site).latest(site.today):
        first = next(
            (one for one in dossier.filings if one.report and one.report.valid is not None), None
        )
        if first is None or first.report is None or first.report.valid is None:
            continue
        columns = tuple(_columns(site, dossier))
        if not any(column.entries for column in columns):
            continue
        told, counted = first.report.valid, _count(site, columns, date(dossier.year, 12, 31))
        if abs(told - counted) <= options.gap:
            continue
        names = "、".join(dict.fromkeys(f"“{column.name}”" for column in columns))
        yield Finding(
            f"{dossier.whose(site)}{dossier.name}称现行有效的行政规范性文件{told}件，栏目{names}中"
            f"{dossier.year}年底前发布、没有标明失效或废止的有{counted}件，请人工核实。",
            of=first.subject(site.host),
            where=(first.evidence, *(Evidence(column.url, column.name) for column in columns[:3])),
            review=True,
            unit=dossier.owner,
        )


def _columns(site: Site, dossier: Dossier) -> Iterator[Column]:
    """The owner's columns of 规范性文件, and those below them."""
    for column in site.columns:
        if column.unit != dossier.owner or OTHER.search(column.name):
            continue
        if COLUMN.search(column.name) or any(COLUMN.search(name) for name in column.above):
            yield column


def _count(site: Site, columns: tuple[Column, ...], until: date) -> int:
    """Documents in force: by title, so that one that is filed twice counts once."""
    found = set()
    for column in columns:
        for entry in column.entries:
            page = site.pages.get(entry.key)
            day = entry.date or (page.published if page else None)
            document = page.get(Document) if page else None
            validity = document.validity if document else ""
            if (day is None or day <= until) and not ENDED.search(
                f"{validity}{entry.status}{entry.text}".replace(entry.title, "")
            ):
                found.add(solid(entry.title))
    return len(found)
