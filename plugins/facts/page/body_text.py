"""What stands in an article's body, and around it: its own lines, pictures and files, scripts that write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from plugins.facts.language.text import solid, squeeze
from plugins.facts.markup.body import marked_body
from plugins.facts.markup.outline import Element
from plugins.facts.page import limits
from plugins.facts.page.drawing import Drawing
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
DRAWING = re.compile(
    r"render|article|detail|content|(?<![a-z])(?:app|vue|react|angular|chunk|vendors?|bundle)(?![a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class BodyLines:
    """The body of one reading with what its tests look at; each is found when first asked for."""

    reading: Reading

    @cached_property
    def short(self) -> bool:
        """Whether so little is written that it matters what stands around it."""
        article = self.reading.article
        return article is not None and len(article.text) <= limits.SHORT

    @cached_property
    def _found(self) -> tuple[Element | None, str]:
        """The body's element and its text."""
        article, drawing = self.reading.article, self.reading.drawing
        if article is None:
            return None, ""
        node, text = article.node, article.text
        if self.short and node is not None and TOOLS.search(text) and len(text) < limits.TOOLS_ONLY:
            # Nothing but the share bar has text: what calls itself the body is the body.
            node = marked_body(drawing.outline, drawing.landmarks) or node
            text = drawing.outline.text(node, limits.SHORT)
        return node, text

    @property
    def node(self) -> Element | None:
        """The element in which the body stands."""
        return self._found[0]

    @cached_property
    def lines(self) -> list[str]:
        """The lines of a short body; of a tag that breaks off in it, what stands before the share bar."""
        text = SHARE.split(self._found[1], maxsplit=1)[0]
        return [squeeze(line) for line in text.split("\n")]

    @cached_property
    def _sorted(self) -> tuple[list[str], list[str]]:
        return _own_lines(self.lines, self.reading.drawing.title)

    @property
    def kept(self) -> list[str]:
        """Lines of a short body that say something of their own."""
        return self._sorted[0]

    @property
    def titles(self) -> list[str]:
        """Lines that only repeat the title."""
        return self._sorted[1]

    @cached_property
    def rest(self) -> str:
        """All that a short body says of its own."""
        return "".join(self.kept)

    @cached_property
    def drawn_later(self) -> bool:
        """Whether a script may write the body after loading."""
        return _drawn_later(self.reading.drawing, self.node)

    @cached_property
    def heading(self) -> bool:
        """Whether a short body says no more than a heading does."""
        return _is_heading(self.rest, self.reading.drawing.title)

    @cached_property
    def paragraphs(self) -> list[str]:
        """The lines of which the last is looked at: without tools below the text."""
        text = "\n".join(self.kept) if self.short else self._found[1]
        lines = [line for line in (squeeze(part) for part in text.split("\n")) if line]
        while lines and len(lines[-1]) < limits.TOOL_LINE and TOOLS.search(lines[-1]):
            lines.pop()
        return lines

    @property
    def last(self) -> str:
        """The last line of the text; "" where there is none."""
        return self.paragraphs[-1] if self.paragraphs else ""

    @property
    def tail(self) -> str:
        """The end of the last line, as it is told."""
        return self.last[-limits.TOLD_END :]

    @property
    def running(self) -> bool:
        """Whether the last line is as long as a sentence, and has a comma as one."""
        return len(self.last) >= limits.RUNNING and "，" in self.last


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


def lively(drawing: Drawing, node: Element | None) -> bool:
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


def may_draw(drawing: Drawing) -> bool:
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
