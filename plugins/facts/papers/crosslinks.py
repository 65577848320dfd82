"""Links between documents and their interpretations: real links in the article's own blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plugins.facts.language.text import CHINESE, solid, squeeze
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.links import Link
from plugins.facts.markup.outline import Element, Outline
from plugins.facts.markup.paths import is_article_path
from plugins.facts.papers import limits

READING = re.compile(
    r"解读|图解|一图[读看]?懂|政策问答|问答|答记者问|有关说明|起草说明|编制说明|政策说明|问题解答|解答|读懂|动漫|图说|长图|H5|百问百答|你问我答|访谈|发布会"
)
STRONG = re.compile(
    r"解读|图解|一图[读看]?懂|问答|答记者问|有关说明|起草说明|编制说明|政策说明|问题解答|读懂"
)
HEADING = re.compile(
    r"(?:相关|关联|有关|政策|文件|配套|延伸|扩展)?(?:的)?(?:政策)?(?:解读|图解|问答|说明)(?:材料|文件|信息|稿|链接)?\s*[：:]?|(?:相关|关联|有关)(?:政策|文件|文档|文章|链接|信息|内容|阅读|资料|稿件|新闻|附件)(?:与解读|及解读|和解读|、解读)?(?:链接)?\s*[：:]?|政策与解读\s*[：:]?|解读链接\s*[：:]?"
)
READING_HEADING = re.compile(
    r"(?:相关|关联|有关|政策|文件|配套|多媒体|视频|图文|文字|专家|部门|媒体)?(?:的)?(?:政策)?(?:解读|图解|问答)(?:材料|文件|信息|稿|链接)?\s*[：:]?|解读链接\s*[：:]?"
)
PAPER_HEADING = re.compile(
    r"(?:相关|关联|有关|政策|解读|被解读|原|对应|配套)?(?:的)?(?:政策|文件|文档|公文|规范性文件|原文|政策原文|文件原文|政策文件)(?:链接|原文)?\s*[：:]?|政策原文.{0,4}|文件原文.{0,4}|原文链接\s*[：:]?"
)
COLUMN_NAME = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4})?(?:政策|文件|媒体|专家|文字|数据|图片|视频|音频|部门|上级|国家|省|市|区|县|本级)?(?:解读|图解|问答|回应|解读回应|解读材料|图解图表|一图读懂|在线访谈|新闻发布会|发布会|访谈|政策解读|解读与回应|回应关切|解读方式|图文解读|文字解读|专家解读|媒体解读|视频解读)(?:回应|列表|专栏|库|平台)?"
)
PAPER = re.compile(
    r"《[^》]{4,}》|通知|意见|办法|规定|细则|方案|条例|决定|规划|公告|通告|措施|政策|制度|要点|〔\d{4}〕|\[\d{4}\]"
)
FILES = re.compile(
    r"\.(?:docx?|xlsx?|pdf|wps|ofd|zip|rar|jpe?g|png|gif|mp[34])(?:\?|$)", re.IGNORECASE
)
PLAIN_COLUMN = re.compile(r"[\u4e00-\u9fff]{2,6}|更多.*|首页|返回.*")
READING_TAIL = re.compile(r"(?:解读|图解|问答|说明)[^。；]{0,12}[：:]?\s*$")
NEIGHBOUR = re.compile(r"[上下前后]\s*一?\s*(?:篇|条|页|则)\s*[：:]?\s*[\[【]?\s*$")
OPENING = re.compile(r"[上下前后]\s*一\s*(?:篇|条|页|则)|[上下]篇")
# A heading that may be the name of the column instead of "of this document".
COLUMN_HEADING = re.compile(r"(?:政策|文件|最新|热门|近期|推荐)?(?:政策)?(?:解读|图解)(?:回应)?")
PLACE = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=关于)|(?<=印发))[\u4e00-\u9fff]{2,6}?[省市县区镇](?![域场内民级属])"
)
FORM = re.compile(
    r"人民政府|办公室|关于|印发|的通知|解读|图解|一图|[读看]懂|政策|问答|管理|实施|暂行|试行|若干|工作"
    r"|办法|规定|细则|方案|意见|条例|措施|规划|制度|通知|公告|\d+年?|[《》〈〉“”（）()：:，、]"
)
PAPER_TAIL = re.compile(r"(?:文件|原文|政策|文档|链接)[^。；]{0,12}[：:]\s*$")


@dataclass(frozen=True)
class Surroundings:
    """What both searches look at: the page's links with their elements, bare addresses, its body."""

    outline: Outline
    landmarks: Landmarks
    links: Sequence[tuple[Element, Link]]
    plain: Sequence[Link]
    body: Element | None
    key: str
    title: str

    def candidates(self) -> Iterator[tuple[Element, Link, str]]:
        """Links outside menus, breadcrumb and footer that lead to another page, with their words."""
        for element, link in self.links:
            if _counts(element, link, self.landmarks, self.key):
                yield element, link, squeeze(link.words)

    def headed(self, element: Element, wanted: re.Pattern[str]) -> bool:
        """Whether the block around a link is headed by some words."""
        return _heading(self.outline, element, wanted)

    def in_sentence(self, element: Element, words: str) -> bool:
        """Whether a link stands in the text with words of the text around it, not in a list."""
        if not self.in_body(element) or any(
            node.tag in ("li", "ul", "ol") for node in list(element.ancestors())[:4]
        ):
            return False
        block = self.outline.elements[element.block]
        return len(self.outline.line(block)) >= len(words) + 2

    def is_neighbour(self, element: Element) -> bool:
        """Whether a link only leads to the article before or behind (上一篇、下一篇)."""
        before = self.outline.span(max(0, element.first - 3), element.first, 200)
        return (
            NEIGHBOUR.search(before) is not None
            or OPENING.match(self.outline.line(element, 60)) is not None
        )

    def is_of_column(self, element: Element, words: str) -> bool:
        """Whether a link only stands in a list of the column 政策解读, of whatever document.

        Such a list has several links, and what this one speaks of the page's title does not name.
        """
        if not self.headed(element, COLUMN_HEADING):
            return False
        holder = element
        for node in list(element.ancestors())[:4]:
            holder = node
            if (
                node.tag in ("ul", "ol", "dl", "tbody")
                or len(self.outline.anchors_in(node)) > limits.ROW_LINKS
            ):
                break
        return len(self.outline.anchors_in(holder)) > 1 and not (
            _matter(words) & _matter(self.title)
        )

    def in_body(self, element: Element) -> bool:
        """Whether a link stands in the text itself."""
        return self.body is not None and self.body.holds(element)


def interpretation_links(page: Surroundings) -> tuple[str, ...]:
    """Addresses of interpretations that the page links to, outside menus and breadcrumb.

    A link counts if it stands in a block headed 相关解读, or if its own words say so (解读, 图解,
    政策问答, 答记者问, 有关说明 …) and are more than the name of a column; outside the text and blocks
    of related papers it must speak of this page's matter, since side lists hold interpretations of
    other documents. Headings without any ``<a>`` prove nothing.
    """
    found: dict[str, None] = {}
    for element, link, words in page.candidates():
        if COLUMN_NAME.fullmatch(words):
            # A button 政策解读 beside the text leads to an article, a menu entry to a column.
            if STRONG.search(words) and is_article_path(link.url):
                found.setdefault(link.url)
        elif READING.search(words):
            if (
                solid(words) != solid(page.title)
                and (len(CHINESE.findall(words)) >= limits.TITLE_SIGNS or is_article_path(link.url))
                and (STRONG.search(words) or page.headed(element, READING_HEADING))
                and not page.is_neighbour(element)
                and not page.is_of_column(element, words)
                and (
                    same_matter(words, page.title)
                    or page.in_sentence(element, words)
                    or page.headed(element, HEADING)
                )
            ):
                found.setdefault(link.url)
        elif (
            (not PLAIN_COLUMN.fullmatch(words) or is_article_path(link.url))
            and page.headed(element, READING_HEADING)
            and not page.is_neighbour(element)
            and not page.is_of_column(element, words)
        ):
            found.setdefault(link.url)
    for link in page.plain:
        if READING_TAIL.search(link.title) and link.key != page.key:
            found.setdefault(link.url)
    return tuple(found)


def document_links(page: Surroundings) -> tuple[str, ...]:
    """Addresses of the documents that an interpretation links to.

    A link counts if it carries a title in 《》 that the page's own title names, if it stands in a
    block headed 相关文件 / 政策原文, or if it stands in the body and reads like a document's title.
    """
    found: dict[str, None] = {}
    named = [solid(match) for match in re.findall(r"《([^》]{4,})》?", page.title)]
    for element, link, words in page.candidates():
        plain = solid(words)
        of_title = any(
            name in plain or (len(plain) >= limits.WHOLE_TITLE and plain in name) for name in named
        )
        if page.is_neighbour(element) or (
            STRONG.search(words) and not (of_title and "解读" not in words)
        ):
            continue
        if (
            of_title
            or (
                (len(words) >= limits.TITLE_SIGNS or is_article_path(link.url))
                and page.headed(element, PAPER_HEADING)
            )
            or (page.in_body(element) and ("《" in words or "〔" in words) and PAPER.search(words))
        ):
            found.setdefault(link.url)
    for link in page.plain:
        if (
            PAPER_TAIL.search(link.title)
            and not READING_TAIL.search(link.title)
            and link.key != page.key
        ):
            found.setdefault(link.url)
    return tuple(found)


def same_matter(words: str, title: str) -> bool:
    """Whether two titles share most pairs of letters of the shorter one, papers in 《》 first."""
    one = _pairs(next(iter(re.findall(r"《([^》]{4,})》?", words)), words))
    other = _pairs(title)
    if not one or not other:
        return False
    return len(one & other) >= limits.ALIKE * min(len(one), len(other))


def _matter(text: str) -> frozenset[str]:
    """Pairs of letters of what a title is about: place, issuer and kind of paper say nothing."""
    about = FORM.sub(" ", PLACE.sub(" ", solid(text)))
    return frozenset(
        piece[place : place + 2] for piece in about.split() for place in range(len(piece) - 1)
    )


def _pairs(text: str) -> frozenset[str]:
    plain = re.sub(
        r"关于|印发|的通知|解读|图解|政策|问答|[《》〈〉“”（）()：:，、]", "", solid(text)
    )
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))


def _counts(element: Element, link: Link, landmarks: Landmarks, address_key: str) -> bool:
    return bool(
        link.url
        and link.key != address_key
        and not element.unseen
        and not landmarks.in_nav(element)
        and not landmarks.in_crumb(element)
        and not landmarks.in_footer(element)
        and link.words
    )


def _heading(outline: Outline, element: Element, wanted: re.Pattern[str]) -> bool:
    """Whether the block around a link is headed by some words: the last line before the block's links."""
    node: Element | None = element
    for _ in range(6):
        if node is None or node.parent is None or node.tag in ("body", "html"):
            return False
        lines = [
            squeeze(line)
            for line in outline.span(max(0, node.first - 8), node.first, 300).split("\n")
        ]
        lines = [line for line in lines if line]
        if lines:
            line = lines[-1]
            if wanted.fullmatch(line) or (
                len(line) <= limits.BEFORE_LINK
                and wanted.search(line[-limits.TAIL :])
                and line[-1:] in "：:"
            ):
                return True
            # The words before a link in the middle of a block of links belong to the link before.
            if not _is_link_text(outline, node.first - 1) and len(line) > limits.OTHER_LINE:
                return False
        node = node.parent
    return False


def _is_link_text(outline: Outline, position: int) -> bool:
    for back in range(position, max(-1, position - 4), -1):
        if outline.texts[back].strip():
            return any(
                node.tag == "a"
                for node in (outline.owners[back], *outline.owners[back].ancestors())
            )
    return False
