"""``gongkai score``: the ranking under a scheme, why it is so, what would change it, and what was published."""

from __future__ import annotations

from typing import Annotated

import typer

from crawler.terminal.options import DatabaseOption, RunOption, SchemeOption
from findings.schemes.default import DEFAULT_SCHEME

FORMATS = ("table", "json")


def command(
    more: Annotated[
        list[str] | None,
        typer.Argument(metavar="[编号 …]", help="--what-if 的更多问题。", show_default=False),
    ] = None,
    scheme: SchemeOption = DEFAULT_SCHEME,
    run: RunOption = None,
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", metavar="|".join(FORMATS), help="输出格式。")
    ] = "table",
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="编号",
            help="假定这些问题已整改，得分如何变化：问题编号（至少8位）、规则代码或单位名称。",
        ),
    ] = None,
    compare: Annotated[
        str,
        typer.Option(
            "--compare", metavar="编号|方案", help="与另一次检查（编号）或另一个方案的得分比较。"
        ),
    ] = "",
    explain: Annotated[
        str, typer.Option("--explain", metavar="单位", help="一个单位（网站）的每一分扣在哪里。")
    ] = "",
    publish: Annotated[
        bool, typer.Option("--publish", help="把这份成绩连同方案存档，不可更改。")
    ] = False,
    published: Annotated[
        str,
        typer.Option(
            "--published", metavar="编号|list", help="重新显示已发布的成绩；list 列出全部。"
        ),
    ] = "",
    note: Annotated[
        str, typer.Option("--note", metavar="说明", help="随 --publish 存档的说明。")
    ] = "",
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="姓名", envvar="GONGKAI_USER", help="由谁发布，默认为当前用户。"
        ),
    ] = "",
    database: DatabaseOption = "",
) -> None:
    """按考评方案计算各单位（或各网站）的得分和名次（预评估）。"""
    from crawler.desk.memory import reading_store
    from crawler.desk.scores import ScoreQuestion
    from crawler.terminal.asked import choice

    choice(format, FORMATS, "--format")
    question = ScoreQuestion(
        scheme=scheme,
        run=run,
        what_if=tuple(what_if or ()),
        more=tuple(more or ()),
        compare=compare,
        explain=explain,
        publish=publish,
        published=published,
        note=note,
        by=by,
    )
    question.agree()
    with reading_store(database) as store:
        question.answer(store, as_json=format == "json")
