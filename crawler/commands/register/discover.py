"""``gongkai discover``: propose an inventory from a crawl, for the office to correct."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from crawler.plan.defaults import DEFAULT_TIMEOUT
from crawler.terminal.options import (
    AsOfOption,
    QuietOption,
    RenderOption,
    ResolveOption,
    TimeoutOption,
    WorkersOption,
)


def command(
    url: Annotated[str, typer.Argument(metavar="网址", help="网站的首页地址。")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="文件.toml",
            help="写出的草稿，同名的.xlsx一并写出；默认inventory-域名.toml。",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件。")] = False,
    as_of: AsOfOption = "",
    resolve: ResolveOption = None,
    max_pages: Annotated[
        int | None, typer.Option("--max-pages", metavar="页数", help="最多抓取的页数，默认5000。")
    ] = None,
    rate: Annotated[
        float | None,
        typer.Option("--rate", metavar="次数", help="每台主机每秒最多请求几次，默认2。"),
    ] = None,
    workers: WorkersOption = 2,
    render: RenderOption = "auto",
    timeout: TimeoutOption = DEFAULT_TIMEOUT,
    quiet: QuietOption = False,
) -> None:
    """从网站推测一份台账草稿：栏目、类型、可能的责任单位、观察到的更新规律，供核对修改。

    推测的内容都注明依据；看不出的留空，不作猜测。不检查问题，也不记入数据库。
    """
    from crawler.discovery.discovery import Draft, discover
    from crawler.launch.outcome import watched
    from crawler.plan.config import configure

    config = configure(
        url=url,
        database="",
        as_of=as_of,
        resolve=resolve or (),
        max_pages=max_pages,
        rate=rate,
        workers=workers,
        render=render,
        timeout=timeout,
    )
    host = re.sub(r"[^\w.-]", "_", config.inventory.sites[0].host)
    draft = Draft(out or Path(f"inventory-{host}.toml"))
    if not force:
        draft.refuse_existing()
    proposal = watched(lambda watch: discover(config, watch), quiet=quiet)
    draft.write(proposal, force=force)
    for remark in proposal.remarks:
        typer.echo(remark)
    inventory = proposal.inventory
    judged = sum(column.duty is not None for column in inventory.columns)
    owned = sum(bool(column.unit) for column in inventory.columns)
    typer.echo(
        f"推测出{len(inventory.columns)}个栏目（其中{owned}个有可能的责任单位、{judged}个有建议的更新要求）、"
        f"{len(inventory.units)}个单位，均须核对。"
    )
    typer.echo(f"已写出 {draft.toml} 和 {draft.workbook}。")
