"""``gongkai recheck``: looks again at some findings, and says verified, still there, or could not tell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.launch.recheck import RecheckResult
from crawler.plan.config import DEFAULT_TIMEOUT, AuditConfig, configure
from crawler.plan.where import DatabaseOption, database_url, reading_store
from crawler.recheck.choice import RecheckChoice, choose, focused, remembered_inventory
from crawler.terminal.options import (
    AsOfOption,
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
        str, typer.Option("--unit", metavar="U", help="复查该单位现存的全部问题。")
    ] = "",
    finding: Annotated[
        list[str] | None,
        typer.Option(
            "--finding", metavar="FINGERPRINT", help="复查这条问题，可只写编号开头，可多次使用。"
        ),
    ] = None,
    page: Annotated[
        list[str] | None,
        typer.Option("--page", metavar="URL", help="复查这个页面上的问题，可多次使用。"),
    ] = None,
    claimed: Annotated[bool, typer.Option("--claimed", help="只复查单位称已整改的问题。")] = False,
    inventory: Annotated[
        Path | None,
        typer.Option(
            "--inventory",
            metavar="F",
            help="台账文件（TOML）；省略时按上次检查的网站和单位，栏目更新类问题不作结论。",
        ),
    ] = None,
    database: DatabaseOption = "",
    as_of: AsOfOption = "",
    resolve: ResolveOption = None,
    rate: Annotated[
        float | None,
        typer.Option("--rate", metavar="R", help="每台主机每秒最多请求几次；默认依台账，否则为2。"),
    ] = None,
    workers: WorkersOption = 1,
    render: RenderOption = "auto",
    resolver: Annotated[
        str, typer.Option("--resolver", metavar="ADDR:PORT", help="DNS服务器，默认用本机的。")
    ] = "",
    timeout: TimeoutOption = DEFAULT_TIMEOUT,
    plugins: PluginsOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="工作文件夹；默认var。")
    ] = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """复查一些问题：只访问有关的页面，逐条说明已核实整改、仍存在，还是无法判定。

    复查不评分，也不会新增问题；没有查到的不作结论。
    """
    address = database_url(database)
    config: AuditConfig | None = None
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
