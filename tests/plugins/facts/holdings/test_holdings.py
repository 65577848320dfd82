"""What a site holds: titles, units, years and kinds, from columns, pages and link targets."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from plugins import Site
from plugins.facts.holdings.holding import (
    ATTACHMENT,
    COLUMN,
    ENTRY,
    OUTSIDE,
    PAGE,
    THINGS,
    years_of,
)
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.site.known import known
from plugins.kit.fixture import read_case

SITE = """
[site]
name = "青山区人民政府"
unit = "区政府办公室"

[[site.units]]
name = "区政府办公室"

[[site.units]]
name = "青山区教育局"
aliases = ["教育局"]

[[site.units]]
name = "区民政局"

[[site.units]]
name = "区水利局"

[[columns]]
url = "/cz/"
name = "财政预决算"
unit = "区政府办公室"
crumbs = ["首页", "政务公开", "财政信息", "财政预决算"]
entries = [
  { url = "/cz/1.html", title = "青山区教育局2025年…", published = 2025-02-10 },
  { url = "/cz/2.pdf", title = "区教育局2024年度部门决算", published = 2025-09-01 },
  { url = "/cz/3.html", title = "2025年部门预算", published = 2025-02-11, text = "2025年部门预算 区民政局" },
]

[[columns]]
url = "/mzj/zn/"
name = "机构职能"
unit = "区民政局"

[[pages]]
url = "/cz/1.html"
title = "青山区教育局二〇二五年部门预算"
unit = "区政府办公室"
column = "http://site.test/cz/"
crumbs = ["首页", "政务公开", "财政信息", "财政预决算"]

[[pages]]
url = "/xw/1.html"
title = "山塘治理"
source = "区水利局"
unit = "区水利局"
crumbs = ["首页", "新闻"]
published = 2026-01-02

[[pages]]
url = "/gone.html"
status = 404
title = "页面不存在"

[[targets]]
url = "/cz/2.pdf"
kind = "attachment"
verdict = "ok"
places = [{ page = "/cz/", text = "区教育局2024年度部门决算" }]

[[targets]]
url = "/files/9.xlsx"
kind = "attachment"
verdict = "ok"
places = [{ page = "/cz/1.html", text = "下载" }, { page = "/cz/1.html", text = "附件：预算公开表" }]

[[targets]]
url = "http://other.test/sf"
kind = "outside"
verdict = "ok"
places = [{ page = "/cz/", text = "收费目录清单" }]
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    path = tmp_path / "good.toml"
    path.write_text(SITE, encoding="utf-8")
    return read_case(path).site


def of(site: Site, path: str):
    (found,) = [one for one in known(Holdings, site).all if one.url.endswith(path)]
    return found


def test_a_row_whose_page_was_read_is_one_thing_with_both_titles(site: Site) -> None:
    page = of(site, "/cz/1.html")
    assert page.kind == PAGE
    assert page.title == "青山区教育局2025年部门预算"
    assert page.published == date(2025, 2, 10)
    assert page.years == {2025}
    assert page.units == {"区政府办公室", "青山区教育局"}
    assert page.column_name == "财政预决算"
    assert page.above == ("政务公开", "财政信息", "财政预决算")


def test_a_row_that_leads_to_a_document_is_an_attachment_and_keeps_its_date(site: Site) -> None:
    document = of(site, "/cz/2.pdf")
    assert document.kind == ATTACHMENT
    assert document.published == date(2025, 9, 1)
    # The register says 青山区教育局, the title 区教育局.
    assert "青山区教育局" in document.units


def test_a_row_names_its_unit_beside_the_title(site: Site) -> None:
    row = of(site, "/cz/3.html")
    assert row.kind == ENTRY
    assert row.units == {"区政府办公室", "区民政局"}


def test_a_document_on_a_page_belongs_to_whom_the_page_belongs(site: Site) -> None:
    document = of(site, "/files/9.xlsx")
    assert document.title == "附件:预算公开表"
    assert document.units == {"区政府办公室", "青山区教育局"}
    assert document.published == date(2025, 2, 10)
    assert of(site, "other.test/sf").kind == OUTSIDE


def test_failed_pages_hold_nothing(site: Site) -> None:
    assert not [one for one in known(Holdings, site).all if one.url.endswith("/gone.html")]


def test_being_named_as_a_source_is_no_presence(site: Site) -> None:
    assert known(Holdings, site).present == {"区政府办公室", "区民政局"}


def test_matching(site: Site) -> None:
    held = known(Holdings, site)
    budget = re.compile("部门预算")
    assert [one.url[-6:] for one in held.matching(budget, year=2025, kinds=THINGS)] == [
        "1.html",
        "3.html",
    ]
    assert [one.url[-6:] for one in held.matching(budget, unit="区民政局")] == ["3.html"]
    assert held.matching(budget, year=2024) == ()
    assert [one.url[-4:] for one in held.matching(re.compile("财政预决算"), kinds={COLUMN})] == [
        "/cz/"
    ]


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("2025年部门预算", {2025}),
        ("2021-2023年度计划", {2021, 2022, 2023}),
        ("青政发[2022]5号", set()),
        ("编号12025年", set()),
        ("十四五规划", set()),
    ],
)
def test_years(title: str, years: set[int]) -> None:
    assert years_of(title) == years
