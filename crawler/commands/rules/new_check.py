"""``gongkai new-check``: a new check that works, with fixtures that pass."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from crawler.plan.rules import rulebook
from crawler.terminal.scaffold import Hook, files, write


def command(
    family: Annotated[
        str,
        typer.Argument(
            metavar="类别",
            help="类别：columns、links、policy、dialogue、disclosure、platform、text。",
        ),
    ],
    slug: Annotated[str, typer.Argument(metavar="文件名", help="文件名，如stale_column。")],
    code: Annotated[str, typer.Option("--code", metavar="代码", help="规则代码，如COL206。")],
    hook: Annotated[Hook, typer.Option("--hook", help="检查的对象。")] = Hook.PAGE,
    title: Annotated[
        str, typer.Option("--title", metavar="名称", help="问题的名称。")
    ] = "样例问题",
    root: Annotated[
        Path, typer.Option("--root", metavar="文件夹", help="项目根目录，默认当前文件夹。")
    ] = Path(),
) -> None:
    """新建一条检查规则：一个模块和两个样例，写好即可运行。"""
    made = files(root, rulebook(), family, slug, code, hook, title)
    write(made)
    for path in made:
        sys.stdout.write(f"已写入 {path}\n")
    sys.stdout.write(
        "接下来：改写模块的说明与判断，补充bad、good样例，在评分方案中写明此代码或标为不计分。\n"
    )
