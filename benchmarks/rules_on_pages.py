"""What all rules together cost on a page of ../shared/pages, facts included, the browser excluded.

For each page: decoding, parsing and facts (the digest), then every page rule, on one core. Column and
site rules look at many pages at once: their cost is told apart, over the columns and hosts that the
pages hold, divided by the pages. Attachments are read from documents made here. Also says what a rule
that raises raised: on these pages none may.

Run: ``python benchmarks/rules_on_pages.py [folder] [--dearest 5] [--profile]``; exit status 1 where the
median page costs more than the bound.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any
from urllib.parse import urlsplit

from facts_on_pages import SHARED, load, page_of

from plugins import Attachment, Column, Coverage, PageDigest, Site
from plugins.engine.examine import Examined, Examiner
from plugins.engine.manager import Plugins
from plugins.facts.attachments import reading
from plugins.facts.language.covering import cover
from plugins.facts.page.page import Page, PageKind
from plugins.facts.site.digest import digest

BOUND_MS = 15.0
DAY = "2026-11-20"
TIMES = 3


@dataclass
class Cost:
    """Seconds of one thing, over many pages."""

    values: list[float] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """The median in ms."""
        return median(self.values) * 1000 if self.values else 0.0

    @property
    def high(self) -> float:
        """The 95th percentile in ms."""
        ordered = sorted(self.values)
        return ordered[int(len(ordered) * 0.95)] * 1000 if ordered else 0.0


@dataclass
class Measured:
    """What was measured: whole pages, facts alone, and each rule."""

    whole: Cost = field(default_factory=Cost)
    facts: Cost = field(default_factory=Cost)
    rules: dict[str, Cost] = field(default_factory=lambda: defaultdict(Cost))
    errors: list[str] = field(default_factory=list)

    def add(self, facts: float, whole: float, examined: Mapping[str, float]) -> None:
        """One page."""
        self.facts.values.append(facts)
        self.whole.values.append(whole)
        for code, seconds in examined.items():
            self.rules[code].values.append(seconds)

    def failed(self, examined: Examined) -> None:
        """Keep what went wrong, without rules that lack their probe here."""
        self.errors += [
            f"{error.code} {error.subject.ref}: {error.message}"
            for error in examined.errors
            if error.kind != "needs"
        ]


def day_of(label: dict[str, Any]) -> date:
    """The day on which a page is judged: that of its capture."""
    return date.fromisoformat(label["as_of"] or label["newest"] or DAY)


def one_page(label: dict[str, Any], folder: Path, examiner: Examiner, into: Measured) -> PageDigest:
    """The cheapest of a few runs, each on a fresh Page: other programs share the machine."""
    host = urlsplit(label["url"] or f"http://{label['path']}").hostname or ""
    site = Site(host, day_of(label), hosts=(host,))
    best: tuple[float, float, Mapping[str, float]] | None = None
    for _ in range(TIMES):
        page: Page = page_of(folder, label)
        started = process_time()
        made = cover(digest(page, site))
        middle = process_time()
        examined = examiner.page(page, site)
        ended = process_time()
        if best is None or ended - started < best[1]:
            best = (middle - started, ended - started, examined.seconds)
    assert best is not None
    into.add(*best)
    into.failed(examined)
    return made


def column_of(page: Page, made: PageDigest) -> Column:
    """A list page as a column of one page."""
    return Column(
        page.address,
        page.key,
        page.title,
        type=made.column_type,
        entries=page.rows,
        first_page=len(page.rows),
        empty=page.empty,
        empty_why=page.empty_why,
        placeholder=page.placeholder,
        crumbs=made.crumbs,
    )


def wider(
    labels: Iterable[dict[str, Any]], digests: list[PageDigest], folder: Path, examiner: Examiner
) -> tuple[float, float, list[str]]:
    """Seconds of all column rules and of all site rules, over the hosts; and errors."""
    sites: dict[str, list[tuple[dict[str, Any], PageDigest]]] = defaultdict(list)
    for label, made in zip(labels, digests, strict=True):
        sites[urlsplit(made.url).hostname or ""].append((label, made))
    columns_cost = sites_cost = 0.0
    seen = Measured()
    for host, group in sites.items():
        columns = []
        for label, made in group:
            if made.kind == PageKind.LIST.value:
                columns.append(column_of(page_of(folder, label), made))
        site = Site(
            host,
            max(day_of(label) for label, _ in group),
            hosts=(host,),
            columns=tuple(columns),
            pages={made.key: made for _, made in group},
            coverage=Coverage("partial", len(group)),
            home=next((made for _, made in group if made.kind == PageKind.HOME.value), None),
        )
        started = process_time()
        for column in columns:
            seen.failed(examiner.column(column, site))
        middle = process_time()
        seen.failed(examiner.site(site))
        columns_cost += middle - started
        sites_cost += process_time() - middle
    return columns_cost, sites_cost, seen.errors


def attachments(examiner: Examiner) -> float:
    """Seconds of all attachment rules on a document of 200 lines that was read before."""
    text = "姓名,住址,事项\n" + "张某某,某街道,申请公开某项目的批复文件\n" * 200
    contents = reading.read(text.encode(), "csv")
    document = Attachment("http://site.test/a.csv", "http://site.test/a.csv", "csv", contents)
    site = Site("site.test", date.fromisoformat(DAY))
    examiner.attachment(document, site)
    started = process_time()
    for _ in range(20):
        examiner.attachment(document, site)
    return (process_time() - started) / 20


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--dearest", type=int, default=5)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    folder: Path = options.folder
    if not (folder / "labels.jsonl").exists():
        print(f"skipped: no labels in {folder}")
        return 0
    plugins = Plugins.discover(local=None)
    examiner = Examiner(plugins)
    labels = load(folder)
    measured = Measured()
    one_page(labels[0], folder, examiner, Measured())
    profile = cProfile.Profile()
    if options.profile:
        profile.enable()
    digests = [one_page(label, folder, examiner, measured) for label in labels]
    if options.profile:
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)
    columns, sites, errors = wider(labels, digests, folder, examiner)
    report(measured, plugins, options.dearest)
    count = len(labels)
    print(
        f"column rules {columns / count * 1000:.2f} ms, site rules {sites / count * 1000:.2f} ms a page"
        f" (over all {count} pages); attachment rules {attachments(examiner) * 1000:.2f} ms a document"
    )
    for error in (*measured.errors, *errors):
        print(f"    RAISED: {error}")
    return int(measured.whole.middle >= BOUND_MS or bool(measured.errors or errors))


def report(measured: Measured, plugins: Plugins, dearest: int) -> None:
    """The figures."""
    names = {rule.code: rule.title for rule in plugins.rules}
    rules = [
        whole - facts
        for whole, facts in zip(measured.whole.values, measured.facts.values, strict=True)
    ]
    print(
        f"all page rules, facts included: median {measured.whole.middle:.1f} ms a page (bound"
        f" {BOUND_MS:g}), p95 {measured.whole.high:.1f} ms, {len(measured.whole.values)} pages, one core"
    )
    print(
        f"  of it parsing and facts {measured.facts.middle:.1f} ms, {len(measured.rules)} page rules"
        f" {Cost(rules).middle:.1f} ms; {len(plugins.rules)} rules in all"
    )
    ordered = sorted(measured.rules.items(), key=lambda item: -sum(item[1].values))
    print(
        "  the dearest page rules (a fact that a rule is the first to ask for is counted with it):"
    )
    for code, cost in ordered[:dearest]:
        print(f"    {code} {cost.middle:6.3f} ms median, {cost.high:6.3f} ms p95  {names[code]}")


if __name__ == "__main__":
    raise SystemExit(main())
