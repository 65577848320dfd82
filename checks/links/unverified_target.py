"""链接目标未能核实。

为什么：对方拒绝自动访问或一时故障的链接，既不能说失效，也不能当作正常，需要人工打开看一眼。
看什么：核实时被拒绝（401、403、412、429、521、验证页）或一时失败（5xx、超时、连接中断、证书错误）的链接目标，按主机和类别各合并为一条。
不报：已经断定失效的（见LNK101至LNK104）；robots.txt 不许访问或超出巡查范围的，列在覆盖情况中。
整改：人工打开列出的地址，确实失效的确认本条并改正链接，正常的驳回本条；站点拦截巡查程序的，可请运维放行。
依据：国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》扣分指标“可用性”（条目凭经验转述，未对照原文）；“拒绝访问、超时一律列为疑似”是监测服务的通行做法，非国家规定。

本规则只供人工核实，确认前不扣分。
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from plugins import (
    Confidence,
    Finding,
    LinkTarget,
    LinkVerdict,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
)
from plugins.addresses.urls import host_of
from plugins.facts.site.causes import evidence, masked, what_happened
from plugins.facts.site.limits import SHOWN

RULE = Rule(__doc__, code="LNK106", severity=Severity.ADVICE, confidence=Confidence.LOW)

CLASSES = {LinkVerdict.BLOCKED: "拒绝自动访问", LinkVerdict.TRANSIENT: "一时无法访问"}


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each host and class of what could not be verified."""
    groups: dict[tuple[str, LinkVerdict], list[LinkTarget]] = defaultdict(list)
    for target in site.targets:
        if target.verdict in CLASSES:
            groups[host_of(target.url) or site.host, target.verdict].append(target)
    for (host, verdict), targets in sorted(groups.items()):
        targets.sort(key=lambda target: (not target.on_home, target.key))
        reasons = Counter(
            what_happened(target.reason)
            or (f"状态码{target.status}" if target.status else "没有答复")
            for target in targets
        )
        told = "、".join(
            f"{reason}{f'：{count}个' if len(reasons) > 1 else ''}"
            for reason, count in reasons.most_common(5)
        )
        yield Finding(
            f"{host} 上有{len(targets)}个链接目标{CLASSES[verdict]}，未能核实：{told}。"
            f"例如 {masked(targets[0].url)} ，请人工打开确认。",
            key=f"{host} {verdict.value}",
            of=Subject(SubjectKind.SITE, site.host, site.host),
            where=tuple(evidence(one.places[0], one.url) for one in targets if one.places)[:SHOWN],
            review=True,
            traits=("home",) if any(target.on_home for target in targets) else (),
        )
