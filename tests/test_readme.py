"""What README and docs tell people to type exists, with those options; so does what the design promises."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from crawler.commands import build
from crawler.inventory.model import read_inventory

ROOT = Path(__file__).parents[1]
PAPERS = (
    "README.md",
    "README.zh-CN.md",
    "CONTRIBUTING.md",
    *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
)
# The command line of the design, as far as this version goes: acceptance scripts call it.
PROMISED = {
    "": "--version --install-completion --show-completion",
    "audit": "--inventory --database --as-of --resolve --scheme --max-pages --rate --workers "
    "--render --out --quiet --json --fail-on",
    "findings": "--format --code --unit --state --run",
    "score": "--scheme --format",
    "rules": "--format",
    "explain": "",
    "report": "--format --out",
    "triage": "--why",
    "fixlist": "--unit --format",
    "runs": "",
    "inventory": "",
    "new-check": "",
    "facts": "--resolve --as-of --render",
    "demo": "",
}


@pytest.fixture(scope="module")
def commands():
    """Every command by its words (none = gongkai itself), with its parameters."""
    group = build()
    found = {(): group}
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        below = dict(getattr(command, "commands", {"": command}))
        if getattr(command, "invoke_without_command", False):
            below[""] = command
        found |= {(name, inner) if inner else (name,): one for inner, one in below.items()}
    return found


def typed():
    """Every command in a block or between backticks, with the paper that shows it."""
    for paper in PAPERS:
        text = (ROOT / paper).read_text(encoding="utf-8")
        blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        lines = [line for block in blocks for line in block.splitlines()]
        prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        lines += [re.sub(r"\s+", " ", one) for one in re.findall(r"`(gongkai [^`]+)`", prose)]
        for line in lines:
            words = shlex.split(line.partition("  #")[0].replace(r"\|", "|"))
            if words and Path(words[0]).name == "gongkai":
                yield pytest.param(words[1:], id=f"{paper}: {' '.join(words[1:])}")


@pytest.mark.parametrize("words", list(typed()))
def test_every_command_in_the_papers_can_be_typed(words, commands):
    name = next(tuple(words[:n]) for n in (2, 1, 0) if tuple(words[:n]) in commands)
    assert name or words[0].startswith("-")
    options = {opt: one for one in commands[name].params for opt in one.opts if opt[0] == "-"}
    room = [one for one in commands[name].params if one.param_type_name == "argument"]
    rest = list(words[len(name) :])
    while rest:
        word = rest.pop(0)
        if word == "--help":
            continue
        if word.startswith("-"):
            assert word in options
            if not getattr(options[word], "is_flag", False) and rest:
                rest.pop(0)
        elif word != "…":
            assert room, f"one argument too many: {word}"
            room.pop(0)


def test_the_papers_show_commands_at_all():
    shown = [one.id.partition(": ")[0] for one in typed()]
    assert {"README.md", "README.zh-CN.md", "docs/plugins.md"} <= set(shown)
    assert shown.count("README.md") == shown.count("README.zh-CN.md") > 10


@pytest.mark.parametrize("name", PROMISED)
def test_every_option_of_the_design_exists(name, commands):
    found = [one for words, one in commands.items() if words[:1] == tuple(name.split())]
    assert found
    options = {opt for command in found for one in command.params for opt in one.opts}
    assert set(PROMISED[name].split()) <= options


def test_every_command_is_in_both_readmes(commands):
    for paper in ("README.md", "README.zh-CN.md"):
        text = (ROOT / paper).read_text(encoding="utf-8")
        assert [words for words in commands if f"gongkai {' '.join(words)}" not in text] == []


def test_make_knows_the_targets_that_the_papers_name():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for paper in PAPERS:
        text = (ROOT / paper).read_text(encoding="utf-8")
        for words in re.findall(r"(?:^|`)make ([a-z ]+?)(?:`|  |$)", text, re.MULTILINE):
            assert set(words.split()) <= targets, paper


def test_links_between_papers_lead_somewhere():
    for paper in PAPERS:
        text = (ROOT / paper).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert ((ROOT / paper).parent / target).exists(), (paper, target)


def test_scrapy_finds_the_spider_by_the_name_in_the_readme():
    from scrapy.spiderloader import SpiderLoader
    from scrapy.utils.project import get_project_settings

    assert "scrapy crawl audit -a url=" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "audit" in SpiderLoader.from_settings(get_project_settings()).list()


def test_the_inventory_of_the_docs_is_one(tmp_path):
    text = (ROOT / "docs" / "inventory.md").read_text(encoding="utf-8")
    (tmp_path / "district.toml").write_text(
        re.search(r"```toml\n(.*?)```", text, re.DOTALL)[1], encoding="utf-8"
    )
    inventory = read_inventory(tmp_path / "district.toml")
    assert len(inventory.units) == 2
    assert set(tomllib.loads((tmp_path / "district.toml").read_text())) == {
        "district",
        "audit",
        "unit",
        "site",
        "column",
        "options",
    }
