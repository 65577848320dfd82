"""What keeps the house in order: rooms and modules of a size that one reads, and one name for one thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# What an office drops in is no part of the house.
LOCAL = ROOT / "plugins" / "local"
PACKAGES = ("checks", "crawler", "findings", "plugins")
# A room is a page of names, a module one sitting.
MOST_MODULES = 15
MOST_LINES = 400
# Each rule has options of its own, named alike on purpose: ``Options`` is part of the contract.
ALIKE = {"Options"}


def modules() -> list[Path]:
    return [
        path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if not path.is_relative_to(LOCAL)
    ]


def rooms(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """Modules by folder; what a package says in its ``__init__`` is no module of its own."""
    found: dict[Path, list[Path]] = defaultdict(list)
    for path in paths:
        if path.name != "__init__.py":
            found[path.parent].append(path)
    return found


def test_no_room_holds_more_modules_than_one_takes_in() -> None:
    full = {
        str(room.relative_to(ROOT)): len(found)
        for room, found in rooms([*modules(), *(ROOT / "tests").rglob("*.py")]).items()
        if len(found) > MOST_MODULES
    }
    assert full == {}


def test_no_module_is_longer_than_one_sitting() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_every_room_says_in_one_sentence_what_it_is_for() -> None:
    for room in rooms(modules()):
        path = room / "__init__.py"
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert said, path
        assert "TODO" not in said, path


def test_a_class_name_means_one_thing() -> None:
    where: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name not in ALIKE:
                where[node.name].append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "base", "misc"])
def test_there_is_no_attic(word: str) -> None:
    own = [path.relative_to(ROOT) for path in modules()]
    assert own
    assert [path for path in own if word in (*path.parent.parts, path.stem)] == []
