"""Questions to DNS: only what a server really said is an answer, everything else is not known."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import TYPE_CHECKING

from crawler.network.guard import private_why
from plugins.errors import ConfigurationError, Problem

if TYPE_CHECKING:
    import dns.asyncresolver

PATIENCE = 6.0
DNS_PORT = 53
MOST_SERVERS = 8


class UnansweredError(Exception):
    """The question stays open: no resolver, no answer in time, SERVFAIL, or no such name."""


def read_address(text: str, field: str, default_port: int) -> tuple[str, int]:
    """``127.0.0.1:5353``, ``[::1]:53`` or a bare address as (address, port).

    Raises:
        ConfigurationError: it is none of these.
    """
    host, colon, port = text.strip().rpartition(":")
    if not colon or (":" in host and not host.endswith("]")):
        host, port = text.strip(), str(default_port)
    try:
        address = str(ipaddress.ip_address(host.removeprefix("[").removesuffix("]")))
        number = int(port)
    except ValueError:
        number, address = 0, ""
    if not 0 < number < 65536 or host.startswith("[") != host.endswith("]"):  # noqa: PLR2004 - ports
        message = f"“{text}”应写作 地址:端口，例如 127.0.0.1:53 或 [::1]:53"
        raise ConfigurationError([Problem(field, message)])
    return address, number


class Names:
    """Asks one resolver, the machine's own by default.

    ``local`` = loopback and other private addresses count as usable, for tests and demos that run
    on one machine.
    """

    def __init__(self, resolver: str = "", *, local: bool = False) -> None:
        self._server = read_address(resolver, "resolver", DNS_PORT) if resolver else None
        self._resolver: dns.asyncresolver.Resolver | None = None
        self._local = local

    async def ask(self, name: str, kind: str) -> tuple[str, ...]:
        """All records of a type, () where the server says that there are none.

        Raises:
            UnansweredError: that cannot be told.
        """
        # Where it is needed: every worker imports this module, and none asks anything.
        import dns.exception

        try:
            answer = await self._asker().resolve(name, kind, raise_on_no_answer=False)
        except (dns.exception.DNSException, OSError, UnicodeError) as error:
            why = str(error) or type(error).__name__
            raise UnansweredError(f"{name} {kind}: {why}") from error
        return tuple(str(row) for row in answer.rrset or ())

    async def addresses6(self, host: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The host's AAAA addresses: those that can be used from anywhere, and the others.

        Raises:
            UnansweredError: that cannot be told; also where the name has no A record either, since
                such a host is reached by other means than this DNS.
        """
        found = await self.ask(host, "AAAA")
        if not found and not await self.ask(host, "A"):
            raise UnansweredError(f"{host} 既无 AAAA 也无 A 记录")
        usable = tuple(address for address in found if self._usable(address))
        return usable, tuple(address for address in found if address not in usable)

    async def addresses4(self, host: str) -> tuple[str, ...]:
        """The host's A addresses."""
        return await self.ask(host, "A")

    async def name_servers(self, host: str) -> dict[str, bool | None]:
        """The zone's name servers, and whether each has an AAAA record; {} where that is not told."""
        import dns.name

        name = dns.name.from_text(host)
        while len(name) > 2:  # noqa: PLR2004 - not the top level's own servers
            try:
                servers = await self.ask(name.to_text(omit_final_dot=True), "NS")
            except UnansweredError:
                servers = ()
            if servers:
                return {
                    server.rstrip("."): await self.has_aaaa(server.rstrip("."))
                    for server in sorted(servers)[:MOST_SERVERS]
                }
            name = name.parent()
        return {}

    async def has_aaaa(self, host: str) -> bool | None:
        """Whether a host has a usable AAAA record; None where that cannot be told."""
        try:
            return bool((await self.addresses6(host))[0])
        except UnansweredError:
            return None

    def _asker(self) -> dns.asyncresolver.Resolver:
        if self._resolver is None:
            import dns.asyncresolver

            made = dns.asyncresolver.Resolver(configure=self._server is None)
            if self._server is not None:
                made.nameservers = [self._server[0]]
                made.port = self._server[1]
            made.timeout, made.lifetime = PATIENCE / 3, PATIENCE
            self._resolver = made
        return self._resolver

    def _usable(self, address: str) -> bool:
        parsed = ipaddress.IPv6Address(address)
        if parsed.ipv4_mapped is not None:
            return False
        return self._local or not private_why(parsed)


def host_names(hosts: Iterable[str]) -> list[str]:
    """Hosts that DNS can be asked about, without ports and addresses, each once, sorted."""
    names = set()
    for host in hosts:
        bare = host if host.count(":") > 1 else host.partition(":")[0]
        try:
            ipaddress.ip_address(bare.removeprefix("[").removesuffix("]"))
        except ValueError:
            if "." in bare:
                names.add(bare.lower().rstrip("."))
    return sorted(names)
