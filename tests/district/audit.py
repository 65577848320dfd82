"""The truth district served, and audited by the real command: in a process of its own, as an office would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crawler.demo.stage import on_stage
from tests.district.generator import TruthDistrict

ROOT = Path(__file__).parents[2]
# A loaded machine takes several times as long as a free one (two minutes).
LIMIT = 840
DATABASE = "g.db"
FIRST = "2026-03-02"
STRANGER_CODE = "LOC901"
STRANGER = '''"""测试用的外来检查。

为什么：用来证明外来检查与内置检查走同一扇门。
看什么：全站首页。
不报：其他页面。
整改：无需整改，这是测试。
依据：测试。
"""

from plugins import Finding, Rule, Severity, hookimpl

RULE = Rule(__doc__, code="{code}", severity=Severity.ADVICE)


@hookimpl
def check_page(page, site):
    if page.kind == "home":
        {body}
'''


@dataclass(frozen=True)
class Night:
    """One audit that has been: its folder, the stranger's plugins, what ``--json`` told."""

    folder: Path
    plugins: Path
    told: dict[str, Any]

    def copied(self, folder: Path) -> str:
        """The address of a database of one's own, as it was after this night."""
        shutil.copy(self.folder / DATABASE, folder / DATABASE)
        return f"sqlite:///{folder / DATABASE}"


def write_stranger(folder: Path, body: str) -> Path:
    """A folder of plugins with one check that does on home pages what ``body`` says."""
    folder.mkdir()
    text = STRANGER.format(code=STRANGER_CODE, body=body)
    (folder / "stranger.py").write_text(text, encoding="utf-8")
    return folder


def gongkai(*arguments: str, limit: int = LIMIT) -> subprocess.CompletedProcess[str]:
    """What the real command says and how it ends."""
    return subprocess.run(
        [sys.executable, "-c", "from crawler.commands import main; main()", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=limit,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def heard(*arguments: str) -> str:
    """What the real command says where it ends well."""
    done = gongkai(*arguments)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def night(folder: Path, day: str, *arguments: str, changes: Collection[str] = ()) -> dict[str, Any]:
    """One audit of the district, remembered in ``folder/g.db``; what ``--json`` tells of it."""
    return ask(folder, day, changes, "audit", *arguments)


def recheck(
    folder: Path, day: str, *arguments: str, changes: Collection[str] = ()
) -> dict[str, Any]:
    """A recheck against the district as it is after some changes; what ``--json`` tells of it."""
    return ask(folder, day, changes, "recheck", *arguments)


def ask(
    folder: Path, day: str, changes: Collection[str], command: str, *arguments: str
) -> dict[str, Any]:
    """A command that fetches from the district while it is being served."""
    with on_stage(TruthDistrict(date.fromisoformat(day), frozenset(changes))) as stage:
        resolve = [part for one in stage.resolve for part in ("--resolve", one)]
        told = heard(
            command, "--inventory", str(stage.inventory), "--as-of", day,
            "--database", f"sqlite:///{folder / DATABASE}", "--out", str(folder), "--json",
            *_quiet(command), *resolve, *arguments,
        )  # fmt: skip
    return json.loads(told)


def _quiet(command: str) -> Sequence[str]:
    return ("--quiet",) if command == "audit" else ()
