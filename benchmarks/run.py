"""``make bench``: every figure that we claim, measured in one run on this machine.

How fast commands start; facts against the labelled pages and what all rules cost on them; then one crawl of a
loopback site beside linkchecker and linkinator. Read the ratios, not the seconds: the machine has two cores and is noisy.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    status = 0
    for part in (
        "start.py",
        "facts_on_pages.py",
        "rules_on_pages.py",
        "served_pages.py",
        "load.py",
    ):
        print(f"\n=== {part}", flush=True)
        status |= subprocess.run([sys.executable, str(HERE / part)], check=False).returncode
    return status


if __name__ == "__main__":
    raise SystemExit(main())
