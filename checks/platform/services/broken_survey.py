"""意见征集、投票问卷模块打不开。

为什么：问卷和投票点开是错误页，公众参与就成了摆设。
看什么：页面上名为“问卷”“投票”“在线调查”“提交意见”“我要留言”“我要写信”一类的链接，其目标经核实确已失效（404、410并经复核，或软404）。
不报：文章标题里含有这些词的普通信息（文字超过12个字的）；拒绝自动访问、超时、维护等不能断定失效的（见LNK106）；没有核实到的。
整改：恢复该模块；活动已结束的，把入口改为结果页面或撤下。
依据：咸宁市2022年政务公开工作要点（征求意见稿）“意见征询、投票问卷等互动功能”（外地文件，供参照）；国办秘函〔2019〕19号扣分指标“互动交流”。

这些链接失效，另由LNK101或LNK102报告；评分方案应避免重复扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import (
    Confidence,
    Evidence,
    Finding,
    LinkTarget,
    Rule,
    Severity,
    Site,
    TargetKind,
    hookimpl,
)

RULE = Rule(
    __doc__,
    code="PLT505",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R57",),
    confidence=Confidence.MEDIUM,
)
MODULE = re.compile(
    r"问卷|投票|在线调查|网上调查|参与调查|提交意见|提意见|我要(?:留言|写信|咨询|投诉|建言|参与|投票|提问|评价)|在线留言|网上评议"
)
LONGEST = 12
PLACES = 10


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each module that is gone."""
    for target in site.targets:
        if not target.verdict.dead or target.kind in (TargetKind.IMAGE, TargetKind.SCRIPT):
            continue
        words = _words(target)
        if words:
            reason = target.reason.rstrip("。") or f"HTTP {target.status}"
            yield Finding(
                f"互动模块“{words}”打不开：{target.url}（{reason}）。",
                key=target.key,
                where=tuple(
                    Evidence(place.page, place.text, place.region.value)
                    for place in target.places[:PLACES]
                ),
            )


def _words(target: LinkTarget) -> str:
    return next(
        (
            place.text
            for place in target.places
            if len(place.text) <= LONGEST and MODULE.search(place.text)
        ),
        "",
    )
