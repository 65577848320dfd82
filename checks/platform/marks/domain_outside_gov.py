"""单位网站不在政府域名之下。

为什么：政府网站应使用“.gov.cn”域名；挂在商业域名上，公众难辨真假，域名过期还会被人抢注。
看什么：本站自己的域名，以及首页上以单位全称或别名为文字的链接，其域名是不是以suffix列出的后缀结尾；直接写IP地址的也报。
不报：新闻媒体、企事业单位等不在单位名录里的友情链接；指向微信、微博等平台账号的；端口和子域名不同的；本机和测试地址。
整改：按域名管理规定申请或改用“.gov.cn”域名，原域名停用前设好跳转。
依据：《国务院办公厅关于加强政府网站域名管理的通知》（国办函〔2018〕55号）；《政府网站发展指引》（国办发〔2017〕47号）。

可调整：suffix（认可的域名后缀，默认gov.cn和政务.cn）。
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import (
    Confidence,
    Evidence,
    Finding,
    Page,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
)
from plugins.addresses.urls import host_of
from plugins.facts.language.text import solid
from plugins.facts.site.home import is_home

# 政务.cn in the form in which browsers send it.
CHINESE = "xn--zfr164b.cn"
PLATFORMS = ("weixin.qq.com", "weibo.com", "weibo.cn", "douyin.com", "toutiao.com", "bilibili.com")
LOCAL = ("localhost", ".test", ".localhost", ".invalid")


@dataclass(frozen=True)
class Options:
    """Endings of host names that belong to the government."""

    suffix: tuple[str, ...] = ("gov.cn", CHINESE)


RULE = Rule(
    __doc__,
    code="PLT308",
    severity=Severity.MAJOR,
    deduct=2,
    options=Options(),
    requirements=("R54",),
    confidence=Confidence.MEDIUM,
)


@hookimpl
def check_page(page: Page, site: Site, options: Options) -> Iterator[Finding]:
    """Look at the site's own host, and at the home page's links to units."""
    if not is_home(page, site):
        return
    subject = Subject(SubjectKind.SITE, site.host, site.host)
    own = site.host.rpartition("]")[2].partition(":")[0]
    if _foreign(own, options.suffix):
        yield Finding(
            f"网站域名 {own} 不在政府域名之下。",
            key=own,
            of=subject,
            where=(Evidence(page.address, own, "home"),),
        )
    names = {solid(name) for unit in site.units for name in (unit.name, *unit.aliases)}
    seen = {own}
    for link in page.links:
        host = host_of(link.url).rpartition("]")[2].partition(":")[0] if link.url else ""
        if not host or host in seen or not link.url.startswith("http"):
            continue
        words = solid(link.words).removesuffix("门户网站").removesuffix("网站").removesuffix("官网")
        if words in names and _foreign(host, options.suffix):
            seen.add(host)
            yield Finding(
                f"首页“{link.words}”的网站域名 {host} 不在政府域名之下。",
                key=host,
                of=subject,
                where=(Evidence(page.address, f"{link.words} {link.url}", link.region.value),),
            )


def _foreign(host: str, endings: tuple[str, ...]) -> bool:
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        pass
    if any(host == tail or host.endswith(tail) for tail in LOCAL) or "." not in host:
        return False
    known = (*endings, *PLATFORMS)
    return not any(host == tail or host.endswith(f".{tail}") for tail in known)
