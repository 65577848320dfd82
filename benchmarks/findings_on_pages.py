"""Every finding of every rule on ../shared/pages, by real audits of their hosts on loopback.

Each host is audited as it was saved: its pages are start addresses under their own names, robots.txt
keeps the crawler from everything that was not saved (so nothing unsaved is called dead, and coverage
is partial, as it is), scripts are never run. One audit for each day of capture.

Run: ``python benchmarks/findings_on_pages.py [--code TXT] [--samples 3] [--out FILE.json]``. Prints for
each rule how many findings it has, by host, and samples; ``--samples 0`` prints the counts only.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
from collections import Counter, defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from facts_on_pages import SHARED, TYPES, load

DAY = "2026-11-20"
LONGEST = 150


class SavedPages(BaseHTTPRequestHandler):
    """Answers for every host with its saved files; robots.txt allows these and nothing else."""

    protocol_version = "HTTP/1.1"
    files: ClassVar[dict[str, dict[str, Path]]] = {}

    def do_GET(self) -> None:
        """One saved page, the list of what may be asked, or an honest 404."""
        host = self.headers["Host"].partition(":")[0]
        own = self.files.get(host, {})
        # A folder and its index page are one file here.
        file = own.get(self.path) or own.get(self.path.removesuffix("index.html"))
        if self.path == "/robots.txt":
            folders = [f"{path}index.html" for path in own if path.endswith("/")]
            allowed = "".join(f"Allow: {path}$\n" for path in (*own, *folders))
            self._answer(200, "text/plain", f"User-agent: *\n{allowed}Disallow: /\n".encode())
        elif file is None:
            self._answer(404, "text/html", b"<title>404</title>")
        else:
            self._answer(200, TYPES.get(file.suffix, "text/html"), file.read_bytes())

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: the findings are what is printed."""


def address(label: dict[str, Any]) -> str:
    """The page's own address over plain http, so that loopback can answer for it."""
    parts = urlsplit(label["url"] or f"http://{label['path']}")
    path = parts.path or "/"
    if not label["url"] and path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    return f"http://{parts.hostname}{path}" + (f"?{parts.query}" if parts.query else "")


def hosts(labels: list[dict[str, Any]]) -> dict[str, dict[str, list[str]]]:
    """Start addresses by day of capture and host; a host is audited on its latest day."""
    pages: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for label in labels:
        pages[str(urlsplit(address(label)).hostname)].append(label)
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for host, group in pages.items():
        day = max(label["as_of"] or label["newest"] or "" for label in group) or DAY
        group.sort(key=lambda label: (label["kind"] != "home", len(address(label))))
        found[day][host] = [address(label) for label in group]
    return found


def inventory(sites: dict[str, list[str]]) -> str:
    """The register of one day's sites."""
    rows = [
        f'[[site]]\nhost = "{host}"\nstart = {json.dumps(urls)}\nrate = 500\n'
        for host, urls in sites.items()
    ]
    return '[district]\nname = "样本"\n\n' + "\n".join(rows)


def audit(day: str, sites: dict[str, list[str]], port: int, without: list[str]) -> dict[str, Any]:
    """What ``gongkai audit --json`` says of one day's sites."""
    with tempfile.TemporaryDirectory(prefix="gongkai-pages-") as folder:
        register = Path(folder) / "inventory.toml"
        register.write_text(inventory(sites), "utf-8")
        command = [sys.executable, "-c", "from crawler.commands import main; main()", "audit"]
        command += ["--inventory", str(register), "--as-of", day, "--render", "never"]
        # Whatever is asked for, on whatever port: nothing but loopback is ever reached.
        command += ["--resolve", f"*::127.0.0.1:{port}", "--rate", "500", "--quiet", "--json"]
        command += ["--database", f"sqlite:///{folder}/pages.db", "--out", folder]
        for code in without:
            command += ["--without", code]
        done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
        if not done.stdout.startswith("{"):
            raise SystemExit(done.stderr[-2000:])
        told: dict[str, Any] = json.loads(done.stdout)
        return told


def gather(labels: list[dict[str, Any]], without: list[str]) -> tuple[list[dict[str, Any]], int]:
    """All findings with the day of their audit, and how many pages were read; check errors end it."""
    for label in labels:
        parts = urlsplit(address(label))
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        SavedPages.files.setdefault(str(parts.hostname), {})[target] = SHARED / label["path"]
    server = ThreadingHTTPServer(("127.0.0.1", 0), SavedPages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found: list[dict[str, Any]] = []
    pages = 0
    try:
        for day, sites in sorted(hosts(labels).items()):
            told = audit(day, sites, server.server_port, without)
            pages += told["pages"]
            if told["state"] != "finished":
                print(f"NOT FINISHED {day}: {told['sites']} {told['problem']}")
            for note in told["notes"]:
                print(f"note {day}: {note[:LONGEST]}")
            found += [{**one, "day": day} for one in told["findings"]]
    finally:
        server.shutdown()
    return found, pages


def show(found: list[dict[str, Any]], code: str, samples: int) -> None:
    """Counts and samples, rule by rule."""
    by_code: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in found:
        if one["code"].startswith(code):
            by_code[one["code"]].append(one)
    for name, group in sorted(by_code.items()):
        where = Counter(one["site"] for one in group)
        reviews = sum(bool(one["review"]) for one in group)
        told = ", ".join(f"{host} {count}" for host, count in where.most_common(6))
        print(f"{name} {group[0]['title']} {len(group)} findings, {reviews} of them review: {told}")
        for one in group[:samples]:
            print(f"    {one['subject']['ref']}\n        {one['message'][:LONGEST]}")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--code", default="", help="beginning of a rule's code")
    parser.add_argument("--samples", type=int, default=3)
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if not (SHARED / "labels.jsonl").exists():
        print(f"skipped: no labels in {SHARED}")
        return 0
    found, pages = gather(load(SHARED), options.without)
    print(f"{pages} pages, {len(found)} findings")
    show(found, options.code, options.samples)
    if options.out:
        options.out.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
