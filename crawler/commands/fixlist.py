"""``gongkai fixlist``: writes each unit's fix list, and reads one back that was filled in."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crawler.plan.where import (
    DatabaseOption,
    RunOption,
    choice,
    chosen_run,
    day_option,
    person,
    reading_store,
)
from crawler.terminal.usage import Command
from findings.fixlists.files import FORMATS
from findings.fixlists.fixlist import FixList, Terms, build_fixlists
from findings.fixlists.returned import Accepted, accept, read_returned
from findings.office.files import write_file
from findings.people.feedback import remember
from findings.people.reporting import report_of
from findings.records.records import RunRecord
from findings.schemes.scheme_file import DEFAULT_SCHEME, find_scheme
from findings.store.store import Store
from plugins import Unit
from plugins.errors import ConfigurationError, Problem

EXIT_REFUSED = 2

app = typer.Typer(help="生成各单位的整改清单；读回单位填好的清单。", invoke_without_command=True)


@app.callback()
def command(
    context: typer.Context,
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="U", help="只生成该单位的，可多次使用；默认全部单位。"),
    ] = None,
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", metavar="|".join(FORMATS), help="文件格式。")
    ] = "xlsx",
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="写到哪个目录。")] = Path(
        "var/fixlists"
    ),
    run: RunOption = None,
    scheme: Annotated[
        str, typer.Option("--scheme", metavar="S", help="考评方案的名称，或 .toml 文件。")
    ] = DEFAULT_SCHEME,
    days: Annotated[
        int, typer.Option("--days", min=1, max=250, help="整改期限（工作日）；否决项最多5个。")
    ] = 10,
    issued: Annotated[
        str, typer.Option("--date", metavar="YYYY-MM-DD", help="发出日期，默认为检查基准日。")
    ] = "",
    issuer: Annotated[str, typer.Option("--issuer", help="通知的落款单位。")] = "",
    database: DatabaseOption = "",
) -> None:
    """生成各单位的整改清单，输出文件路径。"""
    if context.invoked_subcommand is not None:
        return
    choice(format, tuple(FORMATS), "--format")
    with reading_store(database) as store:
        seen = chosen_run(store, run)
        wanted = tuple(_named(seen, name).name for name in unit or ())
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
        typer.echo(str(write_file(out / name, FORMATS[format](fixes), "--out")))
    for name in wanted:
        if name not in {fixes.unit for fixes in lists}:
            typer.echo(f"{name}：没有需要整改的问题，不出清单。")


@app.command(name="import", cls=Command)
def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="单位填好退回的清单。")],
    unit: Annotated[str, typer.Option("--unit", metavar="U", help="这是哪个单位的清单。")],
    by: Annotated[str, typer.Option("--by", help="谁反馈的，默认为当前用户。")] = "",
    partial: Annotated[
        bool, typer.Option("--partial", help="有不能读的行时，仍登记其余各行。")
    ] = False,
    database: DatabaseOption = "",
) -> None:
    """读回填好的整改清单：登记各单位所说的整改情况（不改变检查结论，须复查）。"""
    returned = read_returned(path)
    with reading_store(database) as store:
        newest = store.latest()
        name = _named(newest, unit).name if newest is not None else unit
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


def fix_lists(
    store: Store,
    seen: RunRecord,
    scheme: str,
    terms: Terms,
    *,
    issuer: str = "",
    units: tuple[str, ...] = (),
) -> tuple[FixList, ...]:
    """The fix lists of a run under a scheme."""
    rules = find_scheme(scheme)
    if rules.scores_sites:
        # A site's section holds the findings of all units: a unit may see its own only.
        why = f"方案“{rules.id}”按网站计分，而整改清单按单位出：请用按单位计分的方案，如{DEFAULT_SCHEME}"
        raise ConfigurationError([Problem("命令行", why, field="--scheme")])
    report = report_of(store, seen, rules)
    return build_fixlists(report, remember(store, report), terms, issuer=issuer, units=units)


def _tell(accepted: Accepted) -> None:
    for problem in accepted.problems:
        sys.stderr.write(f"{problem}\n")


def _named(run: RunRecord, name: str) -> Unit:
    """The unit of that name or alias.

    Raises:
        ConfigurationError: the register of that run has none.
    """
    for unit in run.units:
        if name in (unit.name, *unit.aliases):
            return unit
    known = "、".join(unit.name for unit in run.units) or "无"
    raise ConfigurationError(
        [Problem("命令行", f"台账中没有单位“{name}”：有{known}。", field="--unit")]
    )


def _safe(name: str) -> str:
    """A unit's name as part of a file's name."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in name)[:80] or "unit"
