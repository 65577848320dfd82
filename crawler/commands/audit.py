"""``gongkai audit``: crawl, check, remember, judge, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.config import DEFAULT_ATTACHMENTS, DEFAULT_TIMEOUT, configure
from crawler.database import DatabaseOption, database_url
from crawler.outcome import AuditResult


def command(
    url: Annotated[
        str, typer.Argument(metavar="[URL]", help="要检查的网站地址；用台账时省略。")
    ] = "",
    inventory: Annotated[
        Path | None,
        typer.Option(
            "--inventory", metavar="F", help="台账文件（TOML）：单位、网站、栏目和更新要求。"
        ),
    ] = None,
    database: DatabaseOption = "",
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="按哪一天判断，如2026-03-01；默认今天。")
    ] = "",
    resolve: Annotated[
        list[str] | None,
        typer.Option(
            "--resolve",
            metavar="HOST:PORT:ADDR[:PORT]",
            help="访问HOST:PORT时改连ADDR，同curl的--connect-to。",
        ),
    ] = None,
    scheme: Annotated[
        str, typer.Option("--scheme", metavar="S", help="考评方案的名称，或.toml文件。")
    ] = "district-2022",
    max_pages: Annotated[
        int | None,
        typer.Option("--max-pages", metavar="N", help="每个网站最多抓取的页数，默认5000。"),
    ] = None,
    rate: Annotated[
        float | None,
        typer.Option(
            "--rate", metavar="R", help="每台主机每秒最多请求几次；默认依台账，未登记时为2。"
        ),
    ] = None,
    workers: Annotated[
        int,
        typer.Option("--workers", metavar="N", help="处理页面的进程数，0为不另开进程（调试用）。"),
    ] = 2,
    render: Annotated[
        str,
        typer.Option(
            "--render",
            metavar="auto|never|always",
            help="何时用浏览器：需要时、从不、每页都用。",
        ),
    ] = "auto",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="输出文件夹，报告写入其中的reports；默认var。"),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without", metavar="CODE", help="不执行的规则或规则类别，如PLT203、platform。"
        ),
    ] = None,
    resolver: Annotated[
        str,
        typer.Option(
            "--resolver", metavar="ADDR:PORT", help="探测IPv6时询问的DNS服务器，默认用本机的。"
        ),
    ] = "",
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="一次访问最多等待的秒数。")
    ] = DEFAULT_TIMEOUT,
    attachments: Annotated[
        int,
        typer.Option("--attachments", metavar="N", help="每站读取内容的附件数上限，0为不读。"),
    ] = DEFAULT_ATTACHMENTS,
    plugins: Annotated[
        Path | None,
        typer.Option("--plugins", metavar="DIR", help="自编检查所在的文件夹，默认plugins/local。"),
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="SEVERITY",
            help="有此等级以上的问题时以状态1退出：veto、major、minor、advice。",
        ),
    ] = "",
    quiet: Annotated[bool, typer.Option("--quiet", help="不显示进度。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="把结果以JSON输出，供程序读取。")] = False,
) -> None:
    """检查一个网站或整个区，记入数据库，评分并写出报告。

    按 Ctrl-C 停止：几秒内结束，退出状态为3，本次结果不采用，已有记录不变；再次运行即可。
    """
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
