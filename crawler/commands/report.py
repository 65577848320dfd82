"""``gongkai report``: writes a run's report to a file and prints its path."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from crawler.plan.where import DatabaseOption, RunOption, choice, chosen_run, reading_store
from findings.bulletin.bulletin import Bulletin, Heading, build_bulletin
from findings.bulletin.files import bulletin_docx, bulletin_xlsx
from findings.people.reporting import report_of
from findings.reports.exports import FORMATS as PLAIN
from findings.reports.exports import Format, write_report
from findings.reports.report import Report
from findings.schemes.scheme_file import DEFAULT_SCHEME, find_scheme

FORMATS: Mapping[str, Format] = {
    **PLAIN,
    # For paper and for reckoning: the bulletin of the run, as ``gongkai bulletin`` writes it.
    "docx": lambda report: bulletin_docx(_bulletin(report)),
    "xlsx": lambda report: bulletin_xlsx(_bulletin(report)),
}


def command(
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", metavar="|".join(FORMATS), help="文件格式。")
    ] = "html",
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="写到哪个目录。")] = Path(
        "var/reports"
    ),
    run: RunOption = None,
    scheme: Annotated[
        str, typer.Option("--scheme", metavar="S", help="考评方案的名称，或 .toml 文件。")
    ] = DEFAULT_SCHEME,
    database: DatabaseOption = "",
) -> None:
    """生成检查报告，输出文件路径。"""
    choice(format, tuple(FORMATS), "--format")
    rules = find_scheme(scheme)
    with reading_store(database) as store:
        seen = chosen_run(store, run)
        report = report_of(store, seen, rules)
    typer.echo(str(write_report(report, format, out, FORMATS)))


def _bulletin(report: Report) -> Bulletin:
    day = report.run.as_of
    return build_bulletin(report, Heading(year=day.year, day=day))
