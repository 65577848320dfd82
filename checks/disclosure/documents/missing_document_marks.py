"""规范性文件的页面要素不全。

为什么：没有文号、日期和发布机构，群众无从知道这份文件是谁在什么时候发的，也无法引用。
看什么：归在规范性文件栏目的本级文件，页面（要素表、标题下的信息行、正文版头和落款、列表行都算）有没有文号、成文日期、发布日期、发布机构，缺一项以上的报一条，写明缺哪几项。
不报：栏目里的新闻、通知公告、解读、清理结果等不是规范性文件的；转发的和上级机关的文件；没有读到的页面；文号一栏写“无”的。
整改：在文件页面的要素表中补全文号、成文日期、发布日期、发布机构。
依据：石城县2022年政务公开工作要点、咸宁市2022年政务公开工作要点（征求意见稿）关于集中公开现行有效规范性文件正式版本的要求；霍邱县评分标准（无文号扣2分、无发文日期扣1分）、金寨县评分标准（文号、成文日期、发布时间、发布机关等）（均为外地文件，供参照）。

要求编号R34。正文只有附件、要素可能在附件里的，或者正文写有同一年份的文号、可能就是本文件的，交人工核实，确认前不扣分。落款日期算成文日期，来源或落款单位算发布机构。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import (
    Confidence,
    Evidence,
    Finding,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
)
from plugins.addresses.endings import ARCHIVES, PAPERS, ending_of
from plugins.facts.language.titles import document_number
from plugins.facts.site.papers import Paper

RULE = Rule(
    __doc__,
    code="DSC202",
    severity=Severity.MINOR,
    deduct=0.5,
    requirements=("R34",),
    confidence=Confidence.HIGH,
)
FILES = PAPERS | ARCHIVES
WORDS = {"number": "文号", "issued": "成文日期", "posted": "发布日期", "issuer": "发布机构"}
NUMBERED = re.compile(r"第\s?[〇零一二三四五六七八九十百\d]{1,6}\s?号|〔\d{4}〕")
THIN = 200


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each paper in a column of 规范性文件 whose page lacks a mark."""
    for paper in site.papers.filed:
        missing = _missing(paper)
        if not missing:
            continue
        page = paper.page
        blank = [WORDS[one] for one in missing if one in paper.document.blank]
        empty = f"（{'、'.join(blank)}一栏是空的）" if blank else ""
        inside = page.text_length < THIN and any(ending_of(url) in FILES for url in page.out)
        near = _near(paper) if "number" in missing else ""
        tail = ""
        if inside and {"number", "issued"} & set(missing):
            tail = "；正文可能在附件里，请人工核实"
        elif near:
            tail = f"；正文写有{near}，是否本文件的文号请人工核实"
        yield Finding(
            f"规范性文件“{page.title}”的页面没有标明{'、'.join(WORDS[one] for one in missing)}{empty}{tail}。",
            of=Subject(SubjectKind.PAGE, site.host, page.key),
            where=(Evidence(page.final_url or page.url, page.title, "article"),),
            review=bool(tail),
        )


def _near(paper: Paper) -> str:
    """A number of the paper's own year in its text: perhaps its own, printed in an unusual place."""
    document = paper.document
    day = document.issued or document.signed or paper.page.published
    return next((one for one in paper.page.numbers if day and str(day.year) in one), "")


def _missing(paper: Paper) -> list[str]:
    """The marks that neither the page nor the rows that lead to it show."""
    page, document = paper.page, paper.document
    rows = " ".join(entry.text for entry in paper.rows)
    there = {
        "number": document.number
        or "number" in document.shown
        or document_number(rows)
        or NUMBERED.search(page.title),
        "issued": document.issued or document.signed or "issued" in document.shown,
        "posted": (page.published is not None and page.published_from not in ("path", "signature"))
        or "posted" in document.shown
        or any(entry.date for entry in paper.rows),
        "issuer": page.source or "issuer" in document.shown or document.issuer or document.signed,
    }
    return [name for name, seen in there.items() if not seen]
