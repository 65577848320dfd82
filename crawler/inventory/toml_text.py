"""An inventory as TOML: written anew, or edited in place so that the rest of the file stays as it is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from crawler.inventory.model import Inventory, RegisteredColumn, RegisteredSite
from crawler.inventory.toml_source import TomlSource
from plugins import Unit
from plugins.addresses.urls import url_key

BARE = re.compile(r"[A-Za-z0-9_-]+")
KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*=")
SEPARATORS = re.compile("[\x7f-\x9f\u2028\u2029]")
TABLES = ("unit", "site", "column")
T = TypeVar("T")
Value = str | float | date | tuple[str, ...] | Mapping[str, str]


@dataclass
class TomlBlock:
    """Some lines of a file: a table from the remarks above its header to the next one's.

    ``name`` is unit, site or column, "" for all else; ``place`` counts tables of one name.
    """

    name: str
    lines: list[str] = field(default_factory=list)
    header: int = 0
    values: Mapping[str, object] = field(default_factory=dict)
    nested: bool = False


def unit_fields(unit: Unit) -> dict[str, Value]:
    """A unit's fields as a file has them, the empty ones left out."""
    return _filled(name=unit.name, kind=unit.kind, fields=unit.fields, aliases=unit.aliases)


def site_fields(site: RegisteredSite) -> dict[str, Value]:
    """A site's fields."""
    return _filled(
        host=site.host,
        name=site.name,
        start=site.start,
        rate=site.rate,
        unit=site.unit,
        hosts=site.hosts,
        robots="" if site.keeps_robots else site.robots,
        robots_reason=site.robots_reason,
    )


def column_fields(column: RegisteredColumn) -> dict[str, Value]:
    """A column's fields."""
    return _filled(
        name=column.name,
        url=column.url,
        unit=column.unit,
        type=column.type,
        duty=column.duty.text if column.duty else "",
        reason=column.reason,
        valid_from=column.valid_from,
        extra=dict(column.extra),
    )


def _filled(**fields: Value | None) -> dict[str, Value]:
    return {
        name: value
        for name, value in fields.items()
        if value is not None and value not in ("", (), {})
    }


def quoted(text: str) -> str:
    """A basic string of TOML."""
    # What some programs take for the end of a line never stands in a file as it is.
    return SEPARATORS.sub(lambda one: f"\\u{ord(one[0]):04x}", json.dumps(text, ensure_ascii=False))


def literal(value: Value) -> str:
    """A value as TOML writes it."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = (f"{_key(name)} = {quoted(text)}" for name, text in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(quoted, value))}]"
    return f"{value:g}" if float(f"{value:g}") == value else repr(float(value))


def table(
    name: str, fields: Mapping[str, Value], notes: Mapping[str, str] | None = None
) -> list[str]:
    """The lines of one table; ``notes`` are remarks behind fields."""
    said = notes or {}
    return [
        f"[[{name}]]",
        *(
            f"{key} = {literal(value)}" + (f"  # {said[key]}" if key in said else "")
            for key, value in fields.items()
        ),
    ]


def whole_text(inventory: Inventory, heading: Sequence[str] = ()) -> str:
    """A new file for units, sites and columns; what else an inventory holds is not written here."""
    blocks = [[*heading, "[district]", f"name = {quoted(inventory.district)}"]]
    blocks += [table("unit", unit_fields(one)) for one in inventory.units]
    blocks += [table("site", site_fields(one)) for one in inventory.sites]
    blocks += [table("column", column_fields(one)) for one in inventory.columns]
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def edited_text(
    source: TomlSource,
    old: Inventory,
    units: Sequence[Unit],
    sites: Sequence[RegisteredSite],
    columns: Sequence[RegisteredColumn],
) -> str:
    """The file with other units, sites and columns, in this order; all else as it stands.

    ``old`` is what the file says now. A table that does not change keeps its lines and remarks.
    """
    blocks = _blocks(source)
    wanted = {
        "unit": _renewed(blocks, "unit", old.units, units, lambda one: one.name, unit_fields),
        "site": _renewed(blocks, "site", old.sites, sites, lambda one: one.host, site_fields),
        "column": _renewed(
            blocks, "column", old.columns, columns, lambda one: url_key(one.url), column_fields
        ),
    }
    lines: list[str] = []
    waiting = dict(wanted)
    for place, block in enumerate(blocks):
        if not block.name:
            lines += block.lines
            continue
        lines += waiting.pop(block.name, [])
        # Tables that were not there yet follow those before them.
        if all(later.name not in TABLES for later in blocks[place + 1 :]):
            for name in TABLES:
                lines += waiting.pop(name, [])
    for name in TABLES:
        added = waiting.pop(name, [])
        lines += ["", *added] if added and lines and lines[-1].strip() else added
    return "\n".join(lines).rstrip("\n") + "\n"


def _blocks(source: TomlSource) -> list[TomlBlock]:
    """The file in pieces; tables below one of ours (``[column.extra]``) belong to it."""
    starts = {number: name for name, numbers in source.headers.items() for number in numbers}
    blocks = [TomlBlock("")]
    held: list[str] = []
    for number, line in enumerate(source.lines, start=1):
        name = starts.get(number)
        if name is None:
            # Remarks right above a header are about it; a blank line ends what they are about.
            if line.lstrip().startswith("#"):
                held.append(line)
            else:
                blocks[-1].lines += [*held, line]
                held = []
            continue
        owner = name.lstrip("[").partition(".")[0]
        if name.startswith("[[") and owner in TABLES and "." not in name:
            blocks.append(TomlBlock(owner, [*held, line], header=len(held)))
        elif owner in TABLES and blocks[-1].name == owner:
            blocks[-1].lines += [*held, line]
            blocks[-1].nested = True
        else:
            blocks.append(TomlBlock("", [*held, line]))
        held = []
    blocks[-1].lines += held
    for name in TABLES:
        found = source.tables.get(name, [])
        own = [block for block in blocks if block.name == name]
        if isinstance(found, list) and len(found) == len(own):
            for block, values in zip(own, found, strict=True):
                block.values = values
    return blocks


def _renewed(
    blocks: Iterable[TomlBlock],
    name: str,
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], str],
    fields: Callable[[T], dict[str, Value]],
) -> list[str]:
    """The lines of all tables of one name, in their new order, each followed by a blank line."""
    own = [block for block in blocks if block.name == name]
    there = (
        {key(one): (one, block) for one, block in zip(old, own, strict=True)}
        if len(own) == len(old)
        else {}
    )
    lines: list[str] = []
    for one in new:
        was, block = there.get(key(one), (None, None))
        if block is None:
            lines += table(name, fields(one))
        elif was is not None and fields(was) == fields(one):
            # What a file says of it is the same: the order of further headings says nothing.
            lines += block.lines
        elif block.nested:
            lines += [*block.lines[: block.header], *table(name, fields(one))]
        else:
            lines += edited_block(block, fields(one))
        if lines[-1].strip():
            lines.append("")
    return lines


def edited_block(block: TomlBlock, wanted: Mapping[str, Value]) -> list[str]:
    """A table's lines with other values; lines whose value stays, and all remarks, are kept."""
    head, body = block.lines[: block.header + 1], block.lines[block.header + 1 :]
    kept: list[str] = []
    left = dict(wanted)
    last = 0
    while body:
        taken = _statement(body)
        text, body = body[:taken], body[taken:]
        match = KEY.match(text[0])
        if not match:
            kept += text
            continue
        key = match[1].strip("\"'")
        if key in left:
            value = left.pop(key)
            stood = block.values.get(key)
            # A number of days may stand as a number.
            stood = str(stood) if key == "duty" and isinstance(stood, int) else stood
            same = stood == (list(value) if isinstance(value, tuple) else value)
            kept += text if same else [f"{key} = {literal(value)}{_remark(text)}"]
            last = len(kept)
    added = [f"{key} = {literal(value)}" for key, value in left.items()]
    return [*head, *kept[:last], *added, *kept[last:]]


def _statement(lines: Sequence[str]) -> int:
    """How many lines the first key and its value take."""
    if not KEY.match(lines[0]):
        return 1
    for count in range(1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue
        return count
    return 1


def _remark(lines: Sequence[str]) -> str:
    """The remark behind a value on one line."""
    if len(lines) > 1:
        return ""
    for match in re.finditer(r"\s*#", lines[0]):
        try:
            tomllib.loads(lines[0][: match.start()])
        except tomllib.TOMLDecodeError:
            continue
        return lines[0][match.start() :]
    return ""


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else quoted(name)
