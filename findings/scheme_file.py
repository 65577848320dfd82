"""Reads a scheme from its TOML file, and says everything that is wrong in it at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from findings.scheme import Indicator, IndicatorKind, Scheme, UnitKind, Waiver
from plugins.errors import ConfigurationError, Problem
from plugins.reasons import system_reason, toml_reason
from plugins.rule import CODE

DEFAULT_SCHEME = "district-2022"


def scheme_names() -> list[str]:
    """The schemes that come with gongkai."""
    return sorted(
        item.name.removesuffix(".toml")
        for item in files("findings.schemes").iterdir()
        if item.name.endswith(".toml")
    )


def find_scheme(name: str = DEFAULT_SCHEME) -> Scheme:
    """A scheme by its name, or by the path of a TOML file.

    Raises:
        ConfigurationError: when there is none, or with everything that is wrong in it.
    """
    if name.endswith(".toml"):
        path = Path(name)
        try:
            return read_scheme(path.read_bytes(), name)
        except OSError as error:
            raise ConfigurationError(
                [Problem(name, f"无法读取：{system_reason(error)}。")]
            ) from error
    if name not in scheme_names():
        known = "、".join(scheme_names())
        raise ConfigurationError(
            [
                Problem(
                    "命令行",
                    f"没有名为“{name}”的考评方案：现有{known}，或给出 .toml 文件。",
                    field="--scheme",
                )
            ]
        )
    return read_scheme(
        (files("findings.schemes") / f"{name}.toml").read_bytes(), f"schemes/{name}.toml"
    )


def read_scheme(raw: bytes, file: str) -> Scheme:
    """A scheme from the bytes of a TOML file.

    Raises:
        ConfigurationError: with every problem, each with its file, line and field.
    """
    return _Reader(raw, file).scheme()


_TOP = {
    "id": str,
    "title": str,
    "source": str,
    "label": str,
    "portal": str,
    "bonus_from": float,
    "valid_from": date,
    "valid_until": date,
    "kind": list,
    "indicator": list,
    "unscored": list,
    "waiver": list,
}
_KIND = {"name": str, "title": str, "categories": dict, "ties": list}
_INDICATOR = {
    "code": str,
    "title": str,
    "category": str,
    "kind": str,
    "checks": list,
    "points": float,
    "traits": dict,
    "cap": float,
    "exclusive": str,
    "when": list,
    "unless": list,
    "at_least": int,
    "clause": str,
    "editable": bool,
    "valid_from": date,
    "valid_until": date,
}
_UNSCORED = {"checks": list, "why": str}
_WAIVER = {"category": str, "why": str, "units": list, "kinds": list, "fields": str}
_WORDS = {
    str: "文字",
    float: "数字",
    int: "整数",
    bool: "true 或 false",
    date: "日期",
    list: "列表",
    dict: "表",
}


class _Reader:
    """Reads one file and gathers what is wrong in it."""

    def __init__(self, raw: bytes, file: str) -> None:
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

    def scheme(self) -> Scheme:
        top = self._checked(self.data, _TOP, ("id", "title", "source", "kind"), "", 0)
        kinds = tuple(self._kind(item, n) for n, item in enumerate(self._tables("kind")))
        indicators = tuple(
            self._indicator(item, n, kinds) for n, item in enumerate(self._tables("indicator"))
        )
        unscored = self._unscored(indicators)
        waivers = tuple(
            self._waiver(item, n, kinds) for n, item in enumerate(self._tables("waiver"))
        )
        self._unique("kind", "name")
        self._unique("indicator", "code")
        self._days(top, "", 0)
        if self.problems:
            raise ConfigurationError(
                sorted(self.problems, key=lambda problem: int(problem.row or 0))
            )
        return Scheme(
            id=top["id"],
            title=top["title"],
            source=top["source"],
            kinds=kinds,
            indicators=indicators,
            unscored=unscored,
            label=top.get("label", "预评估"),
            portal=top.get("portal", "门户网站（未归属单位）"),
            bonus_from=float(top.get("bonus_from", 0)),
            valid_from=top.get("valid_from"),
            valid_until=top.get("valid_until"),
            waivers=waivers,
        )

    # ---- places -------------------------------------------------------------------------------

    def _row(self, table: str, number: int, name: str = "") -> int | None:
        """The line of a field of the n-th ``[[table]]``, else of its heading."""
        start, end = self.rows.get((table, number), (1, len(self.text.split("\n")) + 1))
        if name:
            lines = self.text.split("\n")[start - 1 : end - 1]
            for offset, line in enumerate(lines):
                if re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[=.]", line):
                    return start + offset
        return start if table else None

    def _say(self, message: str, name: str, table: str, number: int) -> None:
        self.problems.append(Problem(self.file, message, self._row(table, number, name), name))

    # ---- parts --------------------------------------------------------------------------------

    def _tables(self, name: str) -> list[Mapping[str, Any]]:
        found = self.data.get(name, [])
        if not isinstance(found, list):
            return []
        return [item if isinstance(item, dict) else {} for item in found]

    def _checked(
        self,
        data: Mapping[str, Any],
        known: Mapping[str, type],
        needed: Iterable[str],
        table: str,
        number: int,
    ) -> dict[str, Any]:
        """The fields that are known and of the right type; the rest are problems."""
        good: dict[str, Any] = {}
        for name, value in data.items():
            if name not in known:
                self._say(f"没有这个字段：可用{'、'.join(known)}。", name, table, number)
            elif not _is(value, known[name]):
                self._say(f"应为{_WORDS[known[name]]}。", name, table, number)
            else:
                good[name] = value
        for name in needed:
            if name not in data:
                self._say("缺少这个字段。", name, table, number)
            elif name in good and good[name] in ("", [], {}):
                self._say("不得为空。", name, table, number)
        return good

    def _words(
        self, data: Mapping[str, Any], name: str, table: str, number: int
    ) -> tuple[str, ...]:
        words = data.get(name, [])
        if any(not isinstance(word, str) or not word for word in words):
            self._say("列表中只能是非空的文字。", name, table, number)
        if len(set(map(str, words))) < len(words):
            self._say("列表中有重复。", name, table, number)
        return tuple(word for word in words if isinstance(word, str))

    def _amounts(
        self, data: Mapping[str, Any], name: str, table: str, number: int
    ) -> dict[str, float]:
        amounts = data.get(name, {})
        for word, value in amounts.items():
            if not _is(value, float) or value < 0:
                self._say(f"“{word}”的分值应为不小于0的数字。", name, table, number)
        # Bad amounts keep their names, or every use of the name would be a problem of its own.
        return {w: float(v) if _is(v, float) else 0.0 for w, v in amounts.items()}

    def _kind(self, data: Mapping[str, Any], number: int) -> UnitKind:
        good = self._checked(data, _KIND, ("name", "title", "categories"), "kind", number)
        categories = self._amounts(good, "categories", "kind", number)
        ties = self._words(good, "ties", "kind", number)
        for tie in ties:
            if tie not in categories:
                self._say(f"同分排序用到的“{tie}”不是本表的类别。", "ties", "kind", number)
        return UnitKind(good.get("name", ""), good.get("title", ""), categories, ties)

    def _indicator(
        self, data: Mapping[str, Any], number: int, kinds: tuple[UnitKind, ...]
    ) -> Indicator:
        table = "indicator"
        good = self._checked(
            data, _INDICATOR, ("code", "title", "category", "kind", "checks"), table, number
        )
        category = good.get("category", "")
        if category and not any(category in kind.categories for kind in kinds):
            self._say(f"没有名为“{category}”的类别。", "category", table, number)
        word = good.get("kind", "deduct")
        if word not in set(IndicatorKind):
            self._say(
                f"“{word}”不是指标种类：应为 veto、deduct、bonus 之一。", "kind", table, number
            )
            word = "deduct"
        for name in ("points", "cap"):
            if good.get(name, 0) < 0:
                self._say("不得小于0。", name, table, number)
        if good.get("at_least", 1) < 1:
            self._say("不得小于1。", "at_least", table, number)
        self._days(good, table, number)
        return Indicator(
            code=good.get("code", ""),
            title=good.get("title", ""),
            category=category,
            kind=IndicatorKind(word),
            checks=self._codes(good, table, number),
            points=float(good["points"]) if "points" in good else None,
            traits=self._amounts(good, "traits", table, number),
            cap=float(good["cap"]) if "cap" in good else None,
            exclusive=good.get("exclusive", ""),
            when=self._words(good, "when", table, number),
            unless=self._words(good, "unless", table, number),
            at_least=good.get("at_least", 1),
            clause=good.get("clause", ""),
            editable=good.get("editable", False),
            valid_from=good.get("valid_from"),
            valid_until=good.get("valid_until"),
        )

    def _codes(self, data: Mapping[str, Any], table: str, number: int) -> tuple[str, ...]:
        codes = self._words(data, "checks", table, number)
        for code in codes:
            if not CODE.fullmatch(code):
                self._say(f"“{code}”不是规则代码。", "checks", table, number)
        return codes

    def _unscored(self, indicators: tuple[Indicator, ...]) -> dict[str, str]:
        reasons: dict[str, str] = {}
        scored = {code for indicator in indicators for code in indicator.checks}
        for number, item in enumerate(self._tables("unscored")):
            good = self._checked(item, _UNSCORED, ("checks", "why"), "unscored", number)
            for code in self._codes(good, "unscored", number):
                if code in scored or code in reasons:
                    self._say(f"{code} 已在别处计分或列为不计分。", "checks", "unscored", number)
                reasons[code] = good.get("why", "")
        return reasons

    def _waiver(self, data: Mapping[str, Any], number: int, kinds: tuple[UnitKind, ...]) -> Waiver:
        good = self._checked(data, _WAIVER, ("category", "why"), "waiver", number)
        category = good.get("category", "")
        if category and not any(category in kind.categories for kind in kinds):
            self._say(f"没有名为“{category}”的类别。", "category", "waiver", number)
        if not {"units", "kinds", "fields"} & set(data):
            self._say(
                "须写明对哪些单位不适用（units、kinds 或 fields）。", "units", "waiver", number
            )
        return Waiver(
            category=category,
            why=good.get("why", ""),
            units=self._words(good, "units", "waiver", number),
            kinds=self._words(good, "kinds", "waiver", number),
            fields=good.get("fields", ""),
        )

    # ---- between parts ------------------------------------------------------------------------

    def _unique(self, table: str, name: str) -> None:
        seen: set[str] = set()
        for number, item in enumerate(self._tables(table)):
            value = str(item.get(name, ""))
            if value and value in seen:
                self._say(f"“{value}”重复。", name, table, number)
            seen.add(value)

    def _days(self, good: Mapping[str, Any], table: str, number: int) -> None:
        first, last = good.get("valid_from"), good.get("valid_until")
        if first and last and first > last:
            self._say("失效日期早于生效日期。", "valid_until", table, number)


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
        if heading := re.match(r"\s*\[\[\s*(\w+)\s*\]\]", line):
            name = heading.group(1)
            starts.append((name, counts.get(name, 0), row))
            counts[name] = counts.get(name, 0) + 1
    ends = [row for _, _, row in starts[1:]] + [len(lines) + 1]
    return {
        (name, number): (row, end) for (name, number, row), end in zip(starts, ends, strict=True)
    }
