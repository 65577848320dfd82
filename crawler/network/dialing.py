"""From a host name to the addresses one may connect to: one way for every client of the crawl."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from crawler.network.guard import AddressGuard, literal_address, private_why
from crawler.network.status_words import ABSENT
from crawler.plan.resolution import Resolution, plain_host

Lookup = Callable[[str], Awaitable[tuple[str, ...]]]
_ABSENT = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class DialError(OSError):
    """A host that was not connected to; becomes a Failure (``crawler.network.failures``)."""


class PrivateAddressError(DialError):
    """The name leads to an address that a link must not lead the crawler to."""


class NameLookupError(DialError):
    """No address was found. ``absent``: a server said that the name has none (NXDOMAIN)."""

    def __init__(self, message: str, *, absent: bool) -> None:
        super().__init__(f"{ABSENT}: {message}" if absent else message)
        self.message = message
        self.absent = absent


@dataclass(frozen=True)
class _Known:
    until: float
    addresses: tuple[str, ...] = ()
    error: NameLookupError | None = None


class Dialer:
    """Resolves, redirects by ``--resolve`` and refuses, right before a connection is made.

    The addresses given out are literals, checked after resolution, so a name that answers
    differently the next time (DNS rebinding) finds no gap between check and connection.
    ``lookup`` asks the machine's resolver by default; ``proved`` tells whether it found a public
    address for some name in this run, without which "no such name" is no evidence at all.
    """

    def __init__(
        self,
        resolution: Resolution | None = None,
        allowed_hosts: Iterable[str] = (),
        *,
        lookup: Lookup | None = None,
        keep: float = 300.0,
        patience: float = 10.0,
    ) -> None:
        self.resolution = resolution or Resolution()
        self.guard = AddressGuard(self.resolution, allowed_hosts)
        self.proved = False
        self._lookup = lookup or machine_lookup
        self._keep = keep
        self._patience = patience
        self._known: dict[str, _Known] = {}
        self._unreachable: set[str] = set()

    def __deepcopy__(self, memo: Mapping[int, Any]) -> Dialer:
        # Scrapy deep-copies its settings; all clients of a run must share one dialer.
        return self

    async def addresses(self, host: str, port: int) -> tuple[tuple[str, int], ...]:
        """Addresses and ports to try, in order, for a connection to ``host:port``.

        Raises:
            PrivateAddressError: every address of the host lies in a private network.
            NameLookupError: the name has no address, or the resolver did not answer.
        """
        instead = self.resolution.lookup(host, port)
        if instead is not None:
            return (instead,)
        literal = literal_address(host)
        found = (str(literal),) if literal is not None else await self._resolve(plain_host(host))
        refusals = {address: self.guard.refusal(host, port, address) for address in found}
        allowed = [address for address in found if not refusals[address]]
        if not allowed:
            address, why = next(iter(refusals.items()))
            raise PrivateAddressError(f"{host} leads to {address} ({why})")
        allowed.sort(key=self._unreachable.__contains__)  # those that failed before come last
        return tuple((address, port) for address in allowed)

    def unreachable(self, address: str) -> None:
        """Remember that an address did not take the connection, to try it last from now on."""
        self._unreachable.add(address)

    def reachable(self, address: str) -> None:
        """Forget what ``unreachable`` noted."""
        self._unreachable.discard(address)

    def forget(self, host: str) -> None:
        """Ask the resolver anew for a name, for a second opinion on it."""
        self._known.pop(plain_host(host), None)

    async def _resolve(self, name: str) -> tuple[str, ...]:
        known = self._known.get(name)
        if known is None or known.until < monotonic():
            known = await self._ask(name)
            self._known[name] = known
        if known.error is not None:
            # A fresh one each time: a raised exception collects tracebacks.
            raise NameLookupError(known.error.message, absent=known.error.absent)
        return known.addresses

    async def _ask(self, name: str) -> _Known:
        until = monotonic() + self._keep
        try:
            addresses = await asyncio.wait_for(self._lookup(name), self._patience)
        except NameLookupError as error:
            return _Known(until, error=error)
        except TimeoutError:
            silence = NameLookupError(f"the resolver did not answer for {name}", absent=False)
            return _Known(until, error=silence)
        if any(not private_why(address) for address in addresses):
            self.proved = True
        return _Known(until, addresses)


async def machine_lookup(name: str) -> tuple[str, ...]:
    """Ask the machine's own resolver (``getaddrinfo``) for all addresses, IPv6 and IPv4.

    Raises:
        NameLookupError: no address; ``absent`` where the resolver said that there is none.
    """
    loop = asyncio.get_running_loop()
    try:
        answers = await loop.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        absent = error.errno in _ABSENT
        raise NameLookupError(f"{name}: {error.strerror}", absent=absent) from error
    except UnicodeError as error:
        raise NameLookupError(f"{name}: not a host name", absent=False) from error
    addresses = dict.fromkeys(str(answer[4][0]) for answer in answers)
    return tuple(address for address in addresses if _readable(address))


def _readable(address: str) -> bool:
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True
