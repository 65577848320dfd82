"""Plain values, as TOML or a command line give them, fitted to the types that dataclasses declare.

Options of rules and fixtures of checks are both read here, so that what one refuses, the other
refuses too. Nothing is guessed: ``"5"`` is no number, ``true`` is no number, ``1`` is no switch.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from difflib import SequenceMatcher
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

# How alike two names are for one to be taken for the other.
LIKENESS = 0.6
SINGLE = {bool: "true或false", int: "整数", float: "数", str: "文字"}
LISTS: Mapping[Any, Callable[[Iterable[Any]], Any]] = {
    list: list,
    set: set,
    frozenset: frozenset,
    AbstractSet: frozenset,
    Sequence: tuple,
    Collection: tuple,
    Iterable: tuple,
}


class MisfitError(ValueError):
    """A value that does not fit; the message is Chinese and starts with the field it is about."""


def near(name: str, known: Iterable[str], most: int = 1) -> str:
    """``，是否想写“…”`` for the closest known names, "" where none is close.

    Of names that are equally close, those that begin alike come first: COL201 for COL210.
    """
    scored = [(-SequenceMatcher(None, name, one).ratio(), -_alike(name, one), one) for one in known]
    close = [one for ratio, _, one in sorted(scored) if -ratio >= LIKENESS][:most]
    return f"，是否想写“{'”“'.join(close)}”" if close else ""


def _alike(one: str, other: str) -> int:
    """Letters with which both begin."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


def hints(kind: type, names: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Field types of a dataclass, annotations resolved; ``names`` adds what its module does not know."""
    return get_type_hints(kind, localns=dict(names) if names else None)


def fields(kind: type) -> tuple[str, ...]:
    """Names of the fields that may be given."""
    return tuple(field.name for field in dataclasses.fields(kind) if field.init)


def fitted(kind: Any, value: Any, names: Mapping[str, Any] | None = None) -> Any:
    """``value`` as the type ``kind``; MisfitError where it does not fit.

    A text or number for a class with a ``read`` function (an update duty) is read by it; a table for a
    dataclass builds one; a list becomes the tuple or set that is declared.
    """
    origin = get_origin(kind)
    if kind is Any or kind is object:
        return value
    if origin in (Union, UnionType):
        return _either(get_args(kind), value, names)
    if origin is Literal:
        if value in get_args(kind):
            return value
        raise MisfitError(f"应为{_choices(get_args(kind))}之一，不能是{_shown(value)}")
    if kind is None or kind is NoneType:
        if value is None:
            return None
        raise MisfitError(f"应为空，不能是{_shown(value)}")
    if origin is not None or kind in (tuple, list, set, frozenset, dict):
        return _gathered(origin or kind, get_args(kind), value, names)
    if isinstance(kind, type):
        return _single(kind, value, names)
    raise MisfitError(f"此项的类型{kind}无法由配置给出")


def build(
    kind: type, table: Mapping[str, Any], names: Mapping[str, Any] | None = None, where: str = ""
) -> Any:
    """An instance of the dataclass ``kind`` from a table; unknown and missing fields are refused."""
    known, types = fields(kind), hints(kind, names)
    place = f"{where}的" if where else ""
    for name in table:
        if name not in known:
            raise MisfitError(f"{place}“{name}”不是{kind.__name__}的字段{near(name, known)}")
    given = {}
    for name, value in table.items():
        try:
            given[name] = fitted(types[name], value, names)
        except MisfitError as error:
            raise MisfitError(f"{place}“{name}”{error}") from None
    missing = [
        field.name
        for field in dataclasses.fields(kind)
        if field.init
        and field.name not in given
        and field.default is dataclasses.MISSING
        and field.default_factory is dataclasses.MISSING
    ]
    if missing:
        raise MisfitError(f"{where or kind.__name__}缺少“{'”“'.join(missing)}”")
    return kind(**given)


def _either(kinds: tuple[Any, ...], value: Any, names: Mapping[str, Any] | None) -> Any:
    if value is None and NoneType in kinds:
        return None
    misfits = []
    for kind in kinds:
        if kind is NoneType:
            continue
        try:
            return fitted(kind, value, names)
        except MisfitError as error:
            misfits.append(str(error))
    raise MisfitError("；".join(misfits))


def _gathered(
    origin: Any, args: tuple[Any, ...], value: Any, names: Mapping[str, Any] | None
) -> Any:
    if isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            raise MisfitError(f"应为一个表（名称 = 值），不能是{_shown(value)}")
        of_key, of_value = args or (Any, Any)
        return {
            fitted(of_key, key, names): fitted(of_value, one, names) for key, one in value.items()
        }
    if isinstance(value, str) or not isinstance(value, (list, tuple, set, frozenset)):
        raise MisfitError(f"应为列表，不能是{_shown(value)}")
    if origin is tuple:
        if not args or args[-1] is Ellipsis:
            return tuple(fitted(args[0] if args else Any, one, names) for one in value)
        if len(value) != len(args):
            raise MisfitError(f"应有{len(args)}项，现有{len(value)}项")
        return tuple(fitted(kind, one, names) for kind, one in zip(args, value, strict=True))
    if origin in LISTS:
        return LISTS[origin](fitted(args[0] if args else Any, one, names) for one in value)
    raise MisfitError(f"此项的类型{origin}无法由配置给出")


def _single(kind: type, value: Any, names: Mapping[str, Any] | None) -> Any:
    if issubclass(kind, Enum):
        return _member(kind, value)
    if kind is float and type(value) is int:
        return float(value)
    if kind in SINGLE:
        # By exact type: bool is an int to Python, and to nobody else.
        if type(value) is kind:
            return value
        raise MisfitError(f"应为{SINGLE[kind]}，不能是{_shown(value)}")
    if kind is bytes and isinstance(value, str):
        return value.encode()
    if isinstance(value, kind) and not (kind is date and isinstance(value, datetime)):
        return value
    if kind is date:
        raise MisfitError(f"应为日期（如2026-03-01，不加引号），不能是{_shown(value)}")
    return _made(kind, value, names)


def _made(kind: type, value: Any, names: Mapping[str, Any] | None) -> Any:
    """A value of one of our own classes: read from a text, or built from a table."""
    read = getattr(kind, "read", None)
    if callable(read) and type(value) in (str, int):
        try:
            return read(value)
        except ValueError as error:
            raise MisfitError(str(error)) from None
    if dataclasses.is_dataclass(kind) and isinstance(value, Mapping):
        return build(kind, value, names)
    raise MisfitError(f"应为{kind.__name__}，不能是{_shown(value)}")


def _member(kind: type[Enum], value: Any) -> Enum:
    if isinstance(value, kind):
        return value
    try:
        return kind(value)
    except ValueError:
        raise MisfitError(
            f"应为{_choices(member.value for member in kind)}之一，不能是{_shown(value)}"
        ) from None


def _choices(values: Iterable[Any]) -> str:
    return "、".join(str(value) for value in values)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:60] + "…"  # noqa: PLR2004 - fits on a line
