"""链接直接指向IP地址。

为什么：用IP地址的链接没有域名和证书可查，服务器迁移后即失效，也可能是被植入的恶意地址；政府网站应使用登记的域名。
看什么：全站页面上指向公网IP地址（IPv4或IPv6）的链接和图片，每个IP地址报一条，列出所在页面。
不报：内网和本机地址（LNK105）；台账登记为本站域名的IP地址；域名地址。
整改：改用登记的政府网站域名，或删除链接。
依据：国办发〔2018〕55号《关于加强政府网站域名管理的通知》（政府网站应使用.gov.cn域名；转述）。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from plugins import Confidence, Evidence, Finding, Place, Rule, Severity, Site, hookimpl
from plugins.addresses.urls import host_of

RULE = Rule(
    __doc__,
    code="TXT302",
    severity=Severity.MINOR,
    deduct=0.5,
    requirements=("R63",),
    confidence=Confidence.HIGH,
)
PLACES = 20


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """Public IP addresses that pages link to."""
    places: defaultdict[str, list[Place]] = defaultdict(list)
    counts: defaultdict[str, int] = defaultdict(int)
    for target in site.targets:
        host = urlsplit(target.url).hostname or "" if "//" in target.url else ""
        if not host or not (host[-1].isdigit() or ":" in host):
            continue
        if not _public(host) or host_of(target.url) in site.hosts or host in site.hosts:
            continue
        places[host] += target.places
        counts[host] += target.place_count
    for host, found in sorted(places.items()):
        yield Finding(
            f"有{counts[host]}处链接直接指向IP地址{host}，没有使用域名。",
            key=host,
            where=tuple(
                Evidence(place.page, place.text, place.region.value) for place in found[:PLACES]
            ),
        )


def _public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return False
