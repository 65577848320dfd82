"""Reads the tables of a scheme's TOML file field by field, and gathers what is wrong with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plugins.errors import ConfigurationError, Problem
from plugins.reasons import toml_reason
from plugins.rule import CODE

WORDS = {
    str: "文字",
    float: "数字",
    int: "整数",
    bool: "true 或 false",
    date: "日期",
    list: "列表",
    dict: "表",
}


@dataclass(frozen=True, slots=True)
class TablePlace:
    """The n-th ``[[table]]`` of the file; the top of the file has no name.

    A table inside of another one that is written in one line has no heading: its problems are told
    at ``within``.
    """

    table: str = ""
    number: int = 0
    within: TablePlace | None = None


TOP = TablePlace()


class SchemeTables:
    """One file, its tables, and the problems found in it so far."""

    def __init__(self, raw: bytes, file: str) -> None:
        """Read the bytes of a file.

        Raises:
            ConfigurationError: when they are no UTF-8 or no TOML.
        """
        self.file = file
        self.problems: list[Problem] = []
        try:
            self.text = raw.decode("utf-8-sig")
            self.data = tomllib.loads(self.text)
        except UnicodeDecodeError as error:
            raise ConfigurationError([Problem(file, "不是 UTF-8 编码。")]) from error
        except tomllib.TOMLDecodeError as error:
            reason, row = toml_reason(error, self.text)
            raise ConfigurationError(
                [Problem(file, f"不是合法的 TOML：{reason}。", row)]
            ) from error
        self.rows = _table_rows(self.text)

    def refuse(self) -> None:
        """Raise everything that was found, in the order of the file; nothing found = no error.

        Raises:
            ConfigurationError: with every problem, each with its file, line and field.
        """
        if self.problems:
            raise ConfigurationError(
                sorted(self.problems, key=lambda problem: int(problem.row or 0))
            )

    def say(self, message: str, name: str, place: TablePlace) -> None:
        """Note a problem of a field."""
        self.problems.append(Problem(self.file, message, self._row(place, name), name))

    def _row(self, place: TablePlace, name: str) -> int | None:
        """The line of a field, else of the heading of its table."""
        while (place.table, place.number) not in self.rows and place.within:
            place = place.within
        start, end = self.rows.get((place.table, place.number), (1, len(self.text.split("\n")) + 1))
        lines = self.text.split("\n")[start - 1 : end - 1]
        for offset, line in enumerate(lines):
            if re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[=.]", line):
                return start + offset
        return start if place.table else None

    def tables(self, name: str, within: Mapping[str, Any] | None = None) -> list[Mapping[str, Any]]:
        """The tables of that name; what is no table comes as an empty one."""
        found = (self.data if within is None else within).get(name, [])
        if not isinstance(found, list):
            return []
        return [item if isinstance(item, dict) else {} for item in found]

    def checked(
        self,
        data: Mapping[str, Any],
        known: Mapping[str, type],
        needed: Iterable[str],
        place: TablePlace,
    ) -> dict[str, Any]:
        """The fields that are known and of the right type; the rest are problems."""
        good: dict[str, Any] = {}
        for name, value in data.items():
            if name not in known:
                self.say(f"没有这个字段：可用{'、'.join(known)}。", name, place)
            elif not _is(value, known[name]):
                self.say(f"应为{WORDS[known[name]]}。", name, place)
            else:
                good[name] = value
        for name in needed:
            if name not in data:
                self.say("缺少这个字段。", name, place)
            elif name in good and good[name] in ("", [], {}):
                self.say("不得为空。", name, place)
        return good

    def words(self, data: Mapping[str, Any], name: str, place: TablePlace) -> tuple[str, ...]:
        """A list of different words."""
        words = data.get(name, [])
        if any(not isinstance(word, str) or not word for word in words):
            self.say("列表中只能是非空的文字。", name, place)
        if len(set(map(str, words))) < len(words):
            self.say("列表中有重复。", name, place)
        return tuple(word for word in words if isinstance(word, str))

    def codes(self, data: Mapping[str, Any], place: TablePlace) -> tuple[str, ...]:
        """The rule codes of ``checks``."""
        codes = self.words(data, "checks", place)
        for code in codes:
            if not CODE.fullmatch(code):
                self.say(f"“{code}”不是规则代码。", "checks", place)
        return codes

    def amounts(self, data: Mapping[str, Any], name: str, place: TablePlace) -> dict[str, float]:
        """A table of amounts by word."""
        amounts = data.get(name, {})
        for word, value in amounts.items():
            if not _is(value, float) or value < 0:
                self.say(f"“{word}”的分值应为不小于0的数字。", name, place)
        # Bad amounts keep their names, or every use of the name would be a problem of its own.
        return {w: float(v) if _is(v, float) else 0.0 for w, v in amounts.items()}

    def amount(self, data: Mapping[str, Any], name: str, place: TablePlace) -> float | None:
        """One amount, None where it is not given."""
        if name not in data:
            return None
        if data[name] < 0:
            self.say("不得小于0。", name, place)
        return float(data[name])

    def one_of(
        self,
        data: Mapping[str, Any],
        name: str,
        choices: Iterable[str],
        what: str,
        place: TablePlace,
    ) -> str:
        """One of a few words; "" where it is not given, or wrong."""
        word = str(data.get(name, ""))
        known = list(choices)
        if word and word not in known:
            self.say(f"“{word}”不是{what}：应为 {'、'.join(known)} 之一。", name, place)
            return ""
        return word

    def days(self, good: Mapping[str, Any], place: TablePlace) -> None:
        """Refuse a validity that ends before it begins."""
        first, last = good.get("valid_from"), good.get("valid_until")
        if first and last and first > last:
            self.say("失效日期早于生效日期。", "valid_until", place)

    def unique(self, table: str, name: str) -> None:
        """Refuse two tables of one name."""
        seen: set[str] = set()
        for number, item in enumerate(self.tables(table)):
            value = str(item.get(name, ""))
            if value and value in seen:
                self.say(f"“{value}”重复。", name, TablePlace(table, number))
            seen.add(value)


def _is(value: Any, kind: type) -> bool:
    if kind is float:
        # NaN and infinity are numbers to TOML, and poison to a sum.
        return (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and abs(value) < float("inf")
        )
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, kind)


def _table_rows(text: str) -> dict[tuple[str, int], tuple[int, int]]:
    """First and one past the last line of every ``[[table]]``, and of the top as ("", 0)."""
    starts: list[tuple[str, int, int]] = [("", 0, 1)]
    counts: dict[str, int] = {}
    lines = text.split("\n")
    for row, line in enumerate(lines, 1):
        if heading := re.match(r"\s*\[\[\s*([\w.]+)\s*\]\]", line):
            name = heading.group(1)
            starts.append((name, counts.get(name, 0), row))
            counts[name] = counts.get(name, 0) + 1
    ends = [row for _, _, row in starts[1:]] + [len(lines) + 1]
    return {
        (name, number): (row, end) for (name, number, row), end in zip(starts, ends, strict=True)
    }
