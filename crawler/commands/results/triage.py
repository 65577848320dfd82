"""``gongkai triage``: a person decides about a finding."""

from __future__ import annotations

from typing import Annotated

import typer

from crawler.terminal.options import DatabaseOption


def command(
    fingerprint: Annotated[
        str,
        typer.Argument(
            metavar="编号", help="问题编号，可只写开头（至少8位）。", show_default=False
        ),
    ],
    act: Annotated[
        str,
        typer.Argument(
            metavar="confirm|reject|exempt|reset",
            help="confirm 确认属实；reject 误报；exempt 豁免；reset 恢复为待核实。",
            show_default=False,
        ),
    ],
    why: Annotated[
        str, typer.Option("--why", metavar="理由", help="理由；误报和豁免必须写明。")
    ] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="日期", help="豁免到哪一天（含）；默认一年。")
    ] = "",
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="姓名", envvar="GONGKAI_USER", help="由谁决定，默认为当前用户。"
        ),
    ] = "",
    database: DatabaseOption = "",
) -> None:
    """核实一条问题：确认、判为误报、豁免或恢复。每次决定都记入日志，不可更改。"""
    from crawler.desk.memory import reading_store
    from crawler.plan.days import today
    from crawler.terminal.asked import day_option, person
    from findings.people.triage import read_act, triage
    from findings.records.records import VERDICT_NAMES

    with reading_store(database) as store:
        finding, decision = triage(
            store,
            fingerprint,
            read_act(act),
            today=today(),
            why=why,
            until=day_option(until, "--until"),
            by=by or person(),
        )
    term = f"，至{decision.until}止" if decision.until else ""
    typer.echo(
        f"{finding.fingerprint[:12]} {finding.code} {finding.rule.title}："
        f"{VERDICT_NAMES[decision.previous]} → {VERDICT_NAMES[decision.verdict]}{term}。"
    )
