"""What a page is fitted with: tags, footer marks, entries; for rules that compare pages of a site."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.facts.kept.kept_fact import KeptFact
from plugins.facts.markup import footer
from plugins.facts.page.kinds import PageKind
from plugins.facts.page.page import Page

SITE_TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN_TAGS = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
CONTENT_TAGS = ("ArticleTitle", "PubDate", "ContentSource")
REQUIRED = (*SITE_TAGS, *COLUMN_TAGS, *CONTENT_TAGS)

# Words whose absence from the whole source proves that a mark is not on the page.
SIGNATURES = {
    "site_code": ("标识码",),
    "party_badge": ("conac", "_ideConac", "党政机关", "red.png", "blue.png"),
    "error_report": ("jiucuo", "找错", "纠错", "kaipuyun", "exposure/"),
}
DIALOGUE = re.compile(
    r"(?:互动交流|政民互动|公众参与|交流互动|互动平台|互动回应|互动)(?:平台|中心|频道)?"
)
SERVICES = re.compile(
    r"(?:政务服务网?|办事服务|在线办事|网上办事|办事大厅|网上服务大厅|网上办事大厅|在线服务|政务服务中心|公共服务|服务)(?:平台|频道)?"
)
LOGIN = re.compile(
    r"(?:用户|个人|法人|统一|市民|网站|会员|一键|立即|请)?(?:登录|登陆)(?:[/｜|\s]*注册)?"
)
REQUEST = re.compile(
    r"(?:在线|网上)?(?:依申请公开|申请公开|信息公开申请)(?:申请|平台|系统|入口|目录|专栏)?"
)
ON_REQUEST = re.compile("依申请公开|公开申请")
GUIDE = re.compile(r"信息公开指南|公开指南")
PHONE = re.compile(
    r"(?<!\d)(?:0\d{2,3}\s?[-—－–－)）]\s?\d{7,8}|1\d{10}|12345|400-?\d{3}-?\d{4}|[2-8]\d{6,7})(?!\d)"
)
ADDRESS = re.compile(
    r"(?:地\s*址|地\s*点|邮寄|通讯地址|通信地址|办公场所|受理场所)|(?:路|街|大道|巷)\s?\d+\s?号"
)
HOURS = re.compile(
    r"(?:办公|工作|受理|服务|接待|开放|咨询|对外)(?:接待|办公|服务)?时间|(?:工作日|周一|星期一)[^。]{0,30}\d{1,2}\s*[：:时点]"
)
SHEET = re.compile(r"申请(?:公开)?(?:表|书)|表格下载|下载.{0,8}表")
ENTERPRISE = re.compile("公共企事业")
# Where one complains about what is not made public: the words, and beside them a number or an address.
COMPLAINTS = re.compile(
    r"(?:监督|投诉|举报)[^。；\n]{0,60}?(?:(?<!\d)(?:0\d{2,3}\s?[-—－–－)）]\s?\d{7,8}|1\d{10}|12345|400-?\d{3}-?\d{4}|[2-8]\d{6,7})(?!\d)|[\w.+-]{2,40}@[\w-]+\.[\w.]+)"
)
# What a page speaks of, but a crawler cannot see working: a person must look.
SPOKEN = (
    ("form?", re.compile("网上(?:依)?申请|在线(?:依)?申请|网上填写|在线填写|申请平台|申请系统")),
    ("sheet?", SHEET),
)
FILE = re.compile(
    r"\.(?:docx?|wps|pdf|xlsx?|rtf|zip|rar|ofd)(?:$|\?)|/download|downfile", re.IGNORECASE
)
FIELDS = 3
# An entry is a word or a few (登录, 网上办事大厅); what is longer is a heading or news.
SHORTEST_ENTRY = 2
LONGEST_ENTRY = 12


@dataclass(frozen=True, slots=True)
class Fittings:
    """What one page is fitted with.

    ``absent``/``empty`` name required tags that are missing or without content. ``lacks`` are
    footer marks of which the page's source has no trace; ``unsure`` = scripts that were not read
    may write the footer. ``dialogue``, ``services``, ``login``, ``request`` are the addresses of
    those entries in menus and page heads ("" = none). ``channel`` is what a page about requests
    (``request``) or the guide (``guide``) offers besides: form, sheet, address, phone, hours; with a
    ``?`` what it only speaks of. ``complaints``: a page about 公共企事业单位 that says where to complain.
    """

    absent: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    unsure: bool = False
    dialogue: str = ""
    services: str = ""
    login: str = ""
    request: str = ""
    channel: tuple[str, ...] = ()


def fittings_of(page: Page) -> Fittings | None:
    """The fittings of a page that answered with a page; None for errors and data."""
    kind = page.kind
    if kind in (PageKind.ERROR, PageKind.DATA) or page.failure is not None or not page.markup:
        return None
    meta = page.meta
    markup = page.markup
    lacks = tuple(
        mark for mark, words in SIGNATURES.items() if not any(word in markup for word in words)
    )
    unsure = bool(lacks) and (
        bool(page.needs_browser)
        or bool(footer.unread_scripts(page.scripts, page.address, page.scripts_read, known=False))
        or "<frame" in markup
        or "<iframe" in markup
    )
    entries = {} if kind in (PageKind.ARTICLE, PageKind.SEARCH) else entries_of(page)
    return Fittings(
        absent=tuple(name for name in REQUIRED if meta.get(name) is None),
        empty=tuple(name for name in REQUIRED if meta.get(name) == ""),
        lacks=lacks,
        unsure=unsure,
        channel=channel_of(page),
        **entries,
    )


def entries_of(page: Page) -> dict[str, str]:
    """The addresses of the entries to dialogue, services, login and requests, by name."""
    found: dict[str, str] = {}
    for link in page.links:
        words = link.words
        if not SHORTEST_ENTRY <= len(words) <= LONGEST_ENTRY or not link.url or link.plain:
            continue
        for name, pattern in (
            ("dialogue", DIALOGUE),
            ("services", SERVICES),
            ("login", LOGIN),
            ("request", REQUEST),
        ):
            if name not in found and pattern.fullmatch(words):
                found[name] = link.url
    return found


def channel_of(page: Page) -> tuple[str, ...]:
    """What a page about 依申请公开, the 公开指南 or 公共企事业单位 offers; () on all other pages."""
    named = " ".join((page.title, *page.crumb_names[-2:], page.meta.first("ColumnName")))
    found = []
    if ENTERPRISE.search(named) and COMPLAINTS.search(own_text(page)):
        found.append("complaints")
    if ON_REQUEST.search(named):
        found.append("request")
    if GUIDE.search(named):
        found.append("guide")
    if not {"request", "guide"}.intersection(found):
        return tuple(found)
    if any(len(form.fields) >= FIELDS for form in page.forms):
        found.append("form")
    if any(SHEET.search(link.words) and FILE.search(link.url) for link in page.links):
        found.append("sheet")
    body = page.article.text if page.article else own_text(page)
    found += [name for name, pattern in SPOKEN if name[:-1] not in found and pattern.search(body)]
    found += [
        name
        for name, pattern in (("address", ADDRESS), ("phone", PHONE), ("hours", HOURS))
        if pattern.search(body)
    ]
    return tuple(found)


def own_text(page: Page) -> str:
    """The text of a page without its footer, as far as that is known."""
    outline = page.drawing.outline
    last = len(outline.texts)
    foot = page.drawing.landmarks.footer
    return outline.span(0, foot.first if foot is not None else last, 50_000)


FACT = KeptFact("fittings", Fittings, of_page=fittings_of)
