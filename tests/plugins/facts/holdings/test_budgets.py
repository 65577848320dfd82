"""Which titles are budgets and final accounts, and of which year."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.facts.holdings.budgets import Account, publications
from plugins.facts.holdings.holding import ENTRY, Holding, years_of
from plugins.facts.holdings.holdings import Holdings


def told(title: str, column: str = "", published: date | None = None) -> set[tuple[str, int]]:
    thing = Holding(
        key="k", url="http://h/k", title=title, kind=ENTRY, published=published,
        column_name=column, years=years_of(title),
    )  # fmt: skip
    return {
        (kind.value, year) for one in publications(Holdings((thing,))) for kind, year in one.years
    }


@pytest.mark.parametrize(
    ("title", "column", "published", "years"),
    [
        ("区教育局2026年部门预算", "", None, {("预算", 2026)}),
        ("区教育局2024年度部门决算公开", "", None, {("决算", 2024)}),
        ("区教育局2025年预决算公开", "", None, {("预算", 2025), ("决算", 2025)}),
        ("部门预算公开", "", date(2026, 2, 1), {("预算", 2026)}),
        ("部门预算公开", "", date(2025, 12, 1), {("预算", 2025), ("预算", 2026)}),
        ("部门决算公开", "", date(2025, 9, 1), {("决算", 2024)}),
        ("区教育局", "2026年部门预算", date(2026, 2, 1), {("预算", 2026)}),
        ("公开表", "部门决算", date(2025, 9, 1), {("决算", 2024)}),
        ("2026年预算编制说明", "", None, {("预算", 2026)}),
        ("2026年部门预算及绩效目标", "", None, {("预算", 2026)}),
        ("2025年预算执行情况和2026年预算草案的报告", "", None, {("预算", 2025), ("预算", 2026)}),
        ("关于做好2026年部门预算编制工作的通知", "", None, set()),
        ("2025年部门预算绩效目标", "", None, set()),
        ("2025年上半年预算执行情况", "", None, set()),
        ("关于批准2024年决算的决议", "", None, set()),
        ("机构职能", "机关简介", date(2026, 1, 1), set()),
    ],
)
def test_titles(
    title: str, column: str, published: date | None, years: set[tuple[str, int]]
) -> None:
    assert told(title, column, published) == years


def test_a_column_of_both_kinds_makes_nothing_certain() -> None:
    thing = Holding(
        "k", "http://h/k", "2026年公开表", ENTRY, column_name="财政预决算", years=frozenset({2026})
    )
    (one,) = publications(Holdings((thing,)))
    assert not one.certain
    assert one.is_of(Account.BUDGET, 2026)
    assert one.is_of(Account.FINAL, 2026)


@pytest.mark.parametrize(
    ("title", "nameless"),
    [
        ("区教体局2026年部门预算", True),
        ("青山区2026年政府预算", False),
        ("青山区2026年财政收支预算", False),
    ],
)
def test_whose(title: str, nameless: bool) -> None:
    thing = Holding("k", "http://h/k", title, ENTRY, years=frozenset({2026}))
    (one,) = publications(Holdings((thing,)))
    assert one.nameless is nameless
