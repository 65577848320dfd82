"""附件无法下载。

为什么：申请表、名单、文件原文多以附件公开，附件失效等于没有公开；页面本身正常，人工巡查不易发现。
看什么：链接所指的附件（doc、xls、pdf、zip等）：答复404或410并经复核，或者答复200却是“文件不存在”的网页。
不报：服务器拒绝自动访问、验证码、超时、5xx、证书错误的，机器不能断定失效，由LNK106交人工核实；robots.txt 不许访问和没有核实到的不报。
整改：重新上传附件并改正链接；附件改了名的，同时检查引用它的其他文章。
依据：国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》扣分指标“可用性”（首页链接含图片、附件、外部链接，打不开或错误每个扣1分，其他页面每个扣0.1分；条目凭经验转述，未对照原文，分值可改）。

同一个目标只报一条，全站各处引用作为证据（最多列20处，首页在前）。5个以上（选项 together）失效目标在同一目录下、且该目录下没有一个能打开的，或者同一个写错的相对地址在各目录下都失效的，视为同一原因，合并为一条。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Finding, Rule, Severity, Site, TargetKind, hookimpl
from plugins.facts.site.causes import dead_causes


@dataclass(frozen=True)
class Options:
    """How many dead targets below one folder, or by one template, are one cause."""

    together: int = 5


RULE = Rule(
    __doc__,
    code="LNK103",
    severity=Severity.MAJOR,
    deduct=0.1,
    options=Options(),
    confidence=Confidence.HIGH,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each cause of dead attachments, whatever the number of places."""
    for cause in dead_causes(site, TargetKind.ATTACHMENT, options.together):
        yield Finding(
            cause.told("附件"),
            key=cause.key,
            of=cause.subject(site.host),
            where=cause.evidence,
            traits=cause.traits,
        )
