"""统计部门数据解读缺月份。

为什么：经济运行数据每月都有，只发数字不解读，群众看不懂；通报把“区统计局能够每月公开经济运行文字解读数据、图表解读数据”作为标准。
看什么：由统计局发布、标题是经济运行或主要指标的解读、图解、分析的文章，按发布日期归到月份，看最近一个已结束月份所在的自然年：哪几个已经结束的月份一篇都没有。
不报：还没有过完的月份；2月（1—2月数据合并在3月发布，选项 skip）；第一篇之前的月份；全年不足3篇、看不出按月发布的；台账没有名称含“统计局”的单位的。
整改：补发所缺月份的数据解读；今后每月数据发布后及时解读，文字、图表都可以。
依据：黄石港区2022年度绩效考评通报一（一）（地方规定）。

要求编号R06。一年报一条，写明缺哪几个月。可调整：skip（不要求发布的月份，默认2）、fewest（全年少于几篇不判断，默认3）。
全站没有巡查完整、有数据栏目未能读取、有文章读不出日期时，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.census.census import Census
from plugins.facts.language.periods import Period, ended
from plugins.facts.site.doubts import unread, unseen


@dataclass(frozen=True)
class Options:
    """Months in which nothing is due, and the number of articles that shows a monthly series."""

    skip: tuple[int, ...] = (2,)
    fewest: int = 3


RULE = Rule(
    __doc__,
    code="POL205",
    severity=Severity.MAJOR,
    deduct=1,
    options=Options(),
    requirements=("R06",),
    confidence=Confidence.HIGH,
    absence=True,
)
DATA = re.compile(
    r"经济运行|经济指标|主要指标|经济形势|统计数据|数据|工业|投资|消费|零售|物价|价格指数|CPI|GDP|生产总值|居民收入|可支配收入|规上|规模以上|服务业|房地产|就业"
)
READS = re.compile(
    r"解读|图解|图说|读懂|看懂|数说|分析|简析|浅析|述评|点评|走势|看点|运行情况|运行简况|情况简析|经济形势"
)
COLUMN = re.compile(r"数据解读|数据分析|经济运行|统计分析|统计解读|指标解读")
OWN_COLUMN = re.compile(r"数据解读|指标解读|统计解读|经济运行解读")
OFFICE = "统计局"


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each statistics office whose monthly readings have holes."""
    windows = [one for one in ended(Period.MONTH, site.today) if one.open.month not in options.skip]
    for unit in site.units:
        if OFFICE not in unit.name or not windows:
            continue
        dated = [
            (page.published, page)
            for one in known(Census, site).titles
            if DATA.search(one.title)
            and READS.search(one.title)
            and (page := site.pages.get(one.key)) is not None
            and page.kind == "article"
            and page.readable
            and page.published
            and (page.unit == unit.name or site.unit_named(page.source) == unit)
        ]
        year = [day for day, _ in dated if windows[0].open <= day <= site.today]
        older = [day for day, _ in dated if day < windows[0].open]
        if len(year) + len(older) < options.fewest or not (year or older):
            continue
        first = min(day for day, _ in dated)
        missing = [
            window
            for window in windows
            if window.close >= first and not any(window.open <= day <= window.close for day in year)
        ]
        if not missing:
            continue
        doubts = unseen(site, DATA)
        unclear = [
            column.name
            for column in site.columns
            if COLUMN.search(column.name) and column.empty is None and not column.entries
        ]
        # Where the series has a column of its own, it is not to be looked for in others.
        if unclear and not any(
            OWN_COLUMN.search(column.name) and column.entries for column in site.columns
        ):
            doubts += unread(unclear, most=None)
        months = "、".join(f"{window.open.month}月" for window in missing)
        newest = max(dated, key=lambda one: (one[0], one[1].key))[1]
        yield Finding(
            f"{unit.name}{windows[0].open.year}年缺{months}的经济数据解读"
            f"（应有{len(windows)}个月，最近一篇发布于{newest.published}）{doubts.aside()}。",
            key=f"{unit.name} {windows[0].open.year}",
            where=(Evidence(newest.final_url or newest.url, newest.title, "article"),),
            review=bool(doubts),
            unit=unit.name,
        )
