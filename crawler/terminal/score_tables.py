"""Scores for people: rankings, why a score is what it is, what changed, and what was published.

Everything is shown from its JSON, so that what was published years ago is shown like today's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import typer

from crawler.terminal.tables import show, show_blocks
from findings.office.neutral import shorten
from findings.records.records import COVERAGE_NAMES
from findings.schemes.scheme import RECALLED_NAMES, Recalled
from plugins.rule import family_name

Json = Mapping[str, Any]
VERDICTS = {True: "未见不合格", False: "不合格", None: "—"}
FINDING_COLUMNS = ("编号", "代码", "单位", "问题", "说明", "地址")


def show_scores(score: Json) -> None:
    """The ranking tables, and below them what they leave out."""
    show_rankings(score)
    for card in score["units"]:
        if card["note"]:
            lost = f"应扣{-card['total']:g}分。" if card["total"] < 0 else ""
            say(f"{card['unit']}：{lost}{card['note']}")
    if score["note"]:
        say(score["note"])
    _recalled(score)
    _untested(score["units"])
    _coverage(score["coverage"])


def show_rankings(score: Json) -> None:
    """The ranking tables, and the vetoes that are near."""
    for table in score["tables"]:
        cards = [
            card for card in score["units"] if card["kind"] == table["kind"] and not card["note"]
        ]
        if cards:
            _ranking(score, table, cards)
    for card in score["units"]:
        for near in card["warnings"]:
            say(f"预警 {card['unit']} {near['title']}：{near['words']}")


def _ranking(score: Json, table: Json, cards: Sequence[Json]) -> None:
    exempted = any(card["total_without_exemptions"] != card["total"] for card in cards)
    judged = any(card["passed"] is not None for card in cards)
    full = sum(table["categories"].values())
    who = "网站" if table["subject"] == "site" else "单位"
    show(
        (
            "名次>",
            who,
            *(f"{name}\n({points:g}分)>" for name, points in table["categories"].items()),
            f"总分\n({full:g}分)>",
            *(("不计豁免>",) if exempted else ()),
            *(("结论",) if judged else ()),
        ),
        [
            (
                card["rank"],
                card["unit"] + ("（否决）" if card["vetoes"] else ""),
                *(
                    "不适用"
                    if one["waived"]
                    else f"{one['got']:g}{'' if one['measured'] else ' 未测'}"
                    for one in card["categories"].values()
                ),
                f"{card['total']:g}",
                *((f"{card['total_without_exemptions']:g}",) if exempted else ()),
                *((_conclusion(card),) if judged else ()),
            )
            for card in cards
        ],
        title=f"{score['title']}（{score['label']}，{score['as_of']}）：{table['title']}",
    )
    if table["note"]:
        say(table["note"])
    whys: dict[tuple[str, str], None] = {
        (name, one["waived"]): None
        for card in cards
        for name, one in card["categories"].items()
        if one["waived"]
    }
    for name, why in whys:
        say(f"{name}不适用：{why}。")


def _conclusion(card: Json) -> str:
    words = VERDICTS[card["passed"]]
    if card["vetoes"]:
        return f"{words}（{card['why_failed']}；不计否决{card['total_without_vetoes']:g}分）"
    return f"{words}（{card['why_failed']}）" if card["why_failed"] else words


def _recalled(score: Json) -> None:
    lines = {
        line["indicator"]
        for card in score["units"]
        for line in (*card["vetoes"], *card["lines"])
        if line["recalled"]
    }
    full = dict.fromkeys(name for table in score["tables"] for name in table["recalled"])
    if full:
        say(f"{'、'.join(full)}的满分系转述，没有对照公布文本。")
    if lines:
        say(
            f"表中扣分有{len(lines)}项指标的分值系转述，没有对照公布文本（--explain 逐项标明把握程度）。"
        )


def _untested(cards: Iterable[Json]) -> None:
    found: dict[tuple[str, str, str], str] = {}
    for card in cards:
        for one in card["untested"]:
            found.setdefault((one["kind"], one["indicator"], one["title"]), one["why"])
    others = []
    for (kind, indicator, title), why in found.items():
        if kind == "veto":
            say(f"未检查 {indicator} {title}：{why}")
        else:
            others.append(f"{indicator} {title}")
    if others:
        say(f"未检查的指标（按没有问题计）：{'、'.join(others)}。")


def _coverage(coverage: Json) -> None:
    for site, families in coverage.items():
        gaps: dict[str, list[str]] = {}
        for family, covered in families.items():
            if covered["state"] != "complete":
                state = COVERAGE_NAMES.get(covered["state"], covered["state"])
                gap = f"（{state}）{covered['why'] and '：'}{covered['why']}"
                gaps.setdefault(gap, []).append(family_name(family))
        for gap, names in gaps.items():
            say(f"检查范围 {site} {'、'.join(names)}{gap}")


def show_explanation(card: Json) -> None:
    """Every point of one card, down to the findings."""
    say(
        f"{card['unit']}：总分{card['total']:g}"
        + (f"，第{card['rank']}名" if card["rank"] else "")
        + (f"，{_conclusion(card)}" if card["passed"] is not None else "")
        + f"（{card['title']}，{card['label']}，{card['as_of']}）"
    )
    if card["note"]:
        say(card["note"])
    for name, one in card["categories"].items():
        lost = one["max"] - one["got"]
        state = "不适用：" + one["waived"] if one["waived"] else f"得{one['got']:g}分"
        state += f"，扣{lost:g}分" if lost and not one["waived"] else ""
        say(
            f"{name}（{one['max']:g}分）：{state}{'' if one['measured'] or one['waived'] else '，未测，按满分计'}"
        )
    for line in card["vetoes"]:
        ways = f"：{'；'.join(line['ways'])}" if line["ways"] else ""
        _found(
            f"单项否决 {line['indicator']} {line['title']}{ways}{_marks(line)}", line["findings"]
        )
        _clause(line)
    for line in card["lines"]:
        sign = "加" if line["kind"] == "bonus" else "扣"
        capped = (
            f"，已达上限（不设上限为{line['uncapped']:g}分）"
            if line["uncapped"] > line["points"]
            else ""
        )
        _found(
            f"{line['category']} {line['indicator']} {line['title']}：{sign}{line['points']:g}分"
            f"{capped}{_marks(line)}",
            line["findings"],
            ("分值", lambda item: f"{item['points']:g}分"),
        )
        shares = "、".join(
            f"{unit or '未归属单位'}{points:g}分" for unit, points in line["shares"].items()
        )
        if card["subject"] == "site" and shares:
            say(f"按单位（上限以前）：{shares}。")
        _clause(line)
    for near in card["warnings"]:
        _found(f"预警（不扣分） {near['title']}：{near['words']}", near["findings"])
    _found("待人工核实（不扣分）", card["reviews"])
    _found("已豁免（不扣分）", card["exempt"])
    _found("没有扣分的问题", card["unscored"], ("原因", lambda item: str(item["why"])))
    for one in card["untested"]:
        say(f"未检查 {one['indicator']} {one['title']}：{one['why']}")


def _marks(line: Json) -> str:
    marks = []
    if line["recalled"]:
        marks.append(RECALLED_NAMES[Recalled(line["recalled"])])
    if line["editable"]:
        marks.append("默认分值")
    return f"【{'，'.join(marks)}】" if marks else ""


def _clause(line: Json) -> None:
    if line["clause"]:
        say(f"依据：{line['clause']}")


def _found(title: str, findings: Sequence[Json], more: tuple[str, Any] | None = None) -> None:
    if not findings:
        return
    columns = (*((more[0],) if more else ()), *FINDING_COLUMNS)
    show_blocks(
        columns,
        [
            (
                *((more[1](item),) if more else ()),
                item["fingerprint"][:12],
                item.get("code", ""),
                item.get("unit", ""),
                item.get("title", ""),
                item.get("message", ""),
                item.get("subject", {}).get("ref", ""),
            )
            for item in findings
        ],
        below=[name for name in ("说明", "地址", "原因") if name in columns],
        title=title,
    )


def say(text: str) -> None:
    """One line: words of audited pages may be in it, so no control character reaches the terminal."""
    typer.echo(shorten(text, 2000))
