"""Links that can be the title of a row, and which of a row's links is its title."""

from __future__ import annotations

import re
from bisect import bisect_left

from plugins.facts.language.phrases import MORE
from plugins.facts.language.statuses import status_alone
from plugins.facts.language.text import whole_title
from plugins.facts.lists import limits
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.outline import Element, Outline

PAGING = re.compile(
    r"(?:首|上一?|前一?|下一?|后一?|尾|末|最后一?|第一|第\s*\d+)\s*页|\d{1,5}|[<>«»‹›]{1,2}|跳转|GO|go|确定|转到|共\s*\d+\s*[页条].*"
)
# Words that a link of a row may carry besides its title.
SIDE_LINK = re.compile(
    r"[\[【(（]?(?:(?:相关|政策|查看)?(?:文件|解读|政策解读|图解|原文|附件|结果|问答)|(?:点击|立即|在线)?(?:下载|查看|预览|打开|参与|办理|咨询|申报|投票).{0,6}|(?:征集|调查)?结果(?:反馈|公示)?|反馈(?:情况)?|视频|音频|(?:PDF|WORD|OFD|DOCX?|XLSX?).{0,4}|[\[【].{1,8}[\]】])[\]】)）]?",
    re.IGNORECASE,
)


class ContentLinks:
    """The links of one page that say something: no paging, no 更多, outside menus and footer."""

    def __init__(self, outline: Outline, landmarks: Landmarks) -> None:
        self.outline = outline
        self.landmarks = landmarks
        self.titles: dict[int, str] = {}
        self.content: list[Element] = [a for a in outline.anchors if self._is_content(a)]
        self.content_indexes = [a.index for a in self.content]

    def title(self, anchor: Element) -> str:
        """The words of a link, whole."""
        known = self.titles.get(anchor.index)
        if known is None:
            text = self.outline.line(anchor, 1_000)
            known = whole_title(text, anchor.attrs.get("title", ""))
            self.titles[anchor.index] = known
        return known

    def _is_content(self, anchor: Element) -> bool:
        """Whether a link can be the title of a row: it says something, and is no paging or 更多."""
        if anchor.unseen or self.landmarks.in_footer(anchor) or self.landmarks.in_crumb(anchor):
            return False
        if not anchor.attrs and anchor.last == anchor.first:
            return False
        title = self.title(anchor)
        if (
            not limits.LEAST_TITLE <= len(title) <= limits.LONGEST_TITLE
            or MORE.fullmatch(title)
            or PAGING.fullmatch(title)
        ):
            return False
        if SIDE_LINK.fullmatch(title) or status_alone(title):
            return False
        return not self.landmarks.in_nav(anchor)

    def within(self, element: Element) -> list[Element]:
        """The content links inside an element."""
        first = bisect_left(self.content_indexes, element.index)
        return self.content[first : bisect_left(self.content_indexes, element.end)]

    def main(self, anchors: list[Element]) -> Element | None:
        """The title link among a row's links: the longest that is no 文件, 解读 or 查看结果."""
        if not anchors:
            return None

        def weight(anchor: Element) -> tuple[bool, int]:
            title = self.title(anchor)
            return (SIDE_LINK.fullmatch(title) is None, min(len(title), limits.WEIGHED_TITLE))

        return max(anchors, key=weight)


def nested(anchor: Element, base: Element) -> bool:
    """Whether a link stands in a list inside the row."""
    for node in anchor.ancestors():
        if node is base:
            return False
        if node.tag in ("ul", "ol", "dl"):
            return True
    return False
