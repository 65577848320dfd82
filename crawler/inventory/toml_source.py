"""A TOML file read so that every complaint can name the line: tables, typed fields, problems."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from plugins.errors import ConfigurationError, Problem
from plugins.reasons import system_reason, toml_reason

HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
TRIPLE = re.compile(r"'''|\"\"\"")


@dataclass
class TomlSource:
    """One file: its tables, where they stand, and every problem found so far."""

    file: str
    tables: Mapping[str, Any]
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)
    headers: dict[str, list[int]] = field(init=False, default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> TomlSource:
        """Read a file; ConfigurationError when it is not there or no TOML (with its line)."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise ConfigurationError(
                [Problem(str(path), f"无法读取：{system_reason(error)}")]
            ) from error
        except UnicodeDecodeError as error:
            raise ConfigurationError([Problem(str(path), "不是 UTF-8 编码的文件")]) from error
        return cls.parse(text, path)

    @classmethod
    def parse(cls, text: str, path: Path) -> TomlSource:
        """Read a text that stands, or is to stand, in a file; ConfigurationError where it is no TOML."""
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            reason, line = toml_reason(error, text)
            problem = Problem(str(path), f"不是有效的 TOML：{reason}", row=line)
            raise ConfigurationError([problem]) from error
        return cls(str(path), tables, text.splitlines())

    def __post_init__(self) -> None:
        inside = ""
        for number, line in enumerate(self.lines, start=1):
            header = HEADER.fullmatch(line) if not inside else None
            if header:
                name = header[2].replace('"', "").replace("'", "").replace(" ", "")
                self.headers.setdefault(header[1] + name, []).append(number)
            for mark in TRIPLE.findall(line):
                inside = "" if inside == mark else inside or mark

    def refuse(self, message: str, row: int | str | None = None, name: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(self.file, message, row=row, field=name))

    def table(self, name: str, known: Collection[str]) -> TomlRow:
        """The table ``[name]``, empty where there is none."""
        found = self.tables.get(name, {})
        line = next(iter(self.headers.get("[" + name, [])), None)
        if not isinstance(found, dict):
            self.refuse(f"应为 [{name}] 一节", row=line, name=name)
            found = {}
        return self._row(name, found, line, known)

    def rows(self, name: str, known: Collection[str]) -> list[TomlRow]:
        """The tables ``[[name]]``, in order."""
        found = self.tables.get(name, [])
        lines = self.headers.get("[[" + name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            first = next(iter(self.headers.get("[" + name, [])), None)
            self.refuse(f"应写作 [[{name}]]（双方括号，可有多个）", row=first, name=name)
            return []
        whole = len(lines) == len(found)
        return [
            self._row(name, one, lines[place] if whole else f"第{place + 1}个[[{name}]]", known)
            for place, one in enumerate(found)
        ]

    def _row(
        self, name: str, values: dict[str, Any], line: int | str | None, known: Collection[str]
    ) -> TomlRow:
        row = TomlRow(self, name, values, line)
        for key in values:
            if key not in known:
                row.refuse(key, f"不认识的字段{close(key, known)}")
        return row


def close(word: str, known: Collection[str]) -> str:
    """``，是否应为“…”``, or the whole list where nothing resembles the word."""
    near = get_close_matches(word, list(known), n=1)
    return f"，是否应为“{near[0]}”" if near else f"，可用：{'、'.join(known)}"


@dataclass
class TomlRow:
    """One table with typed access; what is wrong becomes a problem of its source."""

    source: TomlSource
    name: str
    values: Mapping[str, Any]
    line: int | str | None

    def refuse(self, key: str, message: str) -> None:
        """Note a problem with a field, on the line where it stands."""
        self.source.refuse(message, row=self.line_of(key), name=key)

    def line_of(self, key: str) -> int | str | None:
        """The line of a field, or of its table where the field has none of its own."""
        if not isinstance(self.line, int):
            return self.line
        pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
        for number in range(self.line, len(self.source.lines)):
            line = self.source.lines[number]
            if HEADER.fullmatch(line):
                break
            if pattern.match(line):
                return number + 1
        return self.line

    def text(self, key: str, *, need: bool = False, choices: Collection[str] = ()) -> str:
        """A string without blanks around it; "" where it is absent or wrong."""
        value = self.values.get(key)
        if value is None:
            if need:
                where = "" if self.line else f"，应写在 [{self.name}] 一节中"
                self.source.refuse(f"缺少必填字段{where}", row=self.line, name=key)
            return ""
        if not isinstance(value, str):
            self.refuse(key, "应为带引号的文字")
            return ""
        text = value.strip()
        if need and not text:
            self.refuse(key, "不能为空")
        if text and choices and text not in choices:
            self.refuse(key, f"“{text}”无效，可选：{'、'.join(choices)}")
            return ""
        return text

    def texts(self, key: str, *, need: bool = False) -> tuple[str, ...]:
        """A list of strings; a single string counts as a list of one."""
        value = self.values.get(key)
        if value is None:
            if need:
                self.source.refuse("缺少必填字段", row=self.line, name=key)
            return ()
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(
            isinstance(one, str) and one.strip() for one in values
        ):
            self.refuse(key, '应为文字列表，如 ["甲", "乙"]')
            return ()
        if need and not values:
            self.refuse(key, "不能为空")
        return tuple(one.strip() for one in values)

    def day(self, key: str) -> date | None:
        """A date, written as a TOML date or as a string."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.refuse(key, f"“{value}”不是日期，应写作 2026-03-01")
            return None
