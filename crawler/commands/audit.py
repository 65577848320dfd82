"""``gongkai audit``: crawl, check, remember, judge, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.config import DEFAULT_ATTACHMENTS, DEFAULT_TIMEOUT, configure
from crawler.database import database_url
from crawler.outcome import AuditResult


def command(
    url: Annotated[
        str, typer.Argument(metavar="[URL]", help="要检查的网站地址；有台账时省略。")
    ] = "",
    inventory: Annotated[
        Path | None, typer.Option("--inventory", metavar="F", help="台账（TOML）。")
    ] = None,
    database: Annotated[str, typer.Option("--database", metavar="URL", help="数据库地址。")] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="检查日期，默认今天。")
    ] = "",
    resolve: Annotated[
        list[str] | None,
        typer.Option(
            "--resolve", metavar="HOST:PORT:ADDR[:PORT]", help="访问HOST:PORT时改连ADDR。"
        ),
    ] = None,
    scheme: Annotated[
        str, typer.Option("--scheme", metavar="S", help="评分方案。")
    ] = "district-2022",
    max_pages: Annotated[
        int | None, typer.Option("--max-pages", metavar="N", help="每站页数上限。")
    ] = None,
    rate: Annotated[
        float | None, typer.Option("--rate", metavar="R", help="每台主机每秒请求数。")
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", help="页面处理进程数，0为单进程。")
    ] = 2,
    render: Annotated[str, typer.Option("--render", help="浏览器：auto、never或always。")] = "auto",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="报告目录，默认var。")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="CODE", help="不执行的规则或规则类别。")
    ] = None,
    resolver: Annotated[
        str, typer.Option("--resolver", metavar="ADDR:PORT", help="探测用的DNS服务器。")
    ] = "",
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="一次访问最多等待的秒数。")
    ] = DEFAULT_TIMEOUT,
    attachments: Annotated[
        int,
        typer.Option("--attachments", metavar="N", help="每站读取内容的附件数上限，0为不读。"),
    ] = DEFAULT_ATTACHMENTS,
    plugins: Annotated[
        Path | None, typer.Option("--plugins", metavar="DIR", help="自编检查所在的文件夹。")
    ] = None,
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="SEVERITY", help="有此等级以上的问题时以状态1退出。")
    ] = "",
    quiet: Annotated[bool, typer.Option("--quiet", help="不显示进度。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="把结果输出为JSON。")] = False,
) -> None:
    """检查一个网站或整个区，记入数据库，评分并写出报告。"""
    config = configure(
        url=url,
        inventory=inventory,
        database=database_url(database),
        as_of=as_of,
        resolve=resolve or (),
        scheme=scheme,
        max_pages=max_pages,
        rate=rate,
        workers=workers,
        render=render,
        out=out,
        without=without or (),
        resolver=resolver,
        plugins=plugins,
        timeout=timeout,
        attachments=attachments,
    )
    result = AuditResult.of_audit(config, fail_on=fail_on, quiet=quiet or as_json)
    result.print(as_json=as_json)
    raise typer.Exit(result.exit_status)
