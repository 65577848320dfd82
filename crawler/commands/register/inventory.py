"""``gongkai inventory``: check the register, take it from the office's table, give it back as one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from crawler.terminal.usage import Command

WRONG = 2
DEFAULT = Path("inventory.toml")
app = typer.Typer(
    help="台账：检查单位、网站、栏目和更新要求的登记，与责任分工表互相转换。", no_args_is_help=True
)


@app.callback()
def register() -> None:
    """台账：检查单位、网站、栏目和更新要求的登记，与责任分工表互相转换。"""


@app.command(cls=Command)
def check(
    file: Annotated[Path, typer.Argument(metavar="台账文件", help="TOML 台账文件")],
) -> None:
    """检查台账，列出全部问题；没有问题时逐个栏目读回更新要求，供核对。"""
    from crawler.inventory.model import read_inventory
    from crawler.plan.rules import PACKAGES, discovered
    from crawler.terminal.inventory_tables import show_inventory
    from plugins.errors import ConfigurationError

    try:
        inventory = read_inventory(file)
        discovered(
            inventory.path,
            local=inventory.plugins_folder,
            options=inventory.options,
            packages=PACKAGES,
        )
    except ConfigurationError as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        typer.echo(f"台账有{len(error.problems)}处问题，未通过检查。", err=True)
        raise typer.Exit(WRONG) from error
    show_inventory(inventory)


@app.command(name="import", cls=Command)
def take(
    file: Annotated[
        Path, typer.Argument(metavar="文件", help="责任分工表：.xlsx 或 .csv（UTF-8、GB18030）")
    ],
    into: Annotated[
        Path,
        typer.Option("--into", metavar="文件", help="写入的台账，可以还没有；默认inventory.toml。"),
    ] = DEFAULT,
    sheet: Annotated[
        list[str] | None,
        typer.Option("--sheet", metavar="工作表", help="栏目表所在的工作表；默认按表头寻找。"),
    ] = None,
    district: Annotated[
        str, typer.Option("--district", metavar="名称", help="区划名称，新建台账时用。")
    ] = "",
    keep: Annotated[
        bool, typer.Option("--keep", help="表中没有的栏目保留在台账中；默认删除。")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示将有的变化，不写入。")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接写入。")] = False,
) -> None:
    """把内容保障责任分工表读入台账：先列出变化，确认后一次写入。

    有一行读不懂，就一行也不写入。表格没有说到的内容（规则参数、探测设置、注释）保持不变。
    """
    from crawler.inventory.table.importing import plan_import
    from crawler.terminal.inventory_tables import clean, tell_import
    from plugins.errors import ConfigurationError

    try:
        plan = plan_import(file, into, sheets=sheet or (), district=district.strip(), keep=keep)
    except ConfigurationError as error:
        for problem in error.problems:
            typer.echo(clean(str(problem)), err=True)
        typer.echo(f"有{len(error.problems)}处问题，没有导入，台账保持不变。", err=True)
        raise typer.Exit(WRONG) from error
    tell_import(plan)
    if not plan.needed:
        typer.echo("台账与表格一致，无须写入。")
        return
    if dry_run:
        typer.echo("以上是将有的变化，没有写入。")
        return
    if not yes and not confirmed(plan.into):
        typer.echo("没有写入；确认后回答“y”，或加 --yes 再运行。", err=True)
        raise typer.Exit(WRONG)
    plan.write()
    typer.echo(f"已写入 {plan.into}：{len(plan.new.columns)}个栏目、{len(plan.new.units)}个单位。")


@app.command(cls=Command)
def export(
    file: Annotated[
        Path, typer.Argument(metavar="[台账文件]", help="TOML 台账文件，默认inventory.toml")
    ] = DEFAULT,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="文件.xlsx", help="写出的工作簿；默认与台账同名，扩展名为.xlsx。"
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件。")] = False,
) -> None:
    """把台账写成工作簿，供核对、修改后再导入。"""
    from crawler.inventory.file import FORCE, write_whole
    from crawler.inventory.model import read_inventory
    from crawler.inventory.table.export import inventory_workbook
    from plugins.errors import ConfigurationError, Problem

    inventory = read_inventory(file)
    place = out or file.with_suffix(".xlsx")
    if place.suffix.lower() != ".xlsx":
        raise ConfigurationError([Problem(str(place), "只能写成 .xlsx 文件", field="--out")])
    write_whole(place, inventory_workbook(inventory), new=not force, hint=FORCE)
    typer.echo(f"已写出 {place}：{len(inventory.columns)}个栏目、{len(inventory.units)}个单位。")


def confirmed(into: Path) -> bool:
    """Ask the person at the keyboard; no answer is no."""
    typer.echo(f"写入 {into} 吗？[y/N] ", nl=False)
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是"}
