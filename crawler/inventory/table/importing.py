"""An import of the office's table: read, compared with the inventory, checked; written only as a whole."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from crawler.inventory.file import write_whole
from crawler.inventory.model import (
    Inventory,
    RegisteredColumn,
    RegisteredSite,
    checked_inventory,
)
from crawler.inventory.table.cells import line_of
from crawler.inventory.table.changes import RegisterChanges, compare
from crawler.inventory.table.choice import choose
from crawler.inventory.table.entries import Entries, EntryReader
from crawler.inventory.table.headings import Headings, TableKind, stated_district
from crawler.inventory.table.reading import read_sheets
from crawler.inventory.table.rows import OfficeTable, TableRemarks
from crawler.inventory.table.sheet import OfficeSheet
from crawler.inventory.toml_source import TomlSource
from crawler.inventory.toml_text import column_fields, edited_text, whole_text
from plugins import Unit
from plugins.addresses.urls import host_of, url_key
from plugins.errors import ConfigurationError, Problem

DISTRICT = re.compile(
    r"([\u4e00-\u9fff]{1,10}?(?:新区|[区县市旗]))(?:人民|委|政|门户|网站|栏目|信息)"
)
UNNAMED = "（待填写）"
NAMED = 5
CLOSE = 0.75


@dataclass(frozen=True)
class Import:
    """An import that can be written: what the file would say, and how it differs.

    ``remarks`` tell how the table was read (merged cells, hidden rows, guesses), in Chinese.
    """

    into: Path
    old: Inventory
    new: Inventory
    text: str
    before: bytes | None
    changes: RegisterChanges
    remarks: tuple[str, ...] = ()

    @property
    def needed(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.changes.all) or self.changes.reordered or self.before is None

    def write(self) -> None:
        """Put it in place; ConfigurationError where that fails, and then nothing has changed."""
        text = self.text
        if self.before is not None and b"\r\n" in self.before:
            text = text.replace("\n", "\r\n")
        mark = BOM_UTF8 if self.before is not None and self.before.startswith(BOM_UTF8) else b""
        raw = mark + text.encode("utf-8")
        write_whole(self.into, raw, before=self.before, new=self.before is None)


def plan_import(
    path: Path,
    into: Path,
    *,
    sheets: Sequence[str] = (),
    district: str = "",
    keep: bool = False,
) -> Import:
    """Read a table for an inventory.

    Args:
        path: xlsx or csv file.
        into: the inventory, which need not exist yet.
        sheets: names of the sheets to read as the table of columns; () = found by their headings.
        district: the district's name, for a new inventory.
        keep: leave columns that the table does not name in the inventory.

    Raises:
        ConfigurationError: everything that cannot be read, row by row; or a faulty inventory.
    """
    source = TomlSource.read(into) if into.exists() else None
    before = into.read_bytes() if source else None
    old = checked_inventory(source, into) if source else Inventory(path=str(into))
    told = TableRemarks()
    there_are = read_sheets(path)
    found = choose(there_are, sheets, told)
    reader = EntryReader(old, told)
    order = (TableKind.UNIT, TableKind.SITE, TableKind.COLUMN)
    for sheet, headings in sorted(found, key=lambda item: order.index(item[1].kind)):
        table = OfficeTable(sheet, headings, told)
        read = {
            TableKind.UNIT: reader.units,
            TableKind.SITE: reader.sites,
            TableKind.COLUMN: reader.columns,
        }[headings.kind]
        read(table)
    _tell(reader, told)
    entries = reader.entries
    columns = _columns(entries, old, keep=keep)
    units = _units(entries, old, told)
    site_rows = _sites(entries, old, columns, told, path, reader)
    # A unit that was renamed, its old name now an alias, goes on answering for what it had.
    called = {one: unit.name for unit in units for one in (*unit.aliases, unit.name)}
    columns = tuple(replace(one, unit=called.get(one.unit, one.unit)) for one in columns)
    site_rows = tuple(replace(one, unit=called.get(one.unit, one.unit)) for one in site_rows)
    owners = [*(one.unit for one in site_rows), *(one.unit for one in columns)]
    for owner in dict.fromkeys(owners):
        if owner and owner not in called:
            why = f"单位“{owner}”已不在“单位”表中，而仍有网站或栏目由它负责"
            told.problems.append(Problem(str(path), why, field="单位名称"))
    if not columns and not told.problems:
        told.problems.append(Problem(str(path), "表头之下没有一行栏目，未导入"))
    if told.problems:
        raise ConfigurationError(told.problems)
    stated = stated_district(there_are)
    if old.district and stated not in ("", old.district):
        told.remarks.append(f"表中的区划名称“{stated}”与台账的“{old.district}”不同，未改动台账。")
    name = old.district or district or stated or _district(found, told)
    new = replace(old, district=name, units=units, sites=site_rows, columns=columns)
    if source is None:
        text = whole_text(new, ("# 台账：由 gongkai inventory import 从责任分工表导入。",))
    else:
        text = edited_text(source, old, units, site_rows, columns)
    return Import(
        into=into,
        old=old,
        new=_checked(text, into, new),
        text=text,
        before=before,
        changes=compare(old, new),
        remarks=tuple(told.remarks),
    )


def _tell(reader: EntryReader, told: TableRemarks) -> None:
    """Say what was read otherwise than it is written."""
    if reader.mended:
        shown = "；".join(reader.mended[:NAMED])
        told.remarks.append(f"{len(reader.mended)}个网址的写法已改正：{shown}。")
    if reader.looked_up:
        told.remarks.append(f"{reader.looked_up}行没有网址，已按栏目名称沿用原台账的网址。")
    if reader.borrowed:
        told.remarks.append(f"{reader.borrowed}行“-1”的豁免原因取自说明或备注。")


def _columns(entries: Entries, old: Inventory, *, keep: bool) -> tuple[RegisteredColumn, ...]:
    if not keep:
        return tuple(entries.columns)
    named = {url_key(column.url): column for column in entries.columns}
    merged = [named.pop(url_key(column.url), column) for column in old.columns]
    return (*merged, *named.values())


def _units(entries: Entries, old: Inventory, told: TableRemarks) -> tuple[Unit, ...]:
    """The units: those of their own sheet, else the registered ones; and those that columns name."""
    units = {unit.name: unit for unit in (old.units if entries.units is None else entries.units)}
    new = [name for name in entries.named if name not in units]
    for name in new:
        near = get_close_matches(name, units, n=1, cutoff=CLOSE)
        if near:
            told.remarks.append(f"新单位“{name}”与已有的“{near[0]}”相近，请核对是否写错。")
    if new and (old.units or entries.units is not None):
        shown = "、".join(new[:NAMED])
        told.remarks.append(
            f"{len(new)}个单位尚未登记，将新增：{shown}{'等' if len(new) > NAMED else ''}。"
        )
    return (*units.values(), *(entries.named[name] for name in new))


def _sites(
    entries: Entries,
    old: Inventory,
    columns: Sequence[RegisteredColumn],
    told: TableRemarks,
    path: Path,
    reader: EntryReader,
) -> tuple[RegisteredSite, ...]:
    """The sites: those of their own sheet, else the registered ones, else what the addresses show."""
    sites = tuple(entries.sites) if entries.sites is not None else old.sites
    hosts = {host for site in sites for host in (site.host, *site.hosts)}
    if not sites and columns:
        counted = Counter(host_of(column.url) for column in columns)
        for host, number in counted.most_common():
            scheme = next(
                urlsplit(column.url).scheme for column in columns if host_of(column.url) == host
            )
            start = f"{scheme}://{host}/"
            sites = (*sites, RegisteredSite(host=host, start=(start,)))
            told.remarks.append(
                f"网站“{host}”由{number}个栏目的网址推定，首页记为 {start}，请核对网站名称和主办单位。"
            )
        return sites
    for column in columns:
        if host_of(column.url) not in hosts:
            place = reader.keys.get(url_key(column.url), "")
            told.problems.append(
                Problem(
                    str(path),
                    f"网址“{column.url}”不属于任何已登记网站的域名（{'、'.join(sorted(hosts))}）",
                    row=place or None,
                    field="网址",
                )
            )
    return sites


def district_in(title: str) -> str:
    """The district that a title speaks of (某区 in 某区人民政府门户网站…), "" where there is none."""
    match = DISTRICT.search(title)
    return match[1] if match else ""


def _district(found: Sequence[tuple[OfficeSheet, Headings]], told: TableRemarks) -> str:
    """The district that a title above the heading speaks of; a mark that it is to be filled in."""
    for sheet, headings in found:
        titles = (
            line_of(cell.value)
            for row in sheet.rows[: headings.row - 1]
            for cell in row.cells
            if not cell.flaw
        )
        name = next(filter(None, map(district_in, titles)), "")
        if name:
            told.remarks.append(f"区划名称“{name}”取自表头上方的标题，请核对。")
            return name
    told.remarks.append(f"表中没有区划名称，暂记为“{UNNAMED}”；可用 --district 写明。")
    return UNNAMED


def _checked(text: str, into: Path, new: Inventory) -> Inventory:
    """The inventory that was written, read back: it must be what was meant.

    Raises:
        ConfigurationError: it is not; nothing was written.
    """
    read = checked_inventory(TomlSource.parse(text, into), into)
    same = (read.district, read.units) == (new.district, new.units)
    # By the same measure by which the file was edited: as fields, whatever the order of further ones.
    same &= [*map(column_fields, read.columns)] == [*map(column_fields, new.columns)]
    rest = (read.options, read.resolver, read.ipv6_selftest, read.allow_private)
    if not same or rest != (new.options, new.resolver, new.ipv6_selftest, new.allow_private):
        why = "台账的写法特殊（如把几个栏目写在一行内），无法自动改写；请改成 [[column]] 的写法后再导入"
        raise ConfigurationError([Problem(str(into), why)])
    return read
