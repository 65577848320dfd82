"""What a page is: home, list, portal, single text, form, article, search, data or error.

The tests stand in ``SIGNS`` in the order in which they are asked; the first that holds decides.
They look at status, data, address, tags, lists, pager and text; names of classes say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from plugins.facts.language.text import solid
from plugins.facts.markup.sight import see
from plugins.facts.page import limits
from plugins.facts.page.drawing import Drawing
from plugins.facts.page.main.contents import empty_containers
from plugins.facts.page.signs import Signs
from plugins.why import Judge, Test, heard, limit, saw

HOME_PATH = re.compile(
    r"/(?:(?:index|default|home|main|welcome)\d?\.(?:s?html?|jsp|php|aspx?|do))?", re.IGNORECASE
)
SEARCH = re.compile(r"搜索结果|检索结果|全文检索|站内搜索|高级搜索|相关结果|为您找到")
SEARCH_PATH = re.compile(
    r"/(?:search|so|s|sousuo|query|jsearch|searchweb)(?:[./]|$)|^(?:sousuo|search|so)\.",
    re.IGNORECASE,
)
SEARCH_QUERY = re.compile(
    r"(?:^|&)(?:q|qt|keyword|keywords|searchword|query|wd|kw)=", re.IGNORECASE
)
ERROR_TITLE = re.compile(
    r"^(?:\W*)(?:(?:HTTP\W*)?(?:40[0-9]|41[0-9]|50[0-9]|52[0-9])(?:\s|$|\W)|Error|Not Found|Bad Gateway|Forbidden|Service (?:Temporarily )?Unavailable|网站防火墙|页面(?:未找到|不存在|找不到)|找不到(?:该|您|页面)?|您访问的(?:页面|网页|内容|网站)|访问(?:被|受)?(?:拦截|拒绝|阻断|异常|禁止)|无法(?:访问|找到)|系统(?:错误|异常|维护|升级)|.{0,12}(?:域名(?:已)?(?:变更|更换|迁移|停用)|(?:网站|站点)(?:已)?(?:关停|关闭|下线|停止服务|迁移|停用|维护|升级|改版)|(?:关停|下线|迁移)(?:公告|通知)))",
    re.IGNORECASE,
)
ERROR_TEXT = re.compile(
    r"(?:40[34]|50[0234]|521|412)\s*(?:Not Found|Forbidden|Bad Gateway|Service|Internal|Gateway|Precondition|错误|页面)|(?:页面|网页|文件|内容|信息)(?:不存在|未找到|找不到|已(?:被)?删除|无法(?:访问|显示|找到))|您(?:所)?(?:访问|查找|请求|浏览)的(?:页面|网页|内容|资源|文件|信息|栏目)[^。]{0,16}(?:不存在|删除|找不到|未找到|失效|更名|无法|暂时)|请求(?:已被|被)(?:拦截|拒绝|阻断)|(?:安全|WAF|防火墙)[^。]{0,12}(?:拦截|阻断|防护)|(?:临时|系统|网站|页面)(?:正在)?(?:维护|升级|改造)(?:中|公告)|(?:正在|临时)(?:维护|升级|改造)|(?:网站|域名|站点)[^。]{0,20}(?:关停|变更为|更换为|停止(?:服务|访问|运行)|迁移至|停用|下线)|nginx|openresty|Tengine|bad gateway",
    re.IGNORECASE,
)
SITE_MAP = re.compile(r"(?:网站|站点|本站)(?:地图|导航)")
FORM_FRAME = re.compile(r"form|ysq|submit|consult|survey|jiucuo|wsly|mail|letter", re.IGNORECASE)


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


@dataclass(frozen=True, slots=True)
class KindSign:
    """One test of a page's kind: what it is called, and the kind of a page for which it holds."""

    name: str
    kind: PageKind
    holds: Callable[[Signs], object]

    def ask(self, signs: Signs) -> PageKind | None:
        """The kind, where the test holds."""
        return self.kind if self.holds(signs) else None


# -- what is no page of its own ----------------------------------------------------------------


def _failed(signs: Signs) -> bool:
    status = signs.drawing.status
    saw("没有回答" if status is None else status)
    limit("ERROR_STATUS", limits.ERROR_STATUS)
    return status is None or status >= limits.ERROR_STATUS


def _answered(signs: Signs) -> bool:
    saw(f"开头是{signs.drawing.source.lstrip()[:9]}" if heard() else "")
    return signs.drawing.answer is not None


def _titled_error(signs: Signs) -> bool:
    saw(signs.shown_title)
    limit("ERROR_TEXT", limits.ERROR_TEXT)
    limit("ERROR_LINKS", limits.ERROR_LINKS)
    return signs.brief and ERROR_TITLE.search(signs.shown_title) is not None


def _worded_error(signs: Signs) -> bool:
    found = ERROR_TEXT.search(signs.opening) if signs.brief else None
    saw(found[0] if found else f"全页{len(signs.opening)}字")
    limit("BARE_ERROR_TEXT", limits.BARE_ERROR_TEXT)
    limit("BARE_ERROR_LINKS", limits.BARE_ERROR_LINKS)
    return (
        found is not None
        and len(signs.opening) < limits.BARE_ERROR_TEXT
        and len(signs.drawing.outline.anchors) <= limits.BARE_ERROR_LINKS
        and len(signs.drawing.finder.content) <= limits.BARE_ERROR_CONTENT
    )


def _home_path(signs: Signs) -> bool:
    saw(signs.path)
    return HOME_PATH.fullmatch(signs.path) is not None


def _home_column(signs: Signs) -> bool:
    kind = signs.drawing.meta.first("ColumnType")
    saw(kind)
    return solid(kind) == "首页"


def _asked_search(signs: Signs) -> bool:
    query = urlsplit(signs.drawing.address).query
    saw(f"{signs.path}?{query}")
    return SEARCH_PATH.search(signs.path) is not None and bool(SEARCH_QUERY.search(query))


def _worded_search(signs: Signs) -> bool:
    if not SEARCH_PATH.search(signs.path):
        saw(signs.path)
        return False
    outline = signs.drawing.outline
    found = SEARCH.search(
        signs.shown_title + outline.span(0, limits.SEARCH_TEXTS, limits.SEARCH_SPAN)
    )
    saw(found[0] if found else signs.shown_title)
    return found is not None


# -- maps, articles ----------------------------------------------------------------------------


def _mapped(signs: Signs) -> bool:
    found = SITE_MAP.search(signs.drawing.title + signs.shown_title)
    saw(found[0] if found else signs.drawing.title)
    limit("MAP_TEXT", limits.MAP_TEXT)
    limit("MAP_LINKS", limits.MAP_LINKS)
    return (
        found is not None
        and signs.text < limits.MAP_TEXT
        and len(signs.drawing.outline.anchors) >= limits.MAP_LINKS
    )


def _blocks_only(signs: Signs) -> bool:
    if not signs.articled:
        return False
    saw(f"{signs.lists}个列表，正文{signs.text}字")
    limit("BLOCKS_TEXT", limits.BLOCKS_TEXT)
    limit("BLOCKS", limits.BLOCKS)
    return (
        signs.rows > 0
        and signs.text < limits.BLOCKS_TEXT
        and signs.lists >= limits.BLOCKS
        and not signs.drawing.meta.first("PubDate")
    )


def _tagged(signs: Signs) -> bool:
    saw(signs.drawing.meta.first("ArticleTitle"))
    return signs.tagged and _unlisted(signs)


def _addressed(signs: Signs) -> bool:
    saw(signs.path)
    return signs.addressed and _unlisted(signs)


def _published(signs: Signs) -> bool:
    saw(signs.drawing.meta.first("PubDate"))
    return signs.published and _unlisted(signs)


def _headed(signs: Signs) -> bool:
    shown = next((one for one in signs.drawing.dates if one.source in ("label", "script")), None)
    saw(f"{shown.label}{shown.text}" if shown else "没有发布时间")
    saw(f"正文{signs.text}字")
    limit("ARTICLE_TEXT", limits.ARTICLE_TEXT)
    return signs.headed and _unlisted(signs)


def _unlisted(signs: Signs) -> bool:
    if signs.listed:
        saw(f"但有{signs.dated}行带日期，是列表")
        limit("LISTED", limits.LISTED)
    return not signs.listed


# -- dated rows --------------------------------------------------------------------------------


def _counted(signs: Signs) -> None:
    """Tell the counts that decide between list and portal, and where the largest list stands."""
    saw(f"{signs.lists}个列表{signs.rows}行，{signs.dated}行带日期，最大的{signs.largest}行")
    own = signs.drawing.own_groups
    if own:
        largest = max(own, key=lambda group: len(group.rows))
        see(signs.drawing.outline, largest.holder)


def _text_with_dates(signs: Signs) -> bool:
    _counted(signs)
    saw(f"正文{signs.text}字")
    limit("FEW_LISTS", limits.FEW_LISTS)
    limit("ONE_TEXT", limits.ONE_TEXT)
    limit("LISTED", limits.LISTED)
    return (
        0 < signs.dated < limits.LISTED
        and signs.lists <= limits.FEW_LISTS
        and signs.text > limits.ONE_TEXT
    )


def _one_list(signs: Signs) -> bool:
    _counted(signs)
    limit("FEW_LISTS", limits.FEW_LISTS)
    return signs.dated > 0 and signs.lists <= limits.FEW_LISTS


def _paged_lists(signs: Signs) -> bool:
    _pager_seen(signs)
    return signs.dated > 0 and signs.drawing.paged


def _main_list(signs: Signs) -> bool:
    _counted(signs)
    limit("MAIN_ROWS", limits.MAIN_ROWS)
    limit("MAIN_SHARE", limits.MAIN_SHARE)
    return signs.dated >= limits.MAIN_ROWS and signs.largest >= limits.MAIN_SHARE * signs.rows


def _many_lists(signs: Signs) -> bool:
    _counted(signs)
    return signs.dated > 0


# -- no dated rows -----------------------------------------------------------------------------


def _paged(signs: Signs) -> bool:
    _pager_seen(signs)
    return signs.drawing.paged


def _pager_seen(signs: Signs) -> None:
    found = signs.drawing.found_pager
    if found is None:
        saw("没有翻页")
    elif found.element is not None:
        see(signs.drawing.outline, found.element)


def _dated_data(signs: Signs) -> bool:
    entry = next((entry for entry in signs.drawing.data_rows if entry.date), None)
    saw(entry.title if entry else "没有页内数据")
    return entry is not None


def _fields(signs: Signs) -> bool:
    form = next(
        (
            form
            for form in signs.drawing.forms
            if not form.is_search
            and (
                len(form.fields) >= limits.FORM_FIELDS
                or any(name.startswith("textarea") for name in form.fields)
            )
        ),
        None,
    )
    saw("、".join(form.fields) if form else "没有这样的表单")
    limit("FORM_FIELDS", limits.FORM_FIELDS)
    return form is not None and _formal(signs)


def _form_frame(signs: Signs) -> bool:
    frame = next((one.url for one in signs.drawing.frames if FORM_FRAME.search(one.url)), None)
    saw(frame or "没有这样的框架")
    return frame is not None and _formal(signs)


def _formal(signs: Signs) -> bool:
    saw(f"正文{signs.text}字，列表{signs.rows}行")
    limit("FORM_TEXT", limits.FORM_TEXT)
    limit("FORM_ROWS", limits.FORM_ROWS)
    return signs.text < limits.FORM_TEXT and signs.rows < limits.FORM_ROWS


def _guide(signs: Signs) -> bool:
    saw(f"正文{signs.text}字，列表{signs.rows}行")
    limit("GUIDE_TEXT", limits.GUIDE_TEXT)
    limit("GUIDE_TEXT_PER_ROW", limits.GUIDE_TEXT_PER_ROW)
    return (
        signs.rows > 0
        and signs.text > limits.GUIDE_TEXT
        and signs.text > limits.GUIDE_TEXT_PER_ROW * signs.rows
    )


def _undated_blocks(signs: Signs) -> bool:
    _counted(signs)
    limit("UNDATED_LISTS", limits.UNDATED_LISTS)
    limit("UNDATED_ROWS", limits.UNDATED_ROWS)
    return signs.rows > 0 and (
        signs.lists >= limits.UNDATED_LISTS or signs.largest < limits.UNDATED_ROWS
    )


def _undated_list(signs: Signs) -> bool:
    _counted(signs)
    return signs.rows > 0


def _names(signs: Signs) -> bool:
    saw(f"主要部分{signs.links}个链接，正文{signs.text}字")
    limit("NAME_LINKS", limits.NAME_LINKS)
    limit("TEXT_PER_LINK", limits.TEXT_PER_LINK)
    return signs.links >= limits.NAME_LINKS and signs.text < limits.TEXT_PER_LINK * signs.links


def _worded(signs: Signs) -> bool:
    saw(f"正文{signs.text}字")
    if signs.drawing.body is not None:
        see(signs.drawing.outline, signs.drawing.body)
    limit("SHORT_PAGE", limits.SHORT_PAGE)
    return signs.text >= limits.SHORT_PAGE


def _data(signs: Signs) -> bool:
    rows = signs.drawing.data_rows
    saw(rows[0].title if rows else "没有页内数据")
    return bool(rows)


def _vacant(signs: Signs) -> bool:
    places = empty_containers(signs.drawing)
    for place in places[:1]:
        see(signs.drawing.outline, place)
    return bool(places) or signs.drawing.found_pager is not None


SIGNS = (
    KindSign("没有回答，或状态码不是成功", PageKind.ERROR, _failed),
    KindSign("回答是数据，不是网页", PageKind.DATA, _answered),
    KindSign("页面很短，标题写的是出错、拦截或关停", PageKind.ERROR, _titled_error),
    KindSign("页面极短，正文写的是出错、拦截或关停", PageKind.ERROR, _worded_error),
    KindSign("地址是首页的写法", PageKind.HOME, _home_path),
    KindSign("ColumnType 标签写的是首页", PageKind.HOME, _home_column),
    KindSign("地址是检索页的写法，并带有检索词", PageKind.SEARCH, _asked_search),
    KindSign("地址是检索页的写法，标题或开头写有检索结果", PageKind.SEARCH, _worded_search),
    KindSign("标题写的是网站地图，链接多而文字少", PageKind.PORTAL, _mapped),
    KindSign("像文章，但没有正文，只有多个列表", PageKind.PORTAL, _blocks_only),
    KindSign("有 ArticleTitle 标签，内容不是列表", PageKind.ARTICLE, _tagged),
    KindSign("地址是文章的写法，内容不是列表", PageKind.ARTICLE, _addressed),
    KindSign("有 PubDate 标签，地址不是栏目的写法，内容不是列表", PageKind.ARTICLE, _published),
    KindSign(
        "正文前写有发布时间，并有来源或较长正文，地址不是栏目的写法，内容不是列表",
        PageKind.ARTICLE,
        _headed,
    ),
    KindSign("主要是一段文字，只有一两个带日期的链接", PageKind.SINGLE, _text_with_dates),
    KindSign("有带日期的行，列表只有一两个", PageKind.LIST, _one_list),
    KindSign("有带日期的行，并且可以翻页", PageKind.LIST, _paged_lists),
    KindSign("多个列表，但大多数行在其中一个列表里", PageKind.LIST, _main_list),
    KindSign("多个带日期的列表，没有一个占大多数", PageKind.PORTAL, _many_lists),
    KindSign("没有带日期的行，但可以翻页", PageKind.LIST, _paged),
    KindSign("页内数据中有带日期的信息", PageKind.LIST, _dated_data),
    KindSign("有供填写的表单，文字和行都少", PageKind.FORM, _fields),
    KindSign("内嵌框架的地址是表单的写法，文字和行都少", PageKind.FORM, _form_frame),
    KindSign("主要是长篇文字，其中有少量不带日期的链接", PageKind.SINGLE, _guide),
    KindSign("不带日期的列表有多个，或者都很短", PageKind.PORTAL, _undated_blocks),
    KindSign("只有一个不带日期的列表", PageKind.LIST, _undated_list),
    KindSign("没有列表，链接多而文字少", PageKind.PORTAL, _names),
    KindSign("没有列表，有一段文字", PageKind.SINGLE, _worded),
    KindSign("页内数据中有不带日期的信息", PageKind.LIST, _data),
    KindSign("列表容器是空的，或者有翻页", PageKind.LIST, _vacant),
    KindSign("以上都不是", PageKind.SINGLE, lambda _: True),
)

KIND: Judge[[Signs], PageKind] = Judge("kind", tuple(Test(one.name, one.ask) for one in SIGNS))


def tell_kind(drawing: Drawing) -> PageKind:
    """What a page is, told by its drawing alone."""
    kind = KIND(Signs(drawing))
    # The last test always holds.
    assert kind is not None
    return kind
