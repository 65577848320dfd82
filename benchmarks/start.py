"""What it costs until a command says something, or a worker is ready: CPU of each against ``import typer, rich.console``.

    python benchmarks/start.py [--runs 9]

The ratio is the figure; all are measured in turns in one run, so that a busy machine burdens them alike.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
COMMAND = "from crawler.commands import main; main()"
YARDSTICK = ("-c", "import typer, rich.console")
WORKER = (
    "from crawler.jobs.page import make_handler; from crawler.plan.rules import PACKAGES; "
    "make_handler({'packages': PACKAGES}, 5.0)"
)
MOST = 2.5  # of the help page
MEASURED = {
    "import typer, rich.console": YARDSTICK,
    "gongkai --help": ("-c", COMMAND, "--help"),
    "gongkai --version": ("-c", COMMAND, "--version"),
    "gongkai audit --help": ("-c", COMMAND, "audit", "--help"),
    "gongkai explain COL201": ("-c", COMMAND, "explain", "COL201"),
    "gongkai rules": ("-c", COMMAND, "rules"),
    "completion of a command": ("-c", COMMAND),
    "a worker, ready for work": ("-c", WORKER),
}
COMPLETION = {"_GONGKAI_COMPLETE": "complete_bash", "COMP_WORDS": "gongkai f", "COMP_CWORD": "1"}


def cpu(arguments: tuple[str, ...], env: dict[str, str]) -> float:
    """Seconds of user and system time of one Python process; it must end well."""
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    spent: dict[str, list[float]] = {name: [] for name in MEASURED}
    # The first round writes what Python compiles, and is not counted.
    for turn in range(runs + 1):
        for name, arguments in MEASURED.items():
            env = {**os.environ, **(COMPLETION if name.startswith("completion") else {})}
            used = cpu(arguments, env)
            if turn:
                spent[name].append(used)
    unit = median(spent["import typer, rich.console"])
    print(f"{'':28} {'CPU s':>7} {'ratio':>6}   median of {runs}")
    for name, seconds in spent.items():
        print(f"{name:28} {median(seconds):7.3f} {median(seconds) / unit:6.1f}")
    good = median(spent["gongkai --help"]) <= MOST * unit
    print(f"gongkai --help within {MOST} times: {'yes' if good else 'NO'}")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
