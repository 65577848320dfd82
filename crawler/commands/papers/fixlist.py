"""``gongkai fixlist``: writes each unit's fix list, and reads one back that was filled in."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.terminal.options import (
    DatabaseOption,
    DaysOption,
    IssuedOption,
    RunOption,
    SchemeOption,
    SignatoryOption,
)
from crawler.terminal.usage import Command
from findings.schemes.default import DEFAULT_SCHEME

if TYPE_CHECKING:
    from findings.fixlists.returned import Accepted

FORMATS = ("html", "docx", "xlsx")
EXIT_REFUSED = 2

app = typer.Typer(help="生成各单位的整改清单；读回单位填好的清单。", invoke_without_command=True)


@app.callback()
def command(
    context: typer.Context,
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="单位", help="只生成该单位的；默认全部单位。"),
    ] = None,
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", metavar="|".join(FORMATS), help="文件格式。")
    ] = "xlsx",
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="写到哪个目录。")] = Path(
        "var/fixlists"
    ),
    run: RunOption = None,
    scheme: SchemeOption = DEFAULT_SCHEME,
    days: DaysOption = 10,
    issued: IssuedOption = "",
    issuer: SignatoryOption = "",
    database: DatabaseOption = "",
) -> None:
    """生成各单位的整改清单，输出文件路径。"""
    if context.invoked_subcommand is not None:
        return
    from crawler.desk.fixlists import fix_lists
    from crawler.desk.memory import chosen_run, named_unit, reading_store
    from crawler.terminal.asked import choice, day_option
    from findings.fixlists import files
    from findings.fixlists.fixlist import Terms
    from findings.office.files import write_file

    choice(format, FORMATS, "--format")
    with reading_store(database) as store:
        seen = chosen_run(store, run)
        wanted = tuple(named_unit(seen, name).name for name in unit or ())
        lists = fix_lists(
            store,
            seen,
            scheme,
            Terms(day_option(issued, "--date") or seen.as_of, days),
            issuer=issuer,
            units=wanted,
        )
    for fixes in lists:
        name = f"gongkai-fixlist-{seen.as_of}-run{seen.id}-{_safe(fixes.unit)}.{format}"
        typer.echo(str(write_file(out / name, files.FORMATS[format](fixes), "--out")))
    for name in wanted:
        if name not in {fixes.unit for fixes in lists}:
            typer.echo(f"{name}：没有需要整改的问题，不出清单。")


@app.command(name="import", cls=Command)
def import_(
    path: Annotated[Path, typer.Argument(metavar="文件.xlsx", help="单位填好退回的清单。")],
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="这是哪个单位的清单。")],
    by: Annotated[
        str, typer.Option("--by", metavar="姓名", help="谁反馈的，默认为当前用户。")
    ] = "",
    partial: Annotated[
        bool, typer.Option("--partial", help="有不能读的行时，仍登记其余各行。")
    ] = False,
    database: DatabaseOption = "",
) -> None:
    """读回填好的整改清单：登记各单位所说的整改情况（不改变检查结论，须复查）。"""
    from crawler.desk.memory import named_unit, reading_store
    from crawler.terminal.asked import person
    from findings.fixlists.returned import accept, read_returned

    returned = read_returned(path)
    with reading_store(database) as store:
        newest = store.latest()
        name = named_unit(newest, unit).name if newest is not None else unit
        ids = [row.fingerprint for row in returned.filled]
        known = {one.fingerprint: one for one in store.find(state="all")} if ids else {}
        accepted = accept(
            returned,
            path,
            known.get,
            store.claims(*ids) if ids else [],
            unit=name,
            by=by or person(),
            at=datetime.now(UTC),
        )
        if accepted.problems and not partial:
            _tell(accepted)
            sys.stderr.write("没有登记任何一行。改正后再导入，或加 --partial 只登记其余各行。\n")
            raise typer.Exit(EXIT_REFUSED)
        store.claim(accepted.claims)
    _tell(accepted)
    done = sum(claim.done for claim in accepted.claims)
    typer.echo(
        f"登记了{len(accepted.claims)}行，其中称已整改{done}行；与以前相同未重复登记{accepted.known}行；"
        f"未填写{returned.blank}行。"
    )
    if done:
        typer.echo(f"请复查：gongkai recheck --unit {name} --claimed")
    if accepted.problems:
        raise typer.Exit(EXIT_REFUSED)


def _tell(accepted: Accepted) -> None:
    for problem in accepted.problems:
        sys.stderr.write(f"{problem}\n")


def _safe(name: str) -> str:
    """A unit's name as part of a file's name."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in name)[:80] or "unit"
