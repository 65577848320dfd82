"""征求意见的草案没有起草说明。

为什么：只给草案不给说明，公众不知道为什么这样定，提不出像样的意见。
看什么：征集调查类栏目中就草案征求意见的每一项（标题含《…》、征求意见稿、草案等）：文章、链接和附件名称里有没有起草说明、编制说明、草案解读，或起草背景、制定依据一类小标题；站内有没有同名草案的解读、起草说明。
不报：问卷、投票、征集线索作品等不是草案的；文章没有读到的；截止已超过两年的（选项 within，0为不限）。
整改：在征集公告中附上起草说明，写明背景、依据、主要内容。
依据：咸宁市2022年政务公开工作要点“公开重大决策草案时，同步公开草案说明或解读”（地方规定）；霍邱县评分标准征集“起草说明”2分（地方规定）。

要求编号R17。一项报一条。说明可能合在草案附件里而附件名称看不出来：有附件而名称没有写明的，交人工核实，确认前不扣分。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Column, Confidence, Finding, Rule, Severity, Site, hookimpl
from plugins.addresses.endings import ARCHIVES, PAPERS, SHEETS, ending_of
from plugins.facts.census.consultations import consultations, is_draft
from plugins.facts.language.titles import agree, placeless


@dataclass(frozen=True)
class Options:
    """Solicitations that closed more than ``within`` days ago are left alone (0 = none are)."""

    within: int = 730


RULE = Rule(
    __doc__,
    code="DLG205",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R17",),
    confidence=Confidence.MEDIUM,
)
FILES = PAPERS | ARCHIVES | SHEETS | {"txt"}


@hookimpl
def check_column(column: Column, site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each draft that is put up without an explanation."""
    for call in consultations(column, site):
        page = call.page
        if page is None or page.solicitation is None or page.solicitation.explained:
            continue
        if not is_draft(call) or page.interpretation_links:
            continue
        day = call.closes[-1] if call.closes else call.opens
        if day is None or (options.within and (site.today - day).days > options.within):
            continue
        bare = {placeless(core) for core in call.title.cores}
        if any(
            side.title.draft
            and agree(call.title, side.title)
            and bare & {placeless(core) for core in side.title.cores}
            for side in site.pairing.interpretations.values()
        ):
            continue
        attached = any(ending_of(url) in FILES for url in page.out)
        doubt = "；说明可能在附件里，请人工核实" if attached else ""
        yield Finding(
            f"征求意见“{call.name}”的文章、链接和附件名称中都没有起草说明或草案解读{doubt}。",
            of=call.subject(site.host),
            where=call.evidence,
            review=attached,
        )
