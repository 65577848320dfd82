"""``gongkai score``: the ranking under a scheme."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from crawler.database import DatabaseOption, RunOption, choice, chosen_run, reading_store
from crawler.tables import show
from findings.assessment import assess
from findings.exports import json_text, number, score_json
from findings.records import COVERAGE_NAMES
from findings.scheme_file import DEFAULT_SCHEME, find_scheme
from plugins.rule import FAMILY_NAMES

FORMATS = ("table", "json")


def command(
    scheme: Annotated[
        str, typer.Option("--scheme", metavar="S", help="考评方案的名称，或 .toml 文件。")
    ] = DEFAULT_SCHEME,
    run: RunOption = None,
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", metavar="|".join(FORMATS), help="输出格式。")
    ] = "table",
    database: DatabaseOption = "",
) -> None:
    """按考评方案计算各单位得分和名次（预评估）。"""
    choice(format, FORMATS, "--format")
    rules = find_scheme(scheme)
    with reading_store(database) as store:
        scores = assess(store, chosen_run(store, run), rules).scores
    if format == "json":
        sys.stdout.write(json_text(score_json(scores)))
        return
    for kind in rules.kinds:
        cards = [card for card in scores.units if card.kind == kind.name and not card.note]
        exempted = any(card.total_without_exemptions != card.total for card in cards)
        if cards:
            show(
                (
                    "名次>",
                    "单位",
                    *(f"{name}\n({number(full)}分)>" for name, full in kind.categories.items()),
                    f"总分\n({number(kind.full)}分)>",
                    *(("不计豁免>",) if exempted else ()),
                ),
                [
                    (
                        card.rank,
                        card.unit + ("（否决）" if card.vetoes else ""),
                        *(
                            "不适用"
                            if score.waived
                            else f"{number(score.got)}{'' if score.measured else ' 未测'}"
                            for score in card.categories.values()
                        ),
                        number(card.total),
                        *((number(card.total_without_exemptions),) if exempted else ()),
                    )
                    for card in cards
                ],
                title=f"{scores.title}（{scores.label}，{scores.as_of}）：{kind.title}",
            )
    for card in scores.units:
        if card.note:
            lost = f"应扣{number(-card.total)}分。" if card.total < 0 else ""
            typer.echo(f"{card.unit}：{lost}{card.note}")
    for site, families in scores.coverage.items():
        gaps: dict[str, list[str]] = {}
        for family, covered in families.items():
            if covered.state != "complete":
                gap = f"（{COVERAGE_NAMES.get(covered.state)}）{covered.why and '：'}{covered.why}"
                gaps.setdefault(gap, []).append(FAMILY_NAMES.get(family, family))
        for gap, names in gaps.items():
            typer.echo(f"检查范围 {site} {'、'.join(names)}{gap}")
