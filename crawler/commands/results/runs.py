"""``gongkai runs``: the audits that were made."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from crawler.terminal.options import DatabaseOption

FORMATS = ("table", "json")


def command(
    limit: Annotated[
        int, typer.Option("--limit", metavar="次数", min=1, help="最多列出几次。")
    ] = 50,
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", metavar="|".join(FORMATS), help="输出格式。")
    ] = "table",
    database: DatabaseOption = "",
) -> None:
    """列出历次检查。"""
    from crawler.desk.memory import reading_store
    from crawler.plan.days import SHANGHAI
    from crawler.terminal.asked import choice
    from crawler.terminal.tables import show
    from findings.records.records import RUN_KIND_NAMES, RUN_STATE_NAMES
    from findings.scoring.score_json import coverage_json, json_text

    choice(format, FORMATS, "--format")
    with reading_store(database) as store:
        found = store.runs(limit)
    if format == "json":
        sys.stdout.write(
            json_text(
                [
                    {
                        "run": run.id,
                        "as_of": run.as_of.isoformat(),
                        "started": run.started.isoformat(),
                        "ended": run.ended.isoformat() if run.ended else None,
                        "state": run.state.value,
                        "kind": run.kind.value,
                        "version": run.version,
                        "sites": [
                            {"host": one.site.host, "state": one.state.value, "why": one.why}
                            for one in run.sites
                        ],
                        "coverage": coverage_json(
                            {one.site.host: one.coverage for one in run.sites}
                        ),
                    }
                    for run in found
                ]
            )
        )
        return
    show(
        ("次>", "类别", "检查日期", "开始", "结束", "状态", "站点"),
        [
            (
                run.id,
                RUN_KIND_NAMES[run.kind],
                run.as_of,
                f"{run.started.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}",
                f"{run.ended.astimezone(SHANGHAI):%H:%M:%S}" if run.ended else "",
                RUN_STATE_NAMES[run.state],
                "、".join(
                    one.site.host
                    + (f"（{RUN_STATE_NAMES[one.state]}）" if one.state != run.state else "")
                    for one in run.sites
                ),
            )
            for run in found
        ],
    )
