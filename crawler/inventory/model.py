"""The inventory (台账): which units, sites and columns are audited, and what is asked of them.

A TOML file::

    [district]
    name = "某区"

    [audit]                                 # all optional
    resolver = "127.0.0.1:5353"             # DNS server that probes ask
    ipv6_selftest = "[2400:3200::1]:53"     # where this machine proves that it has IPv6
    allow_private = ["intra.example.cn"]    # hosts on private addresses that may be fetched
    plugins_folder = "plugins"              # local checks, relative to this file

    [[unit]]
    name = "区教育局"
    kind = "department"                     # or "street"
    fields = "many"                         # or "few": 承担公开领域多/少
    aliases = ["教育局"]

    [[site]]
    host = "www.example.gov.cn"
    name = "某区人民政府"
    start = ["http://www.example.gov.cn/"]
    rate = 2                                # requests a second
    unit = "区政府办"
    hosts = ["jyj.example.gov.cn"]          # further hosts that belong to it
    robots = "keep"                         # "ignore" demands robots_reason

    [[column]]
    name = "通知公告"
    url = "http://www.example.gov.cn/tzgg/"
    unit = "区教育局"
    type = "政策文件"                       # ColumnType of the national guideline
    duty = "180"                            # grammar: plugins.facts.columns.duty; "-1" demands a reason
    valid_from = 2026-01-01
    extra = { "责任科室" = "办公室" }        # what else the office keeps of it; no rule looks at it

    [options.COL201]                        # options of rules
    grace = 3

Everything that is wrong is collected and refused at once, with file, line and field, before
anything is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from crawler.inventory.fields import (
    read_address,
    read_duty,
    read_endpoint,
    read_extra,
    read_host,
    read_rate,
    read_unit,
)
from crawler.inventory.toml_source import TomlSource, close
from plugins import Unit
from plugins.addresses.urls import host_of, url_key
from plugins.errors import ConfigurationError, Problem
from plugins.facts.columns.duty import Duty, DutyKind

# 《网页设计规范》栏目类别 (domain.md §3.1), and 通知公告, which the indicators name as a class.
COLUMN_TYPES = (
    "首页",
    "概况信息",
    "机构职能",
    "负责人信息",
    "工作动态",
    "通知公告",
    "政策文件",
    "信息公开指南",
    "信息公开目录",
    "信息公开年报",
    "依申请公开",
    "数据发布",
    "数据开放",
    "政策解读",
    "回应关切",
    "办事服务",
    "咨询投诉",
    "征集调查",
    "在线访谈",
)
TABLES = ("district", "audit", "unit", "site", "column", "options")
CODE = re.compile(r"[A-Z]{3,8}\d{3}")


@dataclass(frozen=True, slots=True)
class RegisteredSite:
    """One site to audit. ``host`` (``host`` or ``host:port``) names it in every identity.

    ``start`` addresses, the home page first; ``rate`` requests a second (None = the default);
    ``hosts`` further hosts that belong to it; ``robots`` is ``keep`` or ``ignore`` with
    ``robots_reason``.
    """

    host: str
    name: str = ""
    start: tuple[str, ...] = ()
    rate: float | None = None
    unit: str = ""
    hosts: tuple[str, ...] = ()
    robots: str = "keep"
    robots_reason: str = ""

    @property
    def keeps_robots(self) -> bool:
        """Whether robots.txt is kept to."""
        return self.robots != "ignore"


@dataclass(frozen=True, slots=True)
class RegisteredColumn:
    """One registered column: whose it is, what type, and how often it must be updated.

    ``reason`` is why it is exempt; ``valid_from`` the day from which the duty holds; ``extra`` what
    else the office's own table says of it, as (heading, text).
    """

    name: str
    url: str
    unit: str = ""
    type: str = ""
    duty: Duty | None = None
    reason: str = ""
    valid_from: date | None = None
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Inventory:
    """Everything the office registers. ``path`` "" = made for a bare address."""

    district: str = ""
    units: tuple[Unit, ...] = ()
    sites: tuple[RegisteredSite, ...] = ()
    columns: tuple[RegisteredColumn, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    resolver: str = ""
    ipv6_selftest: str = ""
    allow_private: tuple[str, ...] = ()
    plugins_folder: Path | None = None
    path: str = ""


def read_inventory(path: Path) -> Inventory:
    """Read and check an inventory; one ConfigurationError with every problem."""
    return checked_inventory(TomlSource.read(path), path)


def checked_inventory(source: TomlSource, path: Path) -> Inventory:
    """The inventory that a text in this place is; one ConfigurationError with every problem."""
    for key in source.tables:
        if key not in TABLES:
            line = next(
                iter(source.headers.get("[" + key, []) + source.headers.get("[[" + key, [])), None
            )
            source.refuse(f"不认识的一节{close(key, TABLES)}", row=line, name=key)
    district = source.table("district", ("name",)).text("name", need=True)
    audit = source.table("audit", ("resolver", "ipv6_selftest", "allow_private", "plugins_folder"))
    units = _units(source)
    names = {unit.name for unit in units}
    sites = _sites(source, names)
    if not sites and not source.problems:
        source.refuse("没有登记任何网站，至少需要一个 [[site]]")
    columns = _columns(source, names, sites)
    folder = audit.text("plugins_folder")
    inventory = Inventory(
        district=district,
        units=units,
        sites=sites,
        columns=columns,
        options=_options(source),
        resolver=read_endpoint(audit, "resolver"),
        ipv6_selftest=read_endpoint(audit, "ipv6_selftest", six=True),
        allow_private=tuple(
            read_host(audit, "allow_private", one) for one in audit.texts("allow_private")
        ),
        plugins_folder=(path.parent / folder).resolve() if folder else None,
        path=str(path),
    )
    if inventory.plugins_folder and not inventory.plugins_folder.is_dir():
        audit.refuse("plugins_folder", f"文件夹不存在：{inventory.plugins_folder}")
    if source.problems:
        raise ConfigurationError(sorted(source.problems, key=_line))
    return inventory


def _line(problem: Problem) -> int:
    """In the order of the file; what has no line comes first."""
    return problem.row if isinstance(problem.row, int) else 0


def _units(source: TomlSource) -> tuple[Unit, ...]:
    units: list[Unit] = []
    seen: dict[str, str] = {}
    for row in source.rows("unit", ("name", "kind", "fields", "aliases")):
        unit = Unit(
            name="".join(row.text("name", need=True).split()),
            kind=row.text("kind", choices=("department", "street")) or "department",
            fields=row.text("fields", choices=("many", "few")),
            aliases=tuple("".join(one.split()) for one in row.texts("aliases")),
        )
        for name in dict.fromkeys((unit.name, *unit.aliases)):
            if name and name in seen:
                key = "name" if name == unit.name else "aliases"
                row.refuse(key, f"单位名称或别名“{name}”重复（已属于“{seen[name]}”）")
            elif name:
                seen[name] = unit.name
        if unit.name:
            units.append(unit)
    return tuple(units)


def _sites(source: TomlSource, units: set[str]) -> tuple[RegisteredSite, ...]:
    sites: list[RegisteredSite] = []
    seen: set[str] = set()
    known = ("host", "name", "start", "rate", "unit", "hosts", "robots", "robots_reason")
    for row in source.rows("site", known):
        site = RegisteredSite(
            host=read_host(row, "host", row.text("host", need=True)),
            name=row.text("name"),
            start=tuple(read_address(row, "start", one) for one in row.texts("start", need=True)),
            rate=read_rate(row),
            unit=read_unit(row, units),
            hosts=tuple(read_host(row, "hosts", one) for one in row.texts("hosts")),
            robots=row.text("robots", choices=("keep", "ignore")) or "keep",
            robots_reason=row.text("robots_reason"),
        )
        own = (site.host, *site.hosts)
        for place, host in enumerate(own):
            if host and host in seen:
                row.refuse("hosts" if place else "host", f"域名“{host}”重复登记")
            seen.add(host)
        for url in site.start:
            if url and all(own) and host_of(url) not in own:
                row.refuse("start", f"首页网址“{url}”不在本网站的域名（{'、'.join(own)}）之内")
        if site.robots == "ignore" and not site.robots_reason:
            row.refuse("robots", "不遵守 robots.txt 须在 robots_reason 中写明理由")
        sites.append(site)
    return tuple(sites)


def _columns(
    source: TomlSource, units: set[str], sites: Iterable[RegisteredSite]
) -> tuple[RegisteredColumn, ...]:
    columns: list[RegisteredColumn] = []
    hosts = {host for site in sites for host in (site.host, *site.hosts)}
    seen: dict[str, str] = {}
    groups: dict[str, Duty] = {}
    known = ("name", "url", "unit", "type", "duty", "reason", "valid_from", "extra")
    for row in source.rows("column", known):
        column = RegisteredColumn(
            name=row.text("name", need=True),
            url=read_address(row, "url", row.text("url", need=True)),
            unit=read_unit(row, units),
            type=row.text("type", choices=COLUMN_TYPES),
            duty=read_duty(row, groups),
            reason=row.text("reason"),
            valid_from=row.day("valid_from"),
            extra=read_extra(row),
        )
        # Where a site's host could not be read, its columns are not blamed for it.
        if column.url and hosts and "" not in hosts and host_of(column.url) not in hosts:
            row.refuse("url", f"网址“{column.url}”不属于任何已登记网站的域名")
        key = url_key(column.url)
        if column.url and key in seen:
            row.refuse("url", f"栏目网址重复（已登记为“{seen[key]}”）")
        seen[key] = column.name
        exempt = column.duty is not None and column.duty.kind is DutyKind.EXEMPT
        if exempt and not column.reason:
            row.refuse(
                "reason", "更新要求为“-1”时须写明豁免原因（如隐藏、停用、目录节点、按需发布）"
            )
        if column.duty is not None and column.duty.judged and column.reason:
            row.refuse("reason", '既有更新要求又有豁免原因，请只保留其一（豁免写 duty = "-1"）')
        columns.append(column)
    return tuple(columns)


def _options(source: TomlSource) -> Mapping[str, Mapping[str, Any]]:
    """Overrides of rule options by code; names and types are checked by the plugin manager."""
    found = source.tables.get("options", {})
    if not isinstance(found, dict):
        source.refuse("应为 [options.规则代码] 各节，如 [options.COL201]", name="options")
        return {}
    options: dict[str, Mapping[str, Any]] = {}
    for code, values in found.items():
        line = next(iter(source.headers.get(f"[options.{code}", [])), None)
        if not CODE.fullmatch(code) or not isinstance(values, dict):
            source.refuse(
                "应写作 [options.规则代码]，如 [options.COL201]", row=line, name=f"options.{code}"
            )
            continue
        options[code] = values
    return options
