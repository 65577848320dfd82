"""One scheme file: its text, its tables, and in which line what stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from plugins.errors import ConfigurationError, Problem
from plugins.reasons import toml_reason


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


class SchemeSource(Protocol):
    """What a scheme is read from: one file, or a file and what it builds on."""

    @property
    def file(self) -> str:
        """How the file is named in problems."""

    @property
    def text(self) -> str:
        """Everything that was read."""

    @property
    def data(self) -> Mapping[str, Any]:
        """The tables."""

    @property
    def problems(self) -> Iterable[Problem]:
        """What was found wrong before any field was looked at."""

    def where(self, place: TablePlace, name: str) -> tuple[str, int | None]:
        """File and line of a field, else of the heading of its table."""


class SchemeText:
    """One file."""

    problems: Iterable[Problem] = ()

    def __init__(self, raw: bytes, file: str) -> None:
        """Read the bytes of a file.

        Raises:
            ConfigurationError: when they are no UTF-8 or no TOML.
        """
        self.file = file
        try:
            self.text = raw.decode("utf-8-sig")
            self.data: Mapping[str, Any] = tomllib.loads(self.text)
        except UnicodeDecodeError as error:
            raise ConfigurationError([Problem(file, "不是 UTF-8 编码。")]) from error
        except tomllib.TOMLDecodeError as error:
            reason, row = toml_reason(error, self.text)
            raise ConfigurationError(
                [Problem(file, f"不是合法的 TOML：{reason}。", row)]
            ) from error
        self._rows = _table_rows(self.text)

    def where(self, place: TablePlace, name: str) -> tuple[str, int | None]:
        """The file, and the line of a field, else of the heading of its table."""
        while (place.table, place.number) not in self._rows and place.within:
            place = place.within
        lines = self.text.split("\n")
        start, end = self._rows.get((place.table, place.number), (1, len(lines) + 1))
        for offset, line in enumerate(lines[start - 1 : end - 1]):
            if re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[=.]", line):
                return self.file, start + offset
        return self.file, start if place.table else None


def tables_of(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The tables of that name; what is no table comes as an empty one."""
    found = data.get(name, [])
    if not isinstance(found, list):
        return []
    return [item if isinstance(item, dict) else {} for item in found]


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
