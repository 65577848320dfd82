"""The facts on the real pages of ../shared/pages: the acceptance figures of the issue."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[4]
SHARED = ROOT.parent / "shared" / "pages"
LEAST = {
    "empty": 1.0,
    "rows": 0.95,
    "rows with full dates": 0.95,
    "newest": 0.98,
    "status": 0.95,
    "interpretation": 0.95,
    "meta": 1.0,
    "kind": 0.95,
    "row document links": 0.95,
}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (SHARED / "labels.jsonl").exists(), reason="../shared/pages is not here"
    ),
]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "facts_on_pages", ROOT / "benchmarks" / "facts_on_pages.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def wrong(figures: dict) -> dict[str, list[str]]:
    return {
        name: figures[name].wrong for name, share in LEAST.items() if figures[name].share < share
    }


@pytest.mark.slow
def test_the_figures_of_the_issue_are_reached(bench: ModuleType) -> None:
    figures, _, seen = bench.measure(SHARED)
    assert len(seen) == sum(figure.total for figure in (figures["empty"],))
    assert wrong(figures) == {}


@pytest.mark.slow
def test_no_class_name_is_the_only_way(bench: ModuleType) -> None:
    assert wrong(bench.measure_stripped(SHARED)) == {}


def test_lists_without_their_rows_are_seen_to_be_empty_or_not_told(bench: ModuleType) -> None:
    figure = bench.measure_emptied(SHARED)
    assert figure.share > 0.85
    assert not [case for case in figure.wrong if ": False" in case]
