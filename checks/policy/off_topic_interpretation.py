"""归入政策解读栏目的文章没有解读任何文件。

为什么：会议新闻、工作动态混在解读栏目里，既凑数又淹没真正的解读；要点要求清除信息噪音。
看什么：归在政策解读栏目（按 ColumnType 或当前位置）的文章：标题没有《…》，没有解读、图解、问答、读懂、说明一类字样，没有文号，也不是以办法、方案等政策名称为题（报道会议、活动的除外），也没有链接到任何文件。
不报：媒体解读、专家解读、上级解读、新闻发布会、回应关切等栏目；正文不足20字的（可能是图解图片或视频；选项 shortest）；正文写明本站文件的；没有读到的页面。
整改：移到动态要闻等栏目；确属解读的，在标题写明所解读的文件并链接到文件。
依据：黄石港区2022年绩效考评通报“清除信息噪音”（地方规定）；按标题判断是本工具的做法。

一篇报一条，属于提示，不建议扣分；本规则报过的文章不再按缺少文件链接（POL102）处理。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plugins import (
    Confidence,
    Evidence,
    Finding,
    PageDigest,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
    known,
)
from plugins.facts.language.titles import document_number, plain
from plugins.facts.papers.documents import Document
from plugins.facts.site.pairing import Pairing

COLUMN = re.compile(r"政策解读|文件解读|解读回应|^解读$|政策文件解读|本级解读|部门解读")
OTHER_COLUMN = re.compile(r"媒体|专家|上级|国家|中央|省|新闻|发布会|访谈|回应关切|视频|数据")
EXPLAINS = re.compile(
    r"解读|图解|一图|图说|读懂|看懂|漫画|动漫|动画|长图|问答|答疑|解答|释义|解析|详解|说明|答记者问|速览|速读"
    r"|什么是|为什么|怎么|怎样|如何|这样|哪些|[几十]问|[十百]答|吗|[?？]"
    # Headlines that speak to the reader about what he is entitled to.
    r"|[@＠]|[!！]|一文|了解|划重点|知道|您|你|攻略|指南|指引|指导|须知|明白卡|要点|干货|科普|知识|流程|算法|计算|变化|提示|热点|权益|申领|申请|办理|领取|享受|补贴|补助|津贴|待遇"
)
# A title that names a policy without marks explains it, unless it reports a meeting or a visit.
NAMES_POLICY = re.compile(r"新政|新规|条例|办法|细则|规定|决定|规划|方案|清单|标准|措施|意见|政策")
REPORTS = re.compile(
    r"召开|举行|举办|开展|组织|参加|出席|调研|走访|慰问|督导|检查|培训|宣讲|宣传|座谈|会议|启动|活动|动员|表彰|学习|部署|推进会|揭牌|签约"
)


@dataclass(frozen=True)
class Options:
    """An article with fewer characters may be a picture or a film that explains something."""

    shortest: int = 20


RULE = Rule(
    __doc__,
    code="POL104",
    severity=Severity.ADVICE,
    options=Options(),
    requirements=("R33",),
    confidence=Confidence.MEDIUM,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each article in a column of interpretations that interprets nothing."""
    pairing = known(Pairing, site)
    columns = {column.key: column.name for column in site.columns}
    for key, page in site.pages.items():
        if page.kind != "article" or not page.title or not page.readable:
            continue
        column = _filed_under(page, columns)
        if not column or page.text_length < options.shortest or _explains(page):
            continue
        if key in pairing.of_interpretation or key in pairing.perhaps or key in pairing.documents:
            continue
        yield Finding(
            f"“{page.title}”归在“{column}”栏目，但标题没有写明解读什么文件，也没有链接到任何文件，不像是政策解读。",
            of=Subject(SubjectKind.PAGE, site.host, key),
            where=(Evidence(page.final_url or page.url, page.title, "article"),),
        )


def _filed_under(page: PageDigest, columns: Mapping[str, str]) -> str:
    """The name of the column of interpretations in which a page is filed, "" = none."""
    crumbs = [crumb for crumb in page.crumbs if crumb not in ("", "正文", page.title)]
    name = crumbs[-1] if crumbs else columns.get(page.column, "")
    if OTHER_COLUMN.search(name):
        return ""
    return (
        name if COLUMN.search(name) else page.column_type if page.column_type == "政策解读" else ""
    )


def _explains(page: PageDigest) -> bool:
    """Whether title or links show anything that it could explain."""
    title = plain(page.title)
    return bool(
        "《" in title
        or EXPLAINS.search(title)
        or (NAMES_POLICY.search(title) and not REPORTS.search(title))
        or page.document_links
        or page.get(Document)
        or document_number(title)
    )
