"""政策解读只有文字一种形式。

为什么：整篇文字的解读群众不爱看、手机上看不下去；要点要求运用视频、直播、图文、图表、问答等形式，通报把形式多样作为成绩。
看什么：上一个完整的自然年，各单位在本站发布的解读至少3篇（选项 fewest），从页面本身辨认形式：图解（标题写明，或正文只有图片）、视频、音频（正文嵌入或附文件）、问答（标题写明，或正文一问一答）、图文（正文配图）、发布会和访谈。一种都没有的报一条。
不报：全年解读不足3篇的（数量由POL202看）；有一篇没有读到正文、链接到站外（如公众号）的；只有一个单位发布内容的网站。
整改：选社会关注度高的文件，补做图解、视频或问答，放在解读正文里。
依据：《黄石港区2022年政务公开工作要点》第（九）条“积极运用视频、直播、图文、图表、问答等公众喜闻乐见的呈现方式”；2022年度通报三（三）（均为地方规定）；“全年至少一篇”是本工具的默认口径。

要求编号R05。一个单位一年报一条，属于提示。看不出单位的解读不算在任何单位名下。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.census.census import PieceKind, tallies
from plugins.facts.language.periods import told, year_before


@dataclass(frozen=True)
class Options:
    """Units with fewer interpretations in the year are not judged."""

    fewest: int = 3


RULE = Rule(
    __doc__,
    code="POL204",
    severity=Severity.ADVICE,
    deduct=0.5,
    options=Options(),
    requirements=("R05",),
    confidence=Confidence.MEDIUM,
    absence=True,
)
WORDS = re.compile("解读|图解|读懂|问答|视频|音频")
SHOWN = 10


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each unit all of whose interpretations of last year are plain text."""
    window = year_before(site.today)
    for tally in tallies(site, PieceKind.INTERPRETATION, window, WORDS):
        if tally.count < options.fewest:
            continue
        if any(one.forms is None or one.forms for one in tally.pieces):
            continue
        yield Finding(
            f"{tally.unit.name}{told(window)}发布的{tally.count}篇政策解读都只有文字，"
            f"没有图解、视频、音频、问答等形式{tally.doubts.aside()}。",
            key=f"{tally.unit.name} {window.open.year}",
            where=tuple(Evidence(one.url, one.title, "article") for one in tally.pieces[:SHOWN]),
            review=bool(tally.doubts),
            unit=tally.unit.name,
        )
