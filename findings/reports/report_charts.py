"""Which charts a report has: points lost, the last nights, kinds of fault, units beside each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from findings.office.charts import Bar, Point, bars, trend
from findings.office.neutral import shorten
from findings.records.records import FindingState
from findings.scoring.score_json import number
from plugins.rule import family_name

if TYPE_CHECKING:
    from findings.reports.report import Report
    from findings.store.trend import Tick

UNITS = 40
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: the picture as SVG, and the same as a table for those who cannot see it."""

    title: str
    note: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def charts_of(report: Report) -> tuple[Chart, ...]:
    """The charts that have something to show; none that would be empty."""
    made = (
        _lost(report),
        _trend(report.trend),
        _kinds(report),
        _units(report),
    )
    return tuple(chart for chart in made if chart is not None)


def _lost(report: Report) -> Chart | None:
    """Points lost by category, all ranked units together; categories nobody measured are left out."""
    lost: defaultdict[str, float] = defaultdict(float)
    for section in report.sections:
        if section.card.note:
            continue
        for name, score in section.card.categories.items():
            if score.measured and not score.waived:
                lost[name] += max(score.max - score.got, 0)
    values = sorted(
        ((name, round(points, 2)) for name, points in lost.items()), key=lambda one: -one[1]
    )
    if not any(points for _, points in values):
        return None
    return _bars(
        "各类别失分",
        "参加排名的各单位失分之和。",
        [(name, points, f"{number(points)}分") for name, points in values],
        ("类别", "失分"),
    )


def _trend(ticks: Sequence[Tick]) -> Chart | None:
    """With one run there is no trend."""
    if len(ticks) < 2:  # noqa: PLR2004 - a line needs two ends
        return None
    title = "历次检查"
    same = len({tick.as_of for tick in ticks}) < len(ticks)
    points = [
        Point(
            f"第{tick.run}次" if same else tick.as_of.strftime("%m-%d"),
            tick.open,
            tick.new,
            tick.fixed,
        )
        for tick in ticks
    ]
    return Chart(
        title,
        f"最近{len(ticks)}次检查；核实结论（误报、豁免）按现在的计。",
        trend(title, points),
        ("检查", "检查日期", "待整改", "新增和复发", "已整改"),
        tuple(
            (f"第{one.run}次", one.as_of.isoformat(), str(one.open), str(one.new), str(one.fixed))
            for one in ticks
        ),
    )


def _kinds(report: Report) -> Chart | None:
    day = report.run.as_of
    counted = Counter(
        finding.rule.family
        for finding in report.findings
        if FindingState.OPEN in finding.states(day) and not finding.to_tell()
    )
    if not counted:
        return None
    return _bars(
        "问题种类",
        "待整改问题的个数。",
        [(family_name(name), count, f"{count}个") for name, count in counted.most_common()],
        ("种类", "个数"),
    )


def _units(report: Report) -> Chart | None:
    """Only where there are several, the worst first."""
    counted = sorted(
        ((section.name, section.counts["open"]) for section in report.sections),
        key=lambda pair: -pair[1],
    )
    if len(counted) < 2 or not counted[0][1]:  # noqa: PLR2004 - nothing to compare
        return None
    shown = [(name, count, f"{count}个") for name, count in counted[:UNITS] if count]
    left = len(counted) - len(shown)
    rest = f"，其余{left}个单位" + ("未列" if counted[len(shown)][1] else "没有") if left else ""
    return _bars(
        "各单位待整改问题",
        f"按个数排列{rest}。",
        shown,
        ("单位", "个数"),
    )


def _bars(
    title: str, note: str, values: Sequence[tuple[str, float, str]], head: tuple[str, str]
) -> Chart:
    named = [(shorten(name, LONGEST), value, figure) for name, value, figure in values]
    return Chart(
        title,
        note,
        bars(title, [Bar(*one) for one in named]),
        head,
        tuple((name, figure) for name, _, figure in named),
    )
