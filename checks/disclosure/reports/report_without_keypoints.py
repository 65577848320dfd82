"""年度报告没有提到政务公开工作要点的落实情况。

为什么：要点规定把落实情况写进年度报告予以公开，公众才能看到一年的任务办得怎样。
看什么：各单位和本级政府最近一份政府信息公开工作年度报告的全文（网页和读到的附件）里，有没有“要点”“重点工作任务”“公开任务”“任务分工”等字样。
不报：正文或附件没有读完整的（附件、图片、内嵌页面没有读到）；正文少于300字的；以“公开重点”“任务分解”等说法写到落实情况的。
整改：在年度报告“总体情况”或“其他需要报告的事项”中写明本年度政务公开工作要点的落实情况。
依据：黄石港区2022年政务公开工作要点第（十四）条“本要点的落实情况将纳入到政府信息公开年度报告予以公开，接受社会监督”；咸宁市、石城县2022年要点有同样规定（外地文件，供参照）。

要求编号R60。一份报告报一条。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.report_filings import Filings

RULE = Rule(
    __doc__,
    code="DSC306",
    severity=Severity.MINOR,
    deduct=0.5,
    requirements=("R60",),
    confidence=Confidence.HIGH,
)


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """The newest report of every owner, where all of it was read."""
    for dossier in known(Filings, site).latest(site.today):
        if not dossier.read or dossier.unread(site):
            continue
        if any(one.report and one.report.keypoints for one in dossier.filings):
            continue
        first = dossier.read[0]
        yield Finding(
            f"{dossier.whose(site)}{dossier.name}没有提到当年政务公开工作要点的落实情况。",
            of=first.subject(site.host),
            where=(first.evidence,),
            unit=dossier.owner,
        )
