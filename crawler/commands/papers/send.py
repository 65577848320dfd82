"""``gongkai send``: fix lists, bulletin and nightly digest, by mail and by Apprise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.terminal.options import (
    BulletinDateOption,
    BulletinYearOption,
    DatabaseOption,
    DaysOption,
    DistrictOption,
    IssuedOption,
    IssuerOption,
    NumberOption,
    RecipientsOption,
    RunOption,
    SchemeOption,
    SignatoryOption,
    TemplateOption,
)
from crawler.terminal.usage import Command
from findings.schemes.default import DEFAULT_SCHEME

app = typer.Typer(help="发送整改清单、通报和每日摘要（邮件，及企业微信、钉钉、飞书等）。")

ConfigOption = Annotated[
    Path, typer.Option("--config", metavar="文件.toml", help="发送设置，见docs/sending.md。")
]
UnitOption = Annotated[
    list[str] | None,
    typer.Option("--unit", metavar="单位", help="只发给该单位；默认全部收件人。"),
]
PreviewOption = Annotated[
    bool, typer.Option("--preview", help="只把要发的内容写成文件，什么也不发送。")
]
OutOption = Annotated[Path, typer.Option("--out", metavar="文件夹", help="预览文件写到哪个目录。")]
AttemptsOption = Annotated[
    int, typer.Option("--attempts", metavar="次数", min=1, max=10, help="发送失败时最多试几次。")
]
PauseOption = Annotated[
    float,
    typer.Option(
        "--pause", metavar="秒", min=0, max=300, help="第一次重试前等几秒，以后每次加长到三倍。"
    ),
]
AgainOption = Annotated[bool, typer.Option("--again", help="已经发送过的也再发一次。")]
BOOK, FOLDER = Path("sending.toml"), Path("var/preview")


@app.command("fixlists", cls=Command)
def fixlists(
    unit: UnitOption = None,
    format: Annotated[  # noqa: A002 - the word of the command line
        list[str] | None,
        typer.Option("--format", metavar="xlsx|docx|html", help="附件格式；默认xlsx和docx。"),
    ] = None,
    days: DaysOption = 10,
    issued: IssuedOption = "",
    issuer: SignatoryOption = "",
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
    from crawler.desk.fixlists import fix_lists
    from crawler.desk.memory import chosen_run, named_unit, reading_store
    from crawler.desk.postroom import Postroom
    from crawler.sending.plans import plan_fixlists
    from crawler.terminal.asked import choice, day_option
    from findings.fixlists import files
    from findings.fixlists.fixlist import Terms

    formats = tuple(dict.fromkeys(format or ("xlsx", "docx")))
    for one in formats:
        choice(one, tuple(files.FORMATS), "--format")
    post = Postroom.of(
        config, attempts=attempts, pause=pause, preview=preview, out=out, again=again
    )
    with reading_store(database) as store:
        seen = chosen_run(store, run)
        places = post.places("fixlists", seen, unit)
        terms = Terms(day_option(issued, "--date") or seen.as_of, days)
        wanted = tuple(named_unit(seen, name).name for name in unit or ())
        lists = fix_lists(store, seen, scheme, terms, issuer=issuer, units=wanted)
        post.carry_out(store, plan_fixlists(lists, formats, places))


@app.command("bulletin", cls=Command)
def bulletin(
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="文件", help="发送这个（已在Word中改定的）文件，不另生成。"),
    ] = None,
    unit: UnitOption = None,
    district: DistrictOption = "",
    issuer: IssuerOption = "",
    number: NumberOption = "",
    to: RecipientsOption = "各街道（管理区），区直各部门",
    year: BulletinYearOption = None,
    dated: BulletinDateOption = "",
    template: TemplateOption = None,
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
    from crawler.desk.memory import chosen_run, reading_store
    from crawler.desk.postroom import Postroom
    from crawler.sending.plans import attached_file, made_file, plan_bulletin
    from crawler.terminal.asked import day_option
    from findings.bulletin.bulletin import Heading, build_bulletin
    from findings.bulletin.files import bulletin_docx
    from findings.people.reporting import report_of
    from findings.schemes.scheme_file import find_scheme

    post = Postroom.of(
        config, attempts=attempts, pause=pause, preview=preview, out=out, again=again
    )
    own = attached_file(file) if file is not None else None
    day = day_option(dated, "--date")
    with reading_store(database) as store:
        seen = chosen_run(store, run)
        places = post.places("bulletin", seen, unit)
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
        attached = own or made_file(name, bulletin_docx(made, template))
        plan = plan_bulletin(made, seen.id, attached, own=own is not None, places=places)
        post.carry_out(store, plan)


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
    from crawler.desk.memory import chosen_run, reading_store
    from crawler.desk.postroom import Postroom
    from crawler.sending.plans import plan_digest

    post = Postroom.of(
        config, attempts=attempts, pause=pause, preview=preview, out=out, again=again
    )
    with reading_store(database) as store:
        seen = chosen_run(store, run)
        places = post.places("digest", seen, unit)
        post.carry_out(store, plan_digest(store, seen, places, again=again))
