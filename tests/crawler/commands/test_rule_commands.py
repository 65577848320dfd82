"""The commands about rules: listed, explained, begun anew."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.plan.rules import PACKAGES
from crawler.terminal.scaffold import UNPRICED, NewCheck, files, with_line, write
from crawler.terminal.sketches import Hook
from findings.schemes.scheme_file import find_scheme, read_scheme
from plugins.engine.catalogue import markdown
from plugins.engine.manager import Plugins
from plugins.errors import ConfigurationError
from plugins.kit.testing import complaints, verify

ROOT = Path(__file__).parents[3]
RUN = "from crawler.commands import main; main()"
KEYS = {
    "code",
    "title",
    "family",
    "severity",
    "requirements",
    "looks_at",
    "silent_when",
    "remedy",
    "source",
    "confidence",
    "deduct",
    "options",
    "origin",
}


def gongkai(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def plugins():
    return Plugins.discover(packages=PACKAGES)


def test_rules_as_json_tell_all_of_each_rule(plugins):
    run = gongkai("rules", "--format", "json")
    told = json.loads(run.stdout)
    assert run.returncode == 0
    assert {one["requirement"] for one in told["not_visible"]} == {"R53"}
    assert all(one["why"] for one in told["not_visible"])
    assert [rule["code"] for rule in told["rules"]] == [rule.code for rule in plugins.rules]
    for rule in told["rules"]:
        assert rule.keys() >= KEYS
        assert rule["title"]
        assert rule["remedy"]
    stale = next(rule for rule in told["rules"] if rule["code"] == "COL201")
    assert stale["options"] == {"grace": 0, "lead": 0, "warn_days": 5}
    assert (stale["family"], stale["severity"], stale["origin"]) == ("columns", "major", "内置")


def test_rules_as_a_table_name_every_code(plugins):
    run = gongkai("rules")
    lines = run.stdout.splitlines()
    assert lines[0] == f"# 检查规则（{len(plugins.rules)}条）"
    assert [line.split("\t")[0] for line in lines[2:]] == [rule.code for rule in plugins.rules]


def test_rules_as_markdown_are_the_generated_page(plugins):
    assert gongkai("rules", "--format", "markdown").stdout == markdown(plugins)


def test_a_wrong_format_is_wrong_usage():
    assert gongkai("rules", "--format", "xml").returncode == 2


def test_a_rule_is_explained_in_its_own_words(plugins):
    run = gongkai("explain", "col201")
    prose = plugins.rule("COL201").prose
    assert run.returncode == 0
    assert run.stdout.startswith(f"COL201 {prose.title}\n")
    for label, text in (
        ("不报", prose.silent_when),
        ("整改", prose.remedy),
        ("依据", prose.source),
    ):
        assert f"\n{label}：{text}\n" in run.stdout
    assert "grace = 0" in run.stdout


def test_an_unknown_code_ends_with_status_2_and_names_near_ones():
    run = gongkai("explain", "COL210")
    assert run.returncode == 2
    assert run.stdout == ""
    assert "没有这条规则" in run.stderr
    assert "COL201" in run.stderr
    assert "Traceback" not in run.stderr


def test_rules_of_a_folder_are_listed_and_refusals_told(tmp_path):
    text = (ROOT / "checks" / "columns" / "blank_column.py").read_text()
    (tmp_path / "mine.py").write_text(text.replace('"COL101"', '"XYZ001"'))
    (tmp_path / "twice.py").write_text(text)
    run = gongkai("rules", "--plugins", str(tmp_path))
    assert run.returncode == 0
    assert "XYZ001\t空白栏目\t" in run.stdout
    assert str(tmp_path / "mine.py") in run.stdout
    assert "未启用 插件" in run.stderr
    assert "twice.py" in run.stderr
    assert "COL101" in run.stderr


def new_check(root, family="text", slug="sample_fault", code="TXT901", hook=Hook.PAGE):
    return NewCheck(root, family, slug, code, hook, "样例问题")


@pytest.mark.parametrize("hook", list(Hook))
def test_a_new_check_works_and_its_fixtures_pass(tmp_path, plugins, hook):
    (tmp_path / "checks").mkdir()
    new = new_check(tmp_path, hook=hook)
    write(files(new, plugins))
    assert new.fixtures == tmp_path / "tests" / "checks" / "text" / "sample_fault"
    assert complaints(new.fixtures) == []
    for case in new.fixtures.iterdir():
        verify(new.module, case)
    assert (tmp_path / "checks" / "text" / "__init__.py").exists()


def test_a_new_check_overwrites_nothing(tmp_path, plugins):
    (tmp_path / "checks" / "text").mkdir(parents=True)
    (tmp_path / "checks" / "text" / "sample_fault.py").write_text("mine")
    with pytest.raises(ConfigurationError, match="已存在，不覆盖"):
        files(new_check(tmp_path), plugins)
    assert (tmp_path / "checks" / "text" / "sample_fault.py").read_text() == "mine"
    assert not (tmp_path / "tests").exists()


@pytest.mark.parametrize(
    ("family", "slug", "code", "why"),
    [
        ("No-Where", "sample", "TXT901", "“No-Where”无效"),
        ("text/", "sample", "TXT901", "“text/”无效"),
        ("../text", "sample", "TXT901", "“../text”无效"),
        ("text", "Sample-Fault", "TXT901", "“Sample-Fault”无效"),
        ("text", "class", "TXT901", "“class”无效"),
        ("text", "sample", "TX1", "“TX1”无效"),
        ("text", "sample", "COL901", "应以TXT开头"),
        ("text/pages", "sample", "ENG901", "应以TXT开头"),
        ("english", "sample", "TXT901", "字母属于类别text"),
        ("plugins/local", "sample", "TXT901", "字母属于类别text"),
        ("columns", "sample", "COL101", "COL101已用于“空白栏目”"),
    ],
)
def test_wrong_names_of_a_new_check_are_refused(tmp_path, plugins, family, slug, code, why):
    (tmp_path / "checks").mkdir()
    (tmp_path / "plugins" / "local").mkdir(parents=True)
    with pytest.raises(ConfigurationError) as caught:
        files(new_check(tmp_path, family, slug, code), plugins)
    assert why in str(caught.value)


def test_a_new_check_outside_of_a_project_is_refused(tmp_path, plugins):
    for family, code in (("text", "TXT901"), ("plugins/local", "ENG901")):
        with pytest.raises(ConfigurationError, match="请在项目根目录运行"):
            files(new_check(tmp_path, family, code=code), plugins)


def test_a_scheme_gets_one_line_for_all_that_is_not_priced_yet():
    scheme = find_scheme()
    once = with_line(scheme.text, "TXT901")
    twice = with_line(once, "ENG901")
    assert once.startswith(scheme.text.rstrip())
    assert twice.count("[[unscored]]") == once.count("[[unscored]]")
    assert len(twice.splitlines()) == len(once.splitlines())
    read = read_scheme(twice.encode(), "x.toml")
    assert read.unscored["TXT901"] == read.unscored["ENG901"] == UNPRICED
    assert read.indicators == scheme.indicators


def test_the_command_writes_and_then_refuses(tmp_path):
    (tmp_path / "checks").mkdir()
    arguments = ["new-check", "text", "sample_fault", "--code", "TXT901", "--root", str(tmp_path)]
    first, second = gongkai(*arguments), gongkai(*arguments)
    assert first.returncode == 0, first.stderr
    assert "sample_fault.py" in first.stdout
    assert second.returncode == 2
    assert "已存在" in second.stderr
