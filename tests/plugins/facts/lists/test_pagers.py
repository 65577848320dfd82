"""Pager families: what page 1 says about the pages behind it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from plugins.facts.lists.pager import MOST
from plugins.facts.page.page import Page

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "pagers.toml").read_text("utf-8"))[
    "case"
]
ROWS = "".join(
    f'<li><a href="a{n}.html">关于公布便民服务事项之{n}的公告</a><span>2025-01-{n:02d}</span></li>'
    for n in range(1, 9)
)
HOST = "http://www.example.test"


@pytest.mark.parametrize("case", CASES, ids=[case["name"].replace(" ", "_") for case in CASES])
def test_the_further_pages_are_found(case: dict) -> None:
    page = Page(case["url"], 200, case["html"].replace("{rows}", ROWS).encode())
    assert len(page.rows) == 8
    more = [url.removeprefix(HOST) for url in page.pager.urls] if page.pager else []
    assert more == case["more"]
    if "total" in case:
        assert page.pager is not None
        assert page.pager.total == case["total"]


def test_a_pager_of_a_million_pages_is_bounded() -> None:
    html = f"<ul>{ROWS}</ul><script>createPageHTML(1000000, 0, 'index', 'html')</script>"
    page = Page(HOST + "/a/", 200, html.encode())
    assert page.pager is not None
    assert len(page.pager.urls) == MOST
