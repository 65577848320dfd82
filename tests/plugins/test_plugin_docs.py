"""What docs/plugins.md says is so: its example is a plugin, its tables name every key."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from plugins.engine.manager import Plugins
from plugins.kit import fixture
from plugins.kit.testing import run_case
from plugins.rule import LABELS, Rule

TEXT = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text(encoding="utf-8")


def test_the_example_is_a_plugin_and_finds_what_it_says(tmp_path):
    example = re.search(r"```python\n(\"\"\".*?)```", TEXT, re.DOTALL)
    (tmp_path / "example.py").write_text(example[1])
    plugins = Plugins.discover(tmp_path, packages=(), strict=True)
    assert [rule.code for rule in plugins.rules] == ["XYZ001"]
    text = "关于启用新的办事大厅的公告，自即日起对外服务，望周知。" * 12
    page = (
        "<!doctype html><html><head><meta charset='utf-8'><title>公告</title>"
        "<meta name='ArticleTitle' content='公告'><meta name='PubDate' content='2026-03-01'></head>"
        f"<body><h1>公告</h1><div class='article-content'><p>{text}</p></div></body></html>"
    )
    (tmp_path / "bad.html").write_text(page)
    assert run_case(tmp_path / "example.py", tmp_path / "bad.html") == ["公告末尾没有落款日期。"]


@pytest.mark.parametrize("name", fixture.DIRECTIVES)
def test_every_directive_is_told(name):
    assert f"| `{name}` |" in TEXT


@pytest.mark.parametrize("name", fixture.TABLES)
def test_every_key_is_told(name):
    assert re.search(rf"`\[?\[?{name}\]?\]?`", TEXT)


def test_labels_and_fields_of_a_rule_are_told():
    for label in LABELS:
        assert label in TEXT
    for field in dataclasses.fields(Rule):
        assert field.name in ("doc", "prose") or f"| `{field.name}` |" in TEXT


def test_the_readers_own_docstring_tells_the_same_keys():
    for name in (*fixture.DIRECTIVES, *fixture.TABLES):
        assert name in fixture.__doc__
