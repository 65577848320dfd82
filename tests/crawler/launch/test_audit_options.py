"""The command line of an audit: what is wrong is said at once, and nothing is made or fetched."""

from __future__ import annotations

import subprocess

import pytest

from tests.crawler.audits import COMMAND, ROOT, Desk, environment
from tests.crawler.small_site import SmallSite, article, page

pytestmark = pytest.mark.audit


@pytest.fixture(scope="module")
def served():
    with SmallSite(
        {
            "/": page("某区人民政府", "<a href='/a.html'>甲</a><a href='/gone.html'>失效</a>"),
            "/a.html": article("甲"),
        }
    ) as site:
        yield site


def refused(tmp_path, *arguments: str, database: str = "") -> str:
    out = tmp_path / "out"
    run = subprocess.run(
        [*COMMAND, "audit", *arguments, "--out", str(out), "--database", database or f"sqlite:///{tmp_path}/x/g.db"],
        cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 2, (run.stdout, run.stderr)
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert not out.exists()
    assert not (tmp_path / "x").exists()
    return run.stderr


def test_every_wrong_option_is_named_at_once(tmp_path):
    told = refused(
        tmp_path, "--as-of", "2026-02-30", "--resolve", "nonsense", "--render", "sometimes", "--rate", "0",
        "--max-pages", "0", "--workers", "99", "--timeout", "0",
    )  # fmt: skip
    for option in (
        "二者选一",
        "--as-of",
        "--resolve",
        "--render",
        "--rate",
        "--max-pages",
        "--workers",
        "--timeout",
    ):
        assert option in told, option


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--scheme", "district-1999"), "district-1999"),
        (("--without", "COL999"), "COL999"),
        (("--fail-on", "terrible"), "terrible"),
        (("--resolver", "not-an-address"), "resolver"),
        (("--inventory", "missing.toml"), "二者选一"),
    ],
)
def test_what_does_not_exist_is_refused_by_name(tmp_path, served, arguments, words):
    asked = len(served.asked)
    assert words in refused(tmp_path, served.url, *arguments)
    assert len(served.asked) == asked


def test_a_wrong_inventory_is_refused_with_file_line_and_field(tmp_path, served):
    path = tmp_path / "inventory.toml"
    path.write_text(
        '[district]\nname = "某区"\n\n[[site]]\nhost = "bad host"\nstart = ["ftp://x/"]\nrate = -1\n'
    )
    told = refused(tmp_path, "--inventory", str(path))
    for line, field in ((5, "host"), (6, "start"), (7, "rate")):
        assert f"inventory.toml 第{line}行 字段“{field}”" in told


@pytest.mark.parametrize("database", ["mysql://x/y", "nonsense", "sqlite:////proc/nowhere/g.db"])
def test_a_database_that_cannot_be_used_is_refused_before_anything_is_fetched(
    tmp_path, served, database
):
    asked = len(served.asked)
    refused(tmp_path, served.url, "--render", "never", database=database)
    assert len(served.asked) == asked


def test_fail_on_gives_status_one(tmp_path, served):
    desk = Desk(tmp_path)
    grave = desk.audit(served.url, "--fail-on", "major")
    assert grave.status == 1
    assert grave.told["state"] == "finished"


def test_people_get_words_and_paths_instead_of_json(tmp_path, served):
    desk = Desk(tmp_path)
    command = [part for part in desk.command(served.url) if part != "--json"]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0
    assert "检查了3个页面" in run.stdout
    assert run.stdout.count("报告：") == 3
    assert "核实链接" in run.stderr


def test_a_whole_audit_into_postgresql(tmp_path, postgres_url, served):
    desk = Desk(tmp_path, postgres_url)
    first = desk.audit(served.url)
    assert first.status == 0, first.errors
    assert first.codes()
    assert desk.runs() == ["finished"]
    assert {code for code, _ in desk.remembered(served.host)} == first.codes()
    assert postgres_url.partition("@")[0] not in str(first.told), "the password is not printed"
