"""Both lock files, installed into new environments by old and new pips: does a fresh machine work, and how long does it take?

For every Python from 3.11 on (those on the PATH, or those named) and every pip: a new environment, ``requirements.lock``,
``requirements-dev.lock``, the project in place, ``gongkai --help``. Packages come from wherever pip is set up to take them, and
from its cache if it has one. Only the standard library is used: any Python may run this. Status 1 if a pip that works on its Python
could not install us.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)
NAMES = ("python3", *(f"python3.{minor}" for minor in range(OLDEST[1], 20)))
NEWEST = "newest"
PIPS = ("23.0", "23.2.1", "24.0", NEWEST)
LIMIT = 1200
IDENTITY = "import os, sys; print(os.path.realpath(sys._base_executable), *sys.version_info[:3])"
# pip and setuptools come with an environment, or not, as its Python likes.
COUNT = (
    "from importlib.metadata import distributions as d; "
    "print(len({one.name for one in d()} - {'pip', 'setuptools', 'gongkai'}))"
)


class CommandError(Exception):
    """A command did not end with 0; says why in its own last words."""


@dataclass(frozen=True)
class Row:
    """One pip on one Python; ``result`` is empty if all went well."""

    python: str
    pip: str
    result: str
    ours: bool = False
    seconds: tuple[float, ...] = ()
    packages: tuple[int, ...] = ()


def last_words(told: str) -> str:
    """What a program said from its error on, or else first, on one line."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    errors = [at for at, line in enumerate(lines) if re.match(r"ERROR|\w*Error\b", line)]
    return " ".join(lines[errors[0] :] if errors else lines[:1])[:300]


def run(*command: str | Path) -> str:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=LIMIT, check=False, cwd=ROOT, env=kept
    )
    if done.returncode:
        raise CommandError(last_words(done.stderr) or f"status {done.returncode}")
    return done.stdout.strip()


def pythons(named: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Program and version of each that is new enough, once; says what is left out and why."""
    seen = set()
    for name in named or [one for one in NAMES if shutil.which(one)]:
        try:
            program, *numbers = run(name, "-c", IDENTITY).rsplit(" ", 3)
        except (CommandError, OSError) as error:
            print(f"left out: {name} does not run ({error})")
            continue
        version = ".".join(numbers)
        if tuple(map(int, numbers[:2])) < OLDEST:
            print(f"left out: {name} is Python {version}")
        elif program not in seen:
            seen.add(program)
            yield program, version


def attempt(program: str, version: str, wanted: str) -> Row:
    """Everything that ``make`` does for a first time, with the pip that is wanted."""
    with tempfile.TemporaryDirectory(prefix="gongkai-fresh-") as place:
        home = Path(place) / "venv"
        python = home / "bin" / "python"
        pip = (python, "-m", "pip", "--quiet", "--disable-pip-version-check")
        run(program, "-m", "venv", home)
        run(*pip, "install", "--upgrade", "pip" if wanted == NEWEST else f"pip=={wanted}")
        try:
            has = run(*pip, "--version").split()[1]
            # Nothing is fetched: shows whether this pip runs on this Python at all.
            run(*pip, "install", "--dry-run", "--no-index", "pip")
        except CommandError as error:
            return Row(version, wanted, f"this pip does not run on this Python: {error}")
        locked = (*pip, "install", "--require-hashes", "--requirement")
        editable = (*pip, "install", "--no-deps", "--no-build-isolation", "--editable", ".")
        seconds, packages = [], []
        for name, command in (
            ("requirements.lock", (*locked, "requirements.lock")),
            ("requirements-dev.lock", (*locked, "requirements-dev.lock")),
            ("the project", editable),
            ("pip check", (*pip, "check")),
            ("gongkai --help", (home / "bin" / "gongkai", "--help")),
        ):
            started = time.perf_counter()
            try:
                run(*command)
                packages.append(int(run(python, "-c", COUNT)))
            except CommandError as error:
                return Row(version, has, f"{name}: {error}", ours=True)
            seconds.append(time.perf_counter() - started)
        return Row(version, has, "", seconds=tuple(seconds[:3]), packages=tuple(packages[:2]))


def show(row: Row) -> None:
    if row.result:
        cells = [row.python, row.pip, row.result]
    else:
        lock, dev, ours = row.seconds
        times = (f"{lock:.0f} s", f"+{dev:.0f} s", f"+{ours:.0f} s")
        cells = [row.python, row.pip, "works", *times, *map(str, row.packages)]
    print(f"| {' | '.join(cells)} |", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("python", nargs="*", help="interpreters; without any, those on the PATH")
    parser.add_argument("--pip", nargs="+", default=PIPS, help=f"versions, or {NEWEST}")
    options = parser.parse_args()
    found = list(pythons(options.python))
    print(f"{os.cpu_count()} cores")
    print("| Python | pip | result | run lock | dev lock | project | packages | with dev |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    status = 0 if found else 1
    for program, version in found:
        for wanted in options.pip:
            row = attempt(program, version, wanted)
            show(row)
            status |= row.ours
    return status


if __name__ == "__main__":
    sys.exit(main())
