"""网民来信超过5个工作日才答复。

为什么：答复拖延是群众反映最多的问题；要点规定答复期限不超过5个工作日。
看什么：信箱、来信、留言、咨询投诉栏目中，来信时间和答复时间都印出来的信件，按工作日（含调休）计算答复用了几天，超过5天（选项 days）的报一条。
不报：只印一个时间的；来信时间晚于答复时间的；来信已超过一年的（选项 within，0为不限）。“简单问题3日内答复”从网页上分不出哪些是简单问题，不检查。
整改：督促答复单位按期办理；确需延期的，先告知来信人。
依据：石城县2022年政务公开工作要点“答复期限不超过5个工作日，简单问题在3日内完成答复”（地方规定）。

要求编号R22。一封信报一条，信上写明答复单位的算在该单位名下。某一年的放假安排尚未录入、算不出工作日的，写明年份并交人工核实。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
from plugins.facts.census.census import Census, PieceKind
from plugins.facts.language.workdays import workdays_between


@dataclass(frozen=True)
class Options:
    """Working days for an answer, and days back within which letters are judged (0 = all)."""

    days: int = 5
    within: int = 365


RULE = Rule(
    __doc__,
    code="DLG209",
    severity=Severity.MAJOR,
    deduct=1,
    options=Options(),
    requirements=("R22",),
    confidence=Confidence.HIGH,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each letter that was answered too late."""
    for one in known(Census, site).pieces.get(PieceKind.LETTER, ()):
        letter = one.letter
        if letter is None or letter.asked is None or letter.answered is None:
            continue
        if options.within and (site.today - letter.asked).days > options.within:
            continue
        if (letter.answered - letter.asked).days <= options.days:
            continue
        took = workdays_between(letter.asked, letter.answered)
        if took is not None and took <= options.days:
            continue
        years = "、".join(str(year) for year in range(letter.asked.year, letter.answered.year + 1))
        told = (
            f"用了{took}个工作日，超过{options.days}个工作日"
            if took is not None
            else f"用了{(letter.answered - letter.asked).days}天，{years}年的放假安排没有全部录入，"
            "算不出工作日，请人工核实"
        )
        by = f"，{letter.unit}" if letter.unit else "，"
        unit = site.unit_named(letter.unit) if letter.unit else None
        yield Finding(
            f"来信“{one.title}”于{letter.asked}提交{by}{letter.answered}答复，{told}。",
            of=Subject(SubjectKind.PAGE, site.host, one.key),
            where=(Evidence(one.url, one.title, "article"),),
            review=took is None,
            unit=unit.name if unit else "",
        )
