"""Charts as values and as markup: lengths, names, nothing to show, very much to show."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from findings.office.charts import Bar, Point, bars, cut, trend
from findings.people.reporting import report_of
from findings.people.triage import Act, triage
from findings.records.records import Verdict
from findings.reports.exports import report_html
from findings.reports.report_charts import charts_of
from findings.schemes.scheme_file import find_scheme
from findings.store.store import Store
from findings.store.trend import Tick
from plugins import Unit
from tests.findings.nights import DAY, HOST, night, page, sight

SCHEME = find_scheme()


@pytest.fixture
def memory():
    with Store.open("sqlite://") as opened:
        yield opened


def parsed(svg):
    """A chart is well-formed markup, which alone keeps hostile names harmless."""
    return ET.fromstring(svg)


def lengths(svg):
    return [
        float(one.get("width")) for one in parsed(svg).iter("rect") if one.get("class") == "length"
    ]


def address(n):
    return page(f"http://{HOST}/{n}")


def faults(*numbers, **more):
    return [sight("COL101", address(n), **more) for n in numbers]


def test_bars_are_as_long_as_their_values():
    one, two, none = lengths(
        bars("失分", [Bar("甲", 10, "10分"), Bar("乙", 5, "5分"), Bar("丙", 0, "0分")])
    )
    assert one == pytest.approx(2 * two, abs=0.2)
    assert none == 0


def test_nothing_is_drawn_of_nothing():
    assert bars("失分", []) == ""
    assert trend("历次", []) == ""
    assert lengths(bars("失分", [Bar("甲", 0, "0分")])) == [0]


def test_names_are_escaped_and_cut_but_whole_in_the_title():
    nasty = '<script>alert(1)</script>&"\x07' + "长" * 80
    tree = parsed(bars(nasty, [Bar(nasty, 1, "1个")]))
    assert not [one for one in tree.iter() if one.tag == "script"]
    label = next(one.text for one in tree.iter("text"))
    assert label.endswith("…")
    assert next(one.text for one in tree.iter("title")).count("长") == 80


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("区教育局", "区教育局"),
        ("一二三四五六", "一二三四…"),
        ("abcdefghij", "abcdefghij"),
        ("abcdefghijk", "abcdefgh…"),
    ],
)
def test_cutting_counts_chinese_signs_twice(text, short):
    assert cut(text, 10) == short


@pytest.mark.parametrize("count", [1, 2, 7, 30])
def test_a_trend_has_every_run_and_its_names_do_not_touch(count):
    points = [Point(f"03-{n:02}", n * 37, n, n // 2) for n in range(1, count + 1)]
    tree = parsed(trend("历次检查", points))
    assert len([one for one in tree.iter("circle") if one.get("class") == "open"]) == count
    named = [one for one in tree.iter("text") if (one.text or "").startswith("03-")]
    places = [float(one.get("x")) for one in named]
    assert all(right - left > 34 for left, right in pairwise(places))
    assert named[-1].text == points[-1].name
    for one in tree.iter("rect"):
        assert float(one.get("height")) >= 0


def test_a_trend_of_zeros_is_a_line_on_the_ground():
    dots = list(parsed(trend("历次", [Point("一", 0, 0, 0)] * 2)).iter("circle"))
    assert len({one.get("cy") for one in dots[1:]}) == 1


def test_ticks_count_as_the_reports_of_their_runs_do(memory):
    night(memory, seen=faults(1, 2, 3))
    night(memory, seen=[*faults(2, 3, 4), *faults(9, review=True)], examined=[address(1)])
    night(memory, seen=faults(4), examined=[address(2), address(3)], end="aborted")
    last = night(memory, seen=faults(1, 4), examined=[address(n) for n in (2, 3, 9)])
    ticks = memory.trend(memory.run(last))
    assert [(one.run, one.open, one.new, one.fixed) for one in ticks] == [
        (1, 3, 3, 0), (2, 3, 1, 1), (4, 2, 1, 3)
    ]  # fmt: skip
    for one in ticks:
        counts = report_of(memory, memory.run(one.run), SCHEME).counts
        assert (counts["open"], counts["new"] + counts["back"], counts["fixed"]) == (
            one.open, one.new, one.fixed,
        )  # fmt: skip
    exempt = next(one for one in memory.find() if one.subject == address(4))
    triage(memory, exempt.fingerprint, Act.REJECT, today=DAY, why="机器看错了页面", by="张三")
    assert memory.named(exempt.fingerprint)[0].verdict is Verdict.REJECTED
    assert [one.open for one in memory.trend(memory.run(last))] == [3, 2, 1]
    assert [one.run for one in memory.trend(memory.run(last), 2)] == [2, 4]
    assert [one.run for one in memory.trend(memory.run(2))] == [1, 2]


def test_other_sites_are_not_counted(memory):
    mine = night(memory, seen=faults(1))
    night(memory, seen=[sight("COL101", page("http://o.example/1", "o.example"))], host="o.example")
    assert memory.trend(memory.run(mine)) == (Tick(mine, DAY, 1, 1, 0),)


def test_a_report_without_faults_has_no_chart(memory):
    run = night(memory)
    report = report_of(memory, memory.run(run), SCHEME)
    assert charts_of(report) == ()
    assert "图表" not in report_html(report)


def test_one_run_has_no_trend_and_two_have(memory):
    night(memory, seen=faults(1))
    one = charts_of(report_of(memory, memory.latest(), SCHEME))
    assert [chart.title for chart in one] == ["各类别失分", "问题种类", "各单位待整改问题"]
    night(memory, seen=faults(1, 2), day=DAY + timedelta(days=1))
    two = charts_of(report_of(memory, memory.latest(), SCHEME))
    assert [chart.title for chart in two][1] == "历次检查"
    assert two[1].rows[-1] == ("第2次", "2026-03-02", "2", "1", "0")
    assert dict(two[0].rows)["基础信息"] == "10分"


def test_a_whole_district_over_a_month(memory):
    units = tuple(Unit(f"第{n}个名称很长很长很长的区直部门和单位") for n in range(27))
    for day in range(32):
        seen = [sight("COL101", address(n), unit=units[n % 27].name) for n in range(40 - day)]
        gone = [address(n) for n in range(40 - day, 40)]
        night(memory, seen=seen, examined=gone, units=units, day=date(2026, 3, 1) + timedelta(day))
    made = {one.title: one for one in charts_of(report_of(memory, memory.latest(), SCHEME))}
    assert len(made["历次检查"].rows) == 30
    assert len(made["各单位待整改问题"].rows) == 9  # the last night has nine faults
    for one in made.values():
        parsed(one.svg)
