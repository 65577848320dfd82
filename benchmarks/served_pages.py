"""The same figures through the command: pages served on loopback under their real host names.

Every labelled page is asked for with ``gongkai facts URL … --resolve … --as-of …`` (static form: the
scripts of saved pages are never run) and compared with its label. One run of the command per day of
capture; the as-of day of a page without one is the day after its newest row.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from facts_on_pages import FIGURES, SHARED, TYPES, Figure, judge, load, page_of

TOGETHER = 120
DAY = "2026-11-20"


class Pages(BaseHTTPRequestHandler):
    """Answers for every host with the saved file of that address, else an honest 404."""

    protocol_version = "HTTP/1.1"
    files: ClassVar[dict[str, Path]] = {}

    def do_GET(self) -> None:
        file = self.files.get(f"{self.headers['Host'].partition(':')[0]}{self.path}")
        body = file.read_bytes() if file else b"<title>404</title>"
        self.send_response(200 if file else 404)
        self.send_header(
            "Content-Type", TYPES.get(file.suffix, "text/html") if file else "text/html"
        )
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: the figures are what is printed."""


def address(label: dict[str, Any]) -> str:
    """The page's own address over plain http, so that loopback can answer for it."""
    parts = urlsplit(label["url"] or f"http://{label['path']}")
    return f"http://{parts.hostname}{parts.path or '/'}" + (
        f"?{parts.query}" if parts.query else ""
    )


def facts(urls: list[str], day: str, port: int) -> list[dict[str, Any]]:
    command = [sys.executable, "-c", "from crawler.commands import main; main()", "facts", *urls]
    command += ["--resolve", f"*:80:127.0.0.1:{port}", "--as-of", day, "--render", "never"]
    command += ["--rate", "500"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> None:
    if not (SHARED / "labels.jsonl").exists():
        print(f"skipped: no labels in {SHARED}")
        return
    labels = load(SHARED)
    by_day: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for label in labels:
        parts = urlsplit(address(label))
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        Pages.files[f"{parts.hostname}{target}"] = SHARED / label["path"]
        by_day[label["as_of"] or label["newest"] or DAY].append(label)
    figures = {name: Figure(name) for name in FIGURES}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for day, group in sorted(by_day.items()):
            for start in range(0, len(group), TOGETHER):
                part = group[start : start + TOGETHER]
                told = facts([address(label) for label in part], day, server.server_port)
                for label, seen in zip(part, told, strict=True):
                    judge(figures, label, seen, page_of(SHARED, label))
    finally:
        server.shutdown()
    for figure in figures.values():
        print(f"{figure.name:30} {figure.right:4} of {figure.total:4} right  {figure.share:7.2%}")
        for case in figure.wrong:
            print(f"    wrong: {case}")


if __name__ == "__main__":
    main()
