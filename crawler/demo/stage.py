"""A district on its feet: site and name servers running, inventory written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawler.demo.district import District
from crawler.demo.dns_server import DnsServer
from crawler.demo.ground import MEND, TIMEOUT, UNREACHABLE
from crawler.demo.server import DemoServer
from plugins.errors import ConfigurationError, Problem


@dataclass(frozen=True)
class Stage:
    """What an audit must be told of a district that is being served."""

    inventory: Path
    resolve: tuple[str, ...]
    server: DemoServer


@contextmanager
def on_stage(district: District, *, ipv6: bool = True) -> Iterator[Stage]:
    """Serve a district on loopback for as long as the block runs."""
    with (
        DemoServer(district, ipv6=ipv6) as server,
        DnsServer(district.dns_records) as names,
        tempfile.TemporaryDirectory(prefix="gongkai-demo-") as folder,
    ):
        inventory = Path(folder) / "demo.toml"
        selftest = f"[::1]:{server.port}" if server.ipv6 else ""
        inventory.write_text(
            district.inventory_text(resolver=names.address, ipv6_selftest=selftest),
            encoding="utf-8",
        )
        yield Stage(inventory, tuple(server.resolve_options), server)


def refuse_unknown(changes: Sequence[str], district: District) -> None:
    """Refuse changes that change nothing.

    Raises:
        ConfigurationError: a fault that is not planted, or a word that is no change.
    """
    problems = []
    for change in changes:
        if change.startswith(MEND):
            if change.removeprefix(MEND) not in district.ground.asked:
                problems.append(f"“{change}”无效：没有可以这样改正的问题")
        elif not change.startswith((UNREACHABLE, TIMEOUT)):
            problems.append(
                f"“{change}”无效，应写作 {MEND}编号、{UNREACHABLE}路径 或 {TIMEOUT}路径"
            )
    if problems:
        raise ConfigurationError([Problem("--change", why) for why in problems])
