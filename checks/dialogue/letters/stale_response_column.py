"""回应关切栏目长期没有更新。

为什么：要点点名“热点回应不及时”；栏目一年多没有一条，等于没有回应。
看什么：名称为回应关切、热点回应、舆情回应的栏目，第1页最新一条信息距检查日超过365天（选项 days）。
不报：台账定了更新要求或登记了豁免原因的（由COL201看）；没有一条带日期的（由COL204看）；空白栏目（由COL101看）；名称带年份的往年栏目。
整改：对社会关注的热点及时发布回应；确实没有需要回应的，在台账登记原因。
依据：《黄石港区2022年政务公开工作要点》第（十三）条“热点回应不及时，要严肃批评、公开通报”（地方规定）；365天是本工具的默认值，要点没有规定天数。

要求编号R24。从网页上看不出有没有该回应而没有回应的热点，只能看最后更新日期，属于提示。
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
    Scope,
    Severity,
    Site,
    hookimpl,
)
from plugins.facts.site.standstill import standstill


@dataclass(frozen=True)
class Options:
    """Days without a new entry."""

    days: int = 365


RULE = Rule(
    __doc__,
    code="DLG211",
    severity=Severity.ADVICE,
    deduct=0.5,
    options=Options(),
    requirements=("R24",),
    confidence=Confidence.LOW,
    scope=Scope.SITE,
)
NAME = re.compile(r"回应关切|关切回应|热点回应|舆情回应|回应热点|社会关切|热点关注回应")
PAST = re.compile(r"\d{4}|历史|往期|归档")


@hookimpl
def check_column(column: Column, site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a column of responses in which nothing has been said for long."""
    still = standstill(column, site.today, options.days, NAME, PAST)
    if still is not None:
        yield Finding(f"{still.told}。", where=still.where)
