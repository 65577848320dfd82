"""What the code imports, what ``pyproject.toml`` declares, what is pinned and what is explained agree."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement

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
GROUPS = PROJECT["dependency-groups"]
BUILD = names(GROUPS["build"])
TOOLS = BUILD | names(one for one in GROUPS["dev"] if isinstance(one, str))
RUN, DEV = (
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("requirements.lock", "requirements-dev.lock")
)
# Where somebody may install: a lock is for all of them, not for the machine that runs the tests.
PLACES = [
    {
        "python_version": version.rpartition(".")[0],
        "python_full_version": version,
        "sys_platform": system,
        "platform_system": {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[system],
        "os_name": "nt" if system == "win32" else "posix",
        "platform_machine": machine,
        "implementation_name": python.lower(),
        "platform_python_implementation": python,
    }
    for version, system, machine, python in product(
        ("3.11.0", "3.11.9", "3.12.4", "3.13.4", "3.14.4"),
        ("linux", "darwin", "win32"),
        ("x86_64", "aarch64"),
        ("CPython", "PyPy"),
    )
]


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


def pinned(lock):
    """Every line of a lock's text: what it asks for, and the hashes below it."""
    lines = re.findall(
        r"^([^#\s][^\\\n]*?) *\\\n((?:    --hash=\S+(?: \\)?\n)+)", lock, re.MULTILINE
    )
    return [(Requirement(line), sorted(re.findall(r"sha256:\w+", rest))) for line, rest in lines]


def extras_pinned(lock):
    """Every package of a lock's text, with the extras that it is pinned with."""
    found = {}
    for line, _ in pinned(lock):
        found.setdefault(plain(line.name), set()).update(line.extras)
    return found


def asked_of(name, extras):
    """What a package asks for, anywhere where we can be installed; nothing where it is not installed here."""
    try:
        texts = requires(name) or ()
    except PackageNotFoundError:
        return
    for one in map(Requirement, texts):
        if one.marker is None or any(
            one.marker.evaluate({**place, "extra": extra})
            for extra in ("", *extras)
            for place in PLACES
        ):
            yield one


def wanted(lock, roots):
    """Who asks for whom with which extras, from the roots on through everything that they bring."""
    extras = extras_pinned(lock)
    asking = [("gongkai", Requirement(one)) for one in roots]
    seen = set()
    while asking:
        by, one = asking.pop()
        name = plain(one.name)
        yield by, name, one.extras
        if name not in seen:
            seen.add(name)
            asking += [(name, other) for other in asked_of(name, extras.get(name, ()))]


def extras_missing(lock, roots):
    extras = extras_pinned(lock)
    return {
        f"{by} asks for {name}[{extra}]"
        for by, name, needed in wanted(lock, roots)
        for extra in needed - extras.get(name, set())
    }


RUN_ROOTS = [*PROJECT["project"]["dependencies"], *GROUPS["build"]]
DEV_ROOTS = [*RUN_ROOTS, *(one for one in GROUPS["dev"] if isinstance(one, str))]
LOCKS = pytest.mark.parametrize(
    ("lock", "roots"),
    [pytest.param(RUN, RUN_ROOTS, id="run"), pytest.param(DEV, DEV_ROOTS, id="dev")],
)


@LOCKS
def test_every_line_of_a_lock_is_read_and_has_hashes(lock, roots):
    lines = [line for line in lock.splitlines() if re.match(r"[^#\s]", line)]
    assert len(pinned(lock)) == len(lines) > len(roots)
    for one, hashes in pinned(lock):
        assert hashes
        assert re.fullmatch(r"==[^*,]+", str(one.specifier))


@LOCKS
def test_a_lock_says_nothing_of_where_it_was_made(lock, roots):
    assert (
        re.findall(r"://|--(?:index|extra-index|find-links|trusted)\S*|@ |^-", lock, re.MULTILINE)
        == []
    )


@LOCKS
def test_a_lock_holds_what_its_roots_bring_and_nothing_else(lock, roots):
    assert {name for _, name, _ in wanted(lock, roots)} == set(extras_pinned(lock))


@LOCKS
def test_every_extra_that_is_asked_for_is_locked(lock, roots):
    """An older pip takes ``coverage`` for another thing than ``coverage[toml]`` and finds no hash for it."""
    assert extras_missing(lock, roots) == set()
    assert any(extras for _, _, extras in wanted(lock, roots))


def test_a_stripped_extra_is_found():
    stripped = (
        "coverage==7.17.3 \\\n    --hash=sha256:00\n"
        "pytest-cov==7.1.0 \\\n    --hash=sha256:01 \\\n    --hash=sha256:02\n"
        "psycopg[binary]==3.3.9 ; python_version >= '3' \\\n    --hash=sha256:03\n"
    )
    assert extras_missing(stripped, DEV_ROOTS) == {"pytest-cov asks for coverage[toml]"}
    mended = stripped.replace("coverage==", "coverage[toml]==")
    assert extras_missing(mended, DEV_ROOTS) == set()
    assert extras_missing(mended.replace("[binary]", ""), DEV_ROOTS) == {
        "gongkai asks for psycopg[binary]"
    }


def test_what_we_run_is_what_we_test():
    tested = [(str(one), hashes) for one, hashes in pinned(DEV)]
    assert [one for one, hashes in pinned(RUN) if (str(one), hashes) not in tested] == []


def test_running_needs_no_tools():
    held = set(extras_pinned(RUN))
    assert held >= DECLARED | BUILD
    # Scrapy brings packaging as well.
    assert held & TOOLS == BUILD | {"packaging"}


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
