"""``gongkai findings``: what is remembered, as a table, JSON or CSV."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated

import typer

from crawler.plan.where import DatabaseOption, RunOption, choice, chosen_run, known, reading_store
from crawler.terminal.tables import show_blocks
from crawler.terminal.why.finding import tell_why
from findings.people.assessment import suggested_points
from findings.records.records import STATE_NAMES, VERDICT_NAMES, State, StoredFinding, Verdict
from findings.reports.exports import csv_text, finding_json, severity_name
from findings.schemes.scheme_file import DEFAULT_SCHEME, find_scheme
from findings.scoring.score_json import json_text, number

FORMATS = ("table", "json", "csv")
STATES = (*State, "all")


def command(
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", metavar="|".join(FORMATS), help="输出格式。")
    ] = "table",
    code: Annotated[str, typer.Option("--code", metavar="C", help="只看这条规则。")] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="U", help="只看这个单位。")] = "",
    state: Annotated[
        str,
        typer.Option(
            "--state",
            metavar="|".join(STATES),
            help="待整改、本次新增、本次复发、已整改、豁免到期、预警（将到期）、全部；默认为现存的全部问题，不含预警。",
        ),
    ] = "",
    run: RunOption = None,
    scheme: Annotated[
        str, typer.Option("--scheme", metavar="S", help="按哪个考评方案折算分值。")
    ] = DEFAULT_SCHEME,
    why: Annotated[
        str,
        typer.Option(
            "--why", metavar="FINGERPRINT", help="说明这一条问题是怎样得出的；编号可只写前8位。"
        ),
    ] = "",
    database: DatabaseOption = "",
) -> None:
    """列出记录在案的问题。"""
    choice(format, FORMATS, "--format")
    choice(state or "all", STATES, "--state")
    prices = find_scheme(scheme)
    with reading_store(database) as store:
        seen = chosen_run(store, run)
        if why:
            tell_why(store, why, seen, prices, format)
            return
        found = store.find(
            code=code.upper() or None, unit=unit or None, state=state or None, run=run
        )
    if not found:
        # An empty list must mean "no faults", never "no such rule" or "no such unit".
        known(code.upper(), [rule.code for rule in seen.rules], "--code")
        known(unit, [name for one in seen.units for name in (one.name, *one.aliases)], "--unit")
    if state == State.WARNING:
        found.sort(key=lambda item: (item.due or seen.as_of, item.code, item.subject))
    points = suggested_points(found, prices, seen)
    if format == "json":
        sys.stdout.write(
            json_text([finding_json(item, points[item.fingerprint]) for item in found])
        )
    elif format == "csv":
        sys.stdout.write(csv_text(found, points, seen.as_of))
    else:
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
                    "、".join(_states(item, seen.as_of)),
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
            title=(
                f"第{seen.id}次检查（{seen.as_of}）"
                if run is not None
                else f"全部网站截至第{seen.id}次检查（{seen.as_of}）"
            )
            + f"：{len(found)}条",
        )


def _states(finding: StoredFinding, day: date) -> list[str]:
    """The states in words; a warning with the day on which it becomes a fault."""
    if finding.warning and not finding.present:
        return ["预警已解除"]
    states = finding.states(day)
    return [
        f"{STATE_NAMES[one]}（{finding.due}起逾期）" if one is State.WARNING else STATE_NAMES[one]
        for one in State
        if one in states
    ]
