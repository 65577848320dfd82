"""规范性文件没有标明有效性。

为什么：规范性文件有有效期，页面不写有效还是失效、废止，群众和企业可能照着失效的规定办事。
看什么：归在规范性文件栏目的本级文件，页面要素表、标题或列表行有没有标明有效、失效、废止一类状态。
不报：栏目名称已写明现行有效、废止、失效的；栏目里的新闻、通知公告、解读、清理结果等不是规范性文件的；转发的和上级机关的文件；没有读到的页面。
整改：在文件页面的要素表中标明有效性，文件废止、失效后及时改标。
依据：江汉区2020年实施方案“失效、废止的信息及时予以处理并公开清理结果”；咸宁市2022年政务公开工作要点（征求意见稿）关于现行有效行政规范性文件公开的要求；霍邱县评分标准“未标明有效性扣1分”（均为外地文件，供参照）。

要求编号R34、R35。有效性由脚本加载而没有读到要素表的，可能误报，请对照页面。
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
    known,
)
from plugins.facts.site.papers import Papers, RegulatingPaper

RULE = Rule(
    __doc__,
    code="DSC203",
    severity=Severity.MINOR,
    deduct=0.5,
    requirements=("R34", "R35"),
    confidence=Confidence.HIGH,
)
MARKED = re.compile(r"(?:有效|失效|废止|已修改|未生效)")
COLUMN = re.compile("有效|失效|废止")


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each paper in a column of 规范性文件 that nothing marks as in force or not."""
    for paper in known(Papers, site).filed:
        if _is_marked(paper):
            continue
        page = paper.page
        blank = "（“有效性”一栏是空的）" if "validity" in paper.document.blank else ""
        yield Finding(
            f"规范性文件“{page.title}”没有标明有效性（有效、失效或者废止）{blank}。",
            of=Subject(SubjectKind.PAGE, site.host, page.key),
            where=(Evidence(page.final_url or page.url, page.title, "article"),),
        )


def _is_marked(paper: RegulatingPaper) -> bool:
    """Whether page, row or column says whether the paper is in force."""
    if paper.document.validity or "validity" in paper.document.shown:
        return True
    beside = (entry.text.replace(entry.title, "") + entry.status for entry in paper.rows)
    return (
        any(map(MARKED.search, beside))
        or any(map(COLUMN.search, paper.columns))
        or any(map(COLUMN.search, paper.page.crumbs))
    )
