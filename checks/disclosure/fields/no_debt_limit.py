"""没有公布政府债务限额和余额。

为什么：本级政府借了多少、还能借多少，应当让人大代表和群众看得到。
看什么：全站标题、附件名称和栏目里有没有政府债务限额、余额情况（名称模式见同目录 wanted.toml 的 no_debt_limit），写明或发布在应看的年度及以后。from_month月起看上一年度的，此前看再上一年度的：上年末的限额余额随当年预算公开。
不报：只有一个单位发布内容的网站；看不出年份的；链接到其他网站公布的；管理办法、化解方案等关于债务的其他文件不算，也不因此报。
整改：公开上年末政府债务限额、余额和本年还本付息预算，可随预决算一并公开，标题写明年度。
依据：《石城县2022年政务公开工作要点》第（五）条“推进政府债务信息公开，及时做好政府债务限额、余额等情况公开”（外地文件，供参照）；《预算法》第十四条；财政部《地方政府债务信息公开办法（试行）》（财预〔2018〕209号，凭经验转述，未对照原文）。

要求编号R43。一年报一条，算在财政部门名下（台账中没有的，算网站主办单位）。债务表常附在政府预决算文本里：站内有这样的文本而标题没有写明的，交人工核实；全站没有巡查完整、有关栏目未能读取的，也交人工核实，确认前不扣分。
可调整：from_month（从几月起看上一年度，默认7；法定期限是预算批准后20日内，这里从宽）。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.holding import COLUMN, OUTSIDE
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.holdings.wanted import is_portal, last_year, read_wanted, seek, year_due
from plugins.facts.site.doubts import doubt


@dataclass(frozen=True)
class Options:
    """From which month on last year's debts are looked for."""

    from_month: int = 7

    def __post_init__(self) -> None:
        date(2001, self.from_month, 1)


RULE = Rule(
    __doc__,
    code="DSC403",
    severity=Severity.MINOR,
    deduct=2,
    options=Options(),
    requirements=("R43",),
    confidence=Confidence.HIGH,
    absence=True,
)
(DEBT,) = read_wanted(Path(__file__).with_name("wanted.toml"), "no_debt_limit")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a portal without the limit and balance of debts of the year that is due."""
    if not is_portal(site):
        return
    year = year_due(site.today, options.from_month) - 1
    sought = seek(site, DEBT)
    if sought.since(year) or sought.undated or any(one.kind == OUTSIDE for one in sought.held):
        return
    within = [
        one
        for one in known(Holdings, site).all
        if one.kind != COLUMN and last_year(one) >= year and one.called(DEBT.maybe)
    ]
    last = sought.newest
    before = f"，最近一份是“{last.title}”（{last_year(last)}年）" if last else ""
    doubts = sought.doubts or doubt(f"可能附在“{within[0].title}”里" if within else "")
    yield Finding(
        f"没有找到{year}年度政府债务限额和余额{before}{doubts.aside()}。",
        key=str(year),
        where=(last.evidence,)
        if last
        else tuple(one.evidence for one in within[:3]) or sought.evidence(),
        review=bool(doubts),
        unit=sought.unit,
    )
