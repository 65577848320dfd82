"""``gongkai score``: the ranking under a scheme, why it is so, what would change it, and what was published."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from crawler.plan.where import DatabaseOption, RunOption, choice, chosen_run, known, reading_store
from crawler.terminal.score_changes import show_comparison, show_publication, show_publications
from crawler.terminal.score_tables import say, show_explanation, show_scores
from findings.people.assessment import Assessment, assess
from findings.records.records import RUN_STATE_NAMES, RunRecord, RunState
from findings.schemes.scheme_file import DEFAULT_SCHEME, find_scheme
from findings.scoring.comparing import comparison_json
from findings.scoring.explaining import briefs, explanation
from findings.scoring.score_json import json_text, score_json
from findings.scoring.what_if import meant
from findings.store.published import PublishedCard
from findings.store.store import Store
from plugins.errors import ConfigurationError, Problem

FORMATS = ("table", "json")
LIST = "list"


def command(
    more: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FINGERPRINT …]", help="--what-if 的更多问题。", show_default=False
        ),
    ] = None,
    scheme: Annotated[
        str, typer.Option("--scheme", metavar="S", help="考评方案的名称，或 .toml 文件。")
    ] = DEFAULT_SCHEME,
    run: RunOption = None,
    format: Annotated[  # noqa: A002 - the word of the command line
        str, typer.Option("--format", metavar="|".join(FORMATS), help="输出格式。")
    ] = "table",
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="FINGERPRINT",
            help="假定这些问题已整改，得分如何变化：问题编号（至少8位）、规则代码或单位名称。",
        ),
    ] = None,
    compare: Annotated[
        str,
        typer.Option(
            "--compare", metavar="RUN|SCHEME", help="与另一次检查（编号）或另一个方案的得分比较。"
        ),
    ] = "",
    explain: Annotated[
        str, typer.Option("--explain", metavar="UNIT", help="一个单位（网站）的每一分扣在哪里。")
    ] = "",
    publish: Annotated[
        bool, typer.Option("--publish", help="把这份成绩连同方案存档，不可更改。")
    ] = False,
    published: Annotated[
        str,
        typer.Option("--published", metavar="N|list", help="重新显示已发布的成绩；list 列出全部。"),
    ] = "",
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="随 --publish 存档的说明。")
    ] = "",
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="NAME", envvar="GONGKAI_USER", help="由谁发布，默认为当前用户。"
        ),
    ] = "",
    database: DatabaseOption = "",
) -> None:
    """按考评方案计算各单位（或各网站）的得分和名次（预评估）。"""
    choice(format, FORMATS, "--format")
    mended = [*(what_if or ()), *(more or ())]
    _agree(
        more=bool(more) and not what_if,
        acts={
            "--what-if": bool(what_if),
            "--compare": bool(compare),
            "--publish": publish,
            "--published": bool(published),
        },
        explain=bool(explain),
        chosen=run is not None or scheme != DEFAULT_SCHEME,
    )
    rules = find_scheme(scheme)
    with reading_store(database) as store:
        if published:
            _published(store, published, explain, format)
            return
        seen = chosen_run(store, run)
        now = assess(store, seen, rules)
        if mended:
            fixed = meant(now.findings, mended)
            names = frozenset(finding.fingerprint for finding in fixed)
            then = assess(store, seen, rules, fixed=names)
            _changes(now, then, format, fixed=sorted(names))
            return
        if compare:
            _changes(_other(store, compare, now, scheme), now, format)
            return
        content = {"score": score_json(now.scores), "findings": briefs(now.scores, now.findings)}
        if publish:
            _must_be_finished(seen)
            kept, new = store.publish(
                PublishedCard.of(
                    rules, seen.id, seen.as_of, content, by=by or getpass.getuser(), note=note
                )
            )
    if publish:
        if format == "json":
            sys.stdout.write(json_text({"published": {**kept.head_json(), "new": new}}))
            return
        if not new:
            say("这份成绩此前已经发布，没有重复存档。")
        show_publication(kept.head_json())
    elif explain:
        _explain(content, explain, format)
    elif format == "json":
        sys.stdout.write(json_text(content["score"]))
    else:
        show_scores(content["score"])


def _agree(*, more: bool, acts: Mapping[str, bool], explain: bool, chosen: bool) -> None:
    """Refuse options that cannot go together.

    Raises:
        ConfigurationError: in Chinese, naming the option.
    """
    asked = [name for name, is_asked in acts.items() if is_asked]
    if more:
        raise ConfigurationError(
            [Problem("gongkai score", "多出来的参数只能跟在 --what-if 之后。")]
        )
    if len(asked) > 1:
        raise ConfigurationError(
            [Problem("gongkai score", f"{'、'.join(asked)}不能同时使用。", field=asked[1])]
        )
    if explain and asked not in ([], ["--published"]):
        raise ConfigurationError(
            [Problem("gongkai score", f"不能与{asked[0]}同时使用。", field="--explain")]
        )
    if asked == ["--published"] and chosen:
        raise ConfigurationError(
            [
                Problem(
                    "gongkai score",
                    "已发布的成绩按存档显示，不能再指定 --run 或 --scheme。",
                    field="--published",
                )
            ]
        )


def _other(store: Store, word: str, now: Assessment, scheme: str) -> Assessment:
    """The assessment to compare with: of another run under this scheme, or of this run under another."""
    if word.isdecimal():
        return assess(store, chosen_run(store, int(word)), find_scheme(scheme))
    return assess(store, now.run, find_scheme(word))


def _changes(
    before: Assessment, after: Assessment, shape: str, *, fixed: list[str] | None = None
) -> None:
    compared = comparison_json(before.scores, after.scores)
    compared["before"]["run"] = before.run.id
    compared["after"]["run"] = after.run.id
    if fixed is not None:
        compared["what_if"] = fixed
        compared["after"]["fixed"] = len(fixed)
    if shape == "json":
        sys.stdout.write(json_text(compared))
    else:
        show_comparison(compared)


def _explain(content: Mapping[str, Any], unit: str, shape: str) -> None:
    known(unit, [card["unit"] for card in content["score"]["units"]], "--explain")
    card = explanation(content["score"], unit, content["findings"])
    assert card is not None
    if shape == "json":
        sys.stdout.write(json_text(card))
    else:
        show_explanation(card)


def _published(store: Store, word: str, explain: str, shape: str) -> None:
    if word == LIST:
        heads = [one.head_json() for one in store.publications()]
        if shape == "json":
            sys.stdout.write(json_text(heads))
        else:
            show_publications(heads)
        return
    if not word.isdecimal():
        raise ConfigurationError(
            [Problem("gongkai score", f"“{word}”应为份数的编号或 list。", field="--published")]
        )
    (kept,) = store.publications(int(word))
    if explain:
        _explain(kept.content, explain, shape)
    elif shape == "json":
        sys.stdout.write(json_text({**kept.content["score"], "published": kept.head_json()}))
    else:
        show_publication(kept.head_json())
        show_scores(kept.content["score"])


def _must_be_finished(run: RunRecord) -> None:
    """Refuse to publish what a broken night says."""
    if run.state is not RunState.FINISHED:
        raise ConfigurationError(
            [
                Problem(
                    "gongkai score",
                    f"第{run.id}次检查{RUN_STATE_NAMES[run.state]}，不能发布。",
                    field="--publish",
                )
            ]
        )
