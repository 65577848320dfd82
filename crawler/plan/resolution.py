"""``--resolve``: which address stands in for a host name and port, as curl's ``--connect-to`` does."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from plugins.addresses.hosts import normal_host
from plugins.errors import ConfigurationError, Problem

_RULE = re.compile(
    r"(?P<host>\[[^\]]*\]|[^:\[\]]*)"
    r":(?P<port>[^:]*)"
    r":(?P<address>\[[^\]]*\]|[^:\[\]]+)"
    r"(?::(?P<to_port>[^:]*))?"
)
_PORTS = range(1, 65536)


def plain_host(host: str) -> str:
    """A host in the one spelling used for comparing (``plugins.addresses.hosts``), IPv6 without brackets."""
    host = host.strip()
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"
    return (normal_host(host) or host.lower()).removeprefix("[").removesuffix("]")


@dataclass(frozen=True)
class Resolution:
    """Where to connect to instead of where DNS points; URLs, Host header and TLS name stay.

    ``rules`` maps (host, port) to (address, port); host "" means any host, port None any port, a
    target port of None keeps the port that was asked for.
    """

    rules: Mapping[tuple[str, int | None], tuple[str, int | None]] = field(default_factory=dict)

    @classmethod
    def parse(cls, spellings: Iterable[str], option: str = "--resolve") -> Resolution:
        """Read ``HOST:PORT:ADDR[:PORT]`` rules; the first rule for a host and port wins.

        IPv6 addresses stand in brackets. HOST may be ``*`` or empty (any host), PORT may be
        empty (any port; left empty behind ADDR: the port that was asked for).

        Raises:
            ConfigurationError: names the option and every spelling that cannot be read.
        """
        rules: dict[tuple[str, int | None], tuple[str, int | None]] = {}
        problems = []
        for spelling in spellings:
            try:
                asked, target = _read(spelling)
            except ValueError as error:
                problems.append(Problem(option, f"“{spelling}”无效：{error}"))
            else:
                rules.setdefault(asked, target)
        if problems:
            raise ConfigurationError(problems)
        return cls(rules)

    def lookup(self, host: str, port: int) -> tuple[str, int] | None:
        """The address and port to connect to, or None where DNS decides; the closest rule wins."""
        name = plain_host(host)
        for asked in ((name, port), (name, None), ("", port), ("", None)):
            if asked in self.rules:
                address, to_port = self.rules[asked]
                return address, to_port or port
        return None


def _read(spelling: str) -> tuple[tuple[str, int | None], tuple[str, int | None]]:
    match = _RULE.fullmatch(spelling.strip())
    if match is None:
        raise ValueError("应写作 主机:端口:地址 或 主机:端口:地址:端口，IPv6 地址加方括号")
    host = match["host"]
    asked = ("" if host in {"", "*"} else plain_host(host), _port(match["port"]))
    return asked, (_address(match["address"]), _port(match["to_port"] or ""))


def _port(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text) in _PORTS):
        raise ValueError(f"端口“{text}”应为 1 至 65535 的整数")
    return int(text)


def _address(text: str) -> str:
    if text.lower() == "localhost":
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(text.removeprefix("[").removesuffix("]")))
    except ValueError:
        raise ValueError(f"“{text}”不是 IP 地址") from None
