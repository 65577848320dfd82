"""For people: what changed from one scoring to another, and what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from crawler.plan.days import SHANGHAI
from crawler.terminal.score_tables import say
from crawler.terminal.tables import show

Json = Mapping[str, Any]


def show_comparison(compared: Json) -> None:
    """What changed from one scoring to another."""
    before, after = compared["before"], compared["after"]
    say(f"由 {_named(before)} 到 {_named(after)}")
    if not compared["units"]:
        say("得分没有变化。")
        return
    show(
        ("单位", "总分（前）>", "总分（后）>", "增减>", "名次（前）>", "名次（后）>"),
        [
            (
                unit["unit"],
                _points(unit["total"]["before"]),
                _points(unit["total"]["after"]),
                _change(unit["total"]),
                unit["rank"]["before"] or "—",
                unit["rank"]["after"] or "—",
            )
            for unit in compared["units"]
        ],
        title=f"有变化的{len(compared['units'])}个，没有变化的{compared['unchanged']}个",
    )
    if before["subject"] != after["subject"]:
        say("两个方案的考评对象不同（一个是单位，一个是网站），只并列总分，不逐项比较。")
    for unit in compared["units"]:
        if None in unit["total"].values():
            continue
        moved = [
            f"{name} {_points(pair['before'])}→{_points(pair['after'])}"
            for name, pair in unit["categories"].items()
            if pair["before"] != pair["after"]
        ]
        if moved:
            say(f"{unit['unit']}：{'，'.join(moved)}")
        if unit["lines"]:
            show(
                ("指标", "类别", "分值（前）>", "分值（后）>", "不再计的问题", "新计的问题"),
                [
                    (
                        f"{line['indicator']} {line['title']}",
                        line["category"],
                        _points(line["points"]["before"]),
                        _points(line["points"]["after"]),
                        _names(line["gone"]),
                        _names(line["come"]),
                    )
                    for line in unit["lines"]
                ],
                title=unit["unit"],
            )


def _named(head: Json) -> str:
    run = f"第{head['run']}次检查" if head.get("run") else ""
    what_if = f"，假定{head['fixed']}个问题已整改" if head.get("fixed") else ""
    return f"{head['scheme']} {run}（{head['as_of']}{what_if}）"


def _points(points: float | None) -> str:
    return "—" if points is None else f"{points:g}"


def _change(pair: Json) -> str:
    if pair["before"] is None or pair["after"] is None:
        return "—"
    change = round(pair["after"] - pair["before"], 2)
    return f"{change:+g}" if change else "0"


def _names(fingerprints: Sequence[str], most: int = 3) -> str:
    shown = "、".join(name[:12] for name in fingerprints[:most])
    return f"{shown}等{len(fingerprints)}个" if len(fingerprints) > most else shown


def show_publications(heads: Sequence[Json]) -> None:
    """The list of published scorecards."""
    show(
        ("份>", "发布时间", "发布人", "检查>", "检查日期", "方案", "版本", "方案摘要", "说明"),
        [
            (
                head["id"],
                _local(head["at"]),
                head["by"],
                head["run"],
                head["as_of"],
                head["scheme"],
                head["version"],
                head["digest"][:12],
                head["note"],
            )
            for head in heads
        ],
        title=f"已发布的成绩：{len(heads)}份",
    )


def show_publication(head: Json) -> None:
    """What a published scorecard rests on."""
    note = f"，{head['note']}" if head["note"] else ""
    say(
        f"第{head['id']}份已发布的成绩：{_local(head['at'])} {head['by']}{note}；第{head['run']}次检查（{head['as_of']}），"
        f"方案{head['scheme']} 版本{head['version'] or '未注明'}（摘要{head['digest']}）。"
    )


def _local(moment: str) -> str:
    """A stored point in time as the office reads it."""
    return datetime.fromisoformat(moment).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
