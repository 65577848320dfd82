"""网站域名没有IPv6地址。

为什么：政府网站应支持IPv6访问；域名没有AAAA记录，只有IPv6网络的用户打不开网站。
看什么：网站域名的AAAA记录，用配置的域名服务器（默认本机）查询。IPv4映射地址、内网和本机地址外人不能使用，不算数；只有这类地址的，同样报告。
不报：域名服务器没有答复、答复出错或说域名不存在的，机器不能判断；以IP地址作为网址的网站。
整改：请域名和网络管理单位为网站开通IPv6，并在域名解析中增加AAAA记录；使用云防护、内容分发的，在其控制台开启IPv6。
依据：国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》扣分指标“功能设计”中的“IPv6改造”；国家IPv6发展监测平台监测项目“AAAA记录”。

是否能用IPv6真正打开网站，见PLT102。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Evidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.answers.ipv6 import Ipv6Answer

RULE = Rule(
    __doc__,
    code="PLT101",
    severity=Severity.MAJOR,
    deduct=2,
    needs=("ipv6",),
    requirements=("R55",),
)


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding where no AAAA record can be used by others."""
    answer = Ipv6Answer.of(site.probes["ipv6"])
    if answer.addresses:
        return
    where = (Evidence(site.url or f"http://{site.host}/", f"{answer.host} AAAA", "home"),)
    if answer.dropped:
        told = "、".join(answer.dropped[:5])
        yield Finding(f"域名{answer.host}的AAAA记录（{told}）不是公网可用的IPv6地址。", where=where)
    else:
        yield Finding(f"域名{answer.host}没有AAAA记录，不支持IPv6访问。", where=where)
