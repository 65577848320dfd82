"""Whether the body of an article is whole: empty, only its heading, broken off, or all there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from plugins.facts.language.text import solid, squeeze
from plugins.facts.markup.body import marked_body
from plugins.facts.markup.outline import Element
from plugins.facts.page import limits
from plugins.facts.page.drawing import Drawing
from plugins.facts.page.kinds import PageKind
from plugins.facts.page.reading import Reading
from plugins.facts.papers.article import HEAD_WORDS

TOOLS = re.compile(
    r"分享(?:到|至)?|打印(?:本页)?|关闭(?:窗口|本页)?|扫一扫|责任编辑|(?:上|下)一(?:篇|条)|返回顶部|收藏|字号|大\s*中\s*小|相关(?:文章|链接|新闻|阅读|信息)|您(?:的|所在)位置|当前位置|我要纠错|阅读次数|浏览次数|^\W*$"
)
SHARE = re.compile(r"^\s*(?:一键)?分享(?:到|至)?[ \t]*[：:]?[ \t]*$", re.MULTILINE)
LIVELY = frozenset(
    ("iframe", "video", "audio", "embed", "object", "canvas", "svg", "table", "form")
)
ICONS = re.compile(
    r"share|icon|ico[._/-]|print|weixin|weibo|wechat|jiathis|bshare|logo|dot|line|arrow|spacer|blank|bg[._-]",
    re.IGNORECASE,
)
FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|wps|et|rar|zip|ofd|pptx?|jpe?g|png|mp4|mp3|ceb)\b|附\s*件", re.IGNORECASE
)
HEADING_END = re.compile(
    r"(?:法|令|办法|规定|意见|通知|公告|方案|条例|决定|细则|制度|规划|公示|通告|标准|纲要|规则|要点|计划|总结|报告|工作|要求)(?:[（(][^（）()]{1,12}[）)])?$"
)
# Clear enough by itself: no sentence of Chinese can end like this.
CUT_WORD = re.compile(r"(?:&nbs?p?|&[a-z]{1,4}|[，、的和与及或并把被])$")
SENTENCE_END = re.compile(r"[。！？!?；;：:…．.”』」）)】》〉\]>—～~*]$")
CALM_END = re.compile(
    r"(?:施行|执行|实施|有效|公告|通知|通告|公示|通报|函告|此复|为荷|遵照|参加|支持|监督|感谢|完毕|负责解释|同时废止|废止|来源|日|月|年|[A-Za-z0-9）)])$"
)
# Whom a paper is addressed to: what it says to them must follow.
SALUTATION = re.compile(r"[^。；！？]{4,120}[：:]")
DRAWING = re.compile(
    r"render|article|detail|content|(?<![a-z])(?:app|vue|react|angular|chunk|vendors?|bundle)(?![a-z])",
    re.IGNORECASE,
)
PAIRS = (("《", "》"), ("“", "”"), ("（", "）"))


class BodyState(StrEnum):
    """What is there of an article's body."""

    WHOLE = "whole"
    EMPTY = "empty"
    HEADING = "heading"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Wholeness:
    """State, the words on which it rests, and whether a person had better look."""

    state: BodyState
    words: str = ""
    doubtful: bool = False


WHOLE = Wholeness(BodyState.WHOLE)
UNKNOWN = Wholeness(BodyState.UNKNOWN)


def judge_body(reading: Reading) -> Wholeness:
    """Judge the body of an article page; UNKNOWN for pages that are none, or whose body is drawn later.

    Pictures, films, tables, frames and attachments are content: a body that has one is never empty.
    """
    article = reading.article
    if (
        reading.kind is not PageKind.ARTICLE
        or article is None
        or reading.drawing.answer is not None
    ):
        return UNKNOWN
    if len(article.text) > limits.SHORT:
        return _ending(article.text, lively=False)
    drawing = reading.drawing
    node, text = article.node, article.text
    if node is not None and TOOLS.search(text) and len(text) < limits.TOOLS_ONLY:
        # Nothing but the share bar has text: what calls itself the body is the body.
        node = marked_body(drawing.outline, drawing.landmarks) or node
        text = drawing.outline.text(node, limits.SHORT)
    # A tag that breaks off in the body swallows its end: the share bar then stands inside.
    lines = [squeeze(line) for line in SHARE.split(text, maxsplit=1)[0].split("\n")]
    kept, titles = _own_lines(lines, drawing.title)
    lively = _lively(drawing, node)
    if lively:
        return WHOLE
    rest = "".join(kept)
    if not rest:
        if _drawn_later(drawing, node):
            return UNKNOWN
        doubtful = _may_draw(drawing)
        state = (
            BodyState.HEADING if titles and len(lines) <= limits.HEADING_LINES else BodyState.EMPTY
        )
        return Wholeness(state, titles[0] if state is BodyState.HEADING else "", doubtful)
    if FILE.search(rest):
        return WHOLE
    if _is_heading(rest, drawing.title):
        return UNKNOWN if _drawn_later(drawing, node) else Wholeness(BodyState.HEADING, rest)
    if len(kept) == 1 and SALUTATION.fullmatch(rest):
        return Wholeness(BodyState.BROKEN, rest)
    return _ending("\n".join(kept), lively=False)


def _own_lines(lines: list[str], title: str) -> tuple[list[str], list[str]]:
    """Lines of the text itself, and lines that only repeat the title."""
    kept: list[str] = []
    titles: list[str] = []
    wanted = solid(title)
    for line in lines:
        plain = solid(line)
        if not plain:
            continue
        if len(plain) >= limits.REPEATED and (
            plain == wanted or (plain in wanted and len(plain) * 2 > len(wanted))
        ):
            titles.append(line)
        elif (
            len(line) < limits.HEAD_LINE
            and not kept
            and (HEAD_WORDS.search(line) or re.search(r"首页\s*[>＞›»]", line))
        ) or (len(line) < limits.TOOL_LINE and TOOLS.search(line)):
            continue
        else:
            kept.append(line)
    return kept, titles


def _lively(drawing: Drawing, node: Element | None) -> bool:
    """Whether the body, or what is around it below the title, holds something other than text."""
    if node is None:
        return True
    outline = drawing.outline
    holder = node
    for ancestor in node.ancestors():
        if ancestor.tag in ("body", "html") or ancestor.end - ancestor.index > limits.BODY_SPAN:
            break
        holder = ancestor
    for element in [holder, *outline.inside(holder)]:
        if element.tag in LIVELY and not (
            element.tag in ("table", "form") and _bare(drawing, element)
        ):
            return True
        if element.tag == "img" and not ICONS.search(element.attrs.get("src", "")):
            return True
        if element.tag == "a" and FILE.search(
            element.attrs.get("href", "") + outline.line(element, 100)
        ):
            return True
        if "background" in element.attrs.get("style", ""):
            return True
    return False


def _bare(drawing: Drawing, table: Element) -> bool:
    """A table or form that only lays out, or has nothing in it."""
    cells = sum(1 for element in drawing.outline.inside(table) if element.tag == "td")
    return cells < limits.DATA_CELLS or not drawing.outline.line(table, 100)


def _drawn_later(drawing: Drawing, node: Element | None) -> bool:
    """Whether a script may write the body after loading."""
    if drawing.rendered or node is None:
        return False
    names = [node.attrs.get("id", ""), *node.attrs.get("class", "").split()]
    marks = [re.escape(name) for name in names if len(name) > limits.NAME_PART]
    if not marks:
        return False
    wanted = re.compile(
        r"(?:" + "|".join(marks) + r")[\"'\])]*\s*\)?\s*\.(?:html|append|innerHTML|text|load)"
    )
    return any(script.text and wanted.search(script.text) for script in drawing.scripts)


def _may_draw(drawing: Drawing) -> bool:
    """Whether a linked script is named like one that draws whole pages or their texts."""
    return not drawing.rendered and any(
        DRAWING.search(script.raw.partition("?")[0].rpartition("/")[2])
        for script in drawing.scripts
    )


def _is_heading(rest: str, title: str) -> bool:
    """A few words without a sentence: the title in another form, or the first line of a document."""
    if len(rest) > limits.HEADING_TEXT or re.search(r"[。；，！？：:;,]|\d{5}", rest):
        return False
    one, other = solid(rest), solid(title)
    if (
        len(other) >= limits.OWN_TITLE
        and (other in one or one in other)
        and len(rest) <= 2 * len(title) + limits.TITLE_REST
    ):
        return HEADING_END.search(rest) is not None or one == other
    if HEADING_END.search(rest) and len(rest) <= limits.HEADING_LINE and _alike(one, other):
        return True
    return (
        len(rest) <= limits.HEADING_LINE
        and re.fullmatch(r"[\u4e00-\u9fff]{4,20}(?:主席令|国务院令|总局令|部令)", rest) is not None
    )


def _alike(one: str, other: str) -> bool:
    """Whether most of a line is words of the title, in one piece."""
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return match.size >= limits.SAME and match.size * 2 > len(one)


def _ending(text: str, *, lively: bool) -> Wholeness:
    """Whether the last paragraph of a text ends like one."""
    lines = [line for line in (squeeze(part) for part in text.split("\n")) if line]
    while lines and len(lines[-1]) < limits.TOOL_LINE and TOOLS.search(lines[-1]):
        lines.pop()
    if not lines or lively:
        return WHOLE
    last = lines[-1]
    if FILE.search(last) or SENTENCE_END.search(last):
        return WHOLE
    tail = last[-limits.TOLD_END :]
    if re.search(r"&(?:n|nb|nbs|nbsp|l|ld|ldq|r|rd|rdq|m|md|mda|h|he)$", last):
        return Wholeness(BodyState.BROKEN, tail)
    for opening, closing in PAIRS:
        near = last[-limits.PAIR_BACK :]
        if near.rfind(opening) > near.rfind(closing) and len(last) >= limits.RUNNING:
            return Wholeness(BodyState.BROKEN, tail)
    running = len(last) >= limits.RUNNING and "，" in last
    if len(last) >= limits.CLAUSE and "，" in last and CUT_WORD.search(last):
        return Wholeness(BodyState.BROKEN, tail)
    whole = sum(map(len, lines))
    if running and whole <= limits.SHORT and not CALM_END.search(last):
        return Wholeness(BodyState.BROKEN, tail, doubtful=True)
    return WHOLE
