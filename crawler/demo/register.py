"""The demo district's inventory and DNS records, as the office and its name server would keep them."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.demo.dns_server import Records
from crawler.demo.generator import DemoDistrict
from crawler.demo.outside import TOUR
from crawler.demo.portal import HOST, NAME, OFFICE
from crawler.demo.sites import FIGURES, JOBS, TRADE
from crawler.demo.texts import MALL

RATE = 200
UNITS = (
    # name, kind, fields, aliases
    (OFFICE, "department", "many", ("区政府办公室", "区政府办", NAME)),
    ("区财政局", "department", "many", ("财政局", "明湖区财政局")),
    ("区教育局", "department", "many", ("教育局", "明湖区教育局")),
    ("区民政局", "department", "many", ("民政局", "明湖区民政局")),
    ("区卫生健康局", "department", "many", ("卫健局", "区卫健局", "明湖区卫生健康局")),
    ("区统计局", "department", "few", ("统计局", "明湖区统计局")),
    ("区就业服务中心", "department", "few", ("就业服务中心",)),
    ("区公共资源交易中心", "department", "few", ("公共资源交易中心",)),
    # Has no page anywhere (DSC101).
    ("区司法局", "department", "few", ("司法局",)),
    ("湖滨街道办事处", "street", "few", ("湖滨街道",)),
    ("柳荫街道办事处", "street", "few", ("柳荫街道",)),
)
SITES = (
    (HOST, NAME, OFFICE),
    (JOBS, "明湖区就业服务网", "区就业服务中心"),
    (TRADE, "明湖区公共资源交易网", "区公共资源交易中心"),
    (FIGURES, "明湖区统计信息网", "区统计局"),
)


def inventory_text(district: DemoDistrict, *, resolver: str = "", ipv6_selftest: str = "") -> str:
    """The inventory as TOML.

    ``resolver`` is the demo's DNS server (``127.0.0.1:port``), ``ipv6_selftest`` where this machine
    proves its IPv6 (``[::1]:port`` of the demo server); "" leaves the machine's own.
    """
    lines = [
        "# 微缩区的台账：由 crawler/demo/register.py 生成，单位和网站均属虚构。",
        "[district]",
        'name = "明湖区"',
        "",
    ]
    audit = [
        f"{key} = {_quoted(value)}"
        for key, value in (("resolver", resolver), ("ipv6_selftest", ipv6_selftest))
        if value
    ]
    lines += ["[audit]", *audit, f"allow_private = {_listed(district.hosts)}", ""]
    lines += ["[options.TXT303]", f"extra = {_listed((MALL,))}", ""]
    for name, kind, fields, aliases in UNITS:
        lines += [
            "[[unit]]",
            f"name = {_quoted(name)}",
            f'kind = "{kind}"',
            f'fields = "{fields}"',
            f"aliases = {_listed(aliases)}",
            "",
        ]
    for host, name, unit in SITES:
        lines += [
            "[[site]]",
            f'host = "{host}"',
            f"name = {_quoted(name)}",
            f'start = ["http://{host}/"]',
            f"rate = {RATE}",
            f"unit = {_quoted(unit)}",
            "",
        ]
    for row in district.registered:
        lines += ["[[column]]", f"name = {_quoted(row.name)}", f"url = {_quoted(row.url)}"]
        fields_of = (
            ("unit", row.unit),
            ("type", row.type),
            ("duty", row.duty),
            ("reason", row.reason),
        )
        lines += [f"{key} = {_quoted(value)}" for key, value in fields_of if value]
        lines.append("")
    return "\n".join(lines)


def dns_records(district: DemoDistrict) -> Records:
    """What the demo's name server says: every host has A and AAAA on loopback, but for the faults.

    就业 has no AAAA record, and neither has one outside host, which is none of the district's. The
    AAAA of 公共资源 exists, but nothing answers there (the server hangs up), and that of 统计 leads to
    another page.
    """
    without = {JOBS, TOUR} if district.ground.planted("plt101-no-aaaa") else {TOUR}
    return {
        host: (("A", "127.0.0.1"), *(() if host in without else (("AAAA", "::1"),)))
        for host in district.hosts
    }


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _listed(values: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, values)) + "]"
