"""A rule is added by three places and no more, and what ``gongkai new-check`` writes passes the whole house."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import pytest

from crawler.plan.rules import PACKAGES
from crawler.terminal.scaffold import NewCheck, files, write
from crawler.terminal.sketches import Hook
from plugins.engine.manager import Plugins

# A whole copy of the project is linted, typed and tested.
pytestmark = [pytest.mark.audit, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[3]
BIN = Path(sys.executable).parent
LEFT_OUT = (".git", ".venv", "var", "dist", "node_modules", "__pycache__", ".*_cache", "*.db")
GENERATED = "docs/rules.md"
# Each kind of check once: in a family of ours, in a room of one, with letters of its own.
SKETCHED = (
    ("text", "sample_page", "TXT901", "page"),
    ("policy", "sample_attachment", "POL901", "attachment"),
    ("disclosure/units", "sample_site", "DSC901", "site"),
    ("english/rows", "sample_column", "ENG901", "column"),
)
LOCAL = ("plugins/local", "sample_local", "OWN901", "page")

MODULE = '''"""标题后面多了句号。

为什么：标题以句号结尾，检索和引用时与规范的标题对不上。
看什么：页面的标题。
不报：列表页、首页、没有标题的页面。
整改：去掉标题末尾的句号。
依据：《党政机关公文格式》（GB/T 9704—2012）。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Finding, Page, PageKind, Rule, Severity, hookimpl

RULE = Rule(__doc__, code="TXT902", severity=Severity.ADVICE, deduct=0.1)


@hookimpl
def check_page(page: Page) -> Iterator[Finding]:
    """The title of an article ends in a full stop."""
    if page.kind is PageKind.ARTICLE and page.title.endswith("。"):
        yield Finding(f"标题“{page.title}”以句号结尾。", where=(page.address,))
'''
BODY = "<p>关于启用新的办事大厅的公告，自即日起对外服务，望周知。</p>" * 12
PAGE = (
    "<!doctype html>\n<html lang='zh-CN'><head><meta charset='utf-8'><title>{title}</title>"
    "<meta name='ArticleTitle' content='{title}'><meta name='PubDate' content='2026-03-01'></head>\n"
    f"<body><h1>{{title}}</h1><div class='article-content'>{BODY}</div></body></html>\n"
)
TITLE = "关于启用新的办事大厅的公告"


def run(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        words, cwd=tree, env=environment, capture_output=True, text=True, check=False
    )


def passed(tree: Path, *words: str) -> str:
    done = run(tree, *words)
    assert done.returncode == 0, f"{words}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def gongkai(tree: Path, *arguments: str) -> str:
    script = "from crawler.commands import main; main()"
    return passed(tree, sys.executable, "-c", script, *arguments)


def new_check(tree: Path, plugins: Plugins, *words: str) -> list[Path]:
    """Write a check as the command does; gives the modules that were made."""
    family, slug, code, hook = words
    made = files(NewCheck(tree, family, slug, code, Hook(hook), "样例问题"), plugins)
    write(made)
    return [path for path in made if path.suffix == ".py"]


def make_docs(tree: Path) -> None:
    (tree / GENERATED).write_text(gongkai(tree, "rules", "--format", "markdown"), encoding="utf-8")


def pictured(tree: Path) -> dict[str, bytes]:
    return {
        path.relative_to(tree).as_posix(): blake2b(path.read_bytes()).digest()
        for path in tree.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def add_a_rule(tree: Path) -> None:
    """What an author does: the command, the judgement, the fixtures, the price, the page of rules."""
    gongkai(tree, "new-check", "text", "full_stop_title", "--code", "TXT902")
    (tree / "checks/text/full_stop_title.py").write_text(MODULE, encoding="utf-8")
    fixtures = tree / "tests/checks/text/full_stop_title"
    expect = f"<!-- expect: 标题“{TITLE}。”以句号结尾。 -->\n"
    (fixtures / "bad.html").write_text(expect + PAGE.format(title=TITLE + "。"), encoding="utf-8")
    (fixtures / "good.html").write_text(PAGE.format(title=TITLE), encoding="utf-8")
    scheme = tree / "findings/schemes/district-2022.toml"
    text = scheme.read_text(encoding="utf-8")
    block = re.compile(r'\n\[\[unscored\]\]\nchecks = \["TXT902"\]\nwhy = "[^"]*"\n')
    assert block.search(text)
    text = block.sub("", text).replace('checks = ["TXT206"]', 'checks = ["TXT206", "TXT902"]')
    scheme.write_text(text, encoding="utf-8")
    make_docs(tree)


@dataclass(frozen=True)
class House:
    """A copy of the whole project: which files adding a rule touched, which modules were made after."""

    tree: Path
    changed: frozenset[str]
    gone: frozenset[str]
    made: tuple[Path, ...]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    tree = tmp_path_factory.mktemp("house") / "project"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*LEFT_OUT))
    before = pictured(tree)
    add_a_rule(tree)
    after = pictured(tree)
    plugins = Plugins.discover(packages=PACKAGES)
    made = [path for sketch in SKETCHED for path in new_check(tree, plugins, *sketch)]
    made += new_check(tree, plugins, *LOCAL)
    make_docs(tree)
    changed = frozenset(path for path in after if before.get(path) != after[path])
    return House(tree, changed, frozenset(before.keys() - after.keys()), tuple(made))


def test_a_rule_is_three_places_and_contributing_tells_them(house):
    places = {
        "checks/text/full_stop_title.py": "checks/<family>/<slug>.py",
        "tests/checks/text/full_stop_title/bad.html": "tests/checks/<family>/<slug>/",
        "tests/checks/text/full_stop_title/good.html": "tests/checks/<family>/<slug>/",
        "findings/schemes/district-2022.toml": "findings/schemes/district-2022.toml",
        GENERATED: GENERATED,
    }
    assert house.changed == places.keys()
    assert house.gone == frozenset()
    assert len({*places.values()} - {GENERATED}) <= 3
    section = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("\n## ")[1]
    told = re.findall(r"`((?:checks|tests|findings|docs|crawler|plugins)/[^`*]*)`", section)
    assert set(told) == {*places.values()}
    assert "make docs" in section


def test_new_check_writes_where_it_was_told(house):
    rooms = {"checks/english/__init__.py", "checks/english/rows/__init__.py"}
    modules = {f"checks/{family}/{slug}.py" for family, slug, *_ in SKETCHED}
    assert {path.relative_to(house.tree).as_posix() for path in house.made} == {
        *rooms,
        *modules,
        "plugins/local/sample_local.py",
    }


def test_what_new_check_writes_is_clean(house):
    modules = [str(path) for path in house.made]
    # The drop-in folder is no package, and no part of what the project lints.
    loose = "--extend-ignore=INP001"
    passed(house.tree, str(BIN / "ruff"), "check", "--no-cache", *modules[:-1])
    passed(house.tree, str(BIN / "ruff"), "check", "--no-cache", loose, modules[-1])
    passed(house.tree, str(BIN / "ruff"), "format", "--no-cache", "--check", *modules)
    cache = str(house.tree / ".mypy_cache")
    passed(house.tree, str(BIN / "mypy"), "--cache-dir", cache, *modules)
    passed(house.tree, str(BIN / "lint-imports"), "--no-cache")


def test_what_is_asked_of_all_rules_and_schemes_holds_for_the_new_ones(house):
    slugs = ("full_stop_title", *(slug for _, slug, *_ in SKETCHED))
    chosen = " or ".join(("not test_fixtures", *slugs, "folder", "dropped_in"))
    said = passed(house.tree, sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-v",
        "tests/checks/test_rules.py", "tests/checks/test_fixtures.py", "tests/findings/scoring/test_scheme.py",
        "tests/plugins/test_plugin_docs.py", "tests/test_readme.py", "-k", chosen)  # fmt: skip
    for slug in slugs:
        for kind in ("bad", "good"):
            assert re.search(rf"test_fixture\[\S*{slug}/{kind}\.\w+\] PASSED", said), slug


def test_letters_of_ones_own_are_known_everywhere(house):
    rules = gongkai(house.tree, "rules")
    for code in ("ENG901", "OWN901"):
        assert re.search(rf"^{code}\t样例问题\t自有规则{code[:3]}\t", rules, re.MULTILINE), rules
    told = gongkai(house.tree, "explain", "OWN901")
    assert told.startswith("OWN901 样例问题\n")
    assert "类别：自有规则OWN" in told
