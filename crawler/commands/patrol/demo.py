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
            help="让微缩区变一变：mend:编号（改正一处问题）、unreachable:路径、timeout:路径。",
        ),
    ] = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """在本机提供“微缩区”网站并审计它。"""
    from crawler.demo.stage import demo_audit
    from crawler.launch.outcome import AuditResult

    with demo_audit(
        as_of=as_of,
        # Of its own, whatever GONGKAI_DATABASE says: the office's memory holds real sites only.
        database=database or f"sqlite:///{out / 'gongkai.db'}",
        out=out,
        workers=workers,
        render=render,
        without=without or (),
        changes=change or (),
        plugins=plugins,
    ) as config:
        result = AuditResult.of_audit(config, quiet=quiet or as_json)
        result.print(as_json=as_json)
    raise typer.Exit(result.exit_status)
