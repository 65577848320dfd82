"""``gongkai bulletin``: writes the ranking bulletin (通报) of a run and prints its path."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.plan.where import (
    DatabaseOption,
    RunOption,
    choice,
    chosen_run,
    day_option,
    reading_store,
)
from findings.bulletin.bulletin import Heading, build_bulletin
from findings.bulletin.files import FORMATS, bulletin_docx, shipped_template
from findings.office.files import write_file
from findings.people.reporting import report_of
from findings.schemes.scheme_file import DEFAULT_SCHEME, find_scheme
from plugins.errors import ConfigurationError, Problem


def command(
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", metavar="|".join(FORMATS), help="文件格式。")
    ] = "docx",
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="写到哪个目录。")] = Path(
        "var/reports"
    ),
    run: RunOption = None,
    scheme: Annotated[
        str, typer.Option("--scheme", metavar="S", help="考评方案的名称，或 .toml 文件。")
    ] = DEFAULT_SCHEME,
    district: Annotated[
        str, typer.Option("--district", help="标题中的行政区名称，默认“全区”。")
    ] = "",
    issuer: Annotated[str, typer.Option("--issuer", help="发文机关。")] = "",
    number: Annotated[str, typer.Option("--number", help="发文字号。")] = "",
    to: Annotated[str, typer.Option("--to", help="主送机关。")] = "各街道（管理区），区直各部门",
    year: Annotated[
        int | None, typer.Option("--year", help="考评年度，默认为检查基准日的年份。")
    ] = None,
    dated: Annotated[
        str, typer.Option("--date", metavar="YYYY-MM-DD", help="成文日期，默认为检查基准日。")
    ] = "",
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="F.docx", help="本单位修改过的Word模板。"),
    ] = None,
    export_template: Annotated[
        Path | None,
        typer.Option("--export-template", metavar="F.docx", help="写出自带的模板，供用Word修改。"),
    ] = None,
    database: DatabaseOption = "",
) -> None:
    """生成考评通报（预评估），输出文件路径。"""
    if export_template is not None:
        typer.echo(str(write_file(export_template, shipped_template(), "--export-template")))
        return
    choice(format, tuple(FORMATS), "--format")
    if template is not None and format != "docx":
        raise ConfigurationError(
            [Problem("命令行", "只有docx格式用得上模板。", field="--template")]
        )
    day = day_option(dated, "--date")
    rules = find_scheme(scheme)
    with reading_store(database) as store:
        seen = chosen_run(store, run)
        report = report_of(store, seen, rules)
    bulletin = build_bulletin(
        report,
        Heading(
            year=year or seen.as_of.year,
            day=day or seen.as_of,
            district=district,
            issuer=issuer,
            number=number,
            recipients=to,
        ),
    )
    made = bulletin_docx(bulletin, template) if format == "docx" else FORMATS[format](bulletin)
    name = f"gongkai-bulletin-{seen.as_of}-run{seen.id}.{format}"
    typer.echo(str(write_file(out / name, made, "--out")))
