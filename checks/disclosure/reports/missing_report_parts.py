"""年度报告缺少规定的部分。

为什么：国务院办公厅统一了年度报告的六个部分，缺了哪一部分，公众就看不到哪一方面的情况。
看什么：各单位和本级政府最近一份政府信息公开工作年度报告（网页，或从docx、pdf等附件读出的文字）里，六个部分各有没有标题：总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项。
不报：标题用词略有不同、序号不同的；正文和附件里各有一部分、合起来齐全的；只有附件而附件没有读到的。正文里有图片、内嵌页面或没有读到的附件的，缺少的部分可能在那里，交人工核实。
整改：按《政府信息公开工作年度报告格式》补齐缺少的部分，没有内容的也要保留标题并写明“无”。
依据：《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）；鲤城区考核中要素不全扣5分（外地规定，供参照）。

要求编号R38。一份报告报一条，写明缺哪几部分。正文少于300字又没有附件的，也按没有看到报告内容交人工核实。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.report_filings import Dossier, Filings
from plugins.facts.papers.annual_reports import ORDINALS, PARTS

RULE = Rule(
    __doc__,
    code="DSC303",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R38",),
    confidence=Confidence.HIGH,
)


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """The newest report of every owner."""
    for dossier in known(Filings, site).latest(site.today):
        if dossier.read:
            yield from _parts(site, dossier)
        else:
            yield from _thin(site, dossier)


def _parts(site: Site, dossier: Dossier) -> Iterator[Finding]:
    reports = [one.report for one in dossier.filings if one.report is not None]
    there = {part for report in reports for part in report.parts}
    missing = [part for part in range(1, len(PARTS) + 1) if part not in there]
    if not missing:
        return
    named = "、".join(f"第{ORDINALS[part - 1]}部分“{PARTS[part - 1]}”" for part in missing)
    unread = dossier.unread(site)
    tail = f"报告另有内容在{unread}里，没有读到，请人工核实。" if unread else ""
    first = dossier.read[0]
    yield Finding(
        f"{dossier.whose(site)}{dossier.name}缺少{named}。{tail}",
        of=first.subject(site.host),
        where=(first.evidence,),
        review=bool(unread),
        unit=dossier.owner,
    )


def _thin(site: Site, dossier: Dossier) -> Iterator[Finding]:
    """A page that hardly says anything, and nothing on it that could be the report."""
    pages = [one for one in dossier.filings if one.report is not None and one.page]
    if not pages or dossier.unread(site):
        return
    first = pages[0]
    length = first.report.length if first.report else 0
    yield Finding(
        f"{dossier.whose(site)}{dossier.name}的页面只读到{length}个字，没有看到六个部分的内容，请人工核实。",
        of=first.subject(site.host),
        where=(first.evidence,),
        review=True,
        unit=dossier.owner,
    )
