"""Everything one audit is told, read once and checked before anything is fetched."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any

from crawler.inventory import Inventory, inventory_for, read_inventory
from crawler.resolution import Resolution
from crawler.scope import Bounds
from plugins.errors import ConfigurationError, Problem

# China has no daylight saving time, so a fixed offset needs no time zone database.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
DEFAULT_RATE = 2.0
DEFAULT_PAGES = 5000
DEFAULT_TIMEOUT = 30.0
DEFAULT_ATTACHMENTS = 300


class Render(StrEnum):
    """When the browser is used."""

    AUTO = "auto"
    NEVER = "never"
    ALWAYS = "always"


@dataclass(frozen=True)
class AuditConfig:
    """One audit.

    ``rate`` requests per second and host (None = the inventory's, else 2); ``workers`` processes for
    page work (0 = in process); ``out`` folder for reports and the run's working file; ``resolver``
    DNS server as addr:port for probes ("" = the system's); ``check_limit`` seconds one check may
    take on one subject; ``attachments`` documents of each site that are fetched whole and read in a
    run (0 = none); ``timeout`` seconds one fetch may take, redirects and slow bodies included.
    """

    inventory: Inventory
    database: str
    as_of: date
    resolution: Resolution
    scheme: str = "district-2022"
    bounds: Bounds = field(default_factory=Bounds)
    rate: float | None = None
    workers: int = 2
    render: Render = Render.AUTO
    out: Path = Path("var")
    resolver: str = ""
    ipv6_selftest: str = ""
    check_limit: float = 5.0
    without: tuple[str, ...] = ()
    plugins_folder: Path | None = None
    timeout: float = DEFAULT_TIMEOUT
    verify_targets: bool = True
    accessibility_samples: int = 2
    attachments: int = DEFAULT_ATTACHMENTS

    @property
    def options(self) -> Mapping[str, Mapping[str, Any]]:
        """Rule options of the inventory."""
        return self.inventory.options


def today() -> date:
    """The day in Shanghai; the only place where a clock is read for judging."""
    return datetime.now(SHANGHAI).date()


def read_date(text: str, option: str = "--as-of") -> date:
    """A date from the command line; ConfigurationError when it is none."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            pass
    raise ConfigurationError([Problem(option, f"“{text}”不是日期，应写作2026-03-01")])


def configure(
    *,
    url: str = "",
    inventory: Path | None = None,
    database: str,
    as_of: str = "",
    resolve: Sequence[str] = (),
    scheme: str = "district-2022",
    max_pages: int | None = None,
    rate: float | None = None,
    workers: int = 2,
    render: str = "auto",
    out: Path | None = None,
    without: Sequence[str] = (),
    resolver: str = "",
    timeout: float = DEFAULT_TIMEOUT,
    plugins: Path | None = None,
    attachments: int = DEFAULT_ATTACHMENTS,
) -> AuditConfig:
    """Put an audit together from what the command line says; every problem at once."""
    problems: list[Problem] = []
    register: Inventory | None = None
    resolution: Resolution | None = None
    day = today()
    if bool(url) == bool(inventory):
        problems.append(
            Problem("gongkai audit", "请给出一个网址，或用 --inventory 给出台账（二者选一）")
        )
    for part in ("inventory", "resolve", "as_of"):
        try:
            if part == "inventory" and len(problems) == 0:
                register = read_inventory(inventory) if inventory else inventory_for(url)
            elif part == "resolve":
                resolution = Resolution.parse(list(resolve))
            elif part == "as_of" and as_of:
                day = read_date(as_of)
        except ConfigurationError as error:
            problems.extend(error.problems)
    if plugins is not None and not plugins.is_dir():
        problems.append(Problem("--plugins", f"文件夹不存在：{plugins}"))
    problems += _out_of_range(render, rate, max_pages, workers, timeout)
    if attachments < 0:
        problems.append(Problem("--attachments", f"{attachments}无效，不能小于0"))
    if problems or register is None or resolution is None:
        raise ConfigurationError(problems)
    return AuditConfig(
        inventory=register,
        database=database,
        as_of=day,
        resolution=resolution,
        scheme=scheme,
        bounds=Bounds(max_pages=max_pages or DEFAULT_PAGES),
        rate=rate,
        workers=workers,
        render=Render(render),
        out=out or Path("var"),
        resolver=resolver or register.resolver,
        ipv6_selftest=register.ipv6_selftest,
        without=tuple(without),
        plugins_folder=plugins or register.plugins_folder,
        timeout=timeout,
        attachments=attachments,
    )


def _out_of_range(
    render: str, rate: float | None, max_pages: int | None, workers: int, timeout: float
) -> list[Problem]:
    problems = []
    if render not in list(Render):
        problems.append(Problem("--render", f"“{render}”无效，可选 auto、never、always"))
    if rate is not None and not 0 < rate <= 1000:  # noqa: PLR2004 - a sane range
        problems.append(Problem("--rate", f"{rate}无效，应大于0且不超过1000（每秒请求数）"))
    if max_pages is not None and max_pages < 1:
        problems.append(Problem("--max-pages", f"{max_pages}无效，至少为1"))
    if not 0 <= workers <= 64:  # noqa: PLR2004 - a sane range
        problems.append(Problem("--workers", f"{workers}无效，应为0到64"))
    if not 1 <= timeout <= 600:  # noqa: PLR2004 - a sane range
        problems.append(Problem("--timeout", f"{timeout:g}无效，应为1到600（秒）"))
    return problems


def run_folder(out: Path) -> Path:
    """A fresh folder for a run's working file."""
    folder = out / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    return Path(
        tempfile.mkdtemp(prefix=datetime.now(SHANGHAI).strftime("%Y%m%d-%H%M%S-"), dir=folder)
    )
