"""The probes ``ipv6`` and ``ipv6_links``: has the site IPv6, does its home page work over it.

First the auditing machine proves its own IPv6. Without, nothing is said about the site but what
DNS says: "not tested" is neither a fault nor a pass.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from crawler.network.guard import private_why
from crawler.plan.resolution import Resolution
from crawler.probes.home_page import (
    DEFAULT_PORTS,
    HomeAnswer,
    connects,
    distance,
    fetch,
    open_ports,
)
from crawler.probes.names import DNS_PORT, Names, UnansweredError, host_names, read_address
from plugins import Site, hookimpl
from plugins.facts.answers.ipv6 import Ipv6Answer

PROBE = "ipv6"

# A global address to look up a route for; nothing is ever sent to it.
SOMEWHERE = ("2400:3200::1", DNS_PORT)
NOT_HERE = "审计所用机器没有IPv6网络，未测试"
MOST_HOSTS = 500
AT_ONCE = 20
TOLERATED = 10


@hookimpl
async def probe_site(site: Site, timeout: float) -> Any:  # noqa: ASYNC109
    """Ask with the machine's own resolver; an audit asks a configured :class:`Ipv6Probe` instead."""
    return await Ipv6Probe().probe_site(site, timeout)


class Ipv6Probe:
    """Asks about IPv6 of sites and linked hosts.

    ``resolver`` is the DNS server as ``address:port`` ("" = the machine's). ``selftest`` is an IPv6
    ``[address]:port`` that must take a TCP connection to prove the machine's IPv6; "" asks the
    routing table whether there is a global IPv6 source address, without sending a packet. With a
    self-test on loopback, loopback AAAA records count as usable (tests, demo).
    ``resolution`` maps hosts and ports of ``--resolve``: the AAAA address stays what DNS says, the
    port is the rule's.
    """

    name = PROBE

    def __init__(
        self,
        resolver: str | None = None,
        selftest: str | None = None,
        resolution: Resolution | None = None,
        *,
        user_agent: str = "gongkai",
    ) -> None:
        import asyncio

        self._selftest = read_address(selftest, "ipv6_selftest", 80) if selftest else None
        local = self._selftest is not None and ipaddress.ip_address(self._selftest[0]).is_loopback
        self._names = Names(resolver or "", local=local)
        self._resolution = resolution or Resolution()
        self._user_agent = user_agent
        self._proved = False
        self._own: asyncio.Task[bool] | None = None

    async def probe_site(self, site: Site, timeout: float) -> Ipv6Answer:  # noqa: ASYNC109
        """IPv6 of the site's host.

        Raises:
            UnansweredError: DNS did not say whether the host has an AAAA record.
        """
        host = site.host.partition(":")[0] if site.host.count(":") < 2 else ""  # noqa: PLR2004
        if not host_names([host]):
            raise UnansweredError(f"{site.host} 不是域名")
        usable, dropped = await self._names.addresses6(host)
        servers = await _or_nothing(self._names.name_servers(host), timeout / 3)
        told = Ipv6Answer(host, usable, dropped, servers or {})
        if not await self._has_ipv6():
            return replace(told, why=NOT_HERE)
        told = replace(told, tested=True, proved=self._proved)
        if not usable:
            return told
        return await self._reach(told, site)

    async def linked_hosts(self, hosts: Iterable[str]) -> Mapping[str, bool | None]:
        """For each host (ports and IP addresses aside): has it AAAA, None = could not tell."""
        import asyncio

        names = host_names(hosts)[:MOST_HOSTS]
        gate = asyncio.Semaphore(AT_ONCE)

        async def ask(name: str) -> bool | None:
            async with gate:
                return await self._names.has_aaaa(name)

        return dict(zip(names, await asyncio.gather(*map(ask, names)), strict=True))

    async def _has_ipv6(self) -> bool:
        """The self-test, once."""
        import asyncio

        if self._own is None:
            self._own = asyncio.ensure_future(self._test_own())
        return await asyncio.shield(self._own)

    async def _test_own(self) -> bool:
        if self._selftest is None:
            return bool(source_address())
        self._proved = await connects(*self._selftest)
        return self._proved

    async def _reach(self, told: Ipv6Answer, site: Site) -> Ipv6Answer:
        import asyncio

        url = site.url or f"http://{site.host}/"
        parts = urlsplit(url)
        home = parts.port or DEFAULT_PORTS.get(parts.scheme, 80)
        asked = (home,) if parts.port else tuple(DEFAULT_PORTS.values())
        v4, ports = await self._plan4(told.host, asked)
        six, four = await asyncio.gather(_open(told.addresses, ports), _open(v4, ports))
        self._proved = self._proved or bool(six)
        told = replace(
            told, open6=six, open4=four, proved=self._proved or await self._prove(told.nameservers)
        )
        port_of = dict(ports)
        first, second = await asyncio.gather(
            self._fetch(url, told.addresses, port_of), self._fetch(url, v4, port_of)
        )
        told = replace(told, status6=first.status, status4=second.status)
        if first.status is None:
            # Only what IPv4 shows to be up can be missing over IPv6.
            known = False if second.status is not None else None
            return replace(told, reachable=known, detail=first.error)
        told = replace(told, reachable=True, proved=True)
        self._proved = True
        if second.status is None or first.status != second.status:
            return told
        return replace(told, distance=await self._distance(url, first, second, v4, port_of))

    async def _distance(
        self,
        url: str,
        first: HomeAnswer,
        second: HomeAnswer,
        v4: tuple[str, ...],
        port_of: dict[int, int],
    ) -> int | None:
        """The content distance; None for a page that differs from itself over IPv4 alike."""
        import asyncio

        found = await asyncio.to_thread(distance, first.text, second.text)
        if found <= TOLERATED:
            return found
        again = await self._fetch(url, v4, port_of)
        if again.status != second.status:
            return None
        itself = await asyncio.to_thread(distance, second.text, again.text)
        return found if itself <= TOLERATED else None

    async def _plan4(
        self, host: str, asked: tuple[int, ...]
    ) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
        """The host's IPv4 addresses, and which port to connect to for each that is asked."""
        rules = {port: self._resolution.lookup(host, port) for port in asked}
        ports = [(port, rule[1] if rule else port) for port, rule in rules.items()]
        named = tuple(dict.fromkeys(rule[0] for rule in rules.values() if rule))
        if named:
            return tuple(address for address in named if ":" not in address), ports
        try:
            return await self._names.addresses4(host), ports
        except UnansweredError:
            return (), ports

    async def _fetch(
        self, url: str, addresses: tuple[str, ...], port_of: dict[int, int]
    ) -> HomeAnswer:
        """The first answer of any address: clients try them all too."""
        answer = HomeAnswer(error="没有地址")
        for address in addresses:
            answer = await fetch(url, address, port_of, self._user_agent)
            if answer.status is not None:
                break
        return answer

    async def _prove(self, servers: Mapping[str, bool | None]) -> bool:
        """Whether any name server of the zone takes a connection over IPv6: ours works, then."""
        for server, has in servers.items():
            if has:
                with contextlib.suppress(UnansweredError):
                    addresses, _ = await self._names.addresses6(server)
                    if await connects(addresses[0], DNS_PORT):
                        self._proved = True
                        return True
        return False


def source_address() -> str:
    """This machine's global IPv6 source address, "" where it has none (private ones do not count)."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock:
            sock.connect(SOMEWHERE)
            address = str(sock.getsockname()[0]).partition("%")[0]
    except OSError:
        return ""
    return "" if private_why(address) else address


async def _open(addresses: tuple[str, ...], ports: list[tuple[int, int]]) -> tuple[int, ...]:
    """Ports that any of the addresses takes a connection on."""
    import asyncio

    found = await asyncio.gather(*(open_ports(address, ports) for address in addresses))
    return tuple(sorted({port for some in found for port in some}))


async def _or_nothing(work: Any, seconds: float) -> Any:
    """A detail that nothing rests on: its failure costs nothing but the detail."""
    import asyncio

    try:
        return await asyncio.wait_for(work, seconds)
    except (UnansweredError, TimeoutError, OSError):
        return None
