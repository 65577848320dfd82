"""首页两周无更新。

为什么：首页是网站的门面；首页两周没有新信息，全站单项否决。
看什么：首页各条信息的日期，以及首页所链接的文章页面的发布日期，取最新的一个对照检查当天。首页只是导航页的，看它链接的二级页面上的信息。
不报：首页打不开的（另有规则）；检查从某个列表或某篇文章开始、没有读到首页的；两周之内有任何一条新信息的。晚于检查当天的日期不作为更新的凭据。
整改：及时在首页发布本地区、本部门的重要信息。
依据：国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》单项否决“首页不更新”：2周未更新；首页仅为导航页面的，看所有二级页面。

可调整：days（天数，默认14）、warn_days（逾期前几天起预警，默认5，即10天没有更新起预警；0为不预警，预警不扣分）。首页和它链接的页面上一个日期也找不到，起始页看不出是不是首页，或者巡查没有完成、凭据不足时，交人工核实。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from plugins import (
    Confidence,
    Evidence,
    Finding,
    PageDigest,
    PageKind,
    Rule,
    Severity,
    Site,
    hookimpl,
)
from plugins.addresses.urls import host_of
from plugins.facts.columns.foresight import ahead, day_after, soon_again


@dataclass(frozen=True)
class Options:
    """Days within which something new must stand on the home page.

    ``warn_days`` ahead of the breach it is warned of (0 = never).
    """

    days: int = 14
    warn_days: int = 5


RULE = Rule(
    __doc__,
    code="COL203",
    severity=Severity.VETO,
    deduct=10,
    options=Options(),
    requirements=("R31",),
    confidence=Confidence.HIGH,
)
# A home page in a folder of its own looks like any page of blocks: a person must look. A list or a
# text from which an audit of one section was started is no home page at all.
FRONT = (PageKind.HOME, PageKind.PORTAL)
# A home page without dated rows that links to fewer articles than this is a navigation page.
FEW = 5
OK = 200


@dataclass(frozen=True)
class _Newest:
    """The newest date that proves an update, where it stands, and how it was found."""

    day: date
    where: Evidence
    second_level: bool = False


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """The newest information that a visitor of the home page is led to."""
    home = site.home
    if home is None or home.failure or home.status != OK or home.kind not in FRONT:
        return
    linked = [page for key in home.out if (page := site.pages.get(key)) and page.key != home.key]
    articles = [
        page for page in linked if page.kind == PageKind.ARTICLE and _by(page.published, site)
    ]
    navigation = _by(home.newest, site) is None and len(articles) < FEW
    newest = max(
        _dates(home, articles, linked if navigation else [], site),
        key=lambda found: found.day,
        default=None,
    )
    if newest is None:
        yield Finding(
            f"首页{f'和它链接的{len(linked)}个页面' if linked else ''}上没有找到信息的发布日期，无法判断首页{options.days}天内是否更新，请人工核实。",
            where=(Evidence(home.url, selector="home"),),
            review=True,
        )
        return
    days = (site.today - newest.day).days
    due = day_after(newest.day + timedelta(days=options.days))
    warning = soon_again(due, site.today, options.warn_days, newest.day)
    if site.today < due and not warning:
        return
    doubt = _doubt(home, site, weak=navigation and not newest.second_level)
    if warning and doubt:
        return
    late = f"至{site.today}已有{days}天没有更新（要求{options.days}天内有更新）"
    early = f"要求{options.days}天内有更新，最迟应于{due - timedelta(days=1)}更新，{ahead(due, site.today)}"
    place = "首页为导航页，二级页面上" if newest.second_level else "首页"
    yield Finding(
        f"{place}最新一条信息发布于{newest.day}，{early if warning else late}。{doubt}",
        where=(newest.where, Evidence(home.url, f"最新日期{newest.day}", "home")),
        review=bool(doubt),
        due=due if warning else None,
    )


def _by(day: date | None, site: Site) -> date | None:
    """A date that proves something: one that has come."""
    return day if day and day <= site.today else None


def _dates(
    home: PageDigest, articles: list[PageDigest], second: list[PageDigest], site: Site
) -> Iterator[_Newest]:
    day = _by(home.newest, site)
    if day:
        yield _Newest(day, Evidence(home.url, f"首页列表中最新日期{day}", "list"))
    for page in articles:
        if page.published:
            yield _Newest(page.published, Evidence(page.url, f"{page.title} {page.published}"))
    for page in second:
        day = _by(page.newest, site)
        if day:
            yield _Newest(day, Evidence(page.url, f"{page.title} {day}", "list"), second_level=True)


def _doubt(home: PageDigest, site: Site, *, weak: bool) -> str:
    """Why a person must look, "" = nothing speaks against the finding."""
    if home.kind != PageKind.HOME:
        return f"本次检查从 {home.url} 开始，机器看不出它是不是首页，请人工核实。"
    if weak:
        return f"首页能读到日期的信息不足{FEW}条，请人工核实。"
    unread = sum(1 for key in home.out if host_of(key) in site.hosts and key not in site.pages)
    if unread and site.coverage.state != "complete":
        return f"首页链接的页面中有{unread}个没有读到，请人工核实。"
    return ""
