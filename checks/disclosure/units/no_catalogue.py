"""单位没有政务公开标准目录。

为什么：标准目录写明公开什么、依据什么、何时公开、谁来公开，没有目录，公开就没有标准。
看什么：台账写明承担公开领域（fields）的单位，或本站在它名下设有公开领域栏目的单位，有没有名为标准目录、主动公开基本目录等的页面、条目或附件，或者目录表格。
不报：台账没有写公开领域、本站也看不出它承担公开领域的单位；单位另有登记网站的；在本站什么也没有的单位（由DSC101报）。
整改：参照国务院部门的试点领域标准指引，编制本单位政务公开事项标准目录，在门户网站公布。
依据：港政公开发〔2022〕1号第（一）条“各街道（管理区）、各相关部门要参照国务院试点领域基层政务公开标准指引，制作并完善本部门政务公开标准目录”；江汉区全面推进基层政务公开标准化规范化工作实施方案“制定并完善本部门政务公开事项标准目录”。

要求编号R27。目录统一放在一处、看不出是哪个单位的，以及全站没有巡查完整的，交人工核实。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.holding import THINGS
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.site.catalogues import NAME, Catalogues
from plugins.facts.site.doubts import doubt, unseen
from plugins.facts.site.unit_pages import UnitPages, UnitsOnSite, elsewhere

RULE = Rule(
    __doc__,
    code="DSC104",
    severity=Severity.MAJOR,
    deduct=2,
    requirements=("R27",),
    confidence=Confidence.HIGH,
    absence=True,
)
MAY_LEAD = re.compile(r"目录|标准|清单|领域")
PLACES = 3


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each unit without a catalogue."""
    if not known(UnitsOnSite, site).portal:
        return
    due = [one for one in known(UnitsOnSite, site).present() if _due(site, one)]
    if not due:
        return
    tables = {one.unit for one in known(Catalogues, site).all}
    nobodys = sum(
        not one.units - {site.unit} for one in known(Holdings, site).matching(NAME, kinds=THINGS)
    )
    doubts = doubt(f"另有{nobodys}个目录看不出是哪个单位的" if nobodys else "")
    doubts += unseen(site, MAY_LEAD)
    for one in due:
        name = one.unit.name
        if name in tables or known(Holdings, site).matching(NAME, unit=name):
            continue
        yield Finding(
            f"没有找到{name}的政务公开标准目录{doubts.aside('，')}。",
            key=name,
            where=tuple(Evidence(column.url, column.name) for column in one.columns[:PLACES])
            or (Evidence(site.url),),
            review=bool(doubts),
            unit=name,
        )


def _due(site: Site, one: UnitPages) -> bool:
    if elsewhere(site, one.unit):
        return False
    return bool(one.unit.fields) or any(column.field for column in one.columns)
