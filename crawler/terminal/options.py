"""Options that several commands share: one wording, one meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.plan.where import DEFAULT, VARIABLE

AsOfOption = Annotated[
    str,
    typer.Option(
        "--as-of", metavar="日期", help="按哪一天判断，如2026-03-01；默认今天，最晚为明天。"
    ),
]
ResolveOption = Annotated[
    list[str] | None,
    typer.Option(
        "--resolve",
        metavar="主机:端口:地址[:端口]",
        help="访问“主机:端口”时改连这个地址，同curl的--connect-to。",
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
    typer.Option("--workers", metavar="个数", help="处理页面的进程数，0为不另开进程（调试用）。"),
]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", metavar="秒", help="一次访问最多等待的秒数。")
]
PluginsOption = Annotated[
    Path | None,
    typer.Option("--plugins", metavar="文件夹", help="自编检查所在的文件夹，默认plugins/local。"),
]
FolderOption = Annotated[
    Path | None,
    typer.Option("--plugins", metavar="文件夹", help="插件文件夹，默认plugins/local。"),
]
WithoutOption = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="代码", help="不执行的规则或规则类别，如PLT203、platform。"),
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="不显示进度。")]
JsonOption = Annotated[bool, typer.Option("--json", help="把结果以JSON输出，供程序读取。")]
DatabaseOption = Annotated[
    str,
    typer.Option(
        "--database",
        metavar="地址",
        help=f"数据库地址；默认取环境变量{VARIABLE}，未设置时为{DEFAULT}。",
    ),
]
RunOption = Annotated[
    int | None, typer.Option("--run", metavar="编号", help="第几次检查；默认为最近完成的一次。")
]
SchemeOption = Annotated[
    str, typer.Option("--scheme", metavar="方案", help="考评方案的名称，或.toml文件。")
]
DistrictOption = Annotated[
    str, typer.Option("--district", metavar="名称", help="标题中的行政区名称，默认“全区”。")
]
IssuerOption = Annotated[str, typer.Option("--issuer", metavar="单位", help="发文机关。")]
NumberOption = Annotated[str, typer.Option("--number", metavar="字号", help="发文字号。")]
RecipientsOption = Annotated[str, typer.Option("--to", metavar="单位", help="主送机关。")]
BulletinYearOption = Annotated[
    int | None, typer.Option("--year", metavar="年份", help="考评年度，默认为检查基准日的年份。")
]
BulletinDateOption = Annotated[
    str, typer.Option("--date", metavar="日期", help="成文日期，默认为检查基准日。")
]
TemplateOption = Annotated[
    Path | None,
    typer.Option("--template", metavar="文件.docx", help="本单位修改过的Word模板。"),
]
DaysOption = Annotated[
    int,
    typer.Option(
        "--days", metavar="天数", min=1, max=250, help="整改期限（工作日）；否决项最多5个。"
    ),
]
IssuedOption = Annotated[
    str, typer.Option("--date", metavar="日期", help="发出日期，默认为检查基准日。")
]
SignatoryOption = Annotated[str, typer.Option("--issuer", metavar="单位", help="通知的落款单位。")]
