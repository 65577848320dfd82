"""政府信息公开工作年度报告公布晚了。

为什么：条例给年度报告规定了最后期限，晚了就是没有依法履行公开职责。
看什么：应公布的最近一个年度，各单位和本级政府年度报告页面（或列表）上写的发布日期：单位晚于unit_month月unit_day日、本级政府晚于government_month月government_day日的报一条；同一份报告发布在几处的，以最早的为准。
不报：期限当天公布的；日期只能从网址看出或没有日期的。与其他年度的年报同一天发布的（可能是网站迁移后的日期）、另有一处没有日期的，交人工核实。
整改：今后在期限以前公布；如实际公布更早、日期因网站改版而变，补正发布日期并附说明。
依据：《中华人民共和国政府信息公开条例》（国令第711号）第四十九条、第五十条；霍邱、鲤城等地考核中迟报扣分（外地规定，供参照）。

要求编号R38。没有公布的由DSC301报告。可调整：unit_month、unit_day（各单位的期限，默认1月31日）、government_month、government_day（本级政府的期限，默认3月31日）。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.absences import last_due
from plugins.facts.holdings.report_filings import Dossier, Filings
from plugins.facts.site.doubts import when


@dataclass(frozen=True)
class Options:
    """The last days for units and for the government."""

    unit_month: int = 1
    unit_day: int = 31
    government_month: int = 3
    government_day: int = 31

    def __post_init__(self) -> None:
        date(2001, self.unit_month, self.unit_day)
        date(2001, self.government_month, self.government_day)


RULE = Rule(
    __doc__,
    code="DSC302",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R38",),
    confidence=Confidence.HIGH,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Judge the report of the last year that is due, of every owner."""
    units = last_due(site.today, options.unit_month, options.unit_day)
    government = last_due(site.today, options.government_month, options.government_day)
    for dossier in known(Filings, site).dossiers:
        year, due = government if dossier.government else units
        day = dossier.day
        if dossier.year != year or day is None or day <= due:
            continue
        first = next(one for one in dossier.filings if one.day == day)
        reasons = when(
            {
                "该报告另有一处没有写日期": any(one.day is None for one in dossier.filings),
                "其他年度的年报也在同一天发布，可能是网站迁移后的日期": _moved(site, dossier, day),
            }
        )
        who = dossier.whose(site)
        yield Finding(
            f"{who}{dossier.name}公布于{day}，晚于{due}{reasons.aside()}。",
            key=str(year),
            of=first.subject(site.host),
            where=(first.evidence,),
            review=bool(reasons),
            unit=dossier.owner,
        )


def _moved(site: Site, dossier: Dossier, day: date) -> bool:
    """Whether a report of another year of the same owner bears the same day."""
    return any(
        other.day == day
        for other in known(Filings, site).dossiers
        if (other.owner, other.government) == (dossier.owner, dossier.government)
        and other.year != dossier.year
    )
