"""Options that several commands share: one wording, one meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

AsOfOption = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="按哪一天判断，如2026-03-01；默认今天。")
]
ResolveOption = Annotated[
    list[str] | None,
    typer.Option(
        "--resolve",
        metavar="HOST:PORT:ADDR[:PORT]",
        help="访问HOST:PORT时改连ADDR，同curl的--connect-to。",
    ),
]
RenderOption = Annotated[
    str,
    typer.Option(
        "--render", metavar="auto|never|always", help="何时用浏览器：需要时、从不、每页都用。"
    ),
]
WorkersOption = Annotated[
    int,
    typer.Option("--workers", metavar="N", help="处理页面的进程数，0为不另开进程（调试用）。"),
]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", metavar="SECONDS", help="一次访问最多等待的秒数。")
]
PluginsOption = Annotated[
    Path | None,
    typer.Option("--plugins", metavar="DIR", help="自编检查所在的文件夹，默认plugins/local。"),
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="不显示进度。")]
JsonOption = Annotated[bool, typer.Option("--json", help="把结果以JSON输出，供程序读取。")]
