"""环境质量数据长期没有更新。

为什么：空气和水的好坏天天在变，几个月前的数据对群众没有用处。
看什么：名称含空气质量、地表水、水环境质量、水质、环境质量的栏目，第1页最新一条信息距检查日超过days天。
不报：台账定了更新要求或登记了豁免原因的（由COL201看）；没有一条带日期的（由COL204看）；空白栏目（由COL101、COL102看）；名称带年份或写明是年报、标准、法规的栏目；还在更新的季报、月报。
整改：恢复按月或按季公布；数据改在其他平台公布的，在栏目里写明并链接过去。
依据：《石城县2022年政务公开工作要点》第（五）条“加大环境空气质量、碳排放量、地表水环境质量、土壤污染风险管控等方面信息公开力度”（外地文件，供参照）；天数是本工具的默认值，要点没有规定周期：按季公布，再留一个月。

要求编号R50。可调整：days（容许的最长间隔，默认120天）。
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
from plugins.facts.site.standstill import standstill


@dataclass(frozen=True)
class Options:
    """Days without new data."""

    days: int = 120


RULE = Rule(
    __doc__,
    code="DSC410",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R50",),
    confidence=Confidence.MEDIUM,
)
NAME = re.compile(r"空气质量|地表水|水环境质量|水质|环境质量")
OTHER = re.compile(
    r"\d{4}|年报|年度|历史|往期|归档|标准|法规|法律|办法|指南|依据|科普|知识|新闻|动态|专题"
)


@hookimpl
def check_column(column: Column, site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a column of environment data that stands still."""
    still = standstill(column, site.today, options.days, NAME, OTHER)
    if still is not None:
        yield Finding(f"{still.told}（容许{options.days}天）。", where=still.where)
