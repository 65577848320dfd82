"""Keeps an office's crawler from being led into the office's own network by a link."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from crawler.plan.resolution import Resolution, plain_host
from plugins.addresses.hosts import is_intranet, is_loopback

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_SHARED = ipaddress.IPv4Network("100.64.0.0/10")  # RFC 6598, carrier-grade NAT
_THIS = ipaddress.IPv4Network("0.0.0.0/8")  # RFC 1122, reaches the machine itself on Linux
_COMPATIBLE = ipaddress.IPv6Network("::/96")  # RFC 4291, IPv4-compatible, deprecated
_TRANSLATED = ipaddress.IPv6Network("::ffff:0:0:0/96")  # RFC 2765, IPv4-translated
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
_NAT64_LOCAL = ipaddress.IPv6Network("64:ff9b:1::/48")  # RFC 8215: the network's own
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214, upper half of the interface identifier


def literal_address(host: str) -> IPAddress | None:
    """The address that ``host`` spells, in any way a browser would understand, else None.

    Reads ``127.0.0.1``, ``[::1]``, ``2130706433``, ``0x7f.1`` and ``0177.0.0.1`` (inet_aton).
    """
    try:
        return ipaddress.ip_address(plain_host(host))
    except ValueError:
        return None


def local_name(host: str) -> bool:
    """Whether a host is internal by its spelling alone: a private literal, or a name no DNS knows."""
    address = literal_address(host)
    if address is not None:
        return bool(private_why(address))
    name = plain_host(host)
    return is_loopback(name) or is_intranet(name)


def private_why(address: IPAddress | str) -> str:
    """Why an address is not one of the public internet, in English words; "" where it is."""
    if isinstance(address, str):
        address = ipaddress.ip_address(address)
    inner = _embedded(address)
    if inner is not None:
        why = private_why(inner)
        return f"embeds {inner}, {why}" if why else ""
    kinds = [
        ("unspecified", address.is_unspecified),
        ("loopback", address.is_loopback),
        ("link-local", address.is_link_local),
        ("multicast", address.is_multicast),
    ]
    if isinstance(address, ipaddress.IPv4Address):
        kinds += [("this network", address in _THIS), ("shared (CGNAT)", address in _SHARED)]
    else:
        kinds += [
            ("site-local", address.is_site_local),
            ("deprecated IPv4-compatible", address in _COMPATIBLE),
            ("local NAT64", address in _NAT64_LOCAL),
        ]
    kinds += [
        ("private", address.is_private),
        ("reserved", address.is_reserved),
        ("not global", not address.is_global),
    ]
    return next((word for word, holds in kinds if holds), "")


def _embedded(address: IPAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address that traffic to this IPv6 address ends at, where a translator carries it."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _NAT64 or address in _TRANSLATED or (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return low
    return None


class AddressGuard:
    """Decides whether a connection may be made, from the asked name and the address it led to.

    Hosts that the inventory, the start address or ``--resolve`` name are the office's own choice
    and always allowed; ``allowed_hosts`` holds them as ``host`` (any port) or ``host:port``.
    """

    def __init__(self, resolution: Resolution, allowed_hosts: Iterable[str] = ()) -> None:
        self._resolution = resolution
        self._allowed = {_host_and_port(entry) for entry in allowed_hosts if entry}

    def named(self, host: str, port: int) -> bool:
        """Whether the office itself named this host."""
        name = plain_host(host)
        return (
            (name, port) in self._allowed
            or (name, None) in self._allowed
            or self._resolution.lookup(name, port) is not None
        )

    def refusal(self, host: str, port: int, address: str) -> str:
        """Why ``address``, found for ``host``, must not be connected to; "" where it may."""
        return "" if self.named(host, port) else private_why(address)


def _host_and_port(entry: str) -> tuple[str, int | None]:
    head, colon, tail = entry.rpartition(":")
    if colon and tail.isdigit() and (":" not in head or head.endswith("]")):
        return plain_host(head), int(tail)
    return plain_host(entry), None
