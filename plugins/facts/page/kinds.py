"""What a page is: home, list, portal, single text, form, article, search, data or error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from plugins.facts.language.text import solid
from plugins.facts.lists.mainpart import heading_of
from plugins.facts.lists.rows import signature
from plugins.facts.markup.outline import Spans
from plugins.facts.markup.paths import is_article_path
from plugins.facts.markup.titles import document_title
from plugins.facts.page.drawing import Drawing
from plugins.facts.page.main.contents import empty_containers, in_tag, main_links

HOME_PATH = re.compile(
    r"/(?:(?:index|default|home|main|welcome)\d?\.(?:s?html?|jsp|php|aspx?|do))?", re.IGNORECASE
)
COLUMN_PATH = re.compile(
    r"/(?:(?:index|default|list|node|col\d+|column|channel)[\w-]*\.(?:s?html?|jsp|php|aspx?))?$|/(?:column|col|channel|list|category)/[\w-]+/?$",
    re.IGNORECASE,
)
SEARCH = re.compile(r"搜索结果|检索结果|全文检索|站内搜索|高级搜索|相关结果|为您找到")
ERROR_TITLE = re.compile(
    r"^(?:\W*)(?:(?:HTTP\W*)?(?:40[0-9]|41[0-9]|50[0-9]|52[0-9])(?:\s|$|\W)|Error|Not Found|Bad Gateway|Forbidden|Service (?:Temporarily )?Unavailable|网站防火墙|页面(?:未找到|不存在|找不到)|找不到(?:该|您|页面)?|您访问的(?:页面|网页|内容|网站)|访问(?:被|受)?(?:拦截|拒绝|阻断|异常|禁止)|无法(?:访问|找到)|系统(?:错误|异常|维护|升级)|.{0,12}(?:域名(?:已)?(?:变更|更换|迁移|停用)|(?:网站|站点)(?:已)?(?:关停|关闭|下线|停止服务|迁移|停用|维护|升级|改版)|(?:关停|下线|迁移)(?:公告|通知)))",
    re.IGNORECASE,
)
ERROR_TEXT = re.compile(
    r"(?:40[34]|50[0234]|521|412)\s*(?:Not Found|Forbidden|Bad Gateway|Service|Internal|Gateway|Precondition|错误|页面)|(?:页面|网页|文件|内容|信息)(?:不存在|未找到|找不到|已(?:被)?删除|无法(?:访问|显示|找到))|您(?:所)?(?:访问|查找|请求|浏览)的(?:页面|网页|内容|资源|文件|信息|栏目)[^。]{0,16}(?:不存在|删除|找不到|未找到|失效|更名|无法|暂时)|请求(?:已被|被)(?:拦截|拒绝|阻断)|(?:安全|WAF|防火墙)[^。]{0,12}(?:拦截|阻断|防护)|(?:临时|系统|网站|页面)(?:正在)?(?:维护|升级|改造)(?:中|公告)|(?:正在|临时)(?:维护|升级|改造)|(?:网站|域名|站点)[^。]{0,20}(?:关停|变更为|更换为|停止(?:服务|访问|运行)|迁移至|停用|下线)|nginx|openresty|Tengine|bad gateway",
    re.IGNORECASE,
)
ONE_TEXT = 150


class PageKind(StrEnum):
    """What a page is (design §10)."""

    HOME = "home"
    LIST = "list"
    PORTAL = "portal"
    SINGLE = "single"
    FORM = "form"
    ARTICLE = "article"
    SEARCH = "search"
    DATA = "data"
    ERROR = "error"


def tell_kind(drawing: Drawing) -> PageKind:
    """Tell by status, data, address, lists, pager and text, in this order; never by class names."""
    early = _by_answer(drawing)
    if early is not None:
        return early
    seen = _Seen(*_counts(drawing), body_length(drawing), _paged(drawing))
    if _is_map(drawing, seen.text):
        return PageKind.PORTAL
    if _articled(drawing) and not (seen.dated >= 3 and (seen.paged or _is_listed(drawing))):
        return _of_article(drawing, seen)
    if seen.dated:
        return _of_dated(seen)
    if seen.paged or any(entry.date for entry in drawing.data_rows):
        return PageKind.LIST
    if _has_form(drawing) and seen.text < 1500 and seen.rows < 5:
        return PageKind.FORM
    if seen.rows:
        return _of_undated(seen)
    return _of_bare(drawing, seen)


def _by_answer(drawing: Drawing) -> PageKind | None:
    """What status, data, error words and address tell, before any list is looked for."""
    if drawing.status is None or drawing.status >= 400:
        return PageKind.ERROR
    if drawing.answer is not None:
        return PageKind.DATA
    if is_error(drawing):
        return PageKind.ERROR
    path = urlsplit(drawing.address).path or "/"
    if HOME_PATH.fullmatch(path) or solid(drawing.meta.first("ColumnType")) == "首页":
        return PageKind.HOME
    return PageKind.SEARCH if _is_search(drawing) else None


@dataclass(frozen=True)
class _Seen:
    """Dated rows, rows, groups, the largest group; running text; whether there is a real pager."""

    dated: int
    rows: int
    groups: int
    largest: int
    text: int
    paged: bool


def _is_listed(drawing: Drawing) -> bool:
    """Whether what was taken for the body of an article is a list of dated rows."""
    best = max(drawing.own_groups, key=lambda group: group.dated)
    body = drawing.body
    if body is None or drawing.meta.first("ArticleTitle") or is_article_path(drawing.address):
        return False
    return body.holds(best.holder) or best.holder.holds(body)


def _paged(drawing: Drawing) -> bool:
    return drawing.found_pager is not None and drawing.found_pager.pager.kind != "bare"


def _of_article(drawing: Drawing, seen: _Seen) -> PageKind:
    """An article; or a page of many blocks that only has the address of one."""
    blocks = seen.rows and seen.text < 40 and seen.groups >= 4
    return PageKind.PORTAL if blocks and not drawing.meta.first("PubDate") else PageKind.ARTICLE


def _of_dated(seen: _Seen) -> PageKind:
    """A list, a portal of several lists, or a text with a few dated links."""
    if seen.groups <= 2:
        return PageKind.SINGLE if seen.text > ONE_TEXT and seen.dated < 3 else PageKind.LIST
    if seen.paged or (seen.dated >= 6 and seen.largest >= 0.7 * seen.rows):
        return PageKind.LIST
    return PageKind.PORTAL


def _of_undated(seen: _Seen) -> PageKind:
    if seen.text > 600 and seen.text > 20 * seen.rows:
        return PageKind.SINGLE
    return PageKind.PORTAL if seen.groups >= 2 or seen.largest < 5 else PageKind.LIST


def _of_bare(drawing: Drawing, seen: _Seen) -> PageKind:
    """Without any row: a text, a page of short links, an empty list, an empty text."""
    links = main_links(drawing)
    if links >= 8 and seen.text < 4 * links:
        return PageKind.PORTAL
    if seen.text >= 30:
        return PageKind.SINGLE
    if drawing.data_rows:
        return PageKind.LIST
    empty = empty_containers(drawing) or drawing.found_pager is not None
    return PageKind.LIST if empty else PageKind.SINGLE


def is_error(drawing: Drawing) -> bool:
    """WAF pages, 关停 and 域名变更 stubs that answer with 200: short, without a menu, with the words."""
    outline = drawing.outline
    shown = document_title(outline)
    text = "".join(outline.texts[:400]).strip()
    anchors = len(outline.anchors)
    if len(text) > 900 or anchors > 12:
        return False
    if ERROR_TITLE.search(shown):
        return True
    return (
        len(text) < 400
        and anchors <= 6
        and ERROR_TEXT.search(text) is not None
        and not drawing.finder.content[4:]
    )


def _counts(drawing: Drawing) -> tuple[int, int, int, int]:
    """Dated rows, rows, groups and the largest group among the lists of the main part."""
    own = drawing.own_groups
    dated = sum(group.dated for group in own)
    rows = sum(len(group.rows) for group in own)
    largest = max((len(group.rows) for group in own), default=0)
    return dated, rows, _blocks(drawing), largest


def _blocks(drawing: Drawing) -> int:
    """How many lists there are: blocks of one list, alike and without headings, count as one."""
    taken = Spans(
        (row.element.index, row.element.end)
        for group in drawing.groups
        for row in group.rows
        if row.element is not None
    )
    names = {solid(name) for name in drawing.names}
    found = set()
    for group in drawing.own_groups:
        heading = solid(heading_of(drawing.outline, group.holder, taken))
        parent = group.holder.parent.index if group.holder.parent else 0
        own = heading and heading not in names
        found.add((group.holder.index,) if own else (parent, signature(group.holder, 1)))
    return len(found)


def _is_search(drawing: Drawing) -> bool:
    parts = urlsplit(drawing.address)
    asked = re.search(
        r"(?:^|&)(?:q|qt|keyword|keywords|searchword|query|wd|kw)=", parts.query, re.IGNORECASE
    )
    named = re.search(
        r"/(?:search|so|s|sousuo|query|jsearch|searchweb)(?:[./]|$)|^(?:sousuo|search|so)\.",
        f"{parts.path}",
        re.IGNORECASE,
    )
    return bool(
        (asked and named)
        or (
            named
            and SEARCH.search(document_title(drawing.outline) + drawing.outline.span(0, 80, 1500))
        )
    )


def body_length(drawing: Drawing) -> int:
    """How much running text the body holds, links and rows of lists left out."""
    body = drawing.body
    if body is None:
        return 0
    outline = drawing.outline
    rows = Spans(
        (row.element.index, row.element.end)
        for group in drawing.groups
        if group.dated
        for row in group.rows
        if row.element is not None
    )
    total = 0
    for position in range(body.first, body.last):
        owner = outline.owners[position]
        if not (owner.hidden or owner.unseen or rows.hold(owner) or in_tag(owner, ("a",))):
            total += len(outline.texts[position].strip())
    return total


def _articled(drawing: Drawing) -> bool:
    """Whether the page carries the signs of an article: its tags, its address, its head line."""
    if drawing.meta.get("ArticleTitle"):
        return True
    if is_article_path(drawing.address):
        return True
    if COLUMN_PATH.search(urlsplit(drawing.address).path or "/"):
        return False
    if drawing.meta.get("PubDate"):
        return True
    head = drawing.raw_article.head
    labelled = any(shown.source in ("label", "script") for shown in drawing.dates)
    return labelled and (
        drawing.raw_article.source != "" or body_length(drawing) > 200 or "来源" in head
    )


def _is_map(drawing: Drawing, text: int) -> bool:
    """A site map: it says so, and has many links and hardly any other text."""
    named = re.search(
        r"(?:网站|站点|本站)(?:地图|导航)", drawing.title + document_title(drawing.outline)
    )
    return named is not None and text < 300 and len(drawing.outline.anchors) >= 20


def _has_form(drawing: Drawing) -> bool:
    return any(
        len(form.fields) >= 3 or any(name.startswith("textarea") for name in form.fields)
        for form in drawing.forms
        if not form.is_search
    ) or (
        any(
            frame
            for frame in drawing.frames
            if re.search(
                r"form|ysq|submit|consult|survey|jiucuo|wsly|mail|letter", frame.url, re.IGNORECASE
            )
        )
    )
