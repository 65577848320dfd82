"""Measure the facts against the labels of ../shared/pages; prints every figure and every wrong case.

Run: ``python benchmarks/facts_on_pages.py [folder] [--slow]``. Nothing is fetched: each file is a
Page with the address of its label.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from plugins.facts.describe import describe
from plugins.facts.digest import digest
from plugins.facts.page import Page

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "pages"
TYPES = {".json": "application/json", ".xml": "text/xml"}
BRACKETS = "[]【】()（） "


@dataclass
class Figure:
    """One measured figure: how many of how many are right, and what is wrong."""

    name: str
    right: int = 0
    total: int = 0
    wrong: list[str] = field(default_factory=list)

    def count(self, good: bool, case: str) -> None:
        self.total += 1
        self.right += good
        if not good:
            self.wrong.append(case)

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 1.0


def load(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "labels.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def page_of(folder: Path, label: dict[str, Any]) -> Page:
    path = folder / label["path"]
    return Page(
        url=label["url"] or f"http://{label['path']}",
        status=200,
        body=path.read_bytes(),
        headers={"content-type": TYPES.get(path.suffix, "text/html")},
    )


def measure(
    folder: Path = SHARED,
) -> tuple[dict[str, Figure], dict[str, list[float]], list[dict[str, Any]]]:
    """Figures, seconds per page by step, and what was seen, for every labelled file."""
    names = (
        "empty",
        "rows",
        "rows with full dates",
        "newest",
        "status",
        "interpretation",
        "meta",
        "kind",
        "row document links",
    )
    figures = {name: Figure(name) for name in names}
    seconds: dict[str, list[float]] = defaultdict(list)
    seen = []
    for label in load(folder):
        page = page_of(folder, label)
        started = perf_counter()
        facts = describe(page)
        middle = perf_counter()
        digest(page)
        ended = perf_counter()
        seconds["describe"].append(middle - started)
        seconds["all facts"].append(ended - started)
        judge(figures, label, facts, page)
        seen.append({"label": label, "facts": facts, "seconds": ended - started})
    return figures, seconds, seen


def judge(
    figures: dict[str, Figure], label: dict[str, Any], facts: dict[str, Any], page: Page
) -> None:
    where = label["path"]
    figures["empty"].count(
        (facts["empty"] is True) == (label["empty_column"] is True)
        and not (label["empty_column"] is False and facts["empty"] is True),
        f"{where}: empty={facts['empty']} ({facts['empty_why']}), label {label['empty_column']}",
    )
    rows = facts["rows"]
    if label["rows"] is not None:
        own = sum(row["date"] is not None for row in rows)
        figures["rows"].count(
            own == label["rows"],
            f"{where}: {own} rows with a date of {len(rows)}, label {label['rows']}",
        )
        full = sum(entry.date is not None for entry in page.rows)
        expected = 0 if label["newest"] is None else label["rows"]
        figures["rows with full dates"].count(
            full == expected, f"{where}: {full} full dates, expected {expected}"
        )
    if label["rows"] is not None or label["newest"] is not None:
        figures["newest"].count(
            facts["newest"] == label["newest"],
            f"{where}: newest {facts['newest']}, label {label['newest']}",
        )
    if label["status_labels"] is not None:
        given = [row["status"] for row in rows]
        wanted = label["status_labels"]
        for place, want in enumerate(wanted):
            got = given[place] if place < len(given) else "(no row)"
            figures["status"].count(
                got == want or (got != "(no row)" and got.strip(BRACKETS) == want.strip(BRACKETS)),
                f"{where} row {place}: {got!r}, label {want!r}",
            )
    if label["interpretation_link"] is not None:
        figures["interpretation"].count(
            bool(facts["interpretation_links"]) == label["interpretation_link"],
            f"{where}: {facts['interpretation_links']}, label {label['interpretation_link']}",
        )
    if label.get("row_document_links"):
        for entry, want in zip(page.rows, label["row_document_links"], strict=False):
            figures["row document links"].count(
                bool(entry.links) == want, f"{where}: {entry.title} {entry.links}, label {want}"
            )
    if label["page_type"] != "data":
        figures["meta"].count(
            set(facts["meta"]) == set(label["meta"])
            and set(facts["meta_empty"]) == set(label["meta_empty"]),
            f"{where}: names {sorted(set(facts['meta']) ^ set(label['meta']))}, empty {sorted(set(facts['meta_empty']) ^ set(label['meta_empty']))}",
        )
    figures["kind"].count(
        facts["kind"] == label["page_type"]
        or (label["page_type"] == "article"
        and facts["kind"] == "data"),
        f"{where}: {facts['kind']}, label {label['page_type']}",
    )


def main() -> None:
    folder = next((Path(word) for word in sys.argv[1:] if not word.startswith("-")), SHARED)
    if not (folder / "labels.jsonl").exists():
        print(f"skipped: no labels in {folder}")
        return
    figures, seconds, seen = measure(folder)
    for figure in figures.values():
        print(f"{figure.name:22} {figure.right:4} of {figure.total:4} right  {figure.share:7.2%}")
        for case in figure.wrong:
            print(f"    wrong: {case}")
    for name, values in seconds.items():
        ordered = sorted(values)
        print(
            f"{name:22} median {median(ordered) * 1000:.1f} ms, mean {sum(ordered) / len(ordered) * 1000:.1f} ms, slowest {ordered[-1] * 1000:.1f} ms a page ({len(ordered)} pages)"
        )
    answers = Counter(str(item["facts"]["empty"]) for item in seen)
    print(f"answers to empty: {dict(answers)}")
    if "--slow" in sys.argv:
        for item in sorted(seen, key=lambda item: -item["seconds"])[:10]:
            print(f"    {item['seconds'] * 1000:.1f} ms  {item['label']['path']}")


if __name__ == "__main__":
    main()
