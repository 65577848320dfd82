"""The article of a page: title, head line (发布时间、来源…) and body, found by text density."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from plugins.facts.language.text import CHINESE, solid, squeeze
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.meta import Meta
from plugins.facts.markup.outline import Element, Outline

BODY_MARKS = re.compile(
    r"trs_editor|trs_ueditor|trs_paper|ucap-?content|v_news_content|zoom|(?<![a-z])(?:article|artical|detail|content|xxgk_content|news_content|con_con|text_con|txt|j-fontcontent|pages_content|bodylabel|view|editor|xilan|main-?text|wzcon|news_?con|info-?con)(?![a-z])"
    r"|article[-_]?(?:con|content|body|detail|text|main|box)|(?:art|news|text|detail|info|xl|wz|main|page)[-_]?(?:con|content|body|text|main|nr)(?![a-z])|content[-_]?(?:body|text|main|detail|box|con)"
)
SOURCE = re.compile(r"(?:信息|文章|稿件|新闻|内容)?来\s*源\s*[：:]\s*([^\s：:|｜\[\]【】]{2,40})")
HEAD_WORDS = re.compile(
    r"(?:发布|发表|更新|公布|发文|成文|公开|录入|编辑|提交|上传|添加|印发)\s*(?:时间|日期)|日\s*期\s*[：:]|时\s*间\s*[：:]|来\s*源\s*[：:]|浏览|访问|阅读|点击|字\s*[体号]|打印|分享|作\s*者\s*[：:]|责任编辑|信息来源"
)
INFO_WORDS = re.compile(
    r"索\s*引\s*号|发\s*文\s*字\s*号|文\s*号|发\s*布\s*机\s*构|成\s*文\s*日\s*期|主\s*题\s*(?:分\s*)?类|信\s*息\s*分\s*类|公\s*开\s*方\s*式|有\s*效\s*性|发\s*文\s*机\s*关"
)
TEXT_TAGS = frozenset(
    (
        "p",
        "div",
        "td",
        "span",
        "font",
        "section",
        "article",
        "li",
        "center",
        "pre",
        "blockquote",
        "strong",
        "b",
    )
)
MAX_BODY = 200_000
THIN = 150.0
FADING = 0.72
NAMED = 1.4
TOPS = frozenset(("body", "html"))
PARTS = frozenset(("tr", "tbody", "table", "li", "ul", "ol"))
PARAGRAPHS = frozenset(("p", "li", "h2", "h3", "h4", "td", "tr"))


@dataclass(frozen=True)
class Article:
    """One article.

    ``head`` is the line of particulars between title and body (发布时间、来源 …), ``info`` the table of
    particulars of a document (索引号、文号 …), ``text`` the body, ``source`` who published it.
    ``node`` is the body's element, None where no body was found; never sent between processes.
    """

    title: str
    text: str
    head: str = ""
    source: str = ""
    info: str = ""
    node: Element | None = field(default=None, compare=False, repr=False)


def find_body(outline: Outline, landmarks: Landmarks) -> Element | None:
    """The element that holds most running text; None where the page has none.

    Each text that is no link scores for its nearest block and, less, for the blocks above, so that
    the holder of many paragraphs wins over each paragraph and over the whole page. Where there is
    hardly any text the body is a picture or empty: then what calls itself the body is it.
    """
    scores = _text_scores(outline, landmarks)
    for index in scores:
        element = outline.elements[index]
        if element.attrs and BODY_MARKS.search(element.marks):
            scores[index] *= NAMED
    best = outline.elements[max(scores, key=lambda index: scores[index])] if scores else None
    if best is None or scores[best.index] < THIN:
        return marked_body(outline, landmarks) or best
    while best.tag in PARTS and best.parent is not None and best.parent.tag not in TOPS:
        best = best.parent
    return best


def _text_scores(outline: Outline, landmarks: Landmarks) -> dict[int, float]:
    scores: dict[int, float] = {}
    for position, text in enumerate(outline.texts):
        owner = outline.owners[position]
        if landmarks.in_footer(owner):
            break
        length = len(text.strip())
        if length < 2 or not _is_running(owner, landmarks):
            continue
        share = float(min(length, 600)) + 12 * sum(text.count(mark) for mark in "，。；、")
        node: Element | None = outline.elements[owner.block]
        for step in range(6):
            if node is None or (node.tag in TOPS and step == 0):
                break
            if step or node.tag not in PARAGRAPHS:
                scores[node.index] = scores.get(node.index, 0.0) + share
            if node.tag in TOPS:
                break
            if step or node.tag != "p":
                share *= FADING
            node = node.parent
    return scores


def _is_running(owner: Element, landmarks: Landmarks) -> bool:
    """Whether a text can be part of an article: shown, no link, no heading, outside the menus."""
    return not (
        owner.unseen
        or owner.hidden
        or owner.tag in ("a", "button", "h1", "title", "label")
        or landmarks.in_nav(owner)
        or landmarks.in_crumb(owner)
        or _in_anchor(owner)
    )


def _in_anchor(owner: Element) -> bool:
    node: Element | None = owner
    for _ in range(4):
        if node is None:
            return False
        if node.tag == "a":
            return True
        node = node.parent
    return False


SHARE_MARKS = re.compile(r"jiathis|bshare|bdshare|share[-_]?(?:bar|box|txt|text)|socialshare")


def marked_body(outline: Outline, landmarks: Landmarks) -> Element | None:
    """An element that calls itself the body of an article: for bodies without any text.

    Of several the innermost of the first one: holders are often named alike.
    """
    found: Element | None = None
    for element in outline.elements:
        if not element.attrs or element.tag not in (
            "div",
            "td",
            "font",
            "span",
            "section",
            "article",
            "ucapcontent",
        ):
            continue
        if landmarks.in_footer(element):
            break
        if element.hidden or landmarks.in_nav(element) or not BODY_MARKS.search(element.marks):
            continue
        if SHARE_MARKS.search(element.marks):
            continue
        if found is None or found.holds(element):
            found = element
    return found


def find_title(outline: Outline, landmarks: Landmarks, meta: Meta, site_name: str = "") -> str:
    """The page's own title: ArticleTitle, a heading that ``<title>`` repeats, or ``<title>``."""
    # Editors paste titles with tags into the CMS; some templates print them into the attribute.
    named = squeeze(re.sub(r"<[^<>]{1,60}>", " ", meta.first("ArticleTitle")))
    if named:
        return named
    shown = document_title(outline)
    wanted = solid(shown)
    headings: list[str] = []
    for element in outline.elements:
        if element.tag in ("h1", "h2", "h3") or (
            element.attrs
            and element.tag in ("div", "p", "td", "span", "font")
            and re.search(
                r"title|(?<![a-z])bt(?![a-z])|biaoti|(?<![a-z])tit(?![a-z])", element.marks
            )
        ):
            if landmarks.in_footer(element) or landmarks.in_nav(element):
                continue
            line = outline.line(element, 300)
            if 2 <= len(line) <= 200 and len(outline.anchors_in(element)) == 0:
                headings.append(line)
    for line in headings:
        if len(line) >= 4 and solid(line) in wanted and len(solid(line)) >= 0.3 * len(wanted):
            return line
    stripped = _without_site(shown, meta, site_name)
    first = next((line for line in headings if len(CHINESE.findall(line)) >= 8), "")
    if first and (not stripped or len(stripped) < 6 or stripped == squeeze(meta.first("SiteName"))):
        return first
    return stripped or first


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
    if len(parts) < 2:
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


def read_article(
    outline: Outline, body: Element | None, title: str, landmarks: Landmarks
) -> Article:
    """Put title, head line, particulars and body together."""
    start = landmarks.crumb.last if landmarks.crumb is not None else 0
    head, info = _head(outline, body, start, landmarks)
    match = SOURCE.search(squeeze(head))
    text = outline.text(body, MAX_BODY) if body is not None else ""
    return Article(title, text.strip(), head, match[1] if match else "", info, body)


def _head(
    outline: Outline, body: Element | None, start: int, landmarks: Landmarks
) -> tuple[str, str]:
    """The texts before the body that hold particulars, and the table of particulars."""
    stop = body.first if body is not None else len(outline.texts)
    # Some templates keep title and head line inside the holder of the text.
    inner = min(body.last, body.first + 60) if body is not None else stop
    head: list[str] = []
    info: list[str] = []
    size = 0
    for position in range(max(start, stop - 160), inner):
        owner = outline.owners[position]
        if owner.unseen or landmarks.in_nav(owner) or landmarks.in_footer(owner):
            continue
        text = outline.texts[position]
        if len(text) > 300 and position >= stop:
            break
        if len(text) <= 300:
            size += len(text)
            if position >= stop and size > 1500:
                break
            head.append(text if text != "\n" else " ")
            if (
                position + 1 < len(outline.owners)
                and outline.owners[position + 1].block != owner.block
            ):
                head.append("\n")
    joined = "".join(head)
    lines = [squeeze(line) for line in joined.split("\n")]
    for index, line in enumerate(lines):
        if INFO_WORDS.search(line):
            info.append(line)
            info.extend(lines[index + 1 : index + 2])
    return joined[-4000:], "\n".join(info)
