"""征集结果没有说明采纳情况。

为什么：只说“感谢参与”等于没有反馈，公众不知道意见有没有用。
看什么：结果反馈、采纳情况一类文章的正文，有没有写明收到多少意见、采纳与否，以及不采纳的理由；缺一项就报，写明缺什么。
不报：写明没有收到意见的；未开展征集的情况说明；全部采纳、不必说明理由的；问卷、投票、满意度调查的结果；带附件的（内容可能在附件里）；正文不足20字的（可能是图片，选项 shortest）；发布已超过两年的（选项 within，0为不限）。
整改：写明收到意见的条数、采纳和不采纳各多少、不采纳的理由；没有收到意见的写明没有收到。
依据：咸宁市2022年政务公开工作要点“及时公开意见征集采纳情况”；江汉区方案“公开征求意见结果等要通过政府网站公开”（均为地方规定）；霍邱县要求逐项反馈并说明不采纳的理由（地方规定）。

要求编号R18。一篇报一条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from plugins import Confidence, Evidence, Finding, Page, Rule, Severity, Site, hookimpl
from plugins.facts.census.consultations import ABSENCE
from plugins.facts.kept.solicitation import read_solicitation
from plugins.facts.language.titles import TitleForm, read_title, unquoted


@dataclass(frozen=True)
class Options:
    """Days back within which results are judged (0 = all), and characters that make a text."""

    within: int = 730
    shortest: int = 20


RULE = Rule(
    __doc__,
    code="DLG206",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R18",),
    confidence=Confidence.MEDIUM,
)
POLL = re.compile(
    r"问卷|投票|满意度|调查结果|测评|评议|评选|作品|征文|线索|听证|金点子|标识|公示|项目|公开征集"
)
OPINIONS = re.compile(r"意见|建议|采纳")
WANTED = (("数量", "收到多少意见"), ("采纳", "采纳与否"), ("理由", "不采纳的理由"))
FILES = (".pdf", ".doc", ".docx", ".wps", ".ofd", ".zip", ".rar", ".xls", ".xlsx", ".jpg", ".png")


@hookimpl
def check_page(page: Page, site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a result that leaves out what became of the opinions."""
    call = read_solicitation(page)
    if call is None or not call.result or call.opens or call.closes or page.published is None:
        return
    if options.within and (site.today - page.published).days > options.within:
        return
    article, title = page.article, read_title(page.title)
    if (
        article is None
        or len(article.text) < options.shortest
        or title.form is not TitleForm.RESULT
        or POLL.search(unquoted(title.text))
        or ABSENCE.search(title.text)
        or not OPINIONS.search(title.text)
    ):
        return
    if "未收到" in call.tells or _has_more(page):
        return
    missing = [words for name, words in WANTED if name not in call.tells]
    if missing:
        yield Finding(
            f"结果反馈“{page.title}”没有写明{'、'.join(missing)}。",
            where=(Evidence(page.address, page.title, "article"),),
        )


def _has_more(page: Page) -> bool:
    """Whether an attachment or a picture may hold the table of opinions."""
    body = page.article.node if page.article else None
    pictured = body is not None and any(
        element.tag in ("img", "iframe", "embed", "object")
        for element in page.drawing.outline.inside(body)
    )
    return pictured or any(
        link.region.value == "article" and urlsplit(link.url).path.lower().endswith(FILES)
        for link in page.links
    )
