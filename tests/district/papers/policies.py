"""政策文件 and 政策解读 of the portal: pairs in every shape, and every way in which they can fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from crawler.demo.ground import NOTHING, Frame, Ground, Item, Registered
from crawler.demo.publishing import (
    PublishedArticle,
    anchor,
    paragraphs,
    publish_article,
    publish_list,
)
from crawler.demo.rows import Row, RowColumn
from tests.district.portal.portal import (
    CASES,
    DECISIONS,
    DOCUMENTS,
    FRAME,
    HOST,
    INTERPRETATIONS,
    LECTURES,
    NAME,
    OFFICE,
    RESEARCH,
    SCHEMES,
    SUPERVISION,
    section,
)

SWITCH = Markup(
    '<div class="xgwz" id="jdBlock" style="display:none"><h2>相关政策与解读</h2><ul>{}</ul></div>'
    '<script>var jdFlag = {}; if (jdFlag === 1) {{ document.getElementById("jdBlock").style.display = "block"; }}</script>'
)


@dataclass(frozen=True)
class Pair:
    """A document (name in 《》, issued as a notice) and what interprets it.

    ``forth`` and ``back`` say whether document and interpretation lead to each other: "anchor",
    "text" (a bare address), "script" (a block switched on by a script), "hollow" (that block
    without an anchor) or "". ``faults`` are the truth's ids behind a missing ``forth`` and
    ``back``; a mended fault gets an anchor. ``title`` of the interpretation, "" = there is none.
    """

    name: str
    gist: str
    number: int
    forth: str = "anchor"
    back: str = "anchor"
    title: str = "《{name}》解读"
    faults: tuple[str, str] = ("", "")
    by_number: bool = False


BESIDES = (SUPERVISION, RESEARCH, CASES, LECTURES)
PAIRS = (
    Pair("明湖区老旧小区改造资金使用管理办法", "老旧小区改造资金使用", 1),
    Pair("明湖区湖泊岸线保护管理办法", "湖泊岸线保护", 2, forth="text", title="视频解读：《{name}》"),
    Pair("明湖区社区养老服务设施配建管理办法", "社区养老服务设施配建", 3, forth="", faults=("pol101-no-anchor", "")),
    Pair("明湖区机动车停放设施建设实施细则", "机动车停放设施建设", 4, back="", faults=("", "pol102-no-way-back")),
    Pair("明湖区小微企业创业担保贷款实施细则", "小微企业创业担保贷款", 5, forth="", back="", faults=("pol101-pair-by-title", "pol102-pair-by-title")),
    Pair("明湖区户外广告设施设置管理规定", "户外广告设施设置", 6, title="", faults=("pol103-no-interpretation", "")),
    Pair("明湖区公共租赁住房保障实施细则", "公共租赁住房保障", 7, forth="hollow", title="区住建局负责人就《{name}》答记者问", faults=("pol101-hollow-block", "")),
    Pair("明湖区政府投资项目管理办法", "政府投资项目管理", 8, back="text", title="一图读懂《{name}》"),
    Pair("明湖区困难群众临时救助实施办法", "困难群众临时救助", 9, forth="script", title="政策问答：困难群众怎样申请临时救助"),
    Pair("明湖区高龄津贴发放实施细则", "高龄老人补贴", 10, forth="", back="", title="关于八十周岁以上老年人领取补贴的政策解读", faults=("pol101-pair-by-number", "pol102-pair-by-number"), by_number=True),
    Pair("明湖区餐厨垃圾收运管理规定", "餐厨垃圾收运", 11, title="关于《{name}》的起草说明"),
)  # fmt: skip


def document_url(number: int) -> str:
    """Path of the portal's document with this running number."""
    return f"{DOCUMENTS.path}gf_{800 + number}.html"


def interpretation_url(number: int) -> str:
    """Path of the interpretation of that document."""
    return f"{INTERPRETATIONS.path}jd_{900 + number}.html"


def marks(
    title: str, number: str, issued: date, body: str, validity: str = "有效"
) -> tuple[tuple[str, str], ...]:
    """The table at the head of a document."""
    return (
        ("索引号", f"990100/{issued.year}-{sum(map(ord, title)) % 90000 + 10000}"),
        ("发文机关", body),
        ("成文日期", f"{issued.year}年{issued.month}月{issued.day}日"),
        ("发文字号", number),
        ("主题分类", "城乡建设、民生保障"),
        ("有效性", validity),
    )


def document_body(name: str, gist: str, sender: str, issued: date) -> Markup:
    """The text of a notice that issues a document."""
    return paragraphs(
        "各街道办事处，区政府各部门：",
        f"现将《{name}》印发给你们，请结合实际认真贯彻执行。",
        "第一条　为规范" + gist + "工作，根据有关法律法规，结合本区实际，制定本文件。",
        "第二条　本区行政区域内的" + gist + "及其监督管理，适用本文件。",
        "第三条　各街道、各部门应当按照职责分工，共同做好" + gist + "工作。",
        "第四条　本文件自印发之日起施行，有效期五年。",
        f"{sender}　{issued.year}年{issued.month}月{issued.day}日",
        "（此件公开发布）",
    )


def interpretation_body(name: str, gist: str, number: str) -> Markup:
    """The text of an interpretation; it names the document by title, or by number only."""
    named = f"《{name}》" if name else f"区政府印发的文件（{number}）"
    return paragraphs(
        f"近日，{named}正式印发。为便于社会各界理解和执行，现就有关内容作如下说明。",
        f"一、起草背景。{gist}关系群众切身利益，原有做法已不能适应新的形势，需要进一步规范。",
        "二、主要内容。文件明确了适用范围、办理条件、办理流程和监督管理等四个方面的要求。",
        "三、执行口径。自文件施行之日起，符合条件的单位和个人可向所在街道咨询、申请。",
    )


def link(kind: str, lead: str, url: str, words: str) -> Markup:
    """The reference from one of the pair to the other, in the shape that ``kind`` names."""
    if kind == "anchor":
        return Markup('<div class="xgwz"><h2>{}</h2><ul><li>{}</li></ul></div>').format(
            lead, anchor(url, words)
        )
    if kind == "text":
        return Markup("<p>{}：http://{}{}</p>").format(lead, HOST, url)
    if kind == "script":
        return SWITCH.format(Markup("<li>{}</li>").format(anchor(url, words)), 1)
    if kind == "hollow":
        return SWITCH.format(NOTHING, 0)
    return NOTHING


def publish_pair(
    ground: Ground, frames: tuple[Frame, Frame], pair: Pair, day: date
) -> tuple[Row, Row | None]:
    """Serve a document and its interpretation (same day); their rows, newest facts in them."""
    return _publish(
        ground,
        frames,
        (DOCUMENTS, INTERPRETATIONS),
        pair,
        day,
        (document_url, interpretation_url),
        f"明政规〔{day.year}〕{pair.number}号",
        NAME,
    )


def _publish(
    ground: Ground,
    frames: tuple[Frame, Frame],
    columns: tuple[RowColumn, RowColumn],
    pair: Pair,
    day: date,
    urls: tuple[Callable[[int], str], Callable[[int], str]],
    number: str,
    sender: str,
) -> tuple[Row, Row | None]:
    title = f"{sender}关于印发《{pair.name}》的通知"
    there, here = urls[0](pair.number), urls[1](pair.number)
    forth, back, heading = pair.forth, pair.back, pair.title
    for place, fault in enumerate(pair.faults):
        if fault and not ground.planted(fault):
            forth, back = ("anchor", back) if place == 0 else (forth, "anchor")
            heading = heading or "《{name}》解读"
    heading = heading.format(name=pair.name)
    document = PublishedArticle(
        there,
        title,
        day,
        document_body(pair.name, pair.gist, sender, day)
        + (link(forth, "相关解读", here, heading) if forth == "text" else NOTHING),
        source=sender,
        marks=marks(title, number, day, sender),
        related=link(forth, "相关解读", here, heading) if forth != "text" and heading else NOTHING,
    )
    publish_article(ground, frames[0], columns[0], document)
    if not heading:
        return document.row(status=number), None
    body = interpretation_body("" if pair.by_number else pair.name, pair.gist, number)
    if "一图读懂" in heading or "视频解读" in heading:
        ground.media([frames[1].url("/images/tujie.png")])
        body += Markup('<p><img src="/images/tujie.png" alt="{}要点图解"></p>').format(pair.gist)
    reading = PublishedArticle(
        here,
        heading,
        day,
        body + (link(back, "文件全文", there, title) if back == "text" else NOTHING),
        source=OFFICE if sender == NAME else sender,
        related=link(back, "相关文件", there, title) if back != "text" else NOTHING,
    )
    publish_article(ground, frames[1], columns[1], reading)
    return document.row(status=number), reading.row(
        links=(Item("相关文件", there),) if back == "anchor" else ()
    )


publish_unit_pair = _publish


def build_policies(ground: Ground) -> tuple[list[Row], list[Row]]:
    """Serve both columns; the rows of documents and of interpretations."""
    frame = section("政务公开", "/zwgk/", DOCUMENTS, INTERPRETATIONS, SCHEMES, DECISIONS, *BESIDES)
    frames = (frame, frame)
    documents, readings = [], []
    for turn, pair in enumerate(PAIRS):
        document, reading = publish_pair(ground, frames, pair, ground.ago(16 + turn * 13))
        # 相关解读 nested inside the row: the inner rows are no rows of the list.
        nested = (Item("解读", reading.url),) if reading and turn == 0 else ()
        documents.append(
            Row(document.title, document.url, document.day, status=document.status, links=nested)
        )
        if reading:
            readings.append(reading)
    documents += _plain_documents(ground, frame)
    readings += _off_topic(ground, frame)
    documents.sort(key=lambda row: row.day or ground.today, reverse=True)
    readings.sort(key=lambda row: row.day or ground.today, reverse=True)
    publish_list(ground, frame, DOCUMENTS, documents, shape="nested", pager="trs0", per_page=12)
    publish_list(ground, frame, INTERPRETATIONS, readings, shape="gl", bar=NOTHING)
    url = f"http://{HOST}"
    ground.register(
        Registered(DOCUMENTS.name, url + DOCUMENTS.path, OFFICE, DOCUMENTS.type, "180"),
        Registered(
            INTERPRETATIONS.name, url + INTERPRETATIONS.path, OFFICE, INTERPRETATIONS.type, "180"
        ),
    )
    return documents, readings


def _plain_documents(ground: Ground, frame: Frame) -> list[Row]:
    """Documents that by their kind need no interpretation; one has the hollow block all the same."""
    year = ground.ago(40).year
    plain = (
        (
            "转发国务院办公厅关于做好秋粮收购工作的通知",
            f"明政办发〔{year}〕31号",
            "请各单位对照职责认真抓好落实。",
        ),
        (
            f"{NAME}关于同意设立青少年活动中心的批复",
            f"明政函〔{year}〕17号",
            "区教育局：你局请示收悉，同意设立明湖区青少年活动中心。",
        ),
        (
            f"{OFFICE}关于召开区政府全体会议的通知",
            f"明政办函〔{year}〕22号",
            "定于近期召开区政府全体会议，请准时参加。",
        ),
    )
    rows = []
    for turn, (title, number, words) in enumerate(plain):
        day = ground.ago(40 + turn * 9)
        article = PublishedArticle(
            f"{DOCUMENTS.path}qt_{850 + turn}.html",
            title,
            day,
            paragraphs(words, "特此通知。" if turn != 1 else "此复。"),
            source=OFFICE,
            marks=marks(title, number, day, OFFICE),
            related=link("hollow", "", "", "") if "会议" in title else NOTHING,
        )
        publish_article(ground, frame, DOCUMENTS, article)
        rows.append(article.row(status=number))
    return rows


def _off_topic(ground: Ground, frame: Frame) -> list[Row]:
    """News filed under 政策解读 that interpret nothing."""
    rows = []
    for turn, (fault, title) in enumerate(
        (
            ("pol104-news", "区融媒体中心举办秋季摄影作品展"),
            ("pol104-meeting", "全区政务公开工作培训班在湖滨街道举办"),
        )
    ):
        if not ground.planted(fault):
            continue
        day = ground.ago(12 + turn * 30)
        body = paragraphs(
            "活动为期两天，来自各街道和区直部门的八十余名工作人员参加，现场气氛热烈。",
            "参加人员表示，活动内容丰富，对今后做好本职工作很有帮助。",
        )
        article = PublishedArticle(
            f"{INTERPRETATIONS.path}jd_{980 + turn}.html",
            title,
            day,
            body,
            source="明湖区融媒体中心",
        )
        publish_article(ground, frame, INTERPRETATIONS, article)
        rows.append(article.row())
    return rows


__all__ = [
    "FRAME",
    "PAIRS",
    "Pair",
    "build_policies",
    "document_url",
    "interpretation_url",
    "publish_unit_pair",
]
