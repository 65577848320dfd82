"""What a page was taken for, and why: a few facts and the steps that led to them, as plain data.

For people who look for the mistake in a wrong fact: ``gongkai facts --why`` and ``gongkai findings
--why`` print it, a finding keeps it, a failing fixture shows it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from plugins.facts.language.covering import cover
from plugins.facts.language.personal import covered
from plugins.facts.page.page import Page, PageKind
from plugins.why import PASSED, Step, Trace, listening

# What may be asked of a page, in the order in which the answers build on each other.
QUESTIONS: Mapping[str, str] = {
    "kind": "这是什么页面",
    "title": "标题取自哪里",
    "published": "发布日期取自哪里",
    "main": "主要内容在哪里",
    "rows": "列表条目取自哪里",
    "newest": "最近的日期取自哪里",
    "pager": "怎样翻页",
    "empty": "栏目是否为空",
    "whole": "正文是否完整",
    "document": "文件信息取自哪里",
}
# Facts that are called otherwise than their question; the main part is where the rows are sought.
FACTS: Mapping[str, str] = {"main": "rows", "whole": "wholeness"}
ALL = "all"
ANSWER_NAMES = {"True": "是", "False": "否"}
# What one page's steps may weigh where they are kept, compressed.
HEAVIEST = 8_000
# How many steps of each question are kept when all of them weigh too much, most first.
FEWER = (40, 20, 10, 5, 2, 1)
LONGEST_URL = 2_000
LONGEST_TITLE = 200
KIND_WORDS: Mapping[str, str] = {
    PageKind.HOME: "首页",
    PageKind.LIST: "列表页",
    PageKind.PORTAL: "栏目门户",
    PageKind.SINGLE: "单篇内容",
    PageKind.FORM: "表单",
    PageKind.ARTICLE: "文章",
    PageKind.SEARCH: "检索页",
    PageKind.DATA: "数据",
    PageKind.ERROR: "出错页",
}
EMPTY_NAMES = {True: "空", False: "不空", None: "无法判断"}


@dataclass(frozen=True, slots=True)
class Taken:
    """One page as it was taken.

    ``published`` and ``newest`` in ISO form, "" = none; ``empty`` True, False, None = could not
    tell; ``why`` the steps by question, the last of each the decisive one.
    """

    url: str
    kind: str
    title: str = ""
    published: str = ""
    rows: int = 0
    newest: str = ""
    empty: bool | None = None
    empty_why: str = ""
    why: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page, trace: Trace) -> Taken:
        """The page as far as anybody listened to its facts; personal numbers are masked."""
        made = cls(
            url=page.address[:LONGEST_URL],
            kind=page.kind.value,
            title=covered(page.title)[:LONGEST_TITLE],
            published=page.published.isoformat() if page.published else "",
            rows=len(page.rows),
            newest=page.newest.isoformat() if page.newest else "",
            empty=page.empty,
            empty_why=page.empty_why,
        )
        why = {name: tuple(map(_masked, steps)) for name, steps in trace.steps.items()}
        return replace(cover(made), why=why)

    @classmethod
    def again(cls, page: Page) -> Taken:
        """The page's facts drawn anew while somebody listens: those drawn before left no step."""
        fresh = replace(page)
        with listening() as trace:
            ask(fresh)
            return cls.of(fresh, trace)

    def decisive(self, question: str) -> Step | None:
        """The step that answered a question; None where no test did, or nobody asked."""
        steps = self.why.get(question, ())
        return steps[-1] if steps and steps[-1].answer != PASSED else None

    def only(self, questions: Collection[str]) -> dict[str, tuple[Step, ...]]:
        """The steps of some questions; of all that may be asked, and all that were, for "all"."""
        names = tuple(questions)
        if ALL in names:
            names = (*QUESTIONS, *(name for name in self.why if name not in QUESTIONS))
        return {name: self.why.get(name, ()) for name in names}

    def told(self) -> dict[str, Any]:
        """As JSON shows it."""
        said = {item.name: getattr(self, item.name) for item in fields(self)}
        why = {name: [step.told() for step in steps] for name, steps in self.why.items()}
        return {**said, "why": why}

    def lines(self) -> Iterator[str]:
        """As people read it, where there is no table: a head line, then step by step."""
        yield self.heading
        for name, steps in self.only([ALL]).items():
            if steps:
                yield f"  {question_name(name)}："
                yield from (f"    {step_line(step)}" for step in steps)

    @property
    def kind_name(self) -> str:
        """What it is, in words, with the word that ``gongkai facts`` prints."""
        return f"{KIND_WORDS.get(self.kind, '')}（{self.kind}）"

    @property
    def empty_name(self) -> str:
        """Whether it is empty, in words."""
        return EMPTY_NAMES[self.empty]

    @property
    def heading(self) -> str:
        """What it was taken for, in one line."""
        said = [
            f"类型：{self.kind_name}",
            f"标题：“{self.title}”",
            f"发布日期：{self.published or '无'}",
            f"列表：{self.rows}条",
            f"最近日期：{self.newest or '无'}",
            f"是否为空：{self.empty_name}",
        ]
        return f"{self.url} 被看作——" + "，".join(said)


def _masked(step: Step) -> Step:
    """A step without personal numbers; test and limit are words of ours."""
    answer, saw = covered(step.answer), covered(step.saw)
    return (
        step
        if (answer, saw) == (step.answer, step.saw)
        else Step(step.test, answer, saw, step.limit)
    )


def ask(page: Page) -> None:
    """Ask a page for every fact that has a reason to tell."""
    for name in (*QUESTIONS, "article", "empty_why"):
        getattr(page, FACTS.get(name, name))


def question_name(question: str) -> str:
    """A question in words, with the word that ``--why`` takes."""
    return f"{QUESTIONS[question]}（{question}）" if question in QUESTIONS else question


def mark(step: Step) -> str:
    """Whether a test answered or passed on, as a sign."""
    return "–" if step.answer == PASSED else "✓"


def answer_name(step: Step) -> str:
    """What a test answered, in words; "" where it passed on."""
    return "" if step.answer == PASSED else ANSWER_NAMES.get(step.answer, step.answer)


def step_line(step: Step) -> str:
    """One step in one line."""
    parts = [f"{mark(step)} {step.test}"]
    parts += [f"→ {answer_name(step)}"] if step.answer != PASSED else []
    parts += [f"看到：{step.saw}"] if step.saw else []
    parts += [f"界限：{step.limit}"] if step.limit else []
    return "  ".join(parts)


def packed(taken: Taken) -> bytes:
    """To be kept: compressed, and never heavier than it may be.

    Where it would be, the first steps of each question go: the last ones decided.
    """
    made = _squeezed(taken)
    for most in FEWER:
        if len(made) <= HEAVIEST:
            break
        made = _squeezed(
            replace(taken, why={name: steps[-most:] for name, steps in taken.why.items()})
        )
    return made if len(made) <= HEAVIEST else _squeezed(replace(taken, why={}))


def _squeezed(taken: Taken) -> bytes:
    text = json.dumps(taken.told(), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "replace"), 6)


def unpacked(data: bytes) -> Taken:
    """What was packed."""
    told = json.loads(zlib.decompress(data))
    why = {name: tuple(Step(**step) for step in steps) for name, steps in told.pop("why").items()}
    return Taken(**told, why=why)
