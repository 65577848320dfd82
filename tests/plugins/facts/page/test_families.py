"""Whole made-up pages of the families of government sites, each with what its facts must be.

``families/<slug>.html`` is the page, ``families/<slug>.toml`` what is expected of it; names that a
file leaves out are not asked. "null" stands for None, a list of kinds for "one of these".
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from plugins.facts.kept.solicitation import read_solicitation
from plugins.facts.page.describe import describe
from plugins.facts.page.page import Page

FAMILIES = Path(__file__).parents[1] / "families"
SLUGS = sorted(path.stem for path in FAMILIES.glob("*.toml"))
BRACKETS = "[]【】()（） "


def load(slug: str) -> tuple[Page, dict[str, Any]]:
    want = tomllib.loads((FAMILIES / f"{slug}.toml").read_text("utf-8"))
    body = next(path for path in FAMILIES.glob(f"{slug}.*") if path.suffix != ".toml").read_bytes()
    return Page(want.pop("url"), 200, body, {"content-type": want.pop("type")}), want


def seen(page: Page) -> dict[str, Any]:
    """All that an expectation may ask for, "null" for None."""
    facts = describe(page)
    asked = read_solicitation(page)
    found = {
        "kind": facts["kind"],
        "rows": sum(row["date"] is not None for row in facts["rows"]),
        "full": sum(entry.date is not None for entry in page.rows),
        "newest": facts["newest"],
        "empty": facts["empty"],
        "empty_not": facts["empty"] is not True,
        "browser": bool(page.needs_browser),
        "status": [row["status"].strip(BRACKETS) for row in facts["rows"]],
        "interpretation": bool(facts["interpretation_links"]),
        "documents": len(facts["document_links"]),
        "pager": len(page.pager.urls) if page.pager else 0,
        "published": facts["published"],
        "first_title": facts["rows"][0]["title"] if facts["rows"] else None,
        "meta": list(facts["meta"]),
        "meta_empty": facts["meta_empty"],
        "number": facts["documents"]["number"],
        "issued": facts["documents"]["issued"],
        "validity": facts["documents"]["validity"],
        "opens": asked.opens.isoformat() if asked and asked.opens else None,
        "closes": asked.closes.isoformat() if asked and asked.closes else None,
        "label": asked.label if asked else None,
        "site_code": facts["footer"]["site_code"],
        "icp": facts["footer"]["icp"],
        "sponsor": facts["footer"]["sponsor"],
    }
    return {name: "null" if value is None else value for name, value in found.items()}


@pytest.mark.parametrize("slug", SLUGS)
def test_the_facts_of_a_page_of_this_family(slug: str) -> None:
    page, want = load(slug)
    found = seen(page)
    if "status" in want:
        want["status"] = [label.strip(BRACKETS) for label in want["status"]]
    if isinstance(want.get("kind"), list):
        assert found["kind"] in want.pop("kind")
    assert {name: found[name] for name in want} == want
    assert describe(page)["empty_why"]


@pytest.mark.parametrize("slug", ["near-vue-braces", "near3-angular"])
def test_a_template_that_the_browser_left_unfilled_is_no_empty_column(slug: str) -> None:
    page, _ = load(slug)
    rendered = Page(page.url, 200, page.body, page.headers, rendered=True)
    assert rendered.empty is None
    assert rendered.needs_browser == ""
