"""Documents and their interpretations, published as pairs that lead to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from crawler.demo.ground import NOTHING, Frame, Ground, Item
from crawler.demo.publishing import PublishedArticle, anchor, paragraphs, publish_article
from crawler.demo.rows import Row
from tests.district.papers.portal import (
    CASES,
    DOCUMENTS,
    INTERPRETATIONS,
    LECTURES,
    NAME,
    OFFICE,
    RESEARCH,
    SUPERVISION,
)

BESIDES = (SUPERVISION, RESEARCH, CASES, LECTURES)


@dataclass(frozen=True)
class Pair:
    """A document (name in 《》, issued as a notice) and what interprets it.

    ``title`` is the interpretation's, "" = there is none.
    """

    name: str
    gist: str
    number: int
    title: str = "《{name}》解读"


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


def interpretation_body(name: str, gist: str) -> Markup:
    """The text of an interpretation."""
    return paragraphs(
        f"近日，《{name}》正式印发。为便于社会各界理解和执行，现就有关内容作如下说明。",
        f"一、起草背景。{gist}关系群众切身利益，原有做法已不能适应新的形势，需要进一步规范。",
        "二、主要内容。文件明确了适用范围、办理条件、办理流程和监督管理等四个方面的要求。",
        "三、执行口径。自文件施行之日起，符合条件的单位和个人可向所在街道咨询、申请。",
    )


def link(lead: str, url: str, words: str) -> Markup:
    """The block by which one of a pair leads to the other."""
    return Markup('<div class="xgwz"><h2>{}</h2><ul><li>{}</li></ul></div>').format(
        lead, anchor(url, words)
    )


def publish_pair(ground: Ground, frame: Frame, pair: Pair, day: date) -> tuple[Row, Row | None]:
    """Serve a document and its interpretation (same day); their rows."""
    number = f"明政规〔{day.year}〕{pair.number}号"
    title = f"{NAME}关于印发《{pair.name}》的通知"
    there = f"{DOCUMENTS.path}gf_{800 + pair.number}.html"
    here = f"{INTERPRETATIONS.path}jd_{900 + pair.number}.html"
    heading = pair.title.format(name=pair.name)
    document = PublishedArticle(
        there,
        title,
        day,
        document_body(pair.name, pair.gist, NAME, day),
        source=NAME,
        marks=marks(title, number, day, NAME),
        related=link("相关解读", here, heading) if heading else NOTHING,
    )
    publish_article(ground, frame, DOCUMENTS, document)
    row = document.row(status=number)
    if not heading:
        return row, None
    body = interpretation_body(pair.name, pair.gist)
    if "一图读懂" in heading:
        ground.media([frame.url("/images/tujie.png")])
        body += Markup('<p><img src="/images/tujie.png" alt="{}要点图解"></p>').format(pair.gist)
    reading = PublishedArticle(
        here, heading, day, body, source=OFFICE, related=link("相关文件", there, title)
    )
    publish_article(ground, frame, INTERPRETATIONS, reading)
    return row, reading.row(links=(Item("相关文件", there),))
