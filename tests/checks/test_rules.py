"""What holds for all rules: codes, prose, places, purity, hooks in the docs, schemes."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from findings.schemes.scheme_file import find_scheme, scheme_names
from plugins import hookspecs
from plugins.engine.admission import HOOKS
from plugins.engine.catalogue import markdown
from plugins.engine.manager import Plugins
from plugins.requirements import Requirements
from plugins.rule import FAMILIES, LABELS, letters_of

ROOT = Path(__file__).parents[2]
FILES = sorted(path for path in (ROOT / "checks").rglob("*.py") if not path.name.startswith("_"))
# What a check may not touch: the network, the clock, the disk, chance.
FORBIDDEN = {
    "asyncio",
    "httpx",
    "os",
    "random",
    "requests",
    "shutil",
    "socket",
    "subprocess",
    "threading",
    "time",
    "urllib.request",
}
CLOCKS = {"today", "now", "utcnow", "monotonic", "perf_counter"}


@pytest.fixture(scope="module")
def plugins():
    return Plugins.discover(packages=("checks", "crawler.probes"))


@pytest.fixture(scope="module")
def ours(plugins):
    return [plugin for plugin in plugins.plugins if plugin.rule and not plugin.foreign]


def test_every_public_module_is_a_rule(ours):
    modules = {plugin.module.__name__ for plugin in ours}
    assert modules == {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in FILES}


def test_codes_are_unique(ours):
    codes = [plugin.rule.code for plugin in ours]
    assert len(codes) == len(set(codes))


def test_a_rule_lies_in_the_folder_of_its_family(ours):
    """Letters of one's own have a folder of one's own, whatever it is called."""
    for plugin in ours:
        folder = plugin.module.__name__.split(".")[1]
        home = FAMILIES.get(letters_of(plugin.rule.code))
        assert folder == home if home else folder not in FAMILIES.values(), plugin.name


def test_docstrings_have_all_labels_in_order(ours):
    for plugin in ours:
        doc = plugin.module.__doc__
        places = [doc.find(f"\n{label}：") for label in LABELS]
        assert places == sorted(places), plugin.name
        assert min(places) > 0, plugin.name
        assert plugin.rule.prose.missing == (), plugin.name


def test_options_are_told_in_the_docstring(ours):
    untold = [
        f"{plugin.name}: {name}"
        for plugin in ours
        if plugin.rule.options is not None
        for name in vars(plugin.rule.options)
        if name not in plugin.module.__doc__
    ]
    assert untold == []


def test_needed_probes_exist(plugins, ours):
    known = {plugin.probe for plugin in plugins.plugins if plugin.probe}
    for plugin in ours:
        assert set(plugin.rule.needs) <= known, plugin.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_check_reads_no_clock_and_no_world(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not {alias.name for alias in node.names} & FORBIDDEN
        elif isinstance(node, ast.ImportFrom):
            assert node.module not in FORBIDDEN
        elif isinstance(node, ast.Call):
            function = node.func
            name = getattr(function, "attr", getattr(function, "id", ""))
            assert name not in CLOCKS | {"open", "eval", "exec", "print"}, f"line {node.lineno}"


HOST = re.compile(r"(?<![\w.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.gov\.cn\b")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_check_knows_a_site_by_name(path):
    assert not HOST.findall(path.read_text(encoding="utf-8"))


def test_each_hook_has_a_heading_with_its_exact_arguments():
    text = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    for name, arguments in HOOKS.items():
        function = getattr(hookspecs, name)
        keyword = "async " if inspect.iscoroutinefunction(function) else ""
        heading = f"### `{keyword}{name}({', '.join(arguments)})`"
        assert heading in text, heading


def test_hook_headings_of_the_docs_are_hooks():
    text = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    named = re.findall(r"^### `(?:async )?((?:check|probe|report)_\w+)\(", text, re.MULTILINE)
    assert sorted(named) == sorted(HOOKS)


def test_every_rule_is_priced_in_a_scheme_or_marked_unscored(ours):
    spoken_of = frozenset().union(*(find_scheme(name).codes() for name in scheme_names()))
    assert spoken_of
    assert {plugin.rule.code for plugin in ours} - spoken_of == set()


def test_every_requirement_is_looked_at_or_told_to_be_invisible(ours):
    known = Requirements.read()
    assert [one.id for one in known.all] == [f"R{number:02}" for number in range(1, 64)]
    covered = {one for plugin in ours for one in plugin.rule.requirements}
    hidden = {one.id for one in known.not_visible}
    assert covered | hidden == {one.id for one in known.all}
    assert covered & hidden == set()


def test_every_requirement_tells_how_it_is_checked_or_why_not():
    for one in Requirements.read().all:
        assert bool(one.how) != bool(one.not_visible), one.id


def test_every_requirement_is_a_row_of_the_generated_page():
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    for one in Requirements.read().all:
        assert f"| {one.id} {one.title} |" in page


def test_the_generated_page_of_rules_is_fresh(plugins, ours):
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    fresh = markdown(plugins, [plugin.rule for plugin in ours])
    assert page == fresh, "run: make docs"
