"""政策文件栏目混入新闻或通知公告。

为什么：会议新闻、招聘公告混在政策文件里，是“信息噪音”，真正的文件反而找不到。
看什么：政策文件、规范性文件、政府文件、部门文件等栏目中，标题明显是会议、调研、活动等工作动态，或者是招聘、招标、公示、停水、放假等通知公告的信息，每一条报一条。
不报：标题有《…》“关于…”“〔…〕号”或者以文种（通知、意见、办法、方案等）结尾的（招聘、招标、公示等除外）；页面有文号的；政策解读、政策法规、政策动态、清理废止等栏目。
整改：把这些信息移到动态要闻、通知公告等栏目。
依据：黄石港区2022年度绩效考评通报“清除信息噪音30条”；霍邱县评分标准“与其他文件混放，每条扣1分”（外地文件，供参照）。按标题判断是本工具的做法。

要求编号R33。通知公告类没有读到正文、看不到文号的不报。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import (
    Column,
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
from plugins.facts.language.noise import holds_papers, noise_in
from plugins.facts.language.titles import document_number
from plugins.facts.papers.documents import Document

RULE = Rule(
    __doc__,
    code="COL303",
    severity=Severity.MINOR,
    deduct=0.2,
    requirements=("R33",),
    confidence=Confidence.MEDIUM,
)


@hookimpl
def check_column(column: Column, site: Site) -> Iterator[Finding]:
    """One finding for each row of a column of papers that is plainly no paper."""
    if not holds_papers(column.name):
        return
    seen: set[str] = set()
    for entry in column.entries:
        kind = noise_in(entry.title)
        if not kind or entry.key in seen or document_number(entry.text):
            continue
        seen.add(entry.key)
        page = site.pages.get(entry.key)
        if page is None and kind == "通知公告":
            continue
        document = page.get(Document) if page is not None else None
        if page is not None and (not page.readable or (document is not None and document.number)):
            continue
        yield Finding(
            f"“{entry.title}”是{kind}，不是政策文件，却放在“{column.path}”栏目。",
            of=Subject(SubjectKind.PAGE, site.host, entry.key) if entry.key else None,
            key="" if entry.key else entry.title,
            where=(Evidence(column.url, entry.title, "list"),),
        )
