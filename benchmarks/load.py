"""A crawl of 2,000 loopback pages with all static checks on: memory, event loop lag, pages per second.

Beside it, in the same run and against the same server: linkchecker (PyPI, in an environment of its
own) and linkinator@6 (npm). They follow links and ask targets; gongkai also parses, checks, remembers
and judges. Both are installed into ``var/bench``; a tool that cannot be installed is said to be missing.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.load_site import LoadSite
from crawler.demo.server import DemoServer

PEERS = Path("var/bench")
LIMIT = 1200


def gongkai(server: DemoServer, site: LoadSite, pages: int) -> dict[str, float]:
    out = Path(tempfile.mkdtemp(prefix="gongkai-bench-"))
    command = [sys.executable, "-c", "from crawler.commands import main; main()", "audit", site.url]
    for rule in server.resolve_options:
        command += ["--resolve", rule]
    command += [
        "--database",
        f"sqlite:///{out / 'bench.db'}",
        "--out",
        str(out),
        "--rate",
        "1000",
        "--max-pages",
        str(pages + 500),
        "--render",
        "never",
        "--quiet",
        "--json",
    ]
    before = server.log.total
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    seconds = time.perf_counter() - started
    if done.returncode not in (0, 1):
        print(done.stderr[-3000:])
        raise SystemExit(f"gongkai ended with {done.returncode}")
    told = json.loads(done.stdout)
    asked = server.log.total - before
    shutil.rmtree(out, ignore_errors=True)
    return {
        "seconds": seconds,
        "pages": told["pages"],
        "requests": asked,
        "memory_mb": told["stats"].get("gongkai/memory_peak_mb", 0),
        "lag_p99_ms": told["stats"].get("gongkai/loop_lag_p99_ms", 0),
        "lag_p50_ms": told["stats"].get("gongkai/loop_lag_p50_ms", 0),
        "dead": sum(f["code"].startswith("LNK10") for f in told["findings"]),
    }


def peer(name: str, command: list[str], server: DemoServer) -> dict[str, float] | None:
    before = server.log.total
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    seconds = time.perf_counter() - started
    asked = server.log.total - before
    if asked == 0:
        print(f"{name}: asked nothing ({(done.stderr or done.stdout)[-300:]!r})")
        return None
    return {"seconds": seconds, "requests": asked}


def linkchecker() -> list[str] | None:
    home = PEERS / "linkchecker"
    program = home / "bin" / "linkchecker"
    if not program.exists():
        venv.create(home, with_pip=True)
        pip = [str(home / "bin" / "pip"), "install", "--quiet", "linkchecker"]
        if subprocess.run(pip, check=False).returncode:
            return None
    # Its own limit is 10 requests a second; without it the race is about the programs.
    settings = home / "bench.ini"
    settings.write_text("[checking]\nmaxrequestspersecond=1000\n")
    return [
        str(program),
        "--config",
        str(settings),
        "--no-status",
        "--no-warnings",
        "--check-extern",
        "-t",
        "10",
        "-o",
        "none",
    ]


def linkinator() -> list[str] | None:
    program = PEERS / "linkinator" / "node_modules" / ".bin" / "linkinator"
    if not program.exists():
        if shutil.which("npm") is None:
            return None
        program.parents[2].mkdir(parents=True, exist_ok=True)
        install = [
            "npm",
            "install",
            "--silent",
            "--prefix",
            str(PEERS / "linkinator"),
            "linkinator@6",
        ]
        if subprocess.run(install, check=False).returncode:
            return None
    return [str(program), "--recurse", "--silent", "--concurrency", "50", "--timeout", "30000"]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--alone", action="store_true", help="gongkai only")
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(Path(__file__).parent.parent)
    site = LoadSite(pages=options.pages, today=date(2026, 3, 2))
    site.warm()
    with DemoServer(site) as server:
        own = gongkai(server, site, options.pages)
        print(
            f"gongkai: {own['pages']:.0f} pages, {own['requests']:.0f} requests in {own['seconds']:.1f} s = "
            f"{own['pages'] / own['seconds']:.1f} pages/s, {own['requests'] / own['seconds']:.1f} requests/s"
        )
        print(
            f"  main process peak {own['memory_mb']} MB (bound 400), event loop lag p50 "
            f"{own['lag_p50_ms']} ms, p99 {own['lag_p99_ms']} ms (bound 100); {own['dead']} link findings"
        )
        for name, make in (
            () if options.alone else (("linkchecker", linkchecker), ("linkinator", linkinator))
        ):
            command = make()
            if command is None:
                print(f"{name}: could not be installed here")
                continue
            figures = peer(name, [*command, server.url], server)
            if figures:
                rate = figures["requests"] / figures["seconds"]
                print(
                    f"{name}: {figures['requests']:.0f} requests in {figures['seconds']:.1f} s = {rate:.1f} requests/s"
                    f" (gongkai does {own['requests'] / own['seconds'] / rate:.2f} times as many)"
                )
    return 0 if own["memory_mb"] <= 400 and own["lag_p99_ms"] < 100 else 1


if __name__ == "__main__":
    raise SystemExit(main())
