"""Checks of strangers in a real audit: the sound ones run, the broken ones are named and harm nothing.

The command line audits a small site on loopback twice: with built-in checks only, and with an
installed package and a folder full of good and broken files. What the built-in checks say is the
same both times.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from textwrap import dedent, indent

import pytest

from plugins.rule import FAMILIES

pytestmark = pytest.mark.audit

ROOT = Path(__file__).parents[3]
RUN = "from crawler.commands import main; main()"
HEAD = '''"""第三方问题。

为什么：原因。
看什么：对象。
不报：例外。
整改：办法。
依据：条款。
"""

import os, re, time
from plugins import Finding, Rule, Severity, hookimpl

RULE = Rule(__doc__, code="{code}", severity=Severity.MINOR)


@hookimpl
def check_{hook}({arguments}):
{body}
'''
SOUND = 'yield Finding("{code}看过了。")'
SWALLOWS = """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
# file: hook, arguments, code, body
DROPPED = {
    "sound": ("page", "page", "XYZ001", SOUND),
    "raises": ("page", "page", "XYZ101", "raise ValueError('mine')"),
    "loops": ("column", "column", "XYZ102", "while True:\n    pass"),
    "unstoppable": ("column", "column", "XYZ104", SWALLOWS),
    "exits": ("column", "column", "XYZ105", "os._exit(1)"),
    "unknown_argument": ("page", "page, pages", "XYZ106", SOUND),
    "misspelt": ("pages", "page", "XYZ107", SOUND),
    "twice": ("page", "page", "COL101", SOUND),
    "thief": ("page", "page", "XYZ002", SOUND),
}
PAGES = {
    "index.html": '<ul class="nav"><li><a href="/xw/">新闻</a></li></ul><a href="/gone.html">旧</a>',
    "xw/index.html": '<ul class="list">'
    + "".join(
        f'<li><a href="/b.html?n={n}">关于第{n}件事的通知</a><span>2026-01-0{n}</span></li>'
        for n in range(1, 7)
    )
    + "</ul>",
    "b.html": "<p>正文。</p>",
}
INVENTORY = """
[district]
name = "某区"

[audit]
allow_private = ["127.0.0.1"]
{folder}

[[unit]]
name = "区办"
kind = "department"

[[site]]
host = "{host}"
name = "某区人民政府"
start = ["http://{host}/"]
unit = "区办"

[[column]]
name = "新闻"
url = "http://{host}/xw/"
unit = "区办"
duty = "14"
"""


def write(path: Path, hook: str, arguments: str, code: str, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = indent(dedent(body.replace("{code}", code)).strip(), "    ")
    path.write_text(HEAD.format(hook=hook, arguments=arguments, code=code, body=text))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        pass


@pytest.fixture
def host(tmp_path):
    for name, body in PAGES.items():
        path = tmp_path / "www" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        title = "<!doctype html><html><head><meta charset='utf-8'><title>页面</title></head><body>"
        path.write_text(title + body)
    handler = partial(Quiet, directory=str(tmp_path / "www"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def installed(tmp_path):
    """A distribution as pip leaves it: modules, and metadata with entry points."""
    site = tmp_path / "site-packages"
    write(site / "stranger" / "sound.py", "page", "page", "XYZ002", SOUND)
    (site / "stranger" / "__init__.py").write_text("")
    info = site / "stranger_checks-2.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger-checks\nVersion: 2.0\n")
    (info / "entry_points.txt").write_text(
        "[gongkai]\nsound = stranger.sound\nlost = stranger.lost\n"
    )
    return site


def audit(tmp_path: Path, host: str, name: str, folder: str, path: str) -> dict:
    inventory = tmp_path / f"{name}.toml"
    inventory.write_text(INVENTORY.format(host=host, folder=folder))
    run = subprocess.run(
        [
            *(sys.executable, "-c", RUN, "audit", "--inventory", str(inventory)),
            *("--database", f"sqlite:///{tmp_path}/{name}.db", "--out", str(tmp_path / name)),
            *("--as-of", "2026-06-30", "--render", "never", "--rate", "100", "--json"),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_sound_strangers_run_and_broken_ones_are_named_and_harm_nothing(tmp_path, host, installed):
    for name, spec in DROPPED.items():
        write(tmp_path / "mine" / f"{name}.py", *spec)
    (tmp_path / "mine" / "syntax.py").write_text("def (")
    alone = audit(tmp_path, host, "alone", "", "")
    both = audit(tmp_path, host, "both", 'plugins_folder = "mine"', str(installed))

    assert both["state"] == alone["state"] == "finished"
    assert both["pages"] == alone["pages"]
    found = {one["fingerprint"]: one for one in both["findings"]}
    ours = {one["fingerprint"]: one["message"] for one in alone["findings"]}
    assert {"COL201", "LNK101"} <= {one["code"] for one in alone["findings"]}
    theirs = [one for one in found.values() if one["code"].startswith("XYZ")]
    assert {one["code"] for one in theirs} == {"XYZ001", "XYZ002"}
    assert {one["message"] for one in theirs} == {"XYZ001看过了。", "XYZ002看过了。"}
    assert len(theirs) == 2 * both["pages"]
    assert {
        mark: one["message"] for mark, one in found.items() if not one["code"].startswith("XYZ")
    } == ours

    told = "\n".join(both["notes"])
    for broken in ("unknown_argument.py", "misspelt.py", "twice.py", "thief.py", "syntax.py"):
        assert broken in told
    assert "stranger-checks 2.0：lost" in told
    for code in ("XYZ101", "XYZ102", "XYZ104", "XYZ105"):
        assert code in told
    assert "XYZ" not in "\n".join(alone["notes"])
    # Letters of their own are a family of their own, whose coverage is told like ours.
    for audited, families in ((alone, set()), (both, {"xyz"})):
        (coverage,) = audited["score"]["coverage"].values()
        assert coverage.keys() - set(FAMILIES.values()) == families
