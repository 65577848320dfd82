"""首页用IPv6打不开。

为什么：域名有IPv6地址而网站在这个地址上打不开，支持IPv6的用户反而会变慢或打不开网站。
看什么：先确认审计所用机器自己有IPv6，再用域名的每个AAAA地址打开首页（连接4秒、答复10秒内）；同一时间用IPv4打开首页作对照。
不报：审计机器没有IPv6的（记为“未测试”，既不算问题也不算通过）；没有AAAA记录的（见PLT101）；IPv4也打不开的，不是IPv6的问题；有一个IPv6地址能打开的。
整改：检查服务器、防火墙和负载均衡是否在IPv6地址上开放80和443端口并提供同样的网站；暂不能提供的，先撤下AAAA记录。
依据：国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》扣分指标“功能设计”中的“IPv6改造”；国家IPv6发展监测平台监测项目“首页可达”。

审计机器有IPv6地址但本次没有一次IPv6连接成功的，问题可能在审计机器的网络，交人工核实，确认前不扣分。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.answers.ipv6 import Ipv6Answer

RULE = Rule(
    __doc__,
    code="PLT102",
    severity=Severity.MAJOR,
    deduct=2,
    needs=("ipv6",),
    requirements=("R55",),
    confidence=Confidence.MEDIUM,
)


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding where the home page does not answer on any of its IPv6 addresses."""
    answer = Ipv6Answer.of(site.probes["ipv6"])
    if not answer.tested or not answer.addresses or answer.reachable is not False:
        return
    why = f"（{answer.detail.rstrip('。')}）" if answer.detail else ""
    doubt = "" if answer.proved else "审计机器本次没有一次IPv6连接成功，请换一处IPv6网络核实。"
    yield Finding(
        f"首页用IPv6打不开{why}，IPv6地址为{'、'.join(answer.addresses[:5])}；用IPv4可以打开。{doubt}",
        where=(Evidence(site.url, selector="home"),) if site.url else (),
        review=bool(doubt),
    )
