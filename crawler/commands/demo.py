"""``gongkai demo``: serve the district in miniature on loopback and audit it (``make audit``)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.database import database_url
from crawler.demo.stage import demo_audit
from crawler.outcome import AuditResult


def command(
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="检查日期，默认今天。")
    ] = "",
    database: Annotated[str, typer.Option("--database", metavar="URL", help="数据库地址。")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="报告目录，默认var。")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", metavar="N", help="页面处理进程数。")] = 2,
    render: Annotated[str, typer.Option("--render", help="浏览器：auto、never或always。")] = "auto",
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="CODE", help="不执行的规则或规则类别。")
    ] = None,
    plugins: Annotated[
        Path | None, typer.Option("--plugins", metavar="DIR", help="自编检查所在的文件夹。")
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--change", metavar="WHAT", help="与第一晚不同之处，如 mend:编号、unreachable:路径。"
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="不显示进度。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="把结果输出为JSON。")] = False,
) -> None:
    """在本机提供“微缩区”网站并审计它。"""
    with demo_audit(
        as_of=as_of,
        database=database_url(database),
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
