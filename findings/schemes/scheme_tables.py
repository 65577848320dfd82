"""Reads the tables of a scheme's TOML file field by field, and gathers what is wrong with its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from findings.schemes.scheme_text import SchemeSource, TablePlace, tables_of
from plugins.errors import ConfigurationError, Problem
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


class SchemeTables:
    """The tables of a scheme, and the problems found in them so far."""

    def __init__(self, source: SchemeSource) -> None:
        self._source = source
        self.text, self.data = source.text, source.data
        self.problems: list[Problem] = [*source.problems]

    def refuse(self) -> None:
        """Raise everything that was found, in the order of the file; nothing found = no error.

        Raises:
            ConfigurationError: with every problem, each with its file, line and field.
        """
        if self.problems:
            raise ConfigurationError(
                sorted(self.problems, key=lambda problem: (problem.file, int(problem.row or 0)))
            )

    def say(self, message: str, name: str, place: TablePlace) -> None:
        """Note a problem of a field."""
        file, row = self._source.where(place, name)
        self.problems.append(Problem(file, message, row, name))

    def tables(self, name: str, within: Mapping[str, Any] | None = None) -> list[Mapping[str, Any]]:
        """The tables of that name; what is no table comes as an empty one."""
        return tables_of(self.data if within is None else within, name)

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
