"""Every built-in check is run on its fixtures, and has some. A new check needs no line here."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.engine.discovery import LOCAL
from plugins.engine.manager import Plugins
from plugins.kit.testing import cases, complaints, fixtures, run_case, verify

HERE = Path(__file__).parent
FIXTURES = fixtures(HERE, "checks")
BUILT_IN = Plugins.discover(packages=("checks",))
MODULES = sorted(
    plugin.module.__name__
    for plugin in BUILT_IN.plugins
    if plugin.rule and plugin.module.__name__.startswith("checks.")
)


def folder_of(module: str) -> Path:
    return HERE.joinpath(*module.split(".")[1:])


@pytest.mark.parametrize(
    ("module", "case"),
    FIXTURES,
    ids=[str(case.relative_to(HERE)) for _, case in FIXTURES],
)
def test_fixture(module, case):
    verify(module, case)


@pytest.mark.parametrize(
    ("module", "case"),
    [(module, case) for module, case in FIXTURES if case.name.startswith("bad")],
    ids=[str(case.relative_to(HERE)) for _, case in FIXTURES if case.name.startswith("bad")],
)
def test_messages_are_whole_chinese_sentences(module, case):
    for message in run_case(module, case):
        assert message.endswith("。"), message


@pytest.mark.parametrize("module", MODULES)
def test_every_check_has_a_bad_and_a_good_fixture(module):
    assert complaints(folder_of(module)) == []


def test_every_folder_of_fixtures_belongs_to_a_check():
    assert {module for module, _ in FIXTURES} <= set(MODULES)


def test_plugins_dropped_in_pass_their_fixtures():
    """``plugins/local/<slug>.py`` with its fixtures in ``plugins/local/<slug>/``."""
    for module in sorted(LOCAL.glob("[!_.]*.py")):
        folder = module.with_suffix("")
        if folder.is_dir():
            assert complaints(folder) == []
            for case in cases(folder):
                verify(module, case)
