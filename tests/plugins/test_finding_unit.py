"""The unit that a finding names: handed on by the examiner, and no part of its identity."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from plugins import Finding, Site, Subject, SubjectKind, Unit, fingerprint
from plugins.engine.examine import WrongYieldError, _plain
from plugins.facts.census.census import PieceKind, tallies
from plugins.facts.language.periods import year_before
from plugins.facts.site.site import PageDigest
from plugins.finding import Sighting

TODAY = date(2026, 2, 1)
HERE = Subject(SubjectKind.SITE, "site.test", "site.test")


def test_the_examiner_hands_the_unit_on() -> None:
    assert _plain(Finding("缺一次。", key="甲局 2025", unit="甲局"), TODAY).unit == "甲局"


def test_a_unit_that_is_no_text_is_refused() -> None:
    with pytest.raises(WrongYieldError, match=r"Finding\.unit"):
        _plain(Finding("缺一次。", unit=3), TODAY)  # type: ignore[arg-type]


def test_the_unit_is_no_part_of_the_identity() -> None:
    one = Sighting("POL202", HERE, Finding("缺一次。", key="甲局 2025", unit="甲局"))
    other = Sighting("POL202", HERE, Finding("缺两次。", key="甲局 2025", unit="乙局"))

    assert one.fingerprint == other.fingerprint == fingerprint("POL202", HERE, "甲局 2025")


def page(number: int, title: str, source: str, unit: str) -> PageDigest:
    url = f"http://site.test/{number}.html"
    return PageDigest(
        url, url, 200, "article", title, date(2025, 5, number), crumbs=("首页", "政策解读"),
        source=source, unit=unit,
    )  # fmt: skip


def test_credit_goes_to_the_source_and_to_the_owner_of_the_column() -> None:
    units = (Unit("区政府办公室", aliases=("青山区人民政府",)), Unit("区教育局"), Unit("区民政局"))
    pages = (
        page(1, "关于转学的政策解读", "区教育局", "区政府办公室"),
        # The system stamps the site's name on everything: the unit whose column it is did the work.
        page(2, "关于低保的政策解读", "青山区人民政府网", "区民政局"),
        page(3, "关于绿化的政策解读", "", "区政府办公室"),
        # A section of its own, without which a unit is not judged on this site.
        replace(page(4, "校园动态", "区教育局", "区教育局"), crumbs=("首页", "区教育局")),
    )
    site = Site(
        "site.test", date(2026, 2, 1), unit="区政府办公室", units=units,
        pages={one.key: one for one in pages},
    )  # fmt: skip
    counted = {
        one.unit.name: one
        for one in tallies(
            site, PieceKind.INTERPRETATION, year_before(site.today), re.compile("解读")
        )
    }

    assert {name: one.count for name, one in counted.items()} == {
        "区政府办公室": 1,
        "区教育局": 1,
        "区民政局": 1,
    }
    assert any("看不出是哪个单位" in doubt for doubt in counted["区教育局"].doubts.reasons)
