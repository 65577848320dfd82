"""政府信息公开指南要素不全或长期未更新。

为什么：指南告诉公众到哪里、找谁、什么时间可以查阅和申请；电话、地址写漏或过时，群众就要白跑。
看什么：标题为“…政府信息公开指南”的正文：有没有联系电话、办公地址、办公时间；写明日期的，距检查日是否超过years年。
不报：只有链接的列表页；正文是附件、图片或内嵌页面而读不到文字的（交人工核实）；没有写日期的不看是否更新；转发上级编制指南的通知。
整改：在指南中补全公开工作机构的名称、地址、时间、电话，机构或联系方式变动后及时更新并写明更新日期。
依据：《中华人民共和国政府信息公开条例》（国令第711号）第十二条；国办公开办函〔2019〕61号；咸宁市2022年政务公开工作要点（征求意见稿）“及时更新政府信息公开指南”（外地文件，供参照）。

可调整：years（写明的日期距今的年数上限，默认3，系本工具的默认值，文件未规定年数）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Page, Rule, Severity, Site, hookimpl
from plugins.facts.kept.fittings import ADDRESS, FILE, HOURS, PHONE
from plugins.facts.language.text import solid

PARTS = (
    ("phone", "联系电话", PHONE),
    ("address", "办公地址", ADDRESS),
    ("hours", "办公时间", HOURS),
)


@dataclass(frozen=True)
class Options:
    """Years after which a dated guide is out of date."""

    years: int = 3


RULE = Rule(
    __doc__,
    code="DSC603",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R37",),
    confidence=Confidence.MEDIUM,
)
TITLE = re.compile(
    r"[\u4e00-\u9fff（）()·]{0,30}?(?:政府)?信息公开指南(?:[（(][^（）()]{0,12}[)）])?"
)
NOT_ONE = re.compile("关于|通知|解读|编制|如何|修订|公告")
SHORT = 150
YEAR = 365.25


@hookimpl
def check_page(page: Page, site: Site, options: Options) -> Iterator[Finding]:
    """Look at guides only."""
    title = solid(page.title)
    if not TITLE.fullmatch(title) or NOT_ONE.search(title):
        return
    article = page.article
    if article is None or page.status != 200:  # noqa: PLR2004 - HTTP
        return
    where = (Evidence(page.address, title, "article"),)
    missing = [(name, words) for name, words, pattern in PARTS if not pattern.search(article.text)]
    if len(article.text) < SHORT and missing:
        held = page.frames or any(FILE.search(link.url) for link in page.links) or page.images
        if held or not article.text.strip():
            yield Finding(
                f"指南“{title[:40]}”的正文只有{len(article.text)}字，内容可能在附件或图片里，请人工核实。",
                key="unread",
                where=where,
                review=True,
            )
            return
    for name, words in missing:
        yield Finding(f"指南“{title[:40]}”没有写明{words}。", key=name, where=where)
    day = page.published
    if day and page.published_from != "path" and (site.today - day).days > options.years * YEAR:
        yield Finding(
            f"指南“{title[:40]}”的日期是{day}，至{site.today}已超过{options.years}年没有更新。",
            key="date",
            where=where,
        )
