"""The host part of an address: one spelling for each, and which ones the public cannot reach."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address
from urllib.parse import unquote

import idna

PLAIN = re.compile(r"[a-z0-9._-]+")
NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
MOST_PORT = 65535
MOST_HOST = 253
MOST_LABEL = 63
# Names that no public resolver answers: RFC 6761, 6762, 8375, ICANN's .internal, and what offices
# call their own networks.
INTRANET_ENDINGS = (
    ".local",
    ".lan",
    ".internal",
    ".intranet",
    ".localdomain",
    ".home.arpa",
    ".corp",
)


def normal_host(raw: str) -> str:
    """The one spelling of a host: lower case, punycode, no closing dot, addresses in full form.

    "" where no browser could make a host of it (blanks, commas, empty or overlong labels, a number
    that is no IPv4 address). International names are mapped by UTS 46, so full-width letters and
    the Chinese full stop between labels are understood, as browsers do.
    """
    if raw.startswith("[") or raw.endswith("]"):
        try:
            return f"[{IPv6Address(raw.removeprefix('[').removesuffix(']')).compressed}]"
        except AddressValueError:
            return ""
    host = unquote(raw, errors="replace").lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return ""
    host = host.removesuffix(".")
    labels = host.split(".")
    if not PLAIN.fullmatch(host) or len(host) > MOST_HOST:
        return ""
    if not all(0 < len(label) <= MOST_LABEL for label in labels):
        return ""
    return _ipv4(labels) if NUMBER.fullmatch(labels[-1]) else host


def _ipv4(labels: list[str]) -> str:
    """Dotted form of an IPv4 address in any spelling that browsers take (hex, octal, short)."""
    numbers: list[int] = []
    for label in labels:
        if not NUMBER.fullmatch(label):
            return ""
        try:
            numbers.append(_number(label))
        except ValueError:
            return ""
    *heads, last = numbers
    if len(numbers) > 4 or any(head > 255 for head in heads) or last >= 256 ** (5 - len(numbers)):  # noqa: PLR2004 - IPv4
        return ""
    value = last + sum(head << (24 - 8 * place) for place, head in enumerate(heads))
    return str(IPv4Address(value))


def _number(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8 if len(label) > 1 and label.startswith("0") else 10)


def normal_port(raw: str, scheme: str) -> str | None:
    """``:8080``, or "" for the scheme's own port or none; None where it is no port."""
    if not raw:
        return ""
    if not (raw.isascii() and raw.isdigit()) or int(raw) > MOST_PORT:
        return None
    port = int(raw)
    return "" if port == {"http": 80, "https": 443}.get(scheme) else f":{port}"


def is_loopback(host: str) -> bool:
    """Whether a normal host is the reader's own machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def is_intranet(host: str) -> bool:
    """Whether a normal host can only mean something inside the office's own network."""
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return "." not in host or host.endswith(INTRANET_ENDINGS)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return not address.is_global
