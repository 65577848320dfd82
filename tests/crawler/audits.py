"""Runs the real ``gongkai audit`` in a process of its own and reads its JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.workfile.pages import PageView
from findings.records.records import StoredFinding
from findings.store.store import Store

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-c", "from crawler.commands import main; main()")
TODAY = "2026-06-30"
INVENTORY = """
[district]
name = "某区"

[audit]
allow_private = ["127.0.0.1", "localhost"]
{audit}

[[unit]]
name = "区政府办"
kind = "department"
fields = "many"

[[site]]
host = "{host}"
name = "某区人民政府"
start = ["http://{host}/"]
unit = "区政府办"
{more}
"""


@dataclass(frozen=True)
class Audited:
    """One run of the command: exit status, what it printed, how long it took."""

    status: int
    told: dict[str, Any]
    errors: str
    seconds: float

    def found(self, code: str = "", *, review: bool | None = None) -> list[dict[str, Any]]:
        """The findings of a code (or all)."""
        return [
            one
            for one in self.told["findings"]
            if one["code"].startswith(code) and (review is None or one["review"] is review)
        ]

    def codes(self) -> set[str]:
        """The codes that were found."""
        return {one["code"] for one in self.told["findings"]}

    def gaps(self, family: str = "columns") -> dict[str, dict[str, Any]]:
        """The gaps in coverage of the (only) site, by kind."""
        (families,) = self.told["score"]["coverage"].values()
        return {gap["kind"]: gap for gap in families[family]["gaps"]}

    @property
    def notes(self) -> str:
        """All notes, one a line."""
        return "\n".join(self.told["notes"])


@dataclass(frozen=True)
class Desk:
    """A folder with a database in it: where audits of one site follow one another."""

    folder: Path
    database: str = ""

    @property
    def url(self) -> str:
        """The database's address."""
        return self.database or f"sqlite:///{self.folder}/gongkai.db"

    def command(self, *arguments: str) -> list[str]:
        """The command line for an audit."""
        defaults = {"--render": "never", "--rate": "500", "--as-of": TODAY, "--workers": "1"}
        given = [
            part
            for name, value in defaults.items()
            if name not in arguments
            for part in (name, value)
        ]
        return [
            *COMMAND, "audit", *arguments, *given,
            "--database", self.url, "--out", str(self.folder), "--json",
        ]  # fmt: skip

    def audit(self, *arguments: str, path: str = "", timeout: float = 90) -> Audited:
        """Audit, and read the JSON that is printed (an empty object where nothing is)."""
        started = time.monotonic()
        run = subprocess.run(
            self.command(*arguments), cwd=ROOT, env=environment(path), capture_output=True,
            text=True, timeout=timeout, check=False,
        )  # fmt: skip
        told = json.loads(run.stdout) if run.stdout.strip() else {}
        return Audited(run.returncode, told, run.stderr, time.monotonic() - started)

    def inventory(self, host: str, *, audit: str = "", more: str = "") -> str:
        """Write an inventory; gives the option's value."""
        path = self.folder / "inventory.toml"
        path.write_text(INVENTORY.format(host=host, audit=audit, more=more), encoding="utf-8")
        return str(path)

    def remembered(self, site: str) -> dict[tuple[str, str], StoredFinding]:
        """Everything that the database knows of a site, by code and subject's end."""
        with Store.open(self.url, create=False) as store:
            return {
                (one.code, one.subject.ref.removeprefix(f"http://{site}")): one
                for one in store.find(state="all", hosts=[site])
            }

    def pages(self, host: str) -> dict[str, str]:
        """The pages that the newest run knows of a site: path → kind."""
        newest = max((self.folder / "runs").iterdir(), key=lambda path: path.stat().st_mtime)
        pages = PageView(newest / "spool.db", host)
        try:
            return {key.removeprefix(f"http://{host}"): page.kind for key, page in pages.items()}
        finally:
            pages.close()

    def runs(self) -> list[str]:
        """The states of all runs, oldest first."""
        with Store.open(self.url, create=False) as store:
            return [run.state.value for run in reversed(store.runs())]


def environment(path: str = "") -> Mapping[str, str]:
    """The environment with another PYTHONPATH."""
    return {**os.environ, "PYTHONPATH": path, "GONGKAI_DATABASE": ""}


def column(host: str, name: str, path: str, **more: str) -> str:
    """A registered column, as TOML."""
    lines = [f'{key} = "{value}"' for key, value in more.items()]
    return "\n".join(["[[column]]", f'name = "{name}"', f'url = "http://{host}{path}"', *lines, ""])


def by_path(found: Iterable[Mapping[str, Any]], host: str) -> dict[str, Mapping[str, Any]]:
    """Findings by the path of their subject."""
    return {one["subject"]["ref"].removeprefix(f"http://{host}"): one for one in found}
