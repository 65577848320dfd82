"""What the code imports, what ``pyproject.toml`` declares, what is pinned and what is explained agree."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("plugins", "checks", "findings", "crawler")
# Of the standard library from Python 3.14, behind a version test.
LATER = {"compression"}
NOT_IMPORTED = {
    "defusedxml": "openpyxl uses it where it is there",
    "lxml": "BeautifulSoup is told its name",
    "psycopg": "SQLAlchemy loads it by the database's address",
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DOCUMENT = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements):
    return {plain(re.match(r"[A-Za-z0-9._-]+", one)[0]) for one in requirements}


DECLARED = names(PROJECT["project"]["dependencies"])
TOOLS = names(PROJECT["dependency-groups"]["dev"])


def imported():
    """Top-level modules that the packages import, each with a file that does."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                modules = []
                if isinstance(node, ast.Import):
                    modules = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    modules = [node.module]
                for module in modules:
                    top = module.partition(".")[0]
                    if top not in {*sys.stdlib_module_names, *PACKAGES, *LATER}:
                        found.setdefault(top, path.relative_to(ROOT))
    return found


def test_every_import_is_of_a_declared_dependency():
    homes = packages_distributions()
    strangers = {
        module: str(path)
        for module, path in imported().items()
        if not {plain(one) for one in homes.get(module, ())} & DECLARED
    }
    assert strangers == {}


def test_every_declared_dependency_is_imported():
    homes = packages_distributions()
    used = {plain(one) for module in imported() for one in homes.get(module, ())}
    assert DECLARED - used == set(NOT_IMPORTED)


@pytest.mark.parametrize("name", sorted(DECLARED | TOOLS))
def test_every_dependency_is_pinned_with_hashes(name):
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert re.search(rf"^{re.escape(name)}==\S+ .*\\\n    --hash=sha256:", lock, re.MULTILINE)


def explained(text):
    cells = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    listed = [name for cell in cells for name in cell.split(", ")]
    return [name for name in listed if name not in {"package", "---"}]


def test_every_direct_dependency_is_explained_once_and_no_other():
    ours, tools = DOCUMENT.split("## For development")
    assert sorted(explained(ours)) == sorted(DECLARED)
    assert sorted(explained(tools)) == sorted(TOOLS)


def test_vendored_code_is_where_the_papers_say():
    for paper in ("docs/dependencies.md", "README.md", "README.zh-CN.md"):
        (place,) = re.findall(
            r"`(crawler/probes/[^`]+)`", (ROOT / paper).read_text(encoding="utf-8")
        )
        assert (ROOT / place / "LICENSE").is_file()
        assert (ROOT / place / "VERSION").is_file()
