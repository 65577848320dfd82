"""公文没有标注公开属性。

为什么：公开属性应当在起草公文时就确定并标注，没有标注说不清这份文件是不是可以公开。
看什么：有文号、有主送机关或落款的本级公文正文和要素表，有没有“此件公开发布”“此件主动公开”“公开方式：主动公开”一类标注。
不报：since以前成文的；没有文号的；正文不足shortest字或者正文在附件里的；转发的、上级机关的文件；新闻、解读、征求意见稿；令、公告、通告、任免、批复等本身就是向社会发布或者另有格式的。
整改：在附注处（成文日期下一行）标注“（此件公开发布）”，今后起草时同步确定公开属性。
依据：江汉区2020年实施方案“公文公开属性源头认定”；《党政机关公文处理工作条例》第九条关于附注的规定（凭经验转述）；石城县2022年政务公开工作要点自身标注“（此件主动公开）”（外地文件，供参照）。

要求编号R36。可调整：since（默认2020-01-01，江汉区方案的年份）、shortest（默认200）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins import Confidence, Evidence, Finding, Page, PageKind, Rule, Severity, Site, hookimpl
from plugins.facts.language.titles import TitleForm, read_title, unquoted
from plugins.facts.site.papers import made_by_others


@dataclass(frozen=True)
class Options:
    """Papers older than ``since`` and texts shorter than ``shortest`` are left alone."""

    since: date = date(2020, 1, 1)
    shortest: int = 200


RULE = Rule(
    __doc__,
    code="DSC206",
    severity=Severity.ADVICE,
    deduct=0.2,
    options=Options(),
    requirements=("R36",),
    confidence=Confidence.HIGH,
)
MARK = re.compile(
    r"此\s*件|本\s*件\s*公\s*开|主\s*动\s*公\s*开|公\s*开\s*发\s*布|公\s*开\s*(?:属\s*性|方\s*式|形\s*式|类\s*别|范\s*围|选\s*项)|依\s*申\s*请\s*公\s*开|不\s*予\s*公\s*开|全\s*文\s*公\s*开|删\s*减\s*后\s*公\s*开|信\s*息\s*公\s*开\s*选\s*项"
)
ADDRESSED = re.compile(r"^[\u4e00-\u9fff（）()、，,“”·\s]{4,160}[：:]\s*$", re.MULTILINE)
# These are addressed to everybody, or have a form of their own.
PUBLIC = re.compile(
    r"公告|通告|公示|启事|令$|任免|任职|免职|批复|复函|转发|公报|声明|答复|解读|征求意见|报告$|预案$"
)
ORDER = re.compile(r"令|公告|通告|议|任|告|复|罚|许|准|纪要")


@hookimpl
def check_page(page: Page, site: Site, options: Options) -> Iterator[Finding]:
    """Look at whole official papers of this body only."""
    document = page.document
    article = page.article
    if page.kind is not PageKind.ARTICLE or document is None or article is None:
        return
    number = document.number
    if (
        not number
        or "号" not in number
        or ORDER.search(number)
        or len(article.text) < options.shortest
    ):
        return
    day = document.issued or document.signed or page.published
    if day is None or day < options.since:
        return
    if document.signed is None and not ADDRESSED.search(article.text[:600]):
        return
    title = read_title(page.title)
    if title.form is not TitleForm.PLAIN or title.draft or PUBLIC.search(unquoted(title.text)):
        return
    if made_by_others(title, site, (article.source, document.issuer), number):
        return
    if MARK.search(article.text) or MARK.search(article.head) or MARK.search(article.info):
        return
    yield Finding(
        f"公文“{page.title}”（{number}）没有标注“此件公开发布”“主动公开”等公开属性。",
        where=(Evidence(page.address, " ".join(article.text.split())[-60:], "article"),),
    )
