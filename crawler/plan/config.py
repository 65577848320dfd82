"""Everything one audit is told, read once and checked before anything is fetched."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from crawler.inventory.bare import inventory_for
from crawler.inventory.model import Inventory, read_inventory
from crawler.plan.days import SHANGHAI, judging_day
from crawler.plan.defaults import (
    DEFAULT_ATTACHMENTS,
    DEFAULT_OUT,
    DEFAULT_PAGES,
    DEFAULT_PICTURES,
    DEFAULT_TIMEOUT,
)
from crawler.plan.focus import Focus
from crawler.plan.resolution import Resolution
from crawler.plan.scope import Bounds
from findings.schemes.default import DEFAULT_SCHEME
from plugins.errors import ConfigurationError, Problem
from plugins.reasons import system_reason

RUN_PATTERN = "[0-9]" * 8 + "-" + "[0-9]" * 6 + "-*"
RUNS_KEPT = 3
RUN_DAYS = 3


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
    run (0 = none); ``pictures`` of findings that are taken of each site in a run (0 = none);
    ``timeout`` seconds one fetch may take, redirects and slow bodies included;
    ``focus`` makes it a recheck of some findings.
    """

    inventory: Inventory
    database: str
    as_of: date
    resolution: Resolution
    scheme: str = DEFAULT_SCHEME
    bounds: Bounds = field(default_factory=Bounds)
    rate: float | None = None
    workers: int = 2
    render: Render = Render.AUTO
    out: Path = DEFAULT_OUT
    resolver: str = ""
    ipv6_selftest: str = ""
    check_limit: float = 5.0
    without: tuple[str, ...] = ()
    plugins_folder: Path | None = None
    timeout: float = DEFAULT_TIMEOUT
    verify_targets: bool = True
    accessibility_samples: int = 2
    attachments: int = DEFAULT_ATTACHMENTS
    pictures: int = DEFAULT_PICTURES
    focus: Focus | None = None

    @property
    def options(self) -> Mapping[str, Mapping[str, Any]]:
        """Rule options of the inventory."""
        return self.inventory.options


def configure(
    *,
    url: str = "",
    inventory: Path | None = None,
    register: Inventory | None = None,
    database: str,
    as_of: str = "",
    resolve: Sequence[str] = (),
    scheme: str = DEFAULT_SCHEME,
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
    pictures: int = DEFAULT_PICTURES,
) -> AuditConfig:
    """Put an audit together from what the command line says; every problem at once.

    ``register`` is an inventory that is at hand already, in place of ``url`` and ``inventory``.
    """
    problems: list[Problem] = []
    resolution: Resolution | None = None
    day: date | None = None
    if register is None and bool(url) == bool(inventory):
        problems.append(Problem("命令行", "请给出一个网址，或用 --inventory 给出台账（二者选一）"))
    for part in ("inventory", "resolve", "as_of"):
        try:
            if part == "inventory" and register is None and len(problems) == 0:
                register = read_inventory(inventory) if inventory else inventory_for(url)
            elif part == "resolve":
                resolution = Resolution.parse(list(resolve))
            elif part == "as_of":
                day = judging_day(as_of)
        except ConfigurationError as error:
            problems.extend(error.problems)
    if plugins is not None and not plugins.is_dir():
        problems.append(Problem("--plugins", f"文件夹不存在：{plugins}"))
    place = out or DEFAULT_OUT
    problems += _out_of_range(render, rate, max_pages, workers, timeout) + _unwritable(place)
    for option, count in (("--attachments", attachments), ("--pictures", pictures)):
        problems += [Problem(option, f"{count}无效，不能小于0")] if count < 0 else []
    if problems or register is None or resolution is None or day is None:
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
        out=place,
        resolver=resolver or register.resolver,
        ipv6_selftest=register.ipv6_selftest,
        without=tuple(without),
        plugins_folder=plugins or register.plugins_folder,
        timeout=timeout,
        attachments=attachments,
        pictures=pictures,
    )


def _out_of_range(
    render: str, rate: float | None, max_pages: int | None, workers: int, timeout: float
) -> list[Problem]:
    problems = []
    if render not in list(Render):
        problems.append(Problem("--render", f"“{render}”无效，可选 auto、never、always"))
    if rate is not None and not 0 < rate <= 1000:  # noqa: PLR2004 - a sane range
        problems.append(Problem("--rate", f"{rate:g}无效，应大于0且不超过1000（每秒请求数）"))
    if max_pages is not None and max_pages < 1:
        problems.append(Problem("--max-pages", f"{max_pages}无效，至少为1"))
    if not 0 <= workers <= 64:  # noqa: PLR2004 - a sane range
        problems.append(Problem("--workers", f"{workers}无效，应为0到64"))
    if not 1 <= timeout <= 600:  # noqa: PLR2004 - a sane range
        problems.append(Problem("--timeout", f"{timeout:g}无效，应为1到600（秒）"))
    return problems


def _unwritable(out: Path) -> list[Problem]:
    """Found before a database is made for nothing; what this cannot see, ``run_folder`` meets."""
    there = next(place for place in (out, *out.absolute().parents) if place.exists())
    if not there.is_dir():
        return [Problem("--out", f"无法写入 {out}：{there}是文件，不是文件夹")]
    if not os.access(there, os.W_OK | os.X_OK):
        return [Problem("--out", f"无法写入 {out}：没有{there}的写入权限")]
    return []


def run_folder(out: Path) -> Path:
    """A fresh folder for a run's working file; ConfigurationError where none can be made.

    Working files are only for a look afterwards, so old ones make room: all but the newest few
    that are older than some days (younger ones may belong to a run under way).
    """
    folder = out / "runs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in sorted(folder.glob(RUN_PATTERN), reverse=True)[RUNS_KEPT:]:
            if time.time() - old.stat().st_mtime > RUN_DAYS * 86400:
                shutil.rmtree(old, ignore_errors=True)
        return Path(
            tempfile.mkdtemp(prefix=datetime.now(SHANGHAI).strftime("%Y%m%d-%H%M%S-"), dir=folder)
        )
    except OSError as error:
        raise ConfigurationError(
            [Problem("--out", f"无法写入 {out}：{system_reason(error)}")]
        ) from error
