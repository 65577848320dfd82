"""The register for people: read back in words, and what an import changes in it."""

from __future__ import annotations

from collections import Counter

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from crawler.inventory.model import Inventory
from crawler.inventory.table.importing import Import


def tell_import(plan: Import) -> None:
    """What was read, and what would change."""
    for remark in plan.remarks:
        typer.echo(clean(f"说明：{remark}"))
    for change in plan.changes.all:
        typer.echo(clean(str(change)))
    read = Counter(column.duty for column in plan.new.columns if column.duty is not None)
    for duty, number in read.most_common():
        typer.echo(clean(f"更新要求 {duty.text} 读作：{duty.words()}（{number}个栏目）"))
    where = "台账" if plan.before is not None else "新台账"
    typer.echo(f"{where} {plan.into}：{plan.changes.summary}。")


def clean(text: str) -> str:
    """Text without what a terminal would take for a command."""
    return "".join(sign if sign.isprintable() or sign == "\u3000" else " " for sign in text)


def show_inventory(inventory: Inventory) -> None:
    """Read the inventory back in words."""
    console = Console()
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
