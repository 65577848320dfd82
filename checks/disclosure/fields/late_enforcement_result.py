"""行政许可、行政处罚结果公开超过7个工作日。

为什么：处罚和许可的结果晚公开，当事人和群众就不能及时监督；事后一起补录，等于没有随办随公开。
看什么：标题是行政处罚、行政许可、行政强制决定或结果公示的文章：正文或表格中写明的作出决定日期，与页面写明的发布日期相比，超过days个工作日。一页有几个决定的，以最晚的一个为准。
不报：页面上没有写明决定日期或发布日期的（只有地址里有日期的不算）；工作日历不全的年份；清单、指南、流程、裁量基准、听证、告知等不是决定的文章；决定日期晚于发布日期的。
整改：决定作出后7个工作日内上网公开；补录的写明补录原因。
依据：宣汉县标准目录“自作出决定之日起7个工作日内公开”（外地规定，供参照）；国办发〔2018〕118号关于行政许可、行政处罚决定7个工作日内公示的要求（凭经验转述，未对照原文）；《2022年咸宁市政务公开工作要点（征求意见稿）》第4条（外地文件，供参照）。

要求编号R42。一页报一条，写明两个日期。可调整：days（容许的工作日，默认7），migrated（超过多少天可能是网站迁移或历史补录，交人工核实，默认365），years（看近几年发布的，默认2）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins import Confidence, Evidence, Finding, Page, PageKind, Rule, Severity, Site, hookimpl
from plugins.facts.language.titles import plain
from plugins.facts.language.workdays import workdays_between
from plugins.facts.markup.tables import html_rows


@dataclass(frozen=True)
class Options:
    """Working days allowed; days beyond which old papers were taken over; years looked back."""

    days: int = 7
    migrated: int = 365
    years: int = 2


RULE = Rule(
    __doc__,
    code="DSC412",
    severity=Severity.MINOR,
    deduct=0.5,
    options=Options(),
    requirements=("R42",),
    confidence=Confidence.MEDIUM,
)
TITLE = re.compile(
    r"行政(?:处罚|许可|强制)[^,。]{0,30}(?:决定|结果|公示|公告|信息|公开表|案件)|(?:处罚|许可)决定书|双公示"
)
OTHER = re.compile(
    r"清单|目录|指南|流程|裁量|基准|依据|听证|告知|办法|制度|规定|细则|方案|通知|统计|总结|年度|年报|说明|计划|汇总|事先|预告|受理|送达|催告|撤销|变更|修复|不予|文书格式|样式|权限|程序"
)
LABEL = re.compile(
    r"(?:作出|下达|做出)?(?:行政)?(?:处罚|许可|强制)?决定(?:书)?(?:作出|下达|签发)?(?:的)?(?:日期|时间)|作出(?:行政)?(?:处罚|许可|强制)决定(?:的)?(?:日期|时间)|(?:处罚|许可)(?:日期|时间)"
)
INLINE = re.compile(
    rf"(?:{LABEL.pattern})[\s:：]{{0,4}}((?:19|20)\d\d)\s*[-年/.]\s*(\d{{1,2}})\s*[-月/.]\s*(\d{{1,2}})"
)
DAY = re.compile(r"^\D{0,4}((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?\s*$")
# Where the day of publishing was printed for people, or in PubDate.
SHOWN = frozenset({"data", "label", "script", "head", "meta"})
TABLES = 5


@hookimpl
def check_page(page: Page, site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a decision that came out too late."""
    if page.kind is not PageKind.ARTICLE or not (
        "处罚" in page.title
        or "许可" in page.title
        or "强制" in page.title
        or "双公示" in page.title
    ):
        return
    title = plain(page.title)
    if not TITLE.search(title) or OTHER.search(title):
        return
    day = page.published
    if (
        day is None
        or page.published_from not in SHOWN
        or (site.today - day).days > options.years * 366
    ):
        return
    decided = _decided(page)
    if decided is None or decided >= day:
        return
    took = workdays_between(decided, day)
    if took is None or took <= options.days:
        return
    old = (day - decided).days > options.migrated
    doubt = "（相隔超过一年，可能是网站迁移或历史补录，请人工核实）" if old else ""
    owner = site.unit_named(page.article.source if page.article else "") or site.unit_named(title)
    yield Finding(
        f"《{page.title}》的决定作出于{decided}，发布于{day}，用了{took}个工作日，超过{options.days}个工作日{doubt}。",
        where=(Evidence(page.address, f"作出决定日期：{decided}；发布日期：{day}", "article"),),
        review=old,
        unit=owner.name if owner else "",
    )


def _decided(page: Page) -> date | None:
    """The latest day on which, as the page prints it, a decision was made."""
    article = page.article
    if article is None:
        return None
    text = f"{article.info}\n{article.text}"
    found = [_date(*one) for one in INLINE.findall(text)]
    if "决定" in text or "处罚" in text or "许可" in text:
        for table in page.tree.css("table")[:TABLES]:
            found += _in_table(html_rows(table))
    return max((day for day in found if day is not None), default=None)


def _in_table(rows: tuple[tuple[str, ...], ...]) -> list[date | None]:
    """Days beside, or below, a cell that says it is the day of the decision."""
    found = []
    below: set[int] = set()
    for row in rows:
        for place, cell in enumerate(row):
            if place in below and (day := DAY.match(cell)):
                found.append(_date(*day.groups()))
            elif LABEL.fullmatch("".join(cell.split()).rstrip(":：")):
                after = row[place + 1] if place + 1 < len(row) else ""
                if day := DAY.match(after):
                    found.append(_date(*day.groups()))
                else:
                    below.add(place)
    return found


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
