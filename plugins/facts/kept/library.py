"""Policy document libraries (政策文件库): by what the page lets people search."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.facts.kept.kept_fact import KeptFact
from plugins.facts.language.text import solid
from plugins.facts.page import limits
from plugins.facts.page.kinds import PageKind
from plugins.facts.page.page import Page

NAME = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:政策文件库|规范性文件库|文件库|政策库|(?:政策|文件|政策文件|规范性文件|公文)(?:检索|查询|搜索)(?:平台|系统)?)(?:平台|系统|专栏)?"
)
OTHER = re.compile("国家|国务院|国办|省政府|上级|惠企|办事|项目|图书|案例|题库|问答库|知识库")
# Columns of papers may carry the search themselves.
PLACE = re.compile(r"政策文件|规范性文件|政府文件|文件")
BEFORE = r"(?:按|请选择|选择|所属|发布|发文|成文|印发|公文|文件|政策|信息|起始|开始|结束|截止|起止|查询|检索)*"
BEHIND = r"(?:分类|类型|类别|检索|查询|搜索|筛选|选择|范围|区间|段|排序)*(?:[：:].{0,40})?"
CRITERIA = (
    (
        "type",
        re.compile(
            f"{BEFORE}(?:类型|种类|类别|文种|体裁|形式){BEHIND}|文件分类(?:[：:].{{0,40}})?"
        ),
        re.compile(
            r"type|wenzhong|wjlx|(?:^|_)lx$|category|genre|ticai|(?:^|_)cat(?:id|_id)?$",
            re.IGNORECASE,
        ),
    ),
    (
        "date",
        re.compile(f"{BEFORE}(?:日期|时间|年份|年度){BEHIND}"),
        re.compile(
            r"date|time|year|^start|^begin|^end(?:$|[_A-Z])|nian|(?:^|_)rq$|sj$", re.IGNORECASE
        ),
    ),
    (
        "theme",
        re.compile(f"{BEFORE}(?:主题|领域|行业){BEHIND}"),
        re.compile(r"theme|topic|subject|zhuti|ztfl|(?:^|_)zt(?:lx|id)?$", re.IGNORECASE),
    ),
)
WORDS = {"type": "文件类型", "date": "日期", "theme": "主题"}
FIELDS = ("input", "select", "textarea")
NO_FIELDS = ("hidden", "submit", "button", "image", "reset", "password", "file")
FACET = re.compile(r"^(?:全部|不限|所有|[^：:]{2,6}[：:](?:全部|不限|所有).*)$")
# A column's name (政策文件); a longer title that holds the word is a paper's.
LIBRARY_NAME = 14
# A page that is not called a library offers two fields to search by at least.
LIBRARY_CONTROLS = 2
# Words beside a field of a search (发文日期); longer texts are sentences.
CONTROL_TEXT = 40


@dataclass(frozen=True, slots=True)
class Library:
    """A page that lets people search papers.

    ``named`` = it calls itself a library of papers; ``criteria`` of "type", "date", "theme" that its
    search offers; ``searchable`` = it has a field to fill in, or a row of choices; ``unsure`` = scripts
    may draw more than was seen.
    """

    named: bool
    criteria: tuple[str, ...] = ()
    searchable: bool = False
    unsure: bool = False


def is_library(name: str) -> bool:
    """Whether a page or column of this name is a library of papers of this body."""
    text = solid(name)
    return NAME.fullmatch(text) is not None and not OTHER.search(text)


def read_library(page: Page) -> Library | None:
    """What a library lets people search by; None where the page is none."""
    if page.kind not in (
        PageKind.LIST,
        PageKind.PORTAL,
        PageKind.FORM,
        PageKind.SINGLE,
        PageKind.SEARCH,
    ):
        return None
    names = (page.title, page.meta.first("ColumnName"), *page.crumb_names[-1:])
    named = any(map(is_library, names))
    if not named and not any(PLACE.search(name) and len(name) <= LIBRARY_NAME for name in names):
        return None
    outline = page.drawing.outline
    controls = [
        element
        for element in outline.elements
        if element.tag in FIELDS
        and element.attrs.get("type", "").lower() not in NO_FIELDS
        and not page.drawing.landmarks.in_footer(element)
    ]
    facets = any(FACET.match(solid(words)) for words in outline.texts if len(words) <= CONTROL_TEXT)
    if not named and len(controls) < LIBRARY_CONTROLS:
        return None
    said = " ".join(
        f"{element.attrs.get('name', '')} {element.attrs.get('id', '')}" for element in controls
    ).split()
    told = [
        solid(words)
        for words in outline.texts
        if limits.LEAST_NAME <= len(words.strip()) <= CONTROL_TEXT
    ]
    for element in controls:
        options = element.node.text(separator=" ").split() if element.tag == "select" else []
        told += [
            solid(words)
            for words in (
                element.attrs.get("placeholder", ""),
                element.attrs.get("title", ""),
                *options,
            )
        ]
    found = tuple(
        name
        for name, words, fields in CRITERIA
        if any(map(words.fullmatch, told)) or any(map(fields.search, said))
    )
    unsure = bool(page.needs_browser) or bool(page.frames) or (not page.rendered and not controls)
    return Library(named, found, bool(controls) or facets, unsure)


FACT = KeptFact("library", Library, of_page=read_library)
