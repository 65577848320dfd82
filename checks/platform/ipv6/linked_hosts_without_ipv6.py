"""链接的政府网站支持IPv6的比例偏低。

为什么：国家监测不只看首页，还看二级、三级链接所到的网站是否支持IPv6；门户支持而栏目所在的网站不支持，用户点进去仍打不开。
看什么：全站页面链接到的政府网站域名（以suffix结尾，默认“.gov.cn”）中，有AAAA记录的所占比例，低于share（默认0.85）时报告并列出没有的域名。
不报：域名服务器没有答复的不计入；链接到的政府网站不足least个（默认3个）的；以IP地址作链接的。
整改：请所列域名的管理单位开通IPv6并增加AAAA记录；不再使用的链接予以撤下。
依据：国家IPv6发展监测平台监测项目“二级内链支持率”“三级内链支持率”；85%的界限凭经验转述、把握较低，可按本地要求调整。

本规则默认不扣分。未答复的域名多到足以影响结论时，交人工核实。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl
from plugins.addresses.urls import host_of

SHOWN = 20


@dataclass(frozen=True)
class Options:
    """``share`` of hosts that must have an AAAA record, of those that end in ``suffix``."""

    share: float = 0.85
    least: int = 3
    suffix: str = ".gov.cn"


RULE = Rule(
    __doc__,
    code="PLT104",
    severity=Severity.ADVICE,
    needs=("ipv6_links",),
    options=Options(),
    requirements=("R55",),
    confidence=Confidence.LOW,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for the site, naming the hosts."""
    told = {
        host: has
        for host, has in site.probes["ipv6_links"].items()
        if host.endswith(options.suffix)
    }
    with_it = sum(has is True for has in told.values())
    without = sorted(host for host, has in told.items() if has is False)
    known = with_it + len(without)
    if not without or known < options.least or with_it >= options.share * known:
        return
    unknown = len(told) - known
    doubt = f"另有{unknown}个没有查到，请人工核实。" if unknown else ""
    names = "、".join(without[:SHOWN]) + ("等" if len(without) > SHOWN else "")
    yield Finding(
        f"页面链接到的{known}个政府网站中有{with_it}个支持IPv6，占{100 * with_it // known}%，低于{options.share:.0%}；没有AAAA记录的是：{names}。{doubt}",
        where=tuple(_places(site, without)),
        review=with_it + unknown >= options.share * len(told),
    )


def _places(site: Site, hosts: list[str]) -> Iterator[Evidence]:
    """One place on the site's pages for each of these hosts; the home page where none is known."""
    wanted = set(hosts[:SHOWN])
    for target in site.targets:
        host = host_of(target.url).partition(":")[0]
        if host in wanted and target.places:
            wanted.discard(host)
            place = target.places[0]
            yield Evidence(place.page, f"{place.text} {target.url}".strip(), place.region.value)
    if len(wanted) == len(hosts[:SHOWN]) and site.url:
        yield Evidence(site.url, "、".join(hosts[:SHOWN]), "home")
