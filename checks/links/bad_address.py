"""链接地址本身有误。

为什么：指向编辑电脑、内部网络、预览页的链接公众一律打不开，还会暴露内部地址。
看什么：不用访问就能判断的地址：写得不成地址的（如只有“http://”）、指向私有网络地址的、指向编辑人员本机文件或后台预览页的。
不报：javascript、mailto、tel等无害写法；台账登记为本单位的内部地址；能访问的外部短链接和裸IP地址。
整改：改成公众能访问的完整地址；粘贴文档后检查有无“file:”链接；预览地址换成正式发布的地址。
依据：国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》扣分指标“可用性”（链接打不开或错误；条目凭经验转述，未对照原文，分值可改）；指向裸IP地址等不规范链接的提法见连云港市2023年第二季度通报（地方规定）。

同一个地址只报一条，各处引用作为证据。地址中的用户名、口令、令牌以“***”代替。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Finding, LinkVerdict, Rule, Severity, Site, Subject, SubjectKind, hookimpl
from plugins.facts.site.causes import evidence, masked, told_places
from plugins.facts.site.limits import SHOWN

RULE = Rule(__doc__, code="LNK105", severity=Severity.MAJOR, deduct=0.1)

FAULTS = {
    LinkVerdict.MALFORMED: "地址写错，不成其为网址",
    LinkVerdict.INTERNAL: "地址指向内部网络，公众打不开",
    LinkVerdict.PREVIEW: "地址指向编辑人员电脑、后台预览或测试环境，公众打不开",
}


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each address that cannot work for the public."""
    for target in site.targets:
        if target.verdict not in FAULTS:
            continue
        written = masked(target.raw or target.url)
        reason = target.reason.strip().rstrip("。")
        why = reason or FAULTS[target.verdict]
        yield Finding(
            f"链接地址有误：“{written}”，{why}。{told_places(target.places, target.place_count)}。",
            of=Subject(SubjectKind.LINK, site.host, target.key or written),
            where=tuple(map(evidence, target.places[:SHOWN])),
            traits=("home",) if target.on_home else (),
        )
