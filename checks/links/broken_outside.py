"""链接指向的外部网站页面已不存在。

为什么：外部链接失效同样误导群众；域名过期后还可能被他人抢注，变成不良网站。
看什么：指向其他网站的链接：对方答复404、410或软404，或者域名已不存在（巡查机器自己的域名解析同时证明正常）。
不报：服务器拒绝自动访问、验证码、超时、5xx、证书错误的，机器不能断定失效，由LNK106交人工核实；robots.txt 不许访问和没有核实到的不报。外网打得开但内容变了的，本规则不判断。
整改：把链接改到对方的新地址，或者撤下；友情链接应定期检查。
依据：国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》扣分指标“可用性”（首页链接含图片、附件、外部链接，打不开或错误每个扣1分，其他页面每个扣0.1分；条目凭经验转述，未对照原文，分值可改）。2015年普查一代的监测服务只把站内404计为确定失效、外链列为疑似，故本规则可靠程度定为中。

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
    code="LNK102",
    severity=Severity.MINOR,
    deduct=0.1,
    options=Options(),
    confidence=Confidence.MEDIUM,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each cause of dead pages of other sites, whatever the number of places."""
    for cause in dead_causes(site, TargetKind.OUTSIDE, options.together):
        yield Finding(
            cause.told("外部网页"),
            key=cause.key,
            of=cause.subject(site.host),
            where=cause.evidence,
            traits=cause.traits,
        )
