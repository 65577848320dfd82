"""``gongkai send``: fix lists, bulletin and nightly digest, by mail and by Apprise."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from crawler.commands.fixlist import fix_lists
from crawler.inventory.toml_source import close
from crawler.plan.where import (
    DatabaseOption,
    RunOption,
    choice,
    chosen_run,
    day_option,
    reading_store,
)
from crawler.sending.addressbook import AddressBook
from crawler.sending.addressbook_file import read_addressbook
from crawler.sending.dispatch import Address, Dispatcher, LetterReport, Patience, addresses
from crawler.sending.plans import (
    Plan,
    attached_file,
    made_file,
    plan_bulletin,
    plan_digest,
    plan_fixlists,
)
from crawler.sending.preview import write_preview
from crawler.terminal.usage import Command
from findings.bulletin import files as bulletin_files
from findings.bulletin.bulletin import Heading, build_bulletin
from findings.fixlists import files as fixlist_files
from findings.fixlists.fixlist import Terms
from findings.people.reporting import report_of
from findings.records.records import RunRecord
from findings.schemes.scheme_file import DEFAULT_SCHEME, find_scheme
from findings.store.store import Store
from plugins.errors import ConfigurationError, Problem

EXIT_UNSENT = 3

app = typer.Typer(help="发送整改清单、通报和每日摘要（邮件，及企业微信、钉钉、飞书等）。")

ConfigOption = Annotated[
    Path, typer.Option("--config", metavar="F.toml", help="发送设置，见docs/sending.md。")
]
UnitOption = Annotated[
    list[str] | None,
    typer.Option("--unit", metavar="U", help="只发给该单位；默认全部收件人。"),
]
PreviewOption = Annotated[
    bool, typer.Option("--preview", help="只把要发的内容写成文件，什么也不发送。")
]
OutOption = Annotated[Path, typer.Option("--out", metavar="DIR", help="预览文件写到哪个目录。")]
AttemptsOption = Annotated[
    int, typer.Option("--attempts", metavar="N", min=1, max=10, help="发送失败时最多试几次。")
]
PauseOption = Annotated[
    float,
    typer.Option(
        "--pause", metavar="S", min=0, max=300, help="第一次重试前等几秒，以后每次加长到三倍。"
    ),
]
AgainOption = Annotated[bool, typer.Option("--again", help="已经发送过的也再发一次。")]
SchemeOption = Annotated[
    str, typer.Option("--scheme", metavar="S", help="考评方案的名称，或 .toml 文件。")
]
BOOK, FOLDER = Path("sending.toml"), Path("var/preview")


@dataclass(frozen=True)
class _Desk:
    """What all three commands share."""

    book: AddressBook
    preview: bool
    out: Path
    patience: Patience
    again: bool

    def places(self, kind: str, run: RunRecord, units: Sequence[str] | None) -> list[Address]:
        """Where letters of this kind go; only to the units that are named, where any is."""
        book = self.book.with_units(run.units)
        wanted = [_named(run, name) for name in units or ()]
        for name in wanted:
            if not book.of(kind, name):
                raise ConfigurationError(
                    [Problem(book.path, f"“{name}”没有登记接收这类信件的收件人", field="--unit")]
                )
        found = [one for one in book.recipients if kind in one.receives]
        chosen = [one for one in found if not wanted or one.unit in wanted]
        return addresses(book, chosen, os.environ, preview=self.preview)

    def carry_out(self, store: Store, plan: Plan) -> None:
        """Send, or write previews; ends the command with status 3 where something was not sent."""
        if self.preview:
            _tell(plan.told)
            for path in write_preview(self.out, plan.items, self.book.mail):
                typer.echo(str(path))
            typer.echo(f"预览{len(plan.items)}封，没有发送。")
            return
        told = list(plan.told)
        _tell(plan.told)
        if plan.items:
            password = self.book.password(os.environ)
            dispatcher = Dispatcher(store, self.book.mail, password, self.patience, self.again)
            for item in plan.items:
                told.append(dispatcher.send(item))
                _tell(told[-1:])
        if not all(one.good for one in told):
            raise typer.Exit(EXIT_UNSENT)


@app.command("fixlists", cls=Command)
def fixlists(
    unit: UnitOption = None,
    format: Annotated[  # noqa: A002 - the word of the command line
        list[str] | None,
        typer.Option("--format", metavar="xlsx|docx|html", help="附件格式；默认xlsx和docx。"),
    ] = None,
    days: Annotated[
        int, typer.Option("--days", min=1, max=250, help="整改期限（工作日）；否决项最多5个。")
    ] = 10,
    issued: Annotated[
        str, typer.Option("--date", metavar="YYYY-MM-DD", help="发出日期，默认为检查基准日。")
    ] = "",
    issuer: Annotated[str, typer.Option("--issuer", help="通知的落款单位。")] = "",
    scheme: SchemeOption = DEFAULT_SCHEME,
    run: RunOption = None,
    config: ConfigOption = BOOK,
    preview: PreviewOption = False,
    out: OutOption = FOLDER,
    attempts: AttemptsOption = 4,
    pause: PauseOption = 5,
    again: AgainOption = False,
    database: DatabaseOption = "",
) -> None:
    """把整改清单发给各单位；每个单位只收到自己的。"""
    formats = tuple(dict.fromkeys(format or ("xlsx", "docx")))
    for one in formats:
        choice(one, tuple(fixlist_files.FORMATS), "--format")
    desk = _Desk(read_addressbook(config), preview, out, Patience(attempts, pause), again)
    with reading_store(database) as store:
        seen = chosen_run(store, run)
        places = desk.places("fixlists", seen, unit)
        terms = Terms(day_option(issued, "--date") or seen.as_of, days)
        wanted = tuple(_named(seen, name) for name in unit or ())
        lists = fix_lists(store, seen, scheme, terms, issuer=issuer, units=wanted)
        desk.carry_out(store, plan_fixlists(lists, formats, places))


@app.command("bulletin", cls=Command)
def bulletin(
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="F", help="发送这个（已在Word中改定的）文件，不另生成。"),
    ] = None,
    unit: UnitOption = None,
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
        Path | None, typer.Option("--template", metavar="F.docx", help="本单位修改过的Word模板。")
    ] = None,
    scheme: SchemeOption = DEFAULT_SCHEME,
    run: RunOption = None,
    config: ConfigOption = BOOK,
    preview: PreviewOption = False,
    out: OutOption = FOLDER,
    attempts: AttemptsOption = 4,
    pause: PauseOption = 5,
    again: AgainOption = False,
    database: DatabaseOption = "",
) -> None:
    """把考评通报（Word）发给全部收件人。"""
    desk = _Desk(read_addressbook(config), preview, out, Patience(attempts, pause), again)
    own = attached_file(file) if file is not None else None
    day = day_option(dated, "--date")
    with reading_store(database) as store:
        seen = chosen_run(store, run)
        places = desk.places("bulletin", seen, unit)
        heading = Heading(
            year=year or seen.as_of.year,
            day=day or seen.as_of,
            district=district,
            issuer=issuer,
            number=number,
            recipients=to,
        )
        made = build_bulletin(report_of(store, seen, find_scheme(scheme)), heading)
        name = f"{heading.title}（{made.label}）.docx"
        attached = own or made_file(name, bulletin_files.bulletin_docx(made, template))
        plan = plan_bulletin(made, seen.id, attached, own=own is not None, places=places)
        desk.carry_out(store, plan)


@app.command("digest", cls=Command)
def digest(
    unit: UnitOption = None,
    run: RunOption = None,
    config: ConfigOption = BOOK,
    preview: PreviewOption = False,
    out: OutOption = FOLDER,
    attempts: AttemptsOption = 4,
    pause: PauseOption = 5,
    again: AgainOption = False,
    database: DatabaseOption = "",
) -> None:
    """有变化（新增、复发、已整改、即将到期）时，把每日摘要发给政务公开办和各单位。"""
    desk = _Desk(read_addressbook(config), preview, out, Patience(attempts, pause), again)
    with reading_store(database) as store:
        seen = chosen_run(store, run)
        places = desk.places("digest", seen, unit)
        desk.carry_out(store, plan_digest(store, seen, places, again=again))


def _named(run: RunRecord, name: str) -> str:
    """The name of the unit of that name or alias.

    Raises:
        ConfigurationError: the register of that run has none.
    """
    names = {name: unit.name for unit in run.units for name in (unit.name, *unit.aliases)}
    if name not in names:
        hint = close(name, names) if names else ""
        raise ConfigurationError(
            [Problem("命令行", f"台账中没有单位“{name}”{hint}", field="--unit")]
        )
    return names[name]


def _tell(told: Sequence[LetterReport]) -> None:
    """What is as it should be on the output, what is not on the error output."""
    for one in told:
        if one.good:
            typer.echo(one.line)
        else:
            sys.stderr.write(f"{one.line}\n")
