"""``gongkai recheck``: looks again at some findings, and says verified, still there, or could not tell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.plan.defaults import DEFAULT_TIMEOUT
from crawler.terminal.options import (
    AsOfOption,
    DatabaseOption,
    JsonOption,
    PluginsOption,
    QuietOption,
    RenderOption,
    ResolveOption,
    TimeoutOption,
    WorkersOption,
)


def command(
    unit: Annotated[
        str, typer.Option("--unit", metavar="单位", help="复查该单位现存的全部问题。")
    ] = "",
    finding: Annotated[
        list[str] | None,
        typer.Option("--finding", metavar="编号", help="复查这条问题，可只写编号开头。"),
    ] = None,
    page: Annotated[
        list[str] | None,
        typer.Option("--page", metavar="网址", help="复查这个页面上的问题。"),
    ] = None,
    claimed: Annotated[bool, typer.Option("--claimed", help="只复查单位称已整改的问题。")] = False,
    inventory: Annotated[
        Path | None,
        typer.Option(
            "--inventory",
            metavar="文件",
            help="台账文件（TOML）；省略时按上次检查的网站和单位，栏目更新类问题不作结论。",
        ),
    ] = None,
    database: DatabaseOption = "",
    as_of: AsOfOption = "",
    resolve: ResolveOption = None,
    rate: Annotated[
        float | None,
        typer.Option(
            "--rate", metavar="次数", help="每台主机每秒最多请求几次；默认依台账，否则为2。"
        ),
    ] = None,
    workers: WorkersOption = 1,
    render: RenderOption = "auto",
    resolver: Annotated[
        str, typer.Option("--resolver", metavar="地址:端口", help="DNS服务器，默认用本机的。")
    ] = "",
    timeout: TimeoutOption = DEFAULT_TIMEOUT,
    plugins: PluginsOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件夹", help="工作文件夹；默认var。")
    ] = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """复查一些问题：只访问有关的页面，逐条说明已核实整改、仍存在，还是无法判定。

    复查不评分，也不会新增问题；没有查到的不作结论。
    """
    from crawler.desk.memory import reading_store
    from crawler.launch.recheck import RecheckResult
    from crawler.plan.config import configure
    from crawler.plan.where import database_url
    from crawler.recheck.choice import RecheckChoice, choose, focused, remembered_inventory

    address = database_url(database)
    config = None
    with reading_store(database) as store:
        found = choose(store, RecheckChoice(unit, tuple(finding or ()), tuple(page or ()), claimed))
        present = [one for one in found if one.present]
        if present:
            config = focused(
                configure(
                    inventory=inventory,
                    register=None if inventory else remembered_inventory(store, present),
                    database=address,
                    as_of=as_of,
                    resolve=resolve or (),
                    rate=rate,
                    workers=workers,
                    render=render,
                    out=out,
                    resolver=resolver,
                    timeout=timeout,
                    plugins=plugins,
                ),
                store,
                present,
                given=inventory is not None,
            )
    if not found:
        typer.echo("没有要复查的问题。" if not as_json else "{}")
        return
    result = RecheckResult.of(config, found, database=address, quiet=quiet or as_json)
    result.print(as_json=as_json)
    raise typer.Exit(result.exit_status)
