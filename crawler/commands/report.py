"""``gongkai report``: writes a run's report to a file and prints its path."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crawler.database import DatabaseOption, RunOption, choice, chosen_run, reading_store
from findings.assessment import assess
from findings.exports import FORMATS, write_report
from findings.reports import build_report
from findings.scheme_file import DEFAULT_SCHEME, find_scheme


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
        result = assess(store, seen, rules)
        report = build_report(
            seen,
            result.findings,
            rules,
            result.scores,
            errors=store.errors(seen.id),
            decisions=store.decisions(),
            written=datetime.now(UTC),
        )
    typer.echo(str(write_report(report, format, out)))
