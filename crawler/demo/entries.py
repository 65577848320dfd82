"""Tables of a district's data, read with what the day and the planted faults make of them.

Any table may say ``when`` (an expression: it is there only where that is true), ``each`` (lists by
name: it stands once for each of their values, ``n`` counts from 0) and ``mend`` (by the id of a
fault: what is otherwise once that fault is mended). Texts with ``{{ … }}`` or ``{% … %}`` are Jinja; expressions
and texts know ``today``, ``ago(days)``, ``on(year, month, day)``, ``last(month, day)`` of the calendar year that has ended,
``workdays(day, count)``, ``planted(fault)`` and ``seasons``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, Self

from jinja2 import Environment, StrictUndefined, Template
from jinja2.environment import TemplateExpression
from markupsafe import Markup

from crawler.demo.ground import Ground
from plugins.errors import ConfigurationError, Problem
from plugins.facts.language.workdays import is_workday

SIGNS = ("{{", "{%")
OWN = frozenset({"when", "each", "mend"})


def cn(day: date) -> str:
    """A day as official texts write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def workdays(day: date, count: int) -> date:
    """The day on which so many working days have gone by."""
    while count:
        day += timedelta(days=1)
        count -= is_workday(day) is not False
    return day


@cache
def _language() -> Environment:
    # Texts are escaped where they are put into a page, not here.
    made = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
    made.filters["cn"] = cn
    made.filters["md"] = lambda day: f"{day.month}月{day.day}日"
    return made


@cache
def _template(text: str) -> Template:
    return _language().from_string(text)


@cache
def _expression(text: str) -> TemplateExpression:
    return _language().compile_expression(text, undefined_to_none=False)


class Told:
    """What texts and expressions of a district may speak of, on one ground."""

    def __init__(self, ground: Ground, seasons: Collection[str] = ()) -> None:
        self.ground = ground
        self.names: dict[str, Any] = {
            "today": ground.today,
            "ago": ground.ago,
            "last": lambda month, day: date(ground.today.year - 1, month, day),
            "on": date,
            "workdays": workdays,
            "planted": ground.planted,
            "seasons": seasons,
        }

    def entries(
        self, tables: object, where: str, names: Mapping[str, Any] | None = None
    ) -> Iterator[PageEntry]:
        """The entries that tables stand for on this day; ``where`` names them in a refusal."""
        assert isinstance(tables, list), where
        for table in tables:
            yield from self._entries(table, where, names or {})

    def _entries(
        self, table: Mapping[str, Any], where: str, names: Mapping[str, Any]
    ) -> Iterator[PageEntry]:
        known = {**self.names, **names}
        # Every fault is asked for, whatever else decides: a fault that is never asked for is none.
        changes = [
            change
            for fault, change in table.get("mend", {}).items()
            if not self.ground.planted(fault)
        ]
        lists = table.get("each", {"n": [0]})
        for turn, values in enumerate(zip(*lists.values(), strict=True)):
            own = {**known, "n": turn, **dict(zip(lists, values, strict=True))}
            if "when" in table and not _expression(table["when"])(**own):
                continue
            plain = {key: value for key, value in table.items() if key not in OWN}
            for change in changes:
                plain |= change
            yield PageEntry(self, plain, own, where)


class PageEntry:
    """One table: its values are asked for by name and kind, and one that nobody asks for is refused."""

    def __init__(
        self, told: Told, table: Mapping[str, Any], names: Mapping[str, Any], where: str
    ) -> None:
        self.told = told
        self.names = names
        self.where = where
        self._table = table
        self._asked: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        unknown = sorted(self._table.keys() - self._asked)
        if unknown and kind is None:
            raise ConfigurationError([Problem(self.where, f"不认识的字段：{'、'.join(unknown)}")])

    def has(self, key: str) -> bool:
        """Whether the table has this value."""
        self._asked.add(key)
        return key in self._table

    def value(self, key: str, default: Any = None) -> Any:
        """A value as it stands in the data, texts filled in."""
        self._asked.add(key)
        return self._filled(self._table.get(key, default))

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        return str(self.value(key, default))

    def day(self, key: str) -> date | None:
        """A day: so many days ago, or an expression; None where there is none."""
        self._asked.add(key)
        given = self._table.get(key)
        if isinstance(given, str):
            given = _expression(given)(**self.names)
        if isinstance(given, int):
            return self.told.ground.ago(given)
        assert given is None or isinstance(given, date), self.where
        return given

    def number(self, key: str, default: int = 0) -> int:
        """A number, or an expression that gives one."""
        self._asked.add(key)
        given: Any = self._table.get(key, default)
        if isinstance(given, str):
            given = _expression(given)(**self.names)
        return int(given)

    def true(self, key: str) -> bool:
        """Whether an expression is true; False where there is none."""
        self._asked.add(key)
        return key in self._table and bool(_expression(self._table[key])(**self.names))

    def html(self, key: str) -> Markup:
        """A text of paragraphs, one a line; a line that opens with ``<`` is HTML as it stands."""
        lines = [line.strip() for line in self.text(key).splitlines()]
        return Markup("\n").join(
            Markup(line) if line.startswith("<") else Markup("<p>{}</p>").format(line)  # noqa: S704
            for line in lines
            if line
        )

    def raw(self, key: str) -> Markup:
        """HTML as it stands."""
        return Markup(self.text(key))  # noqa: S704 - the district's own words

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Pairs of texts."""
        return tuple((str(one), str(other)) for one, other in self.value(key, ()))

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(map(str, self.value(key, ())))

    def below(self, key: str) -> Iterator[PageEntry]:
        """The entries of a list of tables."""
        self._asked.add(key)
        return self.told.entries(self._table.get(key, []), f"{self.where}.{key}", self.names)

    def _filled(self, given: Any) -> Any:
        if isinstance(given, str):
            return (
                _template(given).render(**self.names)
                if any(sign in given for sign in SIGNS)
                else given
            )
        if isinstance(given, (list, tuple)):
            return [self._filled(one) for one in given]
        return given
