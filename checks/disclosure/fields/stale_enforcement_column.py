"""行政执法结果栏目长期没有更新。

为什么：行政检查、处罚、强制、许可应当随办随公开；栏目半年没有一条，多半是停了，而不是没有执法。
看什么：名称含行政处罚、行政强制、行政检查、行政许可、执法结果、双公示的列表栏目，第1页最新一条信息距检查日超过days天。
不报：台账定了更新要求或登记了豁免原因的（由COL201看）；没有一条带日期的（由COL204看）；空白栏目（由COL101、COL102看）；清单、依据、流程、指南、裁量基准、人员、制度、年报等不随办件更新的栏目；名称带年份的往年栏目。
整改：恢复公示；确实没有执法行为的，在台账登记原因，或在栏目里作“本期没有”的说明。
依据：《2022年咸宁市政务公开工作要点（征求意见稿）》第4条“所有行政检查、行政处罚、行政强制等行政执法数据依法公开”（外地文件，供参照）；《黄石港区2022年政务公开工作要点》第（十一）条“依法公开行政检查、行政处罚、行政强制措施等监管执法数据”；天数是本工具的默认值，要点没有规定。

要求编号R42。栏目里有“没有处罚案件”一类说明的，交人工核实，确认前不扣分。可调整：days（容许的最长间隔，默认180天）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import (
    Column,
    Confidence,
    Finding,
    Rule,
    Severity,
    Site,
    hookimpl,
)
from plugins.facts.language.titles import plain
from plugins.facts.site.standstill import standstill


@dataclass(frozen=True)
class Options:
    """Days without a new entry."""

    days: int = 180


RULE = Rule(
    __doc__,
    code="DSC413",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R42",),
    confidence=Confidence.MEDIUM,
)
NAME = re.compile(
    r"行政(?:处罚|强制|检查|许可)|执法(?:结果|公示|检查|决定)|双公示|(?:处罚|许可)(?:结果|决定|公示)"
)
OTHER = re.compile(
    r"\d{4}|历史|往期|归档|清单|目录|依据|流程|程序|指南|裁量|基准|标准|人员|主体|制度|办法|法规|权限|事前|机构|救济|年报|年度|统计|总结|计划|解读|动态|预案|文书|案例"
)

# Rows that say that there was nothing to publish.
NONE = re.compile(
    r"零报告|(?:暂无|没有|未作出|未发生|无)[^,。]{0,12}(?:处罚|许可|强制|检查|案件|执法|决定)|情况说明$"
)


@hookimpl
def check_column(column: Column, site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a column of decisions that stands still."""
    still = standstill(column, site.today, options.days, NAME, OTHER)
    if still is None:
        return
    said = next((row.title for row in column.recent if NONE.search(plain(row.title))), "")
    doubt = f"（栏目中有“{said}”，是否一直没有执法行为请人工核实）" if said else ""
    yield Finding(
        f"{still.told}（容许{options.days}天）{doubt}。", where=still.where, review=bool(said)
    )
