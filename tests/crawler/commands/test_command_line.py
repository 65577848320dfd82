"""The command line itself: what it lists, what it imports to say so, and how it takes its words."""

from __future__ import annotations

import importlib
import itertools
import os
import pkgutil
import re
import subprocess
import sys
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import pytest

import crawler.commands
from crawler.commands import build, run
from crawler.commands.listing import PANELS
from crawler.commands.papers import bulletin, fixlist, report
from crawler.commands.results import findings
from crawler.desk.reports import REPORTS
from crawler.plan.days import judging_day, today
from crawler.terminal.usage import page, purpose
from findings.bulletin import files as bulletin_files
from findings.fixlists import files as fixlist_files
from findings.records.records import FindingState
from plugins.errors import ConfigurationError

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
LISTED = {one.name: one for panel in PANELS for one in panel.commands}
# What only crawling, remembering or writing needs; some are dear, and none is needed to explain.
DEAR = [
    "alembic",
    "apprise",
    "bs4",
    "cryptography",
    "dns",
    "docx",
    "docxtpl",
    "httpcore",
    "httpx",
    "jinja2",
    "lxml",
    "openpyxl",
    "OpenSSL",
    "parsel",
    "playwright",
    "psycopg",
    "pypdfium2",
    "python_calamine",
    "scrapy",
    "sqlalchemy",
    "twisted",
]
SEEN = f"""
import sys
from crawler.commands import run
status = run(sys.argv[1:])
print(*sorted({set(DEAR)} & set(sys.modules)), file=sys.stderr)
raise SystemExit(status)
"""


def commands():
    """Every command with the words that are typed for it."""
    group = build()
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        yield (name,), command
        for below, inner in getattr(command, "commands", {}).items():
            yield (name, below), inner


def start(*words, **env):
    return subprocess.run(
        [sys.executable, "-c", SEEN, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **env},
    )


def test_the_listing_is_what_the_modules_say():
    rooms = [item.name for item in pkgutil.iter_modules(crawler.commands.__path__) if item.ispkg]
    found = {
        item.name
        for room in rooms
        for item in pkgutil.iter_modules(
            importlib.import_module(f"crawler.commands.{room}").__path__,
            f"crawler.commands.{room}.",
        )
    }
    assert {one.module for one in LISTED.values()} == found
    for name, one in LISTED.items():
        assert name == one.module.rpartition(".")[2].replace("_", "-")
        assert purpose(one.load()) == one.help


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("--version",),
        ("explain", "COL101"),
        ("rules",),
        ("rules", "--format", "json"),
        *((name, "--help") for name in LISTED),
    ],
    ids=" ".join,
)
def test_what_explains_imports_nothing_that_crawls_or_stores(words):
    started = start(*words)
    assert (started.returncode, started.stderr) == (0, "\n")


def test_the_help_page_imports_no_command():
    asked = "import sys; from crawler.commands import run; run(['--help']); print(*sys.modules)"
    started = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = set(started.stdout.splitlines()[-1].split())
    assert "crawler.commands.listing" in loaded
    assert not {one.module for one in LISTED.values()} & loaded
    assert not {"plugins", "findings"} & loaded


def test_the_version_is_the_packages():
    assert start("--version").stdout == f"gongkai {version('gongkai')}\n"


def complete(words, shell="bash"):
    """What the shell is offered after these words; the last one is not finished."""
    typed = ["gongkai", *words]
    return start(
        _GONGKAI_COMPLETE=f"complete_{shell}",
        COMP_WORDS=" ".join(typed),
        COMP_CWORD=str(len(typed) - 1),
        _TYPER_COMPLETE_ARGS=" ".join(typed),
    )


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["f"], ["facts", "findings", "fixlist"]),
        (["--v"], ["--version"]),
        (["audit", "--res"], ["--resolve", "--resolver"]),
        (["inventory", "im"], ["import"]),
    ],
)
def test_a_shell_is_offered_commands_and_options(words, offered):
    started = complete(words)
    assert started.returncode == 0
    assert started.stdout.split() == offered
    assert "Traceback" not in started.stderr


def test_a_completion_tells_in_chinese_what_each_name_is_for():
    started = complete(["ru"], shell="zsh")
    assert f'"rules":"{LISTED["rules"].help}"' in started.stdout
    assert "安装命令补全" in complete(["--install"], shell="zsh").stdout


def test_a_completion_is_one_line_a_name_however_long_its_help():
    started = start(
        _GONGKAI_COMPLETE="complete_fish",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
        _TYPER_COMPLETE_ARGS="gongkai findings --",
    )
    lines = started.stdout.splitlines()
    assert [line for line in lines if not line.startswith("--")] == []
    assert any(line.startswith("--state\topen待整改") and line.endswith("…") for line in lines)


def test_a_completion_script_is_shown():
    shown = start(_GONGKAI_COMPLETE="source_bash")
    assert shown.returncode == 0
    assert "_GONGKAI_COMPLETE=complete_bash" in shown.stdout


def test_formats_and_states_of_the_options_are_those_that_can_be_written():
    assert set(report.FORMATS) == set(REPORTS)
    assert set(bulletin.FORMATS) == set(bulletin_files.FORMATS)
    assert set(fixlist.FORMATS) == set(fixlist_files.FORMATS)
    assert (*FindingState, "all") == findings.STATES


@pytest.mark.parametrize(
    ("words", "command"), [pytest.param(*one, id=" ".join(one[0])) for one in commands()]
)
def test_help_names_values_in_chinese_and_says_nothing_twice(words, command):
    context = command.make_context(" ".join(words), [], resilient_parsing=True)
    for parameter in command.get_params(context):
        if getattr(parameter, "is_flag", False) or parameter.name == "help":
            continue
        # Either what kind of value is wanted, or the very words that may be typed.
        named = parameter.metavar or "|".join(
            choice.value for choice in parameter.type_descriptor.choices or ()
        )
        assert re.search("[\u4e00-\u9fff]", named) or re.fullmatch(r"\[?[a-z|]+\]?", named), (
            parameter.name,
            named,
        )
    told = page(command, context)
    sentences = [one for one in re.split(r"[。；，\n]\s*", told) if len(one) > 4]
    for before, after in itertools.pairwise(sentences):
        assert before != after
    assert "可多次使用。可多次使用" not in re.sub(r"\s", "", told)


def test_every_state_is_explained_where_it_is_chosen(capsys):
    assert run(["findings", "--help"]) == 0
    told = re.sub(r"\s", "", capsys.readouterr().out)
    assert all(state in told for state in findings.STATES)


def test_a_day_may_be_tomorrow_and_no_later():
    tomorrow = today() + timedelta(days=1)
    assert judging_day("") == today()
    assert judging_day(str(tomorrow)) == tomorrow
    with pytest.raises(ConfigurationError, match="--as-of：2099-01-01还没有到"):
        judging_day("2099-01-01")
