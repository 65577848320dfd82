"""登录入口指向多个系统。

为什么：用户应当一次注册、一号登录，在互动、办事、依申请公开中通用；各处另设账号，群众要反复注册。
看什么：首页、栏目页菜单和页头里的“登录”链接，指向most个以上不同主机的，列出各入口。
不报：都指向同一主机的；只有一个登录入口的；“后台登录”“邮箱登录”“OA登录”一类工作人员入口；文章里的链接。
整改：各栏目统一接入政务服务统一身份认证，登录入口改到同一地址。
依据：黄石港区2022年度通报“用户一号登录”。

可调整：most（容许的登录主机数，默认1）。是否真的一号通用要登录后才知道，因此一律交人工核实，确认前不扣分。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl
from plugins.addresses.urls import host_of
from plugins.facts.kept.fittings import Fittings


@dataclass(frozen=True)
class Options:
    """Hosts to which login links may lead."""

    most: int = 1


RULE = Rule(
    __doc__,
    code="PLT503",
    severity=Severity.ADVICE,
    options=Options(),
    requirements=("R54",),
    confidence=Confidence.LOW,
)
SHOWN = 10


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding on the site, for review."""
    hosts: dict[str, Evidence] = {}
    for page in site.pages.values():
        fittings = page.get(Fittings)
        login = fittings.login if fittings is not None and page.readable else ""
        host = host_of(login) if login else ""
        if host and host not in hosts:
            hosts[host] = Evidence(page.final_url or page.url, login, "header")
    if len(hosts) > options.most:
        names = sorted(hosts)
        yield Finding(
            f"登录入口分别指向{len(names)}个主机（{'、'.join(names[:SHOWN])}），是否一号通用，请人工核实。",
            where=tuple(hosts[name] for name in names[:SHOWN]),
            review=True,
        )
