"""``gongkai report``: writes a run's report to a file and prints its path."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.terminal.options import DatabaseOption, RunOption, SchemeOption
from findings.schemes.default import DEFAULT_SCHEME

FORMATS = ("html", "json", "csv", "docx", "xlsx")


def command(
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", metavar="|".join(FORMATS), help="文件格式。")
    ] = "html",
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="写到哪个目录。")] = Path(
        "var/reports"
    ),
    run: RunOption = None,
    scheme: SchemeOption = DEFAULT_SCHEME,
    database: DatabaseOption = "",
) -> None:
    """生成检查报告，输出文件路径。"""
    from crawler.desk.memory import chosen_run, reading_store
    from crawler.desk.reports import REPORTS
    from crawler.terminal.asked import choice
    from findings.people.reporting import report_of
    from findings.reports.exports import write_report
    from findings.schemes.scheme_file import find_scheme

    choice(format, FORMATS, "--format")
    rules = find_scheme(scheme)
    with reading_store(database) as store:
        seen = chosen_run(store, run)
        report = report_of(store, seen, rules)
    typer.echo(str(write_report(report, format, out, REPORTS)))
