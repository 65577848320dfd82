"""Wanted things: the data file, what fits, years, and whose it is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from plugins import Site, Unit
from plugins.facts.columns.column import Column, ColumnKind, Entry
from plugins.facts.holdings.holding import COLUMN, ENTRY, PAGE, Holding
from plugins.facts.holdings.wanted import (
    WantedThing,
    fits,
    in_charge,
    is_portal,
    last_year,
    own_hosts,
    read_wanted,
    seek,
    year_due,
)

DATA = Path(__file__).parents[4] / "checks" / "disclosure" / "fields" / "wanted.toml"
FEES = WantedThing(
    "收费清单",
    title=re.compile("收费清单"),
    column=re.compile("收费"),
    but=re.compile("学校"),
    lead=re.compile("收费"),
    unit=re.compile("财政"),
)


def thing(title: str, kind: str = ENTRY, **fields: object) -> Holding:
    return Holding("k", "http://h/k", title, kind, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "table",
    [
        "no_debt_limit", "no_direct_funds_column", "no_fee_list", "no_plans", "no_topic_page",
        "missing_field_information", "enterprise_fields",
    ],
)  # fmt: skip
def test_every_table_can_be_read(table: str) -> None:
    rows = read_wanted(DATA, table)
    assert rows
    assert len({row.name for row in rows}) == len(rows)
    for row in rows:
        assert bool(row.note) == row.review, row.name


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[[x]]\nname = '甲'\ntitle = '('", "title"),
        ("[[x]]\nname = '甲'\ntitel = '甲'", "titel"),
    ],
)
def test_a_mistake_in_the_data_is_named(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "wanted.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"wanted\.toml \[\[x\]\] 1: {word}"):
        read_wanted(path, "x")


@pytest.mark.parametrize(
    ("held", "found"),
    [
        (thing("2026年收费清单"), True),
        (thing("公示", column_name="收费公示"), True),
        (thing("公示", above=("政务公开", "收费清单")), True),
        (thing("学校收费清单"), False),
        (thing("收费清单公布", column_name="部门动态"), False),
        (thing("收费公示", COLUMN), True),
        (thing("新闻动态", COLUMN), False),
        (thing("附件一", PAGE, names=("收费清单",)), True),
    ],
)
def test_fits(held: Holding, found: bool) -> None:
    assert fits(FEES, held) is found


def test_news_count_where_they_are_wanted() -> None:
    assert fits(FEES, thing("收费清单公布", column_name="部门动态"), news=True)


def test_years() -> None:
    assert last_year(thing("甲")) == 0
    assert last_year(thing("甲", published=date(2025, 3, 1))) == 2025
    assert last_year(thing("甲", years=frozenset({2024}), published=date(2025, 3, 1))) == 2025
    assert year_due(date(2026, 6, 30), 7) == 2025
    assert year_due(date(2026, 7, 1), 7) == 2026


def site(**fields: object) -> Site:
    units = (
        Unit("区政府办公室"),
        Unit("财政街道办事处", kind="street"),
        Unit("区财政局", hosts=("czj.test", "h")),
    )
    return Site("h", date(2026, 6, 30), unit="区政府办公室", units=units, hosts=("h",), **fields)  # type: ignore[arg-type]


def test_a_street_is_in_charge_of_no_department_s_business() -> None:
    assert in_charge(site(), FEES) == "区财政局"
    assert own_hosts(site(), "区财政局") == ("czj.test",)
    assert own_hosts(site(), "区政府办公室") == ()


def test_without_units_only_a_large_site_with_a_government_s_name_is_a_portal() -> None:
    small = Site("h", date(2026, 6, 30), name="青山区人民政府")
    assert not is_portal(small)
    assert not is_portal(site(name="青山区人民政府"))


def test_a_column_that_is_one_text_is_the_thing_itself() -> None:
    text = Column("http://h/sf/", "http://h/sf/", "收费清单", kind=ColumnKind.SINGLE)
    rows = Column("http://h/qd/", "http://h/qd/", "收费清单", entries=(), empty=True)
    assert [one.url for one in seek(site(columns=(text, rows)), FEES).things] == ["http://h/sf/"]


def test_doubts_are_told() -> None:
    unread = Column("http://h/sf/", "http://h/sf/", "收费公示", kind=ColumnKind.UNKNOWN)
    told = seek(site(columns=(unread,)), FEES).doubts.aside()
    assert told == "（栏目“收费公示”未能读取；区财政局另有网站czj.test，请人工核实）"


def test_a_dated_row_to_another_site_is_no_topic() -> None:
    row = Entry("http://o/1", "http://o/1", "国务院部署收费清单工作", date(2026, 6, 1))
    column = Column("http://h/yw/", "http://h/yw/", "国务院要闻", entries=(row,), empty=False)
    assert seek(site(columns=(column,)), FEES, news=True).columns == ()
