"""``gongkai demo``: serve the district in miniature on loopback and audit it (``make audit``)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.terminal.options import (
    AsOfOption,
    JsonOption,
    PluginsOption,
    QuietOption,
    RenderOption,
    WithoutOption,
    WorkersOption,
)


def command(
    as_of: AsOfOption = "",
    database: Annotated[
        str,
        typer.Option(
            "--database", metavar="地址", help="数据库地址；默认为输出文件夹中的gongkai.db。"
        ),
    ] = "",
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="文件夹", help="输出文件夹，报告写入其中的reports；默认var/demo。"
        ),
    ] = Path("var/demo"),
    workers: WorkersOption = 2,
    render: RenderOption = "auto",
    without: WithoutOption = None,
    plugins: PluginsOption = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--change",
            metavar="变化",
            help="让演示区变一变：mend:编号（改正一处问题）、unreachable:路径、timeout:路径。",
        ),
    ] = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """在本机提供一个演示区的网站并审计它。"""
    from crawler.demo.pages import DATA, read_district
    from crawler.demo.stage import on_stage, refuse_unknown
    from crawler.launch.outcome import AuditResult
    from crawler.plan.config import configure
    from crawler.plan.days import judging_day

    day = judging_day(as_of)
    district = read_district(DATA, day, change or ())
    refuse_unknown(change or (), district)
    with on_stage(district) as stage:
        config = configure(
            inventory=stage.inventory,
            # Of its own, whatever GONGKAI_DATABASE says: the office's memory holds real sites only.
            database=database or f"sqlite:///{out / 'gongkai.db'}",
            as_of=day.isoformat(),
            resolve=stage.resolve,
            workers=workers,
            render=render,
            out=out,
            without=without or (),
            plugins=plugins,
        )
        result = AuditResult.of_audit(config, quiet=quiet or as_json)
        result.print(as_json=as_json)
    raise typer.Exit(result.exit_status)
