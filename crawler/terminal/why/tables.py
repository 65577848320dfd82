"""What a page was taken for and why, for people: a short table for each question."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from crawler.terminal.tables import show
from plugins.errors import ConfigurationError, Problem
from plugins.taken import ALL, QUESTIONS, Taken, answer_name, mark, question_name
from plugins.values import near

COLUMNS = ("", "判断", "结论", "看到", "界限")
UNASKED = "没有问到"


def read_questions(words: Sequence[str] | None) -> tuple[str, ...]:
    """What ``--why`` asks for, commas taken apart; () = nothing.

    Raises:
        ConfigurationError: when something is no question.
    """
    asked = [one.strip().lower() for word in words or () for one in word.split(",")]
    known = (*QUESTIONS, ALL)
    problems = [
        Problem("--why", f"没有“{one}”这一项{near(one, known)}：可用{'、'.join(known)}")
        for one in dict.fromkeys(asked)
        if one not in known
    ]
    if problems:
        raise ConfigurationError(problems[:1])
    return tuple(dict.fromkeys(asked))


def show_taken(taken: Taken, questions: Sequence[str], *, unasked: bool = True) -> None:
    """Print what a page was taken for, and the steps of some questions.

    ``unasked`` = a question that nobody asked of this page is told too.
    """
    show(("项目", "内容"), facts_of(taken), title=taken.url)
    for name, steps in taken.only(questions).items():
        title = question_name(name)
        if not steps:
            sys.stdout.write(f"\n{title}：{UNASKED}\n" if unasked else "")
            continue
        sys.stdout.write("\n")
        show(
            COLUMNS,
            [(mark(one), one.test, answer_name(one), one.saw, one.limit) for one in steps],
            title=title,
        )


def facts_of(taken: Taken) -> list[tuple[str, str]]:
    """What a page was taken for, as rows."""
    return [
        ("类型", taken.kind_name),
        ("标题", taken.title),
        ("发布日期", taken.published or "无"),
        ("列表条数", str(taken.rows)),
        ("最近日期", taken.newest or "无"),
        ("是否为空", f"{taken.empty_name}（{taken.empty_why}）"),
    ]
