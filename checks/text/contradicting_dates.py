"""页面上的日期互相矛盾。

为什么：发布日期早于文件写成的日期、同一页面有两个不同的发布日期，会让人怀疑信息的真实性，也影响期限的计算。
看什么：文章页显示的发布日期，与落款日期、成文日期、页面上另一个标明“发布”的日期相比。
不报：地址里的日期（是录入内容管理系统的日子）；PubDate 标签（可能是页面生成时间）；更新、编辑时间；一天之内的差别（选项 days）；落款日期早于发布日期的（正常情形）；发布日期晚于检查当天的（COL205）。
整改：核对并更正有误的日期。
依据：港政公开发〔2022〕1号第（十五）条“及时发现和纠正错漏信息”；国办秘函〔2019〕19号单项否决列举的“伪造发稿日期”须由人判断，本条只指出矛盾。

日期有多种写法和用途，一律交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from plugins import (
    Confidence,
    Evidence,
    Finding,
    Page,
    PageKind,
    Rule,
    Severity,
    hookimpl,
)


@dataclass(frozen=True)
class Options:
    """Days by which two dates may differ."""

    days: int = 1


RULE = Rule(
    __doc__,
    code="TXT205",
    severity=Severity.ADVICE,
    deduct=0,
    options=Options(),
    requirements=("R63",),
    confidence=Confidence.LOW,
)
PRINTED = frozenset(("label", "head", "script", "data"))
PUBLISHED = re.compile(r"发\s*布|公\s*布|公\s*开|发\s*表|刊\s*发")


@hookimpl
def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Printed dates that cannot both be right."""
    if page.kind is not PageKind.ARTICLE or not page.dates:
        return
    shown = page.dates[0]
    if shown.source not in PRINTED:
        return
    slack = timedelta(days=options.days)
    told = []
    signed = next((one for one in page.dates if one.source == "signature"), None)
    document = page.document
    if document is not None and document.issued and document.issued > shown.day + slack:
        told.append(f"发布日期{shown.day}早于成文日期{document.issued}")
    elif signed is not None and signed.day > shown.day + slack:
        told.append(f"发布日期{shown.day}早于落款日期{signed.day}")
    for other in page.dates[1:]:
        if (
            other.source == "label"
            and shown.source == "label"
            and PUBLISHED.search(other.label)
            and PUBLISHED.search(shown.label)
            and abs(other.day - shown.day) > slack
        ):
            told.append(f"页面上有两个不同的发布日期：{shown.day}和{other.day}")
            break
    if told:
        yield Finding(
            f"《{page.title}》{'；'.join(told)}，请人工核实。",
            where=(Evidence(page.address, shown.text, "article"),),
            review=True,
        )
