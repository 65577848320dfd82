"""``gongkai audit``: crawl, check, remember, judge, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.plan.defaults import DEFAULT_ATTACHMENTS, DEFAULT_PICTURES, DEFAULT_TIMEOUT
from crawler.terminal.options import (
    AsOfOption,
    DatabaseOption,
    JsonOption,
    PluginsOption,
    QuietOption,
    RenderOption,
    ResolveOption,
    SchemeOption,
    TimeoutOption,
    WithoutOption,
    WorkersOption,
)
from findings.schemes.default import DEFAULT_SCHEME


def command(
    url: Annotated[
        str, typer.Argument(metavar="[网址]", help="要检查的网站地址；用台账时省略。")
    ] = "",
    inventory: Annotated[
        Path | None,
        typer.Option(
            "--inventory", metavar="文件", help="台账文件（TOML）：单位、网站、栏目和更新要求。"
        ),
    ] = None,
    database: DatabaseOption = "",
    as_of: AsOfOption = "",
    resolve: ResolveOption = None,
    scheme: SchemeOption = DEFAULT_SCHEME,
    max_pages: Annotated[
        int | None,
        typer.Option("--max-pages", metavar="页数", help="每个网站最多抓取的页数，默认5000。"),
    ] = None,
    rate: Annotated[
        float | None,
        typer.Option(
            "--rate", metavar="次数", help="每台主机每秒最多请求几次；默认依台账，未登记时为2。"
        ),
    ] = None,
    workers: WorkersOption = 2,
    render: RenderOption = "auto",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="文件夹", help="输出文件夹，报告写入其中的reports；默认var。"
        ),
    ] = None,
    without: WithoutOption = None,
    resolver: Annotated[
        str,
        typer.Option(
            "--resolver", metavar="地址:端口", help="探测IPv6时询问的DNS服务器，默认用本机的。"
        ),
    ] = "",
    timeout: TimeoutOption = DEFAULT_TIMEOUT,
    attachments: Annotated[
        int,
        typer.Option("--attachments", metavar="个数", help="每站读取内容的附件数上限，0为不读。"),
    ] = DEFAULT_ATTACHMENTS,
    pictures: Annotated[
        int,
        typer.Option("--pictures", metavar="张数", help="每站每次最多拍摄的问题截图数，0为不拍。"),
    ] = DEFAULT_PICTURES,
    plugins: PluginsOption = None,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="等级",
            help="有此等级以上的问题时以状态1退出：veto（否决）、major（严重）、minor（一般）、advice（提示）。",
        ),
    ] = "",
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """检查一个网站或整个区，记入数据库，评分并写出报告。

    按 Ctrl-C 停止：几秒内结束，退出状态为3，本次结果不采用，已有记录不变；再次运行即可。
    """
    from crawler.launch.outcome import AuditResult
    from crawler.plan.config import configure
    from crawler.plan.where import database_url

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
        pictures=pictures,
    )
    result = AuditResult.of_audit(config, fail_on=fail_on, quiet=quiet or as_json)
    result.print(as_json=as_json)
    raise typer.Exit(result.exit_status)
