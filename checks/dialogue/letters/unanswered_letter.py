"""网民来信超过三个月没有答复。

为什么：长期不回应群众留言，国家检查指标列为单项否决（互动回应差）。
看什么：信箱、来信、留言、咨询投诉栏目中，列表或信件页面明写“未答复”“待回复”“办理中”、没有答复时间，而来信日期距检查日超过3个月（选项 months）的信件。
不报：没有写明状态的；来信日期读不出来的；已有答复时间的；同一封信的页面已有答复的。
整改：立即答复并公开；不属于受理范围的也要说明。
依据：《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）单项否决“互动回应差”：超过3个月未回应有效诉求的留言（凭经验转述，未对照原文）；石城县要点答复期限5个工作日（地方规定）。

要求编号R22。一封信报一条，信上写明答复单位的算在该单位名下。状态由列表印出而信件页面没有读到的，交人工核实。可调整：months、warn_days（期满前几天起预警，默认15，0为不预警；预警不扣分）。
"""

from __future__ import annotations

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
    known,
)
from plugins.facts.census.census import Census, PieceKind
from plugins.facts.census.consultations import month_after
from plugins.facts.columns.foresight import ahead, day_after, soon


@dataclass(frozen=True)
class Options:
    """Calendar months after which a letter without an answer is a fault.

    ``warn_days`` ahead of the breach it is warned of (0 = never).
    """

    months: int = 3
    warn_days: int = 15


RULE = Rule(
    __doc__,
    code="DLG210",
    severity=Severity.VETO,
    deduct=5,
    options=Options(),
    requirements=("R22",),
    confidence=Confidence.HIGH,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each letter that says of itself that nobody has answered it."""
    for one in known(Census, site).pieces.get(PieceKind.LETTER, ()):
        letter = one.letter
        if letter is None or not letter.pending or letter.answered is not None:
            continue
        asked = letter.asked or one.day
        if asked is None:
            continue
        due = day_after(_last(asked, options.months))
        warning = soon(due, site.today, options.warn_days)
        if site.today < due and not warning:
            continue
        page = site.pages.get(one.key)
        unread = page is None or not page.readable
        if warning and unread:
            continue
        unit = site.unit_named(letter.unit) if letter.unit else None
        doubt = "；信件页面没有读到，请人工核实" if unread else ""
        late = (
            f"到检查日{site.today}已{(site.today - asked).days}天，"
            f"超过{options.months}个月没有答复{doubt}"
        )
        early = f"最迟应于{_last(asked, options.months)}答复，{ahead(due, site.today)}"
        yield Finding(
            f"来信“{one.title}”于{asked}提交，状态为“{letter.pending}”，"
            f"{early if warning else late}。",
            of=Subject(SubjectKind.PAGE, site.host, one.key),
            where=(Evidence(one.url, f"{one.title} {letter.pending}", "article"),),
            review=unread,
            unit=unit.name if unit else "",
            due=due if warning else None,
        )


def _last(asked: date, months: int) -> date:
    """The same day so many months later."""
    for _ in range(months):
        asked = month_after(asked)
    return asked
