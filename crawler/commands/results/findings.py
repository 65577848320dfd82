"""``gongkai findings``: what is remembered, as a table, JSON or CSV."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from crawler.terminal.options import DatabaseOption, RunOption, SchemeOption
from findings.schemes.default import DEFAULT_SCHEME

FORMATS = ("table", "json", "csv")
STATES = ("open", "new", "back", "fixed", "overdue", "warning", "all")


def command(
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", metavar="|".join(FORMATS), help="输出格式。")
    ] = "table",
    code: Annotated[str, typer.Option("--code", metavar="代码", help="只看这条规则。")] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看这个单位。")] = "",
    state: Annotated[
        str,
        typer.Option(
            "--state",
            metavar="状态",
            help=(
                "open待整改、new本次新增、back本次复发、fixed已整改、overdue豁免到期、warning预警（将到期）、all全部；"
                "默认为现存的全部问题，不含预警。"
            ),
        ),
    ] = "",
    run: RunOption = None,
    scheme: SchemeOption = DEFAULT_SCHEME,
    why: Annotated[
        str,
        typer.Option("--why", metavar="编号", help="说明这一条问题是怎样得出的；编号可只写前8位。"),
    ] = "",
    database: DatabaseOption = "",
) -> None:
    """列出记录在案的问题。"""
    from crawler.desk.memory import chosen_run, reading_store
    from crawler.terminal.asked import choice, known
    from crawler.terminal.finding_tables import show_findings
    from crawler.terminal.why.finding import tell_why
    from findings.people.assessment import suggested_points
    from findings.records.records import FindingState
    from findings.reports.exports import csv_text, finding_json
    from findings.schemes.scheme_file import find_scheme
    from findings.scoring.score_json import json_text

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
    if state == FindingState.WARNING:
        found.sort(key=lambda item: (item.due or seen.as_of, item.code, item.subject))
    points = suggested_points(found, prices, seen)
    if format == "json":
        sys.stdout.write(
            json_text([finding_json(item, points[item.fingerprint]) for item in found])
        )
    elif format == "csv":
        sys.stdout.write(csv_text(found, points, seen.as_of))
    else:
        title = (
            f"第{seen.id}次检查（{seen.as_of}）"
            if run is not None
            else f"全部网站截至第{seen.id}次检查（{seen.as_of}）"
        )
        show_findings(found, points, seen.as_of, f"{title}：{len(found)}条")
