"""应当解读的政策文件没有解读。

为什么：行政规范性文件和涉及群众、企业权利义务的文件应当解读，并与文件同步组织、同步审签、同步发布。
看什么：按文种和文号判断应当解读的本级文件（办法、实施细则、规定、实施意见等），近两年成文或发布，站内找不到它的解读，页面上也没有解读链接。
不报：标明废止、失效的；人事任免、会议、批复、转发、年报等按文种不需解读的，或者判断不了的；标题显示由中央部门、省、市等上级机关制发的（与站点名称对照）；日期读不出来的；成文或发布不满10天的；标题或正文显示可能已有解读的；已有任何解读链接的（含站外）。
整改：补发解读（文字、图解、问答等均可），并与文件互相链接。
依据：国办发〔2016〕80号关于政策性文件与解读方案、解读材料同步组织、同步审签、同步部署的要求（凭经验转述，未对照原文）；石城县2022年政务公开工作要点“解读率达到90%以上”（地方规定）；“三同步”见黄石港区、咸宁市、石城县要点；3个工作日内发布解读是地方的宽限（郑州2016年规定）。

同一文件发布在几处的只报一处。全站没有巡查完整时，解读可能在没有读到的页面上，交人工核实，确认前不扣分。
两年期限（选项 within）和10天宽限（选项 grace，含节假日）是本工具的默认值，国家没有统一规定，可以改。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

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
from plugins.facts.documents import of_higher_body
from plugins.facts.pairs import Side

REPEALED = re.compile(r"废止|失效|作废|宣布无效|已修改")


@dataclass(frozen=True)
class Options:
    """Days back within which documents are judged (0 = all), and days of grace for the newest."""

    within: int = 730
    grace: int = 10


RULE = Rule(
    __doc__,
    code="POL103",
    severity=Severity.MAJOR,
    deduct=2,
    options=Options(),
    requirements=("R01", "R02", "R04", "R07"),
    confidence=Confidence.MEDIUM,
)


# Links with these words may lead to an interpretation; no other single page that was not read is one.
INTERPRETATION_WORDS = re.compile("解读|图解|读懂|问答|说明|解析|访谈|发布会|视频|音频|《")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each paper of this body that needs an interpretation and has none."""
    pairing = site.pairing
    partial = site.coverage.may_hide(lambda words: bool(INTERPRETATION_WORDS.search(words)))
    for key, side in pairing.documents.items():
        document, day = side.document, _day(side)
        if document is None or document.needs_interpretation is not True or day is None:
            continue
        age = (site.today - day).days
        if age < options.grace or (options.within and age > options.within):
            continue
        if of_higher_body(side.title.text, site.name):
            continue
        copies = pairing.copies(side)
        if key != copies[0].key or any(
            one.key in pairing.of_document
            or one.key in pairing.perhaps
            or one.partners
            or (one.document and REPEALED.search(one.document.validity))
            for one in copies
        ):
            continue
        number = f"（{document.number}）" if document.number else ""
        doubt = "；全站没有巡查完整，请人工核实" if partial else ""
        yield Finding(
            f"文件“{side.heading}”{number}{day}{'成文' if day == document.issued else '发布'}，"
            f"按文种应当解读，到检查日{site.today}站内没有找到它的解读{doubt}。",
            of=Subject(SubjectKind.PAGE, site.host, key),
            where=tuple(Evidence(one.url, one.heading, "article") for one in copies),
            review=partial,
        )


def _day(side: Side) -> date | None:
    """The day of the paper: as signed, else as published (entry dates of a migration are later)."""
    return (side.document.issued if side.document else None) or side.published
