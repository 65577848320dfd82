"""What a rule needs of its surroundings it says of itself: nobody else knows rules by their codes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.rule import FAMILIES

ROOT = Path(__file__).parents[2]
CODE = re.compile(rf"(?<![A-Z])(?:{'|'.join(FAMILIES)})\d{{3}}(?!\d)")
# How a code is written, said to somebody who wrote it wrongly.
EXAMPLE = re.compile(rf"如 ?\[?(?:options\.)?(?:{CODE.pattern})")
# The districts that demonstrate and test the rules are made of their faults.
DISTRICT = "crawler/demo/"


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The texts in a module but for its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documented
        ):
            yield node.lineno, node.value


@pytest.mark.parametrize("package", ["plugins", "findings", "crawler"])
def test_no_rule_is_known_by_its_code_outside_of_checks(package):
    found = [
        f"{path.relative_to(ROOT)}:{line}：{code}"
        for path in sorted((ROOT / package).rglob("*.py"))
        if not str(path.relative_to(ROOT)).startswith(DISTRICT)
        for line, text in texts(path)
        for code in CODE.findall(EXAMPLE.sub("", text))
    ]
    assert found == []
