"""Each list shape of cases/lists.toml, set into each frame of cases/frames.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from plugins.facts.page.describe import describe
from plugins.facts.page.page import Page

CASES = Path(__file__).parents[1] / "cases"
FRAMES = tomllib.loads((CASES / "frames.toml").read_text("utf-8"))
LISTS = tomllib.loads((CASES / "lists.toml").read_text("utf-8"))["case"]
ADDRESS = "http://www.example.test/zwgk/tzgg/"


def page_of(frame: str, case: dict) -> Page:
    html = FRAMES[frame]["html"].replace("{main}", case["html"])
    return Page(ADDRESS, 200, html.encode(), {"content-type": "text/html"})


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("case", LISTS, ids=[case["name"].replace(" ", "_") for case in LISTS])
def test_a_list_is_read_in_any_frame(frame: str, case: dict) -> None:
    page = page_of(frame, case)
    facts = describe(page)
    rows = facts["rows"]

    seen = {
        "rows": sum(entry.date is not None for entry in page.rows),
        "all": len(rows),
        "newest": page.newest,
        "titles": [row["title"] for row in rows],
        "dates": [row["date"] for row in rows],
        "statuses": [row["status"] for row in rows],
        "empty": "null" if facts["empty"] is None else facts["empty"],
        "placeholder": page.placeholder,
        "browser": bool(page.needs_browser),
        "pager": [url.removeprefix("http://www.example.test") for url in page.pager.urls]
        if page.pager
        else [],
    }

    wanted = {name: value for name, value in case.items() if name not in ("name", "html")}
    assert {name: seen[name] for name in wanted} == wanted
    assert facts["empty_why"]
    if case.get("empty") is not True:
        assert facts["empty"] is not True
