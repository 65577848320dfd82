"""Findings for people: one block each, or a line each where a program reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from crawler.terminal.tables import show_blocks
from findings.records.records import (
    STATE_NAMES,
    VERDICT_NAMES,
    FindingState,
    StoredFinding,
    Verdict,
)
from findings.reports.exports import severity_name
from findings.scoring.score_json import number


def show_findings(
    found: Sequence[StoredFinding], points: Mapping[str, float], day: date, title: str
) -> None:
    """Findings with the points that each costs, as they stand on a day."""
    show_blocks(
        ("编号", "代码", "问题", "程度", "单位", "对象", "说明", "状态", "核实", "分值>"),
        [
            (
                item.fingerprint[:12],
                item.code,
                item.rule.title,
                severity_name(item.rule.severity),
                item.unit,
                item.subject.ref,
                item.message,
                "、".join(_states(item, day)),
                "待核实"
                if item.to_tell()
                else ""
                if item.verdict is Verdict.UNTRIAGED
                else VERDICT_NAMES[item.verdict],
                number(points[item.fingerprint]),
            )
            for item in found
        ],
        below=("对象", "说明"),
        unit="分",
        title=title,
    )


def _states(finding: StoredFinding, day: date) -> list[str]:
    """The states in words; a warning with the day on which it becomes a fault."""
    if finding.warning and not finding.present:
        return ["预警已解除"]
    states = finding.states(day)
    return [
        f"{STATE_NAMES[one]}（{finding.due}起逾期）"
        if one is FindingState.WARNING
        else STATE_NAMES[one]
        for one in FindingState
        if one in states
    ]
