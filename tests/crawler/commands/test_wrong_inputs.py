"""Whatever is typed wrongly is told in Chinese, one line for each fault, with status 2 and no trace left."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.commands import EXIT_PIPE, run
from findings.store.store import Store

CHINESE = re.compile("[\u4e00-\u9fff]")
COMMAND = [sys.executable, "-c", "from crawler.commands import main; main()"]
ROOT = Path(__file__).parents[3]
URL = "http://127.0.0.1:9/"
HEAD = '[district]\nname = "某区"\n[[unit]]\nname = "区教育局"\n'
SITE = '[[site]]\nhost = "www.a.cn"\nstart = ["http://www.a.cn/"]\n'
COLUMN = '[[column]]\nname = "通知公告"\nurl = "http://www.a.cn/tz/"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    for name in ("GONGKAI_DATABASE", "GONGKAI_BROWSER", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys, *arguments):
    """The error output of a command that must be refused, by lines."""
    status = run([str(argument) for argument in arguments])
    output = capsys.readouterr()
    assert (status, output.out) == (2, "")
    lines = output.err.splitlines()
    assert all(CHINESE.search(line) for line in lines), output.err
    assert "Traceback" not in output.err
    return lines


def refused(capsys, *arguments):
    lines = told(capsys, *arguments)
    assert len(lines) == 1, lines
    return lines[0]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("nope",), "没有命令 nope"),
        (("scor",), "是否应为 score"),
        (("--nope",), "没有选项 --nope"),
        (("score", "--shceme", "x"), "没有选项 --shceme，是否应为 --scheme"),
        (("audit", "--rate"), "选项 --rate 后面缺少取值"),
        (("audit", "--quiet=1"), "选项 --quiet 后面不跟取值"),
        (("audit", "http://a.cn/", "http://b.cn/"), "多余的参数 http://b.cn/"),
        (("audit", URL, "--rate", "x"), "--rate：“x”无效，应为数字"),
        (("audit", URL, "--workers", "2.5"), "--workers：“2.5”无效，应为整数"),
        (("findings", "--run", "x"), "--run：“x”无效，应为整数"),
        (("runs", "--limit", "0"), "--limit：“0”无效，至少为1"),
        (("rules", "--format", "xml"), "--format：“xml”无效，可选table、json、markdown"),
        (("new-check", "a", "b", "--code", "C", "--hook", "z"), "--hook：“z”无效，可选page"),
        (("new-check",), "缺少参数 类别"),
        (("new-check", "columns", "x"), "缺少选项 --code"),
        (("facts",), "缺少参数 网址"),
        (("triage", "00000000"), "缺少参数 confirm|reject|exempt|reset"),
        (("inventory", "check"), "缺少参数 台账文件"),
        (("inventory", "chek", "x"), "是否应为 check"),
    ],
)
def test_wrong_usage_names_command_and_option(capsys, words, part):
    line = refused(capsys, *words)
    assert part in line
    assert line.endswith("--help）")


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ((), ("二者选一",)),
        ((URL, "--inventory", "x.toml"), ("二者选一",)),
        (("not an address",), ("网址", "not an address")),
        (("mailto:a@b.cn",), ("mailto:a@b.cn",)),
        (("ftp://a.cn/",), ("ftp://a.cn/",)),
        (("audit.toml",), ("--inventory audit.toml",)),
        (("--inventory", "none.toml"), ("none.toml", "不存在")),
        (("--inventory", "."), ("这是文件夹",)),
        ((URL, "--scheme", "odd"), ("--scheme", "odd", "district-2022")),
        ((URL, "--scheme", "none.toml"), ("none.toml", "不存在")),
        ((URL, "--resolve", "foo"), ("--resolve", "foo", "主机:端口:地址")),
        ((URL, "--as-of", "2026-13-01"), ("--as-of", "2026-13-01")),
        ((URL, "--as-of", "2026-02-30"), ("--as-of", "2026-02-30")),
        ((URL, "--as-of", "20260301"), ("--as-of", "20260301")),
        ((URL, "--render", "x"), ("--render", "“x”")),
        ((URL, "--rate", "0"), ("--rate", "0无效")),
        ((URL, "--rate", "nan"), ("--rate", "nan无效")),
        ((URL, "--workers", "-1"), ("--workers", "-1")),
        ((URL, "--max-pages", "0"), ("--max-pages",)),
        ((URL, "--timeout", "0"), ("--timeout",)),
        ((URL, "--plugins", "nowhere"), ("--plugins", "nowhere")),
        ((URL, "--fail-on", "x"), ("--fail-on", "major")),
        ((URL, "--out", "file"), ("--out", "file", "不是文件夹")),
        ((URL, "--out", "file/below"), ("--out", "不是文件夹")),
    ],
)
def test_an_audit_that_cannot_be_meant_is_refused_before_anything_is_made(
    capsys, folder, words, parts
):
    (folder / "file").write_text("")
    line = refused(capsys, "audit", *words)
    for part in parts:
        assert part in line
    assert sorted(path.name for path in folder.iterdir()) == ["file"]


def test_several_faults_are_told_at_once(capsys):
    lines = told(capsys, "audit", URL, "--rate", "0", "--as-of", "x", "--resolve", "y")
    assert [option for option in ("--rate", "--as-of", "--resolve") if option in str(lines)] == [
        "--rate",
        "--as-of",
        "--resolve",
    ]
    assert len(lines) == 3


def start(*arguments, env=None):
    """A command that starts Twisted needs a process of its own."""
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
    )


def newer(folder):
    with Store.open("sqlite:///newer.db"):
        pass
    with sqlite3.connect("newer.db") as connection:
        connection.execute("UPDATE gongkai_version SET version_num = '9999'")
    connection.close()
    return "sqlite:///newer.db"


@pytest.mark.parametrize(
    ("database", "part"),
    [
        ("nonsense", "无法识别"),
        ("mysql://a/b", "不支持 mysql"),
        ("sqlite:///file", "这个文件不是数据库"),
        ("sqlite:///file/x.db", "无法建立"),
        (newer, "由更新版本的 gongkai 建立"),
    ],
)
@pytest.mark.slow
def test_a_database_that_cannot_be_used_is_one_line_from_every_command(
    capsys, folder, monkeypatch, database, part
):
    (folder / "file").write_text("no database at all\n" * 50)
    url = database(folder) if callable(database) else database
    before = sorted(path.name for path in folder.iterdir())
    process = start("audit", URL, "--database", url, "--render", "never")
    said = process.stderr.decode()
    assert (process.returncode, process.stdout) == (2, b"")
    assert part in said
    assert len(said.splitlines()) == 1
    assert sorted(path.name for path in folder.iterdir()) == before
    monkeypatch.setenv("GONGKAI_DATABASE", url)
    for command in ("findings", "score", "report", "runs"):
        line = refused(capsys, command)
        assert part in line or "不存在" in line


def test_a_browser_that_is_none_is_named(folder):
    process = start("audit", URL, env={"GONGKAI_BROWSER": "/nowhere/chromium"})
    said = process.stderr.decode()
    assert process.returncode == 2
    assert said.splitlines() == ["环境变量 GONGKAI_BROWSER：“/nowhere/chromium”不存在或不能执行。"]


@pytest.mark.parametrize(
    ("text", "line", "parts"),
    [
        ("x = [\n", 1, ("TOML",)),
        ("x = 1 2\n", 1, ("一行只能写一项",)),
        ('[district]\nname = "某区\n', 2, ("引号没有成对",)),
        (SITE, None, ("district", "name")),
        (HEAD, None, ("没有登记任何网站",)),
        (HEAD + SITE + "[colum]\n", 8, ("colum", "column")),
        (HEAD + 'kind = "office"\n' + SITE, 5, ("kind", "department")),
        (HEAD + 'fields = "some"\n' + SITE, 5, ("fields", "many")),
        (HEAD + 'aliases = "a"\nalias = "b"\n' + SITE, 6, ("alias", "aliases")),
        (HEAD + '[[unit]]\nname = "区教育局"\n' + SITE, 6, ("name", "重复")),
        (HEAD + "[[unit]]\nname = 3\n" + SITE, 6, ("name", "带引号")),
        (HEAD + SITE + "rate = 0\n", 8, ("rate",)),
        (HEAD + SITE + "rate = true\n", 8, ("rate",)),
        (HEAD + SITE + 'robots = "ignore"\n', 8, ("robots", "robots_reason")),
        (HEAD + SITE + 'unit = "区教育"\n', 8, ("unit", "区教育局")),
        (HEAD + SITE + 'hosts = ["a b"]\n', 8, ("hosts", "a b")),
        (HEAD + SITE + SITE, 9, ("host", "重复")),
        (HEAD + SITE.replace("http://www.a.cn/", "www"), 7, ("start", "www")),
        (HEAD + SITE.replace("http://www.a.cn/", "http://b.cn/"), 7, ("start", "b.cn")),
        (HEAD + SITE + COLUMN + 'duty = "有空就更新"\n', 11, ("duty", "有空就更新")),
        (HEAD + SITE + COLUMN + 'duty = "-1"\n', 8, ("reason", "豁免")),
        (HEAD + SITE + COLUMN + 'type = "公告通知"\n', 11, ("type", "通知公告")),
        (HEAD + SITE + COLUMN + 'valid_from = "明天"\n', 11, ("valid_from", "明天")),
        (HEAD + SITE + COLUMN + COLUMN, 13, ("url", "重复")),
        (HEAD + SITE + COLUMN.replace("www.a.cn", "b.cn"), 10, ("url", "b.cn")),
        (HEAD + SITE + "[options.col201]\ngrace = 3\n", 8, ("options.col201", "COL201")),
        (HEAD + SITE + '[audit]\nresolver = "dns"\n', 9, ("resolver", "dns")),
        (HEAD + SITE + '[audit]\nplugins_folder = "none"\n', 9, ("plugins_folder", "不存在")),
    ],
)
def test_a_wrong_inventory_names_file_row_and_field(capsys, folder, text, line, parts):
    (folder / "bad.toml").write_text(text, encoding="utf-8")
    said = refused(capsys, "audit", "--inventory", "bad.toml")
    assert said.startswith("bad.toml" + (f" 第{line}行" if line else ""))
    for part in parts:
        assert part in said
    lines = told(capsys, "inventory", "check", "bad.toml")
    assert lines == [said, "台账有1处问题，未通过检查。"]
    assert [path.name for path in folder.iterdir()] == ["bad.toml"]


def test_a_rule_option_that_does_not_exist_is_refused_by_name(capsys, folder):
    (folder / "bad.toml").write_text(
        HEAD + SITE + "[options.COL201]\ngrase = 3\n", encoding="utf-8"
    )
    process = start("audit", "--inventory", "bad.toml", "--render", "never")
    said = process.stderr.decode()
    assert process.returncode == 2
    assert said.startswith("bad.toml 第9行 字段“options.COL201.grase”：")
    assert "grace" in said
    assert len(said.splitlines()) == 1
    assert told(capsys, "inventory", "check", "bad.toml")[0] == said.strip()
    assert [path.name for path in folder.iterdir()] == ["bad.toml"]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("demo", "--as-of", "x"), "--as-of"),
        (("demo", "--change", "odd"), "--change"),
        (("demo", "--change", "mend:nothing"), "--change"),
        (("demo", "--render", "x"), "--render"),
        (("facts", "nonsense"), "nonsense"),
        (("facts", URL, "--rate", "0"), "--rate"),
        (("facts", URL, "--as-of", "x"), "--as-of"),
        (("facts", URL, "--resolve", "x"), "--resolve"),
        (("explain", "NOPE"), "NOPE"),
        (("rules", "--plugins", "nowhere"), "nowhere"),
        (("explain", "COL101", "--plugins", "nowhere"), "nowhere"),
        (("report", "--format", "pdf"), "--format"),
        (("findings",), "不存在"),
        (("triage", "00000000", "confirm"), "不存在"),
    ],
)
def test_other_commands_refuse_in_one_line(capsys, folder, words, part):
    assert part in refused(capsys, *words)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (("audit", URL, "--rate", "x"), "--rate"),
        (("audit", URL, "--rate", "0"), "--rate"),
        (("audit", URL, "--resolve", "foo"), "--resolve"),
        (("audit", URL, "--scheme", "odd"), "--scheme"),
        (("findings", "--format", "xml"), "--format"),
        (("bulletin", "--format", "html", "--template", "x.docx"), "--template"),
        (("score", "--compare", "1", "--publish"), "--publish"),
        (("score", "--explain", "x", "--publish"), "--explain"),
        (("score", "0000"), "命令行"),
        (("audit",), "命令行"),
        (("facts",), "命令行"),
        (("score", "--nope"), "命令行"),
    ],
)
def test_every_refusal_begins_with_the_option_that_is_meant(capsys, words, place):
    assert refused(capsys, *words).startswith(f"{place}：")


@pytest.mark.parametrize(
    "words",
    [("audit", URL), ("discover", URL), ("facts", URL), ("demo",)],
)
def test_a_day_that_has_not_come_is_refused(capsys, folder, words):
    line = refused(capsys, *words, "--as-of", "2099-01-01")
    assert line.startswith("--as-of：2099-01-01还没有到")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("findings",),
        ("score",),
        ("score", "--published", "list"),
        ("runs",),
        ("report",),
        ("bulletin",),
        ("fixlist",),
        ("recheck", "--claimed"),
        ("triage", "00000000", "confirm"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("file", ["gongkia.db", "no/such/folder/gongkai.db"])
def test_a_misspelt_database_is_told_and_leaves_nothing(capsys, folder, words, file):
    line = refused(capsys, *words, "--database", f"sqlite:///{file}")
    assert line.startswith(f"数据库 {file} 不存在")
    assert list(folder.iterdir()) == []


def test_help_is_chinese_to_the_last_word(capsys):
    for words in ((), ("audit",), ("inventory",), ("inventory", "check"), ("triage",)):
        assert run([*words, "--help"]) == 0
        said = capsys.readouterr().out
        assert said.startswith("用法：gongkai")
        for english in ("Usage", "Options", "Show this", "default:", "required"):
            assert english not in said


def test_no_arguments_show_the_help(capsys):
    assert run([]) == 2
    assert "巡查：\n  audit " in capsys.readouterr().err


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"TERM": "dumb"},
    ],
)
def test_chinese_is_written_in_any_locale(env):
    process = start("explain", "COL101", env={"PYTHONIOENCODING": "", **env})
    assert process.returncode == 0
    assert process.stderr == b""
    assert process.stdout


def test_a_terminal_without_chinese_costs_no_result():
    process = start("explain", "COL101", env={"PYTHONIOENCODING": "ascii"})
    assert process.returncode == 0
    assert process.stdout.startswith(b"COL101 \\u7a7a")


def test_a_reader_that_goes_away_is_no_error():
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.run(
        [*COMMAND, "rules", "--format", "markdown"],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    os.close(writer)
    assert (process.returncode, process.stderr) == (EXIT_PIPE, b"")
