"""Masks personal numbers in whole facts before they are kept: titles, rows, words of links."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from plugins.facts.language.personal import covered

Fact = TypeVar("Fact")
# Numbers of documents: no personal data, and compared with one another.
PLAIN = frozenset(("number", "numbers", "index", "clauses"))


def cover(fact: Fact) -> Fact:
    """The same fact with every personal number in its texts masked; itself where there is none."""
    found: Any = _cover(fact)
    return found  # type: ignore[no-any-return]


def _cover(value: Any) -> Any:
    if isinstance(value, str):
        # Enums are strings too, of words of ours.
        return covered(value) if type(value) is str else value
    if isinstance(value, tuple | list):
        made = [_cover(item) for item in value]
        if all(new is old for new, old in zip(made, value, strict=True)):
            return value
        return type(value)(made) if type(value) in (tuple, list) else type(value)(*made)
    if isinstance(value, dict):
        table = {key: _cover(item) for key, item in value.items()}
        return value if all(table[key] is item for key, item in value.items()) else table
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            item.name: new
            for item in fields(value)
            if item.init and item.name not in PLAIN
            for old in (getattr(value, item.name),)
            for new in (_cover(old),)
            if new is not old
        }
        return replace(value, **changed) if changed else value
    return value
