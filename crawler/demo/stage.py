"""The demo on its feet: site and name servers running, inventory written, audit configured."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from crawler.demo.dns_server import DnsServer
from crawler.demo.generator import DemoDistrict
from crawler.demo.ground import MEND, TIMEOUT, UNREACHABLE
from crawler.demo.register import dns_records, inventory_text
from crawler.demo.server import DemoServer
from crawler.plan.config import AuditConfig, configure
from crawler.plan.days import judging_day
from plugins.errors import ConfigurationError, Problem


@contextmanager
def demo_audit(
    *,
    as_of: str,
    database: str,
    out: Path,
    workers: int,
    render: str,
    without: Sequence[str] = (),
    changes: Sequence[str] = (),
    plugins: Path | None = None,
) -> Iterator[AuditConfig]:
    """Serve the district on loopback for as long as the block runs, and give what audits it."""
    day = judging_day(as_of)
    district = DemoDistrict(day, frozenset(changes))
    _refuse_unknown(changes, district)
    with (
        DemoServer(district) as server,
        DnsServer(dns_records(district)) as names,
        tempfile.TemporaryDirectory(prefix="gongkai-demo-") as folder,
    ):
        inventory = Path(folder) / "demo.toml"
        selftest = f"[::1]:{server.port}" if server.ipv6 else ""
        inventory.write_text(
            inventory_text(district, resolver=names.address, ipv6_selftest=selftest),
            encoding="utf-8",
        )
        yield configure(
            inventory=inventory,
            database=database,
            as_of=day.isoformat(),
            resolve=server.resolve_options,
            workers=workers,
            render=render,
            out=out,
            without=without,
            plugins=plugins,
        )


def _refuse_unknown(changes: Sequence[str], district: DemoDistrict) -> None:
    problems = []
    for change in changes:
        if change.startswith(MEND):
            if change.removeprefix(MEND) not in district.ground.asked:
                problems.append(f"“{change}”无效：truth.toml 中没有可以这样改正的问题")
        elif not change.startswith((UNREACHABLE, TIMEOUT)):
            problems.append(
                f"“{change}”无效，应写作 {MEND}编号、{UNREACHABLE}路径 或 {TIMEOUT}路径"
            )
    if problems:
        raise ConfigurationError([Problem("--change", why) for why in problems])
