"""Whether the body of an article is whole: empty, only its heading, broken off, or all there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from plugins.facts.page import limits
from plugins.facts.page.body_text import FILE, BodyLines, lively, may_draw
from plugins.facts.page.kinds import PageKind
from plugins.facts.page.reading import Reading
from plugins.why import Judge, Test, limit, saw

# Clear enough by itself: no sentence of Chinese can end like this.
CUT_WORD = re.compile(r"(?:&nbs?p?|&[a-z]{1,4}|[，、的和与及或并把被])$")
CUT_CODE = re.compile(r"&(?:n|nb|nbs|nbsp|l|ld|ldq|r|rd|rdq|m|md|mda|h|he)$")
SENTENCE_END = re.compile(r"[。！？!?；;：:…．.”』」）)】》〉\]>—～~*]$")
CALM_END = re.compile(
    r"(?:施行|执行|实施|有效|公告|通知|通告|公示|通报|函告|此复|为荷|遵照|参加|支持|监督|感谢|完毕|负责解释|同时废止|废止|来源|日|月|年|[A-Za-z0-9）)])$"
)
# Whom a paper is addressed to: what it says to them must follow.
SALUTATION = re.compile(r"[^。；！？]{4,120}[：:]")
PAIRS = (("《", "》"), ("“", "”"), ("（", "）"))


class BodyState(StrEnum):
    """What is there of an article's body."""

    WHOLE = "whole"
    EMPTY = "empty"
    HEADING = "heading"
    BROKEN = "broken"
    UNKNOWN = "unknown"


STATES = {
    BodyState.WHOLE: "完整",
    BodyState.EMPTY: "没有正文",
    BodyState.HEADING: "只有标题",
    BodyState.BROKEN: "中断",
    BodyState.UNKNOWN: "不判断",
}


@dataclass(frozen=True, slots=True)
class Wholeness:
    """State, the words on which it rests, and whether a person had better look."""

    state: BodyState
    words: str = ""
    doubtful: bool = False

    def __str__(self) -> str:
        """The state in a word."""
        return STATES[self.state]


WHOLE = Wholeness(BodyState.WHOLE)
UNKNOWN = Wholeness(BodyState.UNKNOWN)


# -- pages without a body to judge ---------------------------------------------------------------


def _no_article(body: BodyLines) -> Wholeness | None:
    reading = body.reading
    saw(reading.kind.value)
    judged = reading.kind is PageKind.ARTICLE and reading.article is not None
    return None if judged and reading.drawing.answer is None else UNKNOWN


# -- short bodies --------------------------------------------------------------------------------


def _with_content(body: BodyLines) -> Wholeness | None:
    limit("SHORT", limits.SHORT)
    return WHOLE if body.short and lively(body.reading.drawing, body.node) else None


def _empty_but_drawn(body: BodyLines) -> Wholeness | None:
    return UNKNOWN if body.short and not body.rest and body.drawn_later else None


def _only_title(body: BodyLines) -> Wholeness | None:
    limit("HEADING_LINES", limits.HEADING_LINES)
    if body.short and not body.rest and body.titles and len(body.lines) <= limits.HEADING_LINES:
        saw(body.titles[0])
        return Wholeness(BodyState.HEADING, body.titles[0], may_draw(body.reading.drawing))
    return None


def _empty(body: BodyLines) -> Wholeness | None:
    if not body.short or body.rest:
        return None
    saw("；".join(filter(None, body.lines)) or "没有文字")
    return Wholeness(BodyState.EMPTY, "", may_draw(body.reading.drawing))


def _names_file(body: BodyLines) -> Wholeness | None:
    if not body.short or not (match := FILE.search(body.rest)):
        return None
    saw(match[0])
    return WHOLE


def _heading_but_drawn(body: BodyLines) -> Wholeness | None:
    return UNKNOWN if body.short and body.heading and body.drawn_later else None


def _heading(body: BodyLines) -> Wholeness | None:
    if not body.short:
        return None
    saw(body.rest)
    limit("HEADING_TEXT", limits.HEADING_TEXT)
    return Wholeness(BodyState.HEADING, body.rest) if body.heading else None


def _only_salutation(body: BodyLines) -> Wholeness | None:
    if body.short and len(body.kept) == 1 and SALUTATION.fullmatch(body.rest):
        saw(body.rest)
        return Wholeness(BodyState.BROKEN, body.rest)
    return None


# -- how the last paragraph ends -----------------------------------------------------------------


def _ended(body: BodyLines) -> Wholeness | None:
    saw(body.tail)
    last = body.last
    return WHOLE if not last or FILE.search(last) or SENTENCE_END.search(last) else None


def _cut_code(body: BodyLines) -> Wholeness | None:
    saw(body.tail)
    return Wholeness(BodyState.BROKEN, body.tail) if CUT_CODE.search(body.last) else None


def _open_pair(body: BodyLines) -> Wholeness | None:
    limit("RUNNING", limits.RUNNING)
    near = body.last[-limits.PAIR_BACK :]
    for opening, closing in PAIRS:
        if near.rfind(opening) > near.rfind(closing) and len(body.last) >= limits.RUNNING:
            saw(near[near.rfind(opening) :])
            return Wholeness(BodyState.BROKEN, body.tail)
    return None


def _cut_word(body: BodyLines) -> Wholeness | None:
    saw(body.tail)
    limit("CLAUSE", limits.CLAUSE)
    last = body.last
    cut = len(last) >= limits.CLAUSE and "，" in last and CUT_WORD.search(last)
    return Wholeness(BodyState.BROKEN, body.tail) if cut else None


def _without_end(body: BodyLines) -> Wholeness | None:
    saw(body.tail)
    limit("SHORT", limits.SHORT)
    brief = sum(map(len, body.paragraphs)) <= limits.SHORT
    if body.running and brief and not CALM_END.search(body.last):
        return Wholeness(BodyState.BROKEN, body.tail, doubtful=True)
    return None


def _whole(body: BodyLines) -> Wholeness:
    saw(body.tail)
    return WHOLE


WHOLENESS: Judge[[BodyLines], Wholeness] = Judge(
    "whole",
    (
        Test("不是文章页，或者回答是数据", _no_article),
        Test("正文短，其中或旁边有图片、视频、表格、框架或附件", _with_content),
        Test("正文没有自己的文字，可能由脚本写入", _empty_but_drawn),
        Test("正文只有一两行，重复了标题", _only_title),
        Test("正文没有自己的文字", _empty),
        Test("正文短，写有附件或文件名", _names_file),
        Test("正文只有标题或文件抬头，可能由脚本写入", _heading_but_drawn),
        Test("正文只有标题或文件抬头", _heading),
        Test("正文只有一行对收文者的称呼", _only_salutation),
        Test("最后一行以句末标点结束，或写有附件、文件名", _ended),
        Test("最后一行以残缺的字符代码结束", _cut_code),
        Test("最后一行的书名号、引号或括号没有闭合", _open_pair),
        Test("最后一行以逗号、顿号或“的、和、与、及”一类的字结束", _cut_word),
        Test("短文的最后一行是句子，却没有句末标点，也不是常见的结尾", _without_end),
        Test("以上都不是：正文是完整的", _whole),
    ),
)


def judge_body(reading: Reading) -> Wholeness:
    """Judge the body of an article page; UNKNOWN for pages that are none, or whose body is drawn later.

    Pictures, films, tables, frames and attachments are content: a body that has one is never empty.
    """
    return WHOLENESS(BodyLines(reading)) or WHOLE
