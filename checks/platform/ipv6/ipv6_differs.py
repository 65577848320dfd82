"""首页用IPv6打开与用IPv4打开不一样。

为什么：用户不应因为网络不同而看到不同的网站；IPv6地址上留着旧版本或默认页面的情况并不少见。
看什么：审计机器有IPv6、首页两边都能打开时，比较两边的状态码、前500KB内容（按标签和词语计，去掉随机串和__VIEWSTATE后相差超过tolerated，默认10%）和开放的80、443端口。
不报：审计机器没有IPv6的；内容相差不超过tolerated的；用IPv4连开两次内容也相差这么多的页面（内容本来就不固定）。
整改：核对IPv6地址上的服务器与IPv4的是否为同一套内容和配置，只在IPv4开放的端口在IPv6上同样开放。
依据：国家IPv6发展监测平台监测项目“首页内容一致”；比较办法和10%的界限参照 Internet.nl 的公开测试方法。

本规则只作提示，不扣分。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.answers.ipv6 import Ipv6Answer


@dataclass(frozen=True)
class Options:
    """Percent of the content that may differ."""

    tolerated: int = 10


RULE = Rule(
    __doc__,
    code="PLT103",
    severity=Severity.ADVICE,
    needs=("ipv6",),
    options=Options(),
    requirements=("R55",),
    confidence=Confidence.MEDIUM,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each way in which the two differ."""
    answer = Ipv6Answer.of(site.probes["ipv6"])
    if not answer.tested or not answer.reachable:
        return
    where = (Evidence(site.url, selector="home"),) if site.url else ()
    four, six = answer.status4, answer.status6
    if four is not None and six is not None and four != six:
        message = f"首页用IPv4打开返回状态码{four}，用IPv6打开返回{six}。"
        yield Finding(message, key="status", where=where)
    elif answer.distance is not None and answer.distance > options.tolerated:
        message = f"首页用IPv4和用IPv6打开的内容相差{answer.distance}%，超过{options.tolerated}%。"
        yield Finding(message, key="content", where=where)
    missing = sorted(set(answer.open4) - set(answer.open6))
    if missing:
        ports = "、".join(map(str, missing))
        yield Finding(f"端口{ports}在IPv4上开放，在IPv6上不开放。", key="ports", where=where)
