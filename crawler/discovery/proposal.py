"""An inventory proposed from a crawl, for the office to correct; every guess says what it rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from crawler.discovery.issuers import FEWEST, Issuers
from crawler.discovery.rhythm import Suggestion, suggest
from crawler.inventory.model import COLUMN_TYPES, Inventory, RegisteredColumn, RegisteredSite
from crawler.inventory.table.export import Guess
from crawler.inventory.table.importing import UNNAMED, district_in
from crawler.inventory.toml_text import column_fields, quoted, site_fields, table, unit_fields
from crawler.run.closing.columns import guess_type
from plugins import Column, ColumnKind, PageDigest, Unit
from plugins.addresses.urls import host_of, url_key
from plugins.facts.columns.duty import Duty

ABOVE = "上级栏目"
NOTICES = "通知公告"
SHARE = 0.7
LONGEST_NAME = 60
GUESS = "推测："
# What stands on one page and is changed when it changes, not by the calendar.
STANDING = frozenset({"概况信息", "机构职能", "负责人信息", "信息公开指南", "信息公开目录"})
NAMES = {"unit": "责任单位", "type": "栏目类型", "duty": "更新要求"}


@dataclass(frozen=True)
class Proposal:
    """What was found: an inventory, what was guessed of each column (by address), and remarks."""

    inventory: Inventory
    guesses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def marks(self) -> dict[str, Guess]:
        """The guesses as the workbook shows them."""
        return {
            url: Guess(
                tuple(guess),
                "；".join(f"{NAMES[name]}：{why}" for name, why in guess.items()),
            )
            for url, guess in self.guesses.items()
        }

    def text(self) -> str:
        """The proposal as TOML; guesses stand as remarks behind the fields."""
        inventory = self.inventory
        head = [
            "# 台账草稿：由 gongkai discover 从网站推测，未经核对，不能据此通报。",
            "# 注明“推测”的各项请逐条核对；改好后用 gongkai inventory check 检查。",
            *(f"# {_line(remark)}" for remark in self.remarks),
        ]
        blocks = [[*head, "[district]", f"name = {quoted(inventory.district)}"]]
        blocks += [
            ["# 推测：按文章来源和栏目层级得出的单位", *table("unit", unit_fields(unit))]
            for unit in inventory.units
        ]
        blocks += [table("site", site_fields(site)) for site in inventory.sites]
        for column in inventory.columns:
            fields = column_fields(column)
            guess = {name: _line(GUESS + why) for name, why in self.guesses[column.url].items()}
            lines = table("column", fields, guess)
            blank = self.guesses[column.url].items()
            lines += [f"# {name} 未填：{_line(why)}" for name, why in blank if name not in fields]
            blocks.append(lines)
        return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def propose(
    site: RegisteredSite,
    columns: Iterable[Column],
    pages: Mapping[str, PageDigest],
    today: date,
    remarks: Iterable[str] = (),
) -> Proposal:
    """Make a proposal of what a crawl has read.

    Args:
        site: the site as it was asked for.
        columns: its columns, with their entries.
        pages: what was learned of its pages, by key.
        today: the day of the crawl.
        remarks: what the office must know of the crawl (pages not read).
    """
    home = pages.get(url_key(site.start[0]))
    title = tidy(home.title) if home is not None else ""
    district = district_in(title)
    issuers = Issuers(re.sub(r"^.+?[市州盟](?=.+[区县市旗]$)", "", district))
    found = [one for one in columns if host_of(one.url) == site.host and _worthy(one, site)]
    named = {one.key: _crumb_unit(one, issuers) for one in found}
    sources = {one.key: _sources(one, pages, issuers) for one in found}
    owners = {one.key: _owner(named[one.key], sources[one.key], issuers) for one in found}
    units = issuers.units(key for key, _ in owners.values() if key)
    _apart(units)
    rows: list[RegisteredColumn] = []
    guesses: dict[str, Mapping[str, str]] = {}
    for one in found:
        key, why = owners[one.key]
        row, guess = _row(one, units[key].name if key else "", why, _days(one, pages), today)
        rows.append(row)
        guesses[row.url] = guess
    told = list(remarks)
    told.append(
        f"区划名称“{district}”取自首页标题。" if district else "首页标题中看不出区划名称，请填写。"
    )
    inventory = Inventory(
        district=district or UNNAMED,
        units=tuple(units.values()),
        sites=(RegisteredSite(host=site.host, name=title, start=site.start, hosts=site.hosts),),
        columns=tuple(rows),
    )
    return Proposal(inventory, guesses, tuple(told))


def tidy(text: str) -> str:
    """A name from a page as a register may hold it: one line, no markup, not endless."""
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    line = re.sub(r"&(?=#?\w+;)", "& ", line)
    return line.replace("<", "＜").replace(">", "＞")[:LONGEST_NAME]


def _worthy(column: Column, site: RegisteredSite) -> bool:
    """Whether a column is one to register: named, read, and not the home page."""
    home = {url_key(url) for url in site.start}
    return (
        bool(tidy(column.name)) and column.key not in home and column.kind is not ColumnKind.UNKNOWN
    )


def _crumb_unit(column: Column, issuers: Issuers) -> str:
    """The unit that the innermost breadcrumb, or the column's own name, is."""
    for name in reversed((*column.above, column.name)):
        key = issuers.meet(name)
        if key:
            return key
    return ""


def _sources(
    column: Column, pages: Mapping[str, PageDigest], issuers: Issuers
) -> tuple[Counter[str], int]:
    """Which units its articles name as their source, and how many articles were read."""
    counted: Counter[str] = Counter()
    read = 0
    for entry in column.entries:
        digest = pages.get(entry.key)
        if digest is None or not digest.readable or not digest.source:
            continue
        read += 1
        key = issuers.meet(digest.source)
        if key:
            counted[key] += 1
    return counted, read


def _owner(crumb: str, sources: tuple[Counter[str], int], issuers: Issuers) -> tuple[str, str]:
    """The likely unit and why; ("", why not) where nobody stands out."""
    if crumb:
        return crumb, f"栏目层级中有“{issuers.found[crumb].name}”"
    counted, read = sources
    top = counted.most_common(1)
    if top and top[0][1] >= FEWEST and top[0][1] >= SHARE * read:
        key, number = top[0]
        return key, f"{read}篇注明来源的文章中有{number}篇来自“{issuers.found[key].name}”"
    if len(counted) > 1:
        return "", f"文章来自{len(counted)}个单位，请填写"
    return "", "从网页上看不出，请填写"


def _apart(units: dict[str, Unit]) -> None:
    """No name may belong to two units: what another one is called is nobody's alias."""
    seen = {unit.name for unit in units.values()}
    for key, unit in units.items():
        aliases = tuple(one for one in unit.aliases if one not in seen)
        seen.update(aliases)
        units[key] = Unit(unit.name, unit.kind, unit.fields, aliases)


def _row(
    column: Column, unit: str, whose: str, days: list[date], today: date
) -> tuple[RegisteredColumn, dict[str, str]]:
    guess = {"unit": whose}
    name = tidy(column.name)
    kind = column.type if column.type in COLUMN_TYPES else ""
    if not kind and NOTICES in name:
        kind = NOTICES
    if kind and (guess_type(name) == kind or kind in name):
        guess["type"] = "按栏目名称"
    elif kind:
        guess["type"] = "网页的 ColumnType 标签，未必属实"
    else:
        guess["type"] = "栏目名称和标签都没有说明，请填写"
    suggestion = _duty(column, name, kind, days, today)
    guess["duty"] = suggestion.why
    above = " > ".join(map(tidy, column.above))
    row = RegisteredColumn(
        name=name,
        url=column.url,
        unit=unit,
        type=kind,
        duty=suggestion.duty,
        extra=((ABOVE, above),) if above else (),
    )
    return row, guess


def _duty(column: Column, name: str, kind: str, days: list[date], today: date) -> Suggestion:
    if column.kind is ColumnKind.FORM:
        if kind == "依申请公开":
            return Suggestion(Duty.read(kind), "页面是表单")
        return Suggestion(None, "页面是表单，如不须更新请填“静态”")
    if column.kind is ColumnKind.SINGLE:
        if kind in STANDING:
            return Suggestion(Duty.read("静态"), "页面是单篇内容")
        return Suggestion(None, "页面是单篇内容，如不须更新请填“静态”")
    if column.kind is ColumnKind.PORTAL:
        return Suggestion(None, "页面是下级栏目的入口，如不须更新请填“静态”")
    if column.empty is not False and not column.entries:
        why = "没有读到内容" if column.empty is None else "栏目是空的"
        return Suggestion(None, f"{why}，请核实")
    return suggest(name, kind, days, today)


def _days(column: Column, pages: Mapping[str, PageDigest]) -> list[date]:
    """The days of its entries, from the row or from the article itself."""
    days = []
    for entry in column.entries:
        day = entry.date
        if day is None:
            digest = pages.get(entry.key)
            day = digest.published if digest is not None else None
        if day is not None:
            days.append(day)
    return days


def _line(text: str) -> str:
    """A remark that stays on its line."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
