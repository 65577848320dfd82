"""预算、决算公开页没有表格。

为什么：预决算公开的主体是表格；只有几句话的说明，群众看不到收支数字。
看什么：标题是某年度预算、决算公开（预算、决算、预决算公开、公开表）的文章，近years年发布的：正文里有没有数据表格、可下载的附件、内嵌的文件或表格图片。
不报：标题是说明、情况说明、草案报告、执行报告、绩效、编制、批复、解读、通知的；正文链接到另外的预决算页面或下载页面的；正文为空或读不到的（见TXT202）；表格被转成一行一个数字的文字的。
整改：在该页附上全部公开表格（表格文件或网页表格均可），并检查附件能下载。
依据：《石城县2022年政务公开工作要点》第（五）条“加强财政预决算信息公开”（外地文件，供参照）；《预算法》第十四条；财政部《地方预决算公开操作规程》（财预〔2016〕143号）要求公开表格（凭经验转述，未对照原文）。

要求编号R43。可调整：years（看近几年发布的，默认2），short（正文少于多少字视为没有读到，默认30）。只有图片的算有表格，图片是不是表格机器不判断。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import (
    Confidence,
    Evidence,
    Finding,
    Page,
    PageKind,
    Region,
    Rule,
    Severity,
    Site,
    hookimpl,
)
from plugins.facts.language.titles import plain


@dataclass(frozen=True)
class Options:
    """Years back that are looked at; length of text below which a page counts as not read."""

    years: int = 2
    short: int = 30


RULE = Rule(
    __doc__,
    code="DSC402",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R43",),
    confidence=Confidence.MEDIUM,
)
WORD = re.compile(r"[预决]算")
TITLE = re.compile(
    r"20\d\d年?.{0,30}(?:预算|决算)(?:信息|情况|数据)?(?:公开|公示)?(?:表|报表|文本|信息)?(?:\([^()]*\))?$"
    r"|(?:公开|公示|公布).{0,30}(?:预算|决算)(?:的?(?:公告|公示))?$|(?:预算|决算)公开20\d\d年?(?:度)?$"
)
OTHER = re.compile(
    r"说明|草案|报告|执行|绩效|编制|批复|解读|通知|方案|办法|工程|审计|评审|调整|三公|会议|采购|培训|工作|目录|指南"
)
FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|et|wps|ofd|zip|rar|7z|rtf|pptx?)(?:$|[?#])|/download|downfile|attach",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"[预决]算|附件|附表|下载|表格|公开表|报表")
NUMBER_LINE = re.compile(r"^\s*-?[\d,]+(?:\.\d+)?\s*%?\s*$", re.MULTILINE)
# A table whose cells have become lines of text.
NUMBERS = 20
# Rows of a layout table, and of one that holds figures.
ROWS = 3


@hookimpl
def check_page(page: Page, site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a publication of accounts that shows no table in any form."""
    if page.kind is not PageKind.ARTICLE or not WORD.search(page.title):
        return
    title = plain(page.title)
    if not TITLE.search(title) or OTHER.search(title):
        return
    article, day = page.article, page.published
    if article is None or article.node is None or day is None:
        return
    if (site.today - day).days > options.years * 366 or len(article.text) < options.short:
        return
    if page.needs_browser or _shows_tables(page):
        return
    owner = site.unit_named(title) or site.unit_named(article.source)
    yield Finding(
        f"《{page.title}》（{day}发布）的正文没有表格，也没有可下载的附件。",
        where=(Evidence(page.address, article.text[:80], "article"),),
        unit=owner.name if owner else "",
    )


def _shows_tables(page: Page) -> bool:
    article = page.article
    assert article is not None
    assert article.node is not None
    tags = [element.tag for element in page.drawing.outline.inside(article.node)]
    if any(tag in {"img", "iframe", "embed", "object", "canvas", "video"} for tag in tags):
        return True
    if "table" in tags and tags.count("tr") >= ROWS:
        return True
    if len(NUMBER_LINE.findall(article.text)) >= NUMBERS:
        return True
    return any(
        FILE.search(link.url)
        or (link.region is Region.ARTICLE and link.key != page.key and ELSEWHERE.search(link.words))
        for link in page.links
        if link.region not in (Region.NAV, Region.HEADER, Region.FOOTER)
    )
