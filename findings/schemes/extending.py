"""A scheme that builds on another one: what it says itself wins, the rest is the other's.

Tables (``kind``) and indicators are told apart by name and number: a field that is written again
replaces the other's, what is new comes after it. ``drop`` takes an indicator away, and says why its
rules are not scored then. Waivers replace the other's as a whole; what is unscored is added to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from findings.schemes.scheme_text import TOP, SchemeSource, TablePlace, tables_of
from plugins.errors import Problem

EXTENDS, DROP = "extends", "drop"
# Who a scheme is, it must say itself; a version names one file.
OWN = ("id", "title")
NOT_INHERITED = (EXTENDS, "version")
KEYS = {"kind": "name", "indicator": "code"}


@dataclass(frozen=True, slots=True)
class _Part:
    """A table as one of the two files has it."""

    source: SchemeSource
    place: TablePlace
    data: Mapping[str, Any]


class ExtendedScheme:
    """A file laid over what it builds on, to be read like one file; problems know their own file."""

    def __init__(self, own: SchemeSource, base: SchemeSource) -> None:
        """Lay ``own`` over ``base``, which is known to be sound."""
        self._own, self._base = own, base
        self.file = own.file
        # Both texts, so that what is kept with published scores is whole.
        self.text = (
            f"{own.text.rstrip()}\n\n# ==== 以下为所依据的方案：{base.file} ====\n\n{base.text}"
        )
        self.problems: list[Problem] = []
        self._parts: dict[TablePlace, tuple[_Part, ...]] = {}
        self.data: dict[str, Any] = {
            **{name: value for name, value in base.data.items() if name not in NOT_INHERITED},
            **{name: value for name, value in own.data.items() if name != EXTENDS},
        }
        for name in OWN:
            if name not in own.data:
                self._refuse(f"缺少这个字段：依据其他方案的，{name} 也要自己写。", name, TOP)
        dropped = self._merged("indicator")
        self._merged("kind")
        self._taken("waiver", [*self._read(own if "waiver" in own.data else base, "waiver")])
        self._unscored(dropped)

    def where(self, place: TablePlace, name: str) -> tuple[str, int | None]:
        """File and line where a field is written: its own file's, else the other's."""
        if place == TOP:
            source = self._own if name in self._own.data else self._base
            return source.where(TOP, name) if name in source.data else self._own.where(TOP, name)
        key = TablePlace(place.table, place.number)
        if key not in self._parts:
            return self.where(place.within, name) if place.within else (self.file, None)
        parts = self._parts[key]
        part = next((one for one in parts if name in one.data), parts[0])
        return part.source.where(part.place, name)

    def _refuse(self, message: str, name: str, place: TablePlace) -> None:
        file, row = self._own.where(place, name)
        self.problems.append(Problem(file, message, row, name))

    def _read(self, source: SchemeSource, table: str) -> Iterator[_Part]:
        for number, data in enumerate(tables_of(source.data, table)):
            yield _Part(source, TablePlace(table, number), data)

    def _taken(self, table: str, found: list[_Part]) -> None:
        """Tables that come as they are from one file or the other."""
        self._laid(table, [part.data for part in found])
        for number, part in enumerate(found):
            self._parts[TablePlace(table, number)] = (part,)

    def _laid(self, table: str, tables: list[Mapping[str, Any]]) -> None:
        """What is no list of tables stays as it is, to be refused by the reader."""
        if tables and isinstance(self._own.data.get(table, []), list):
            self.data[table] = tables

    def _merged(self, table: str) -> list[tuple[_Part, Mapping[str, Any]]]:
        """Lay the tables of one name over each other; gives those dropped, with what they were."""
        key = KEYS[table]
        laid: dict[str, tuple[_Part, ...]] = {}
        for part in self._read(self._base, table):
            laid[part.data[key]] = (part,)
        dropped, seen = [], set()
        loose: list[_Part] = []
        for part in self._read(self._own, table):
            name = part.data.get(key)
            if not isinstance(name, str) or name in seen:
                # No name, or one name twice: the reader refuses it.
                loose.append(part)
                continue
            seen.add(name)
            if table == "indicator" and DROP in part.data:
                if self._may_drop(part, name in laid):
                    (gone,) = laid.pop(name)
                    dropped.append((part, gone.data))
                continue
            laid[name] = (part, *laid.get(name, ()))
        tables = [*laid.values(), *((part,) for part in loose)]
        self._laid(
            table,
            [
                {name: value for part in reversed(parts) for name, value in part.data.items()}
                for parts in tables
            ],
        )
        ways = 0
        for number, parts in enumerate(tables):
            self._parts[TablePlace(table, number)] = parts
            ways = self._ways(parts, ways)
        return dropped

    def _may_drop(self, part: _Part, known: bool) -> bool:
        why = part.data[DROP]
        if not known:
            self._refuse("所依据的方案没有这个指标，无从去掉。", DROP, part.place)
        elif not isinstance(why, str) or not why:
            self._refuse("应为文字：写明为什么不考这一项。", DROP, part.place)
        elif set(part.data) != {"code", DROP}:
            self._refuse("去掉一个指标，除 code 和 drop 以外不再写别的。", DROP, part.place)
        else:
            return True
        return False

    def _ways(self, parts: tuple[_Part, ...], count: int) -> int:
        """Where the ways of an indicator stand: all of them in the file that wrote them last."""
        part = next((one for one in parts if "way" in one.data), None)
        if part is None:
            return count
        before = tables_of(part.source.data, "indicator")[: part.place.number]
        first = sum(len(tables_of(one, "way")) for one in before)
        for offset, data in enumerate(tables_of(part.data, "way")):
            place = TablePlace("indicator.way", first + offset, within=part.place)
            self._parts[TablePlace("indicator.way", count)] = (_Part(part.source, place, data),)
            count += 1
        return count

    def _unscored(self, dropped: list[tuple[_Part, Mapping[str, Any]]]) -> None:
        """What is said here to be scored, or not to be, wins over what the other says is not."""
        own = [*self._read(self._own, "unscored")]
        said = {code for part in own for code in _codes(part.data)}
        scored = {
            code for one in tables_of(self.data, "indicator") for code in _codes_of_indicator(one)
        }
        rest = any("rest" in part.data for part in own)
        kept = []
        for part in self._read(self._base, "unscored"):
            if "rest" in part.data:
                kept += [] if rest else [part]
            elif left := [code for code in part.data["checks"] if code not in said | scored]:
                kept.append(_Part(part.source, part.place, {**part.data, "checks": left}))
        told = said | {code for part in kept for code in _codes(part.data)}
        for part, gone in dropped:
            if codes := [one for one in _codes_of_indicator(gone) if one not in scored | told]:
                told |= set(codes)
                kept.append(
                    _Part(part.source, part.place, {"checks": codes, "why": part.data[DROP]})
                )
        self._taken("unscored", [*own, *kept])


def _codes(data: Mapping[str, Any]) -> list[str]:
    codes = data.get("checks", [])
    return [code for code in codes if isinstance(code, str)] if isinstance(codes, list) else []


def _codes_of_indicator(data: Mapping[str, Any]) -> list[str]:
    inner = [code for way in tables_of(data, "way") for code in _codes(way)]
    return list(dict.fromkeys((*_codes(data), *inner)))
