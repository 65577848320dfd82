"""The commands about stored findings, as the office types them."""

from __future__ import annotations

import csv
import importlib
import io
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from crawler.commands.listing import PANELS
from findings.store.store import Store
from plugins.errors import GongkaiError
from tests.findings.nights import HOST, night, page, sight

MODULES = {one.name: one.module for panel in PANELS for one in panel.commands}
CODES_OF_EXIT = {"ConfigurationError": 2, "StoreError": 2}


def gongkai(name, *words):
    """Run one command; our own errors count as ``crawler.commands.main`` counts them."""
    app = typer.Typer()
    app.command()(importlib.import_module(MODULES[name]).command)
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, GongkaiError):
        return CODES_OF_EXIT[type(result.exception).__name__], str(result.exception)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


@pytest.fixture
def database(tmp_path, monkeypatch):
    """Two nights in the default place: /1 mended, /2 stays, /3 new."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_DATABASE", raising=False)
    one, two, three = (page(f"http://{HOST}/{n}") for n in (1, 2, 3))
    with Store.open("sqlite:///var/gongkai.db") as store:
        night(store, seen=[sight("COL101", one), sight("COL101", two, unit="花湖街道")])
        night(
            store,
            seen=[
                sight("COL101", two, unit="花湖街道"),
                sight("LNK101", three, "[bold]\x1b[31m坏链接"),
            ],
            examined=[one],
        )
    return tmp_path


def names(output):
    return sorted(item["subject"]["ref"][-1] for item in json.loads(output))


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        ((), ["2", "3"]),
        (("--state", "open"), ["2", "3"]),
        (("--state", "new"), ["3"]),
        (("--state", "back"), []),
        (("--state", "fixed"), ["1"]),
        (("--state", "all"), ["1", "2", "3"]),
        (("--run", 1), ["1", "2"]),
        (("--run", 1, "--state", "new"), ["1", "2"]),
        (("--code", "LNK101"), ["3"]),
        (("--unit", "花湖街道"), ["2"]),
    ],
)
def test_findings_are_chosen_by_options(database, words, refs):
    status, output = gongkai("findings", "--format", "json", *words)
    assert (status, names(output)) == (0, refs)


def test_findings_as_csv_and_plain_table(database):
    _, output = gongkai("findings", "--format", "csv")
    assert len(list(csv.reader(io.StringIO(output)))) == 3
    _, output = gongkai("findings")
    lines = output.splitlines()
    assert lines[0] == "# 全部网站截至第2次检查（2026-03-01）：2条"
    assert lines[1].split("\t")[:3] == ["编号", "代码", "问题"]
    assert any("[bold] [31m坏链接" in line for line in lines)
    assert "\x1b" not in output


def test_score_prints_both_tables_and_json(database):
    status, output = gongkai("score")
    assert status == 0
    assert "1\t区教育局" in output
    assert "各街道（管理区）" in output
    assert "95" in output
    _, output = gongkai("score", "--format", "json", "--run", 1)
    scores = json.loads(output)
    assert scores["scheme"] == "district-2022"
    assert {item["unit"]: item["total"] for item in scores["units"]} == {
        "花湖街道": 95,
        "区教育局": 95,
    }


def test_report_prints_the_path_of_a_whole_file(database):
    status, output = gongkai("report", "--out", "here")
    path = Path(output.strip())
    assert status == 0
    assert path.parent == Path("here")
    assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_runs_are_listed_newest_first(database):
    _, output = gongkai("runs")
    assert [line.split("\t")[0] for line in output.splitlines()] == ["次", "2", "1"]
    _, output = gongkai("runs", "--format", "json", "--limit", 1)
    (run,) = json.loads(output)
    assert (run["run"], run["state"], run["sites"][0]["host"]) == (2, "finished", HOST)


def test_triage_shows_what_it_did_and_findings_show_it(database):
    name = json.loads(gongkai("findings", "--format", "json", "--code", "LNK101")[1])[0][
        "fingerprint"
    ]
    status, output = gongkai(
        "triage", name[:10], "reject", "--why", "外站已恢复访问", "--by", "张三"
    )
    assert (status, "待核实 → 误报。" in output) == (0, True)
    (item,) = json.loads(gongkai("findings", "--format", "json", "--code", "LNK101")[1])
    assert (item["verdict"], item["points"]) == ("rejected", 0)
    assert names(gongkai("findings", "--format", "json", "--state", "open")[1]) == ["2"]
    status, output = gongkai(
        "triage", name, "exempt", "--why", "外站维护期间", "--until", "2099-01-01"
    )
    assert (status, "误报 → 已豁免，至2099-01-01止。" in output) == (0, True)


@pytest.mark.parametrize(
    ("name", "words", "line"),
    [
        ("findings", ("--state", "odd"), "“odd”无法识别：可用open"),
        ("findings", ("--format", "xml"), "--format"),
        ("findings", ("--run", 99), "没有第99次检查"),
        ("score", ("--scheme", "odd"), "没有名为“odd”的考评方案"),
        ("report", ("--format", "pdf"), "可用html、json、csv、docx、xlsx"),
        ("triage", ("abc", "confirm"), "至少8位"),
        ("triage", ("00000000", "confirm"), "没有编号"),
        ("triage", ("00000000", "praise"), "不是可做的决定"),
        ("triage", ("00000000", "exempt", "--until", "明天"), "不是日期"),
        ("findings", ("--database", "sqlite:///none.db"), "不存在"),
        ("runs", ("--database", "odd"), "无法识别"),
    ],
)
def test_wrong_usage_is_one_clear_line_and_status_2(database, name, words, line):
    status, output = gongkai(name, *words)
    assert status == 2
    assert line in output
    assert len(output.strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["findings", "score", "report", "runs"])
def test_reading_commands_make_no_database(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_DATABASE", raising=False)
    status, output = gongkai(name)
    assert (status, "不存在" in output) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_the_environment_names_the_database(database, monkeypatch):
    monkeypatch.setenv("GONGKAI_DATABASE", f"sqlite:///{database}/elsewhere.db")
    assert gongkai("findings")[0] == 2
    assert gongkai("findings", "--database", "sqlite:///var/gongkai.db")[0] == 0


def test_a_database_without_a_finished_run_says_so(tmp_path):
    url = f"sqlite:///{tmp_path}/x.db"
    Store.open(url).close()
    assert gongkai("score", "--database", url) == (
        2,
        "数据库中还没有完成的检查：请先运行 gongkai audit。",
    )
