"""``gongkai new-check``: a new check that works, with fixtures that pass and a line in a scheme."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from crawler.plan.rules import rulebook
from crawler.terminal.scaffold import NewCheck, files, write
from crawler.terminal.sketches import Hook


def command(
    family: Annotated[
        str,
        typer.Argument(
            metavar="类别",
            help="类别的文件夹：columns、links、policy、dialogue、disclosure、platform、text，"
            "其下可再分（disclosure/units）；自定字母的规则用自定的名称，或plugins/local。",
        ),
    ],
    slug: Annotated[str, typer.Argument(metavar="文件名", help="文件名，如stale_column。")],
    code: Annotated[
        str,
        typer.Option("--code", metavar="代码", help="规则代码，如COL206；或自定的字母，如ENG901。"),
    ],
    hook: Annotated[Hook, typer.Option("--hook", help="检查的对象。")] = Hook.PAGE,
    title: Annotated[
        str, typer.Option("--title", metavar="名称", help="问题的名称。")
    ] = "样例问题",
    root: Annotated[
        Path, typer.Option("--root", metavar="文件夹", help="项目根目录，默认当前文件夹。")
    ] = Path(),
) -> None:
    """新建一条检查规则：一个模块、两个样例、方案中的一行，写好即可运行。"""
    new = NewCheck(root, family.strip("/"), slug, code, hook, title)
    made = files(new, rulebook())
    write(made)
    for path in made:
        sys.stdout.write(f"已写入 {path}\n")
    if new.local:
        sys.stdout.write("接下来：改写模块的说明与判断，补充bad、good样例。\n")
        return
    sys.stdout.write(
        "接下来：改写模块的说明与判断，补充bad、good样例；要计分的，在评分方案中把代码从[[unscored]]移到指标；"
        "最后运行make docs test。\n"
    )
