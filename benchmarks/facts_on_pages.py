"""Measure the facts against the labels of ../shared/pages; prints every figure and every wrong case.

Run: ``python benchmarks/facts_on_pages.py [folder] [--slow]``. Nothing is fetched: each file is a
Page with the address of its label.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from plugins.facts.page.describe import describe
from plugins.facts.page.page import Page
from plugins.facts.site.digest import digest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "pages"
TYPES = {".json": "application/json", ".xml": "text/xml"}
BRACKETS = "[]【】()（） "
FIGURES = (
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
    figures = {name: Figure(name) for name in FIGURES}
    seconds: dict[str, list[float]] = defaultdict(list)
    seen = []
    for label in load(folder):
        page = page_of(folder, label)
        started = process_time()
        facts = describe(page)
        middle = process_time()
        digest(page)
        ended = process_time()
        seconds["describe"].append(middle - started)
        seconds["all facts"].append(ended - started)
        judge(figures, label, facts, page)
        seen.append({"label": label, "facts": facts, "seconds": ended - started})
    return figures, seconds, seen


def emptied(folder: Path, label: dict[str, Any], sentence: str) -> Page:
    """A copy of a list page whose rows were taken out, with a sentence in their place."""
    page = page_of(folder, label)
    groups = page.reading.chosen
    for place, group in enumerate(groups):
        for row in group.rows:
            if row.element is not None:
                row.element.node.decompose()
        if sentence and place == 0:
            group.holder.node.insert_child(sentence)
    return replace(page, body=(page.drawing.tree.html or "").encode(), encoding="utf-8")


def measure_emptied(folder: Path = SHARED) -> Figure:
    """How many lists are seen to be empty once their rows are taken out (None = could not tell)."""
    figure = Figure("emptied copies")
    for label in load(folder):
        if label["page_type"] != "list" or not (label["rows"] or label["undated_rows"]):
            continue
        for sentence in ("", "此栏目暂无任何新增信息"):
            page = emptied(folder, label, sentence)
            case = f"{label['path']} {sentence or '(nothing)'}: {page.empty} {page.empty_why}"
            figure.count(page.empty is True, case)
    return figure


def stripped(page: Page) -> Page:
    """A copy without any class or id: what is left is structure."""
    marks = r"""\s(?:class|id)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)"""
    return replace(page, body=re.sub(marks, " ", page.markup).encode(), encoding="utf-8")


def measure_stripped(folder: Path = SHARED) -> dict[str, Figure]:
    """The same figures on copies without class names and ids: no name may be the only way."""
    figures = {name: Figure(f"{name}, no names") for name in FIGURES}
    for label in load(folder):
        if label["page_type"] != "data":
            page = stripped(page_of(folder, label))
            judge(figures, label, describe(page), page)
    return figures


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
        or (label["page_type"] == "article" and facts["kind"] == "data"),
        f"{where}: {facts['kind']}, label {label['page_type']}",
    )


def main() -> None:
    folder = next((Path(word) for word in sys.argv[1:] if not word.startswith("-")), SHARED)
    if not (folder / "labels.jsonl").exists():
        print(f"skipped: no labels in {folder}")
        return
    figures, seconds, seen = measure(folder)
    others = (measure_emptied(folder), *measure_stripped(folder).values())
    for figure in (*figures.values(), *others):
        print(f"{figure.name:30} {figure.right:4} of {figure.total:4} right  {figure.share:7.2%}")
        for case in figure.wrong:
            print(f"    wrong: {case}")
    for name, values in seconds.items():
        ordered = sorted(values)
        print(
            f"{name:22} median {median(ordered) * 1000:.1f} ms, mean {sum(ordered) / len(ordered) * 1000:.1f} ms, slowest {ordered[-1] * 1000:.1f} ms CPU a page ({len(ordered)} pages)"
        )
    answers = Counter(str(item["facts"]["empty"]) for item in seen)
    print(f"answers to empty: {dict(answers)}")
    if "--slow" in sys.argv:
        for item in sorted(seen, key=lambda item: -item["seconds"])[:10]:
            print(f"    {item['seconds'] * 1000:.1f} ms  {item['label']['path']}")


if __name__ == "__main__":
    main()
