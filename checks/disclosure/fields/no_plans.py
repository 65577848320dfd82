"""应当公开的规划没有公开。

为什么：规划管五年甚至更久，群众和企业要据此安排生产生活；历史规划留着，才看得出说过的做到没有。
看什么：全站标题、附件名称和栏目名称中有没有“十四五”规划（2027年起还有“十五五”规划）、国土空间规划、专项规划、历史规划（“十三五”及以前）（名称模式见同目录 wanted.toml 的 no_plans）。
不报：只有一个单位发布内容的网站；征集意见、座谈、招标等关于编制规划的消息不算规划；链接到其他网站的也算有；“十五五”规划在2027年1月1日以前。
整改：公开缺少的规划（涉密的除外），放在规划栏目里；往年规划归入历史规划。
依据：《2022年咸宁市政务公开工作要点（征求意见稿）》第35条“及时公开‘十四五’规划和国土空间规划、专项规划、区域规划信息，历史规划信息”（外地文件，供参照）；《政府信息公开条例》第二十条第三项。2027年的期限是本工具的默认值：区县“十五五”规划一般在2026年内印发。

要求编号R45。缺一种报一条。国土空间规划是否由区县单独编制各地不同，一律交人工核实；全站没有巡查完整的，也交人工核实，确认前不扣分。
可调整：without（本地不要求的种类，如“国土空间规划”，默认没有）。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.holdings.wanted import is_portal, read_wanted, seek


@dataclass(frozen=True)
class Options:
    """Kinds of plans that are not asked for here."""

    without: tuple[str, ...] = ()


RULE = Rule(
    __doc__,
    code="DSC406",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R45",),
    confidence=Confidence.MEDIUM,
    absence=True,
)
PLANS = read_wanted(Path(__file__).with_name("wanted.toml"), "no_plans")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each kind of plan that is nowhere."""
    if not is_portal(site):
        return
    for plan in PLANS:
        if plan.name in options.without or not plan.due(site.today):
            continue
        sought = seek(site, plan)
        if sought.things:
            continue
        yield Finding(
            f"全站没有找到{plan.name}{sought.doubts.aside()}。",
            key=plan.name,
            where=sought.evidence(),
            review=bool(sought.doubts),
            unit=sought.unit,
        )
