"""Fields of an inventory's rows read: duties, units, hosts, addresses; what is wrong is told by field."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Protocol

from crawler.inventory.toml_source import TomlRow, close
from plugins.addresses.hosts import normal_host, normal_port
from plugins.addresses.urls import bad_address, resolve
from plugins.facts.columns.duty import Duty

MOST_RATE = 1000
DNS_PORT = 53
ENDPOINT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|\d+\.\d+\.\d+\.\d+)(?::(\d{1,5}))?")


class Refuser(Protocol):
    """A row of a file that keeps what is wrong with it."""

    def refuse(self, key: str, message: str, /) -> None:
        """Note a problem with a field."""


def read_duty(row: TomlRow, groups: dict[str, Duty]) -> Duty | None:
    """The duty of a row; members of one group must agree on its clock."""
    if "duty" not in row.values:
        return None
    try:
        duty = Duty.read(row.values["duty"])
    except ValueError as error:
        row.refuse("duty", str(error))
        return None
    if duty.group and groups.setdefault(duty.group, duty).days != duty.days:
        row.refuse("duty", f"“{duty.group}”组的天数不一致（前面登记为{groups[duty.group].days}天）")
    return duty


def read_extra(row: TomlRow) -> tuple[tuple[str, str], ...]:
    """What else the office keeps of a column: a table of texts."""
    found = row.values.get("extra", {})
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        row.refuse("extra", '应为文字的表，如 { "责任科室" = "办公室" }')
        return ()
    return tuple(found.items())


def read_unit(row: TomlRow, units: set[str]) -> str:
    """The unit that answers; a problem where it is not registered."""
    name = "".join(row.text("unit").split())
    if name and name not in units:
        row.refuse("unit", f"单位“{name}”未在 [[unit]] 中登记{close(name, units) if units else ''}")
    return name


def read_host(row: Refuser, key: str, raw: str) -> str:
    """``host`` or ``host:port`` in normal form; a problem and "" where it is none."""
    if not raw:
        return ""
    name, _, port = raw.rpartition(":") if re.search(r":\d+$", raw) else (raw, "", "")
    host, number = normal_host(name), normal_port(port, "")
    if not host or number is None:
        row.refuse(key, f"“{raw}”不是域名，应写作如 www.example.gov.cn 或 127.0.0.1:8080")
        return ""
    # A port that is the scheme's own never appears in an address's host.
    return host + ("" if number in (":80", ":443") else number)


def read_address(row: TomlRow, key: str, raw: str) -> str:
    """A web address as it is to be fetched; a problem and "" where it is none."""
    if not raw:
        return ""
    url = resolve("", raw)
    if not url:
        bad = bad_address(raw)
        row.refuse(key, f"“{raw}”不是网址：{bad[1] if bad else '应以 http:// 或 https:// 开头'}")
    return url


def read_rate(row: TomlRow) -> float | None:
    """Requests a second; None where the field is absent or, with a problem, wrong."""
    value = row.values.get("rate")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MOST_RATE:
        row.refuse("rate", f"“{value}”无效，应为每秒请求数，大于0且不超过{MOST_RATE}")
        return None
    return float(value)


def read_endpoint(row: TomlRow, key: str, *, six: bool = False) -> str:
    """``addr:port`` of a server; the port of DNS where none is given."""
    text = row.text(key)
    if not text:
        return ""
    match = ENDPOINT.fullmatch(text)
    try:
        address = ip_address(match[1].strip("[]")) if match else None
    except ValueError:
        address = None
    port = int(match[2] or DNS_PORT) if match else 0
    if address is None or not normal_port(str(port), "") or (six and address.version != 6):  # noqa: PLR2004 - IPv6
        row.refuse(key, f"“{text}”无效，应写作如 {'[2400:3200::1]:53' if six else '223.5.5.5:53'}")
        return ""
    return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"  # noqa: PLR2004 - IPv6
