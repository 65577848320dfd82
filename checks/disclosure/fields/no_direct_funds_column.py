"""没有“财政资金直达基层”专栏。

为什么：直达资金分给了谁、用得怎样，集中在一个专栏里，受益的企业和群众才查得到、看得见。
看什么：门户网站有没有名称含“直达基层”“直达资金”“资金直达”的栏目、专题或链接（名称模式见同目录 wanted.toml 的 no_direct_funds_column），或者文章的位置导航中有这样的栏目。
不报：只有一个单位发布内容的网站；专栏空白、停更的（见COL101、COL102、COL201）。
整改：开设“财政资金直达基层”专栏，发布直达资金的政策解读和分配使用情况。
依据：《石城县2022年政务公开工作要点》第（五）条“优化‘财政资金直达基层’专栏，发布直达资金相关重要政策解读、资金分配使用情况”（外地文件，供参照，其他地方可不执行，用 --without 关闭）。

要求编号R43。全站报一条，算在财政部门名下（台账中没有的，算网站主办单位）。全站没有巡查完整的，交人工核实，确认前不扣分。
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.holding import Holding
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.holdings.wanted import is_portal, read_wanted, seek

RULE = Rule(
    __doc__,
    code="DSC404",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R43",),
    confidence=Confidence.HIGH,
    absence=True,
)
(COLUMN,) = read_wanted(Path(__file__).with_name("wanted.toml"), "no_direct_funds_column")


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for a portal without the column."""
    if not is_portal(site):
        return
    sought = seek(site, COLUMN, news=True)
    if sought.columns or any(map(_below, known(Holdings, site).all)):
        return
    loose = len(sought.held)
    besides = f"，只在其他栏目里有{loose}篇相关信息" if loose else ""
    yield Finding(
        f"没有找到“财政资金直达基层”专栏{besides}{sought.doubts.aside()}。",
        where=tuple(one.evidence for one in sought.held[:3]) or sought.evidence(),
        review=bool(sought.doubts),
        unit=sought.unit,
    )


def _below(one: Holding) -> bool:
    """Whether a thing stands in or below such a column."""
    place = one.place
    return bool(COLUMN.title.search(place)) and not COLUMN.but.search(place)
