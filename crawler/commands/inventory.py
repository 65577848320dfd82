"""``gongkai inventory``: check the register before anything rests on it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from crawler.inventory import Inventory, read_inventory
from crawler.rulebook import PACKAGES, discovered
from crawler.usage import Command
from plugins.errors import ConfigurationError

WRONG = 2
app = typer.Typer(help="台账：检查单位、网站、栏目和更新要求的登记。", no_args_is_help=True)


@app.callback()
def register() -> None:
    """台账：检查单位、网站、栏目和更新要求的登记。"""


@app.command(cls=Command)
def check(
    file: Annotated[Path, typer.Argument(metavar="台账文件", help="TOML 台账文件")],
) -> None:
    """检查台账，列出全部问题；没有问题时逐个栏目读回更新要求，供核对。"""
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
    show(inventory, Console())


def show(inventory: Inventory, console: Console) -> None:
    """Read the inventory back in words."""
    streets = sum(1 for unit in inventory.units if unit.kind == "street")
    console.print(
        f"台账“{escape(inventory.district)}”：单位{len(inventory.units)}个"
        f"（区直部门{len(inventory.units) - streets}个、街道{streets}个），"
        f"网站{len(inventory.sites)}个，栏目{len(inventory.columns)}个。"
    )
    for site in inventory.sites:
        console.print(f"网站 {escape(site.name or site.host)}：{escape('、'.join(site.start))}")
    if inventory.columns:
        table = Table("栏目", "责任单位", "登记的更新要求", "读作")
        for column in inventory.columns:
            duty = column.duty
            table.add_row(
                escape(column.name),
                escape(column.unit),
                escape(duty.text) if duty else "",
                escape(duty.words() if duty else "未登记更新要求")
                + (escape(f"（{column.reason}）") if column.reason else ""),
            )
        console.print(table)
    console.print("台账没有问题。")
