"""``gongkai bulletin``: writes the ranking bulletin (通报) of a run and prints its path."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.terminal.options import (
    BulletinDateOption,
    BulletinYearOption,
    DatabaseOption,
    DistrictOption,
    IssuerOption,
    NumberOption,
    RecipientsOption,
    RunOption,
    SchemeOption,
    TemplateOption,
)
from findings.schemes.default import DEFAULT_SCHEME

FORMATS = ("docx", "html", "xlsx")


def command(
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", metavar="|".join(FORMATS), help="文件格式。")
    ] = "docx",
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="写到哪个目录。")] = Path(
        "var/reports"
    ),
    run: RunOption = None,
    scheme: SchemeOption = DEFAULT_SCHEME,
    district: DistrictOption = "",
    issuer: IssuerOption = "",
    number: NumberOption = "",
    to: RecipientsOption = "各街道（管理区），区直各部门",
    year: BulletinYearOption = None,
    dated: BulletinDateOption = "",
    template: TemplateOption = None,
    export_template: Annotated[
        Path | None,
        typer.Option(
            "--export-template", metavar="文件.docx", help="写出自带的模板，供用Word修改。"
        ),
    ] = None,
    database: DatabaseOption = "",
) -> None:
    """生成考评通报（预评估），输出文件路径。"""
    from crawler.desk.memory import chosen_run, reading_store
    from crawler.terminal.asked import choice, day_option
    from findings.bulletin import files
    from findings.bulletin.bulletin import Heading, build_bulletin
    from findings.office.files import write_file
    from findings.people.reporting import report_of
    from findings.schemes.scheme_file import find_scheme
    from plugins.errors import ConfigurationError, Problem

    if export_template is not None:
        typer.echo(str(write_file(export_template, files.shipped_template(), "--export-template")))
        return
    choice(format, FORMATS, "--format")
    if template is not None and format != "docx":
        raise ConfigurationError([Problem("--template", "只有docx格式用得上模板。")])
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
    made = (
        files.bulletin_docx(bulletin, template)
        if format == "docx"
        else files.FORMATS[format](bulletin)
    )
    name = f"gongkai-bulletin-{seen.as_of}-run{seen.id}.{format}"
    typer.echo(str(write_file(out / name, made, "--out")))
