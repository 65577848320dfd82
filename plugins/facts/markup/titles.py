"""The title of a page: what its tags, headings and ``<title>`` say, without the site's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from plugins.facts.language.text import CHINESE, solid, squeeze
from plugins.facts.markup import limits
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.meta import Meta
from plugins.facts.markup.outline import Element, Outline
from plugins.facts.markup.sight import see
from plugins.why import Judge, Test, limit, saw

TITLE_MARKS = re.compile(r"title|(?<![a-z])bt(?![a-z])|biaoti|(?<![a-z])tit(?![a-z])")


@dataclass(frozen=True)
class TitleWords:
    """All that may be the title of a page: tags, headings, ``<title>``."""

    outline: Outline
    landmarks: Landmarks
    meta: Meta
    site_name: str = ""

    @cached_property
    def named(self) -> str:
        """The tag ArticleTitle; editors paste titles with tags into the CMS, which prints them there."""
        return squeeze(re.sub(r"<[^<>]{1,60}>", " ", self.meta.first("ArticleTitle")))

    @cached_property
    def shown(self) -> str:
        """The words of ``<title>``."""
        return document_title(self.outline)

    @cached_property
    def stripped(self) -> str:
        """The words of ``<title>`` without the site's name."""
        return _without_site(self.shown, self.meta, self.site_name)

    @cached_property
    def headings(self) -> list[tuple[str, Element]]:
        """Headings and what calls itself a title, outside menus and footer, without links."""
        found = []
        for element in self.outline.elements:
            if element.tag in ("h1", "h2", "h3") or (
                element.attrs
                and element.tag in ("div", "p", "td", "span", "font")
                and TITLE_MARKS.search(element.marks)
            ):
                if self.landmarks.in_footer(element) or self.landmarks.in_nav(element):
                    continue
                line = self.outline.line(element, 300)
                if (
                    limits.LEAST_TITLE <= len(line) <= limits.LONGEST_TITLE
                    and len(self.outline.anchors_in(element)) == 0
                ):
                    found.append((line, element))
        return found

    @cached_property
    def long_heading(self) -> tuple[str, Element | None]:
        """The first heading that reads like the title of an article; "" = none does."""
        return next(
            (
                (line, element)
                for line, element in self.headings
                if len(CHINESE.findall(line)) >= limits.SPEAKING_TITLE
            ),
            ("", None),
        )


def _named(words: TitleWords) -> str | None:
    return words.named or None


def _repeated(words: TitleWords) -> str | None:
    """A heading that ``<title>`` repeats."""
    saw(words.shown)
    limit("REPEATED_TITLE", limits.REPEATED_TITLE)
    limit("REPEATED_SHARE", limits.REPEATED_SHARE)
    wanted = solid(words.shown)
    for line, element in words.headings:
        if (
            len(line) >= limits.REPEATED_TITLE
            and solid(line) in wanted
            and len(solid(line)) >= limits.REPEATED_SHARE * len(wanted)
        ):
            see(words.outline, element, line)
            return line
    return None


def _headed(words: TitleWords) -> str | None:
    """A long heading where ``<title>`` says next to nothing."""
    line, element = words.long_heading
    saw(words.stripped)
    limit("SPEAKING_TITLE", limits.SPEAKING_TITLE)
    limit("SHORT_TITLE", limits.SHORT_TITLE)
    if (
        element is None
        or not line
        or (
            len(words.stripped) >= limits.SHORT_TITLE
            and words.stripped != squeeze(words.meta.first("SiteName"))
        )
    ):
        return None
    see(words.outline, element, line)
    return line


def _stripped(words: TitleWords) -> str:
    saw(words.shown)
    return words.stripped


TITLE: Judge[[TitleWords], str] = Judge(
    "title",
    (
        Test("有 ArticleTitle 标签", _named),
        Test("页面中的标题与 <title> 相合", _repeated),
        Test("<title> 没有说什么，取页面中第一个像标题的标题", _headed),
        Test("取 <title>，去掉网站名称", _stripped),
    ),
)


def find_title(outline: Outline, landmarks: Landmarks, meta: Meta, site_name: str = "") -> str:
    """The page's own title: ArticleTitle, a heading that ``<title>`` repeats, or ``<title>``."""
    return TITLE(TitleWords(outline, landmarks, meta, site_name)) or ""


def document_title(outline: Outline) -> str:
    """The text of ``<title>``."""
    for element in outline.elements[:600]:
        if element.tag == "title" and (element.parent is None or element.parent.tag != "svg"):
            return squeeze(outline.raws.get(element.index, ""))
    return ""


def _without_site(shown: str, meta: Meta, site_name: str) -> str:
    """The ``<title>`` without the site's name before or behind a dash."""
    parts = [
        part
        for part in re.split(r"\s*[_|｜–—]+\s*|\s+-+\s*|-(?=[^\d\s])|(?<=[^\d\s])-", shown)
        if part
    ]
    if len(parts) <= 1:
        return shown
    site = {solid(meta.first("SiteName")), solid(site_name)} - {""}
    column = solid(meta.first("ColumnName"))
    rest = [part for part in parts if solid(part) not in site]
    if column and any(solid(part) == column for part in rest):
        return next(part for part in rest if solid(part) == column)
    ending = re.compile(
        r"(?:人民政府|政府网|门户网站|网站|信息网|委员会|管理局|[^的]{2,12}(?:局|厅|部|委|办公室|街道办事处))(?:\(.*\))?$"
    )
    kept = [part for part in rest if not ending.search(part)] or rest
    return kept[0] if kept else shown
