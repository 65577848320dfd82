"""Units, sites and columns made of table rows: the same demands as an inventory file, told by row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from crawler.inventory.fields import MOST_RATE, read_host
from crawler.inventory.model import COLUMN_TYPES, Inventory, RegisteredColumn, RegisteredSite
from crawler.inventory.table.cells import day_of, text_of
from crawler.inventory.table.headings import LEVELS
from crawler.inventory.table.rows import OfficeTable, TableRemarks, TableRow
from plugins import Unit
from plugins.addresses.urls import bad_address, host_of, resolve, url_key
from plugins.facts.columns.duty import Duty, DutyKind

KINDS = {
    "区直部门": "department",
    "部门": "department",
    "县直部门": "department",
    "市直部门": "department",
    "街道": "street",
    "镇街": "street",
    "乡镇": "street",
    "乡镇街道": "street",
}
FIELDS = {"多": "many", "少": "few", "承担公开领域多": "many", "承担公开领域少": "few"}
ROBOTS = {"遵守": "keep", "不遵守": "ignore"}
STREET = re.compile(
    r"(?:街道|街道办|街道办事处|管理区|[\u4e00-\u9fff]{2,}(?:镇|乡)(?:人民政府|政府)?)$"
)
EVERYBODY = re.compile(r"^(?:各|全区|全县|全市|所有|相关|有关)")
SEVERAL = re.compile(r"[、，,;；/]|(?<=[局委办院会道镇乡府心])\s+(?=\S)")
WHY = re.compile(r"说明|备注|原因")
# Letters, digits and marks of an address, typed in full width.
WIDE = re.compile(r"[\uff0e-\uff1a\uff21-\uff3a\uff41-\uff5a]")
NO_SCHEME = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/|$)")


@dataclass
class Entries:
    """What a file registers. ``units`` and ``sites`` are None where no sheet speaks of them."""

    columns: list[RegisteredColumn] = field(default_factory=list)
    units: list[Unit] | None = None
    sites: list[RegisteredSite] | None = None
    named: dict[str, Unit] = field(default_factory=dict)


class EntryReader:
    """Makes entries of rows; ``old`` is the inventory that they go into."""

    def __init__(self, old: Inventory, told: TableRemarks) -> None:
        self.old = old
        self.told = told
        self.entries = Entries()
        self.known: dict[str, str] = {}
        self.hosts: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.groups: dict[str, Duty] = {}
        self.mended: list[str] = []
        self.looked_up = 0
        self.borrowed = 0

    def units(self, table: OfficeTable) -> None:
        """The sheet 单位: who is registered, and as what."""
        found: list[Unit] = self.entries.units if self.entries.units is not None else []
        self.entries.units = found
        owners: dict[str, str] = {one: unit.name for unit in found for one in _names(unit)}
        for row in table.rows():
            name = "".join(row.text("name", need=True).split())
            kind = row.text("kind", choices=tuple(KINDS))
            fields = row.text("fields", choices=tuple(FIELDS))
            aliases = tuple("".join(one.split()) for one in row.listed("aliases"))
            unit = Unit(name, KINDS.get(kind) or kind_of(name), FIELDS.get(fields, ""), aliases)
            for one in dict.fromkeys(_names(unit)):
                if one and one in owners:
                    field_ = "name" if one == name else "aliases"
                    row.refuse(field_, f"单位名称或别名“{one}”重复（已属于“{owners[one]}”）")
                owners.setdefault(one, name)
            if name and not row.refused:
                found.append(unit)

    def sites(self, table: OfficeTable) -> None:
        """The sheet 网站."""
        found: list[RegisteredSite] = self.entries.sites if self.entries.sites is not None else []
        self.entries.sites = found
        for row in table.rows():
            host = read_host(row, "host", row.text("host", need=True))
            hosts = tuple(read_host(row, "hosts", one) for one in row.listed("hosts"))
            own = {host, *hosts} - {""}
            start = tuple(self._address(row, "start", one) for one in row.listed("start", "\n"))
            if not start and not row.refused:
                row.refuse("start", "不能为空")
            for url in start:
                if url and own and host_of(url) not in own:
                    row.refuse("start", f"首页网址“{url}”不在本网站的域名（{'、'.join(own)}）之内")
            for one in own & self.hosts.keys():
                row.refuse("host", f"域名“{one}”重复登记（已属于“{self.hosts[one]}”）")
            robots = ROBOTS.get(row.text("robots", choices=tuple(ROBOTS)), "keep")
            reason = row.text("robots_reason")
            if robots == "ignore" and not reason:
                row.refuse("robots_reason", "不遵守 robots.txt 须写明理由")
            self.hosts.update(dict.fromkeys(own, host))
            site = RegisteredSite(
                host=host,
                name=row.text("name"),
                start=start,
                rate=_rate(row),
                unit=self._unit(row),
                hosts=hosts,
                robots=robots,
                robots_reason=reason,
            )
            if not row.refused:
                found.append(site)

    def columns(self, table: OfficeTable) -> None:
        """The table itself."""
        for row in table.rows():
            further = row.further()
            name = self._name(row)
            url = self._url(row, name)
            unit = self._unit(row)
            duty = self._duty(row)
            reason = row.text("reason")
            if duty is not None and duty.kind is DutyKind.EXEMPT and not reason:
                reason = next((text for heading, text in further if WHY.search(heading)), "")
                reason = " ".join(reason.split())
                self.borrowed += bool(reason)
                if not reason:
                    row.refuse(
                        "reason",
                        "更新要求为“-1”时须写明豁免原因（如隐藏、停用、目录节点、按需发布）",
                    )
            elif duty is not None and duty.judged and reason:
                row.refuse("reason", "既有更新要求又有豁免原因，请只保留其一（豁免写“-1”）")
            column = RegisteredColumn(
                name=name,
                url=url,
                unit=unit,
                type=row.text("type", choices=COLUMN_TYPES),
                duty=duty,
                reason=reason,
                valid_from=_day(row),
                extra=further,
            )
            place = f"{table.sheet.name or '表'}第{row.number}行"
            key = url_key(url) if url else ""
            if key and key in self.keys:
                row.refuse("url", f"栏目网址重复（与{self.keys[key]}相同）")
            elif key:
                self.keys[key] = place
            if not row.refused:
                self.entries.columns.append(column)

    # -- one field -----------------------------------------------------------------------------

    def _name(self, row: TableRow) -> str:
        """The column's own name; where the table gives levels, the deepest one."""
        if "name" in row.table.headings.places:
            return row.text("name", need=True)
        levels = [level for level in LEVELS if level in row.table.headings.places]
        texts = [row.text(level) for level in levels]
        name = next((text for text in reversed(texts) if text), "")
        if not name and not row.refused:
            row.refuse(levels[-1], "不能为空")
        return name

    def _url(self, row: TableRow, name: str) -> str:
        raw = row.text("url")
        if raw:
            return self._address(row, "url", raw)
        if row.refused:
            return ""
        same = [column for column in self.old.columns if column.name == name]
        if len(same) == 1:
            self.looked_up += 1
            return same[0].url
        why = (
            f"没有网址，而原台账中有{len(same)}个栏目叫“{name}”，无法确定是哪一个"
            if same
            else "没有网址；同名栏目在原台账中也没有登记"
        )
        row.refuse("url", why)
        return ""

    def _address(self, row: TableRow, name: str, raw: str) -> str:
        url = resolve("", raw)
        if url and not WIDE.search(raw):
            return url
        text = unicodedata.normalize("NFKC", raw)
        if NO_SCHEME.match(text):
            host = host_of("http://" + text)
            starts = [one for site in self.old.sites for one in site.start]
            secure = any(host_of(one) == host and one.startswith("https:") for one in starts)
            text = ("https://" if secure else "http://") + text
        mended = resolve("", text)
        if mended and mended != url:
            self.mended.append(f"第{row.number}行“{raw}”→“{mended}”")
            return mended
        if not url:
            bad = bad_address(raw)
            row.refuse(
                name, f"“{raw}”不是网址：{bad[1] if bad else '应以 http:// 或 https:// 开头'}"
            )
        return url

    def _unit(self, row: TableRow) -> str:
        name = "".join(row.text("unit").split())
        if not name:
            return ""
        found = self._registered(name)
        if found:
            return found
        raw = text_of(row.cell("unit").value)
        if SEVERAL.search(raw):
            why = f"“{'、'.join(raw.split())}”写了几个单位；一个栏目只登记一个责任单位，其余请另设一列（如“配合单位”）"
            row.refuse("unit", why)
            return ""
        if EVERYBODY.match(name):
            row.refuse("unit", f"“{name}”不是一个单位，请写明具体的责任单位")
            return ""
        self.entries.named.setdefault(name, Unit(name, kind_of(name)))
        return name

    def _registered(self, name: str) -> str:
        """The unit whose name or alias this is; the sheet 单位 comes first."""
        units: Iterable[Unit] = (
            self.entries.units if self.entries.units is not None else self.old.units
        )
        if not self.known:
            self.known = {one: unit.name for unit in units for one in _names(unit)}
        return self.known.get(name, "")

    def _duty(self, row: TableRow) -> Duty | None:
        raw = row.value("duty")
        if raw is None:
            return None
        try:
            # Dates are refused as such; numbers and text are read as written.
            duty = Duty.read(raw if hasattr(raw, "isoformat") else text_of(raw))
        except ValueError as error:
            row.refuse("duty", str(error))
            return None
        if duty.group and self.groups.setdefault(duty.group, duty).days != duty.days:
            days = self.groups[duty.group].days
            row.refuse("duty", f"“{duty.group}”组的天数不一致（前面登记为{days}天）")
        return duty


def kind_of(name: str) -> str:
    """Whether a name is that of a street (or town) or of a department."""
    return "street" if STREET.search(name) else "department"


def _names(unit: Unit) -> tuple[str, ...]:
    return (unit.name, *unit.aliases)


def _rate(row: TableRow) -> float | None:
    text = unicodedata.normalize("NFKC", row.text("rate"))
    if not text:
        return None
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= MOST_RATE:
        row.refuse("rate", f"“{text}”无效，应为每秒请求数，大于0且不超过{MOST_RATE}")
        return None
    return rate


def _day(row: TableRow) -> date | None:
    raw = row.value("valid_from")
    if raw is None:
        return None
    try:
        return day_of(raw)
    except ValueError as error:
        row.refuse("valid_from", str(error))
        return None
