"""全年规范性文件解读率不足90%。

为什么：解读率是上级考评的量化指标，低于90%说明成批文件发了没人讲。
看什么：上一个完整的自然年成文或发布、按文种应当解读的本级文件（规范性文件、办法、细则、规定等），其中有解读（站内配对或页面有解读链接）的占多少，不足90%的报一条。
不报：全年应解读文件不足5份的（选项 fewest，逐份由POL103看）；按文种不需要解读或判断不了的；同一文件发布在几处的只算一份；标明废止、失效的；上级机关制发的文件（与站点名称对照，和POL103一致）。
整改：按列出的文件补发解读，并与文件互相链接。
依据：石城县2022年政务公开工作要点“全县行政规范性文件以及行政机关制发的对群众和企业权益产生影响的政策文件解读率达到90%以上”（地方规定）。

要求编号R04。可调整：least（百分比，默认90）、fewest。“对群众和企业权益产生影响的文件”要由人列出清单，这里只按文种判断。
全站没有巡查完整或看不到往年内容时，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.census.census import PieceKind, doubts
from plugins.facts.language.periods import Window, told, year_before
from plugins.facts.papers.documents import of_higher_body
from plugins.facts.papers.pairs import Side
from plugins.facts.site.pairing import Pairing


@dataclass(frozen=True)
class Options:
    """Per cent of documents that must be interpreted, and the number below which nothing is said."""

    least: int = 90
    fewest: int = 5


RULE = Rule(
    __doc__,
    code="POL203",
    severity=Severity.MAJOR,
    deduct=2,
    options=Options(),
    requirements=("R04",),
    confidence=Confidence.MEDIUM,
    absence=True,
)
WORDS = re.compile("解读|图解|读懂|问答|说明|解析|视频|音频|《")
SHOWN = 20


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for the year before, when too few of its documents were interpreted."""
    pairing = known(Pairing, site)
    window = year_before(site.today)
    due = [side for side in pairing.documents.values() if _due(site, pairing, side, window)]
    bare = [side for side in due if not _interpreted(pairing, side)]
    if len(due) < options.fewest or (len(due) - len(bare)) * 100 >= options.least * len(due):
        return
    why = doubts(site, PieceKind.INTERPRETATION, window, WORDS).without("读不出日期")
    share = (len(due) - len(bare)) * 100 / len(due)
    yield Finding(
        f"{told(window)}本站按文种应当解读的文件共{len(due)}份，有解读的{len(due) - len(bare)}份，"
        f"解读率{share:.0f}%，不足{options.least}%{why.aside()}。",
        key=str(window.open.year),
        where=tuple(Evidence(one.url, one.heading, "article") for one in bare[:SHOWN]),
        review=bool(why),
        unit=site.unit,
    )


def _due(site: Site, pairing: Pairing, side: Side, window: Window) -> bool:
    """Whether a document of this body is counted: by its kind, in this year, once for all copies."""
    document = side.document
    day = (document.issued if document else None) or side.published
    return (
        document is not None
        and document.needs_interpretation is True
        and day is not None
        and window.open <= day <= window.close
        and not any(word in document.validity for word in ("废止", "失效"))
        and not of_higher_body(side.title.text, site.name)
        and pairing.copies(side)[0].key == side.key
    )


def _interpreted(pairing: Pairing, side: Side) -> bool:
    return any(
        one.key in pairing.of_document or one.key in pairing.perhaps or one.partners
        for one in pairing.copies(side)
    )
