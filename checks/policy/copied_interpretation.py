"""政策解读照抄文件原文。

为什么：把文件换个标题再发一遍不是解读；要点要求把政策“讲清楚、说透彻”。
看什么：站内配成一对的文件和解读，把两篇正文各自切成分句（8个字以上），解读的分句有八成（选项 most）与文件一字不差的报一条。
不报：解读的分句不足12个的（选项 fewest）；任何一页正文没有读到的；图解、视频、问答等形式的；只引用部分条款的。
整改：用群众听得懂的话说明背景、要点、适用对象和办理方式，引用原文时注明条款。
依据：《黄石港区2022年政务公开工作要点》第（九）条“切实把政策‘讲清楚、说透彻、传达好’”；石城县2022年要点“实质性解读”（均为地方规定）；八成是本工具的默认值。

要求编号R08。一篇报一条，写明重合的分句数。正文只比对前3万字、600个分句。
"""

from __future__ import annotations

from collections.abc import Iterator
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
from plugins.facts.kept.clauses import Clauses
from plugins.facts.papers.interpretations import Interpretation
from plugins.facts.site.pairing import Pairing


@dataclass(frozen=True)
class Options:
    """Share (per cent) of clauses taken from the document, and clauses below which nothing is said."""

    most: int = 80
    fewest: int = 12


RULE = Rule(
    __doc__,
    code="POL208",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R08",),
    confidence=Confidence.MEDIUM,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each interpretation that is its document over again."""
    for key, pairs in sorted(known(Pairing, site).of_interpretation.items()):
        page = site.pages.get(key)
        if page is None or len(_clauses(page)) < options.fewest:
            continue
        marks = page.get(Interpretation)
        if marks is not None and set(marks.forms) - {"图文"}:
            continue
        mine = set(_clauses(page))
        for pair in pairs:
            document = site.pages.get(pair.document.key)
            if document is None or not _clauses(document):
                continue
            shared = len(mine.intersection(_clauses(document)))
            if shared * 100 < options.most * len(mine):
                continue
            yield Finding(
                f"解读“{page.title}”共{len(mine)}个分句，其中{shared}个（{shared * 100 // len(mine)}%）"
                f"与文件“{document.title}”一字不差，像是照抄原文。",
                of=Subject(SubjectKind.PAGE, site.host, key),
                where=(
                    Evidence(page.final_url or page.url, page.title, "article"),
                    Evidence(document.final_url or document.url, document.title, "article"),
                ),
                review=not pair.sure,
            )
            break


def _clauses(page: PageDigest) -> tuple[int, ...]:
    found = page.get(Clauses)
    return found.clauses if found else ()
