"""年度报告表格里的数字对不上。

为什么：年度报告第三部分的表上印着勾稽关系，数字对不上，说明数据没有核对，报告不可信。
看什么：各单位和本级政府最近一份年度报告（网页表格，或从docx、xlsx、pdf等附件读出的表格）：第三部分每一列“本年新收”加“上年结转”应等于“（七）总计”加“结转下年度继续办理”，办理结果各项之和应等于“（七）总计”，每一行各类申请人之和应等于“总计”列；第四部分每组四种结果之和应等于“总计”。
不报：表格是图片、行数列数与格式不同、读不完整的；只填了总计、没有填分项的行。对不上而表中又有空格的（空格按0计），交人工核实。
整改：核对申请台账，更正表中的数字，更正后注明更正日期。
依据：《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）第三部分“本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和”。

要求编号R38。一份报告的第三、第四部分各报一条，写明两边的数字。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.report_filings import Filings
from plugins.facts.papers.annual_reports import ORDINALS
from plugins.facts.papers.report_tables import Imbalance, Law

RULE = Rule(
    __doc__,
    code="DSC304",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R38",),
    confidence=Confidence.HIGH,
)
SHOWN = 3


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """The newest report of every owner, in the first place where its tables are wrong."""
    for dossier in known(Filings, site).latest(site.today):
        first = next((one for one in dossier.filings if one.report and one.report.imbalances), None)
        if first is None or first.report is None:
            continue
        for part in (3, 4):
            wrong = [one for one in first.report.imbalances if one.part == part]
            if not wrong:
                continue
            told = "；".join(map(_told, wrong[:SHOWN]))
            more = f"；另有{len(wrong) - SHOWN}处" if len(wrong) > SHOWN else ""
            blanks = all(one.blanks for one in wrong)
            tail = "表中有空格，按0计算，请人工核实。" if blanks else ""
            yield Finding(
                f"{dossier.whose(site)}{dossier.name}第{ORDINALS[part - 1]}部分的表格数字对不上："
                f"{told}{more}。{tail}",
                key=f"part{part}",
                of=first.subject(site.host),
                where=(first.evidence,),
                review=blanks,
                unit=dossier.owner,
            )


def _told(one: Imbalance) -> str:
    """Both figures in words."""
    if one.law is Law.BALANCE:
        new, before, done, left = one.figures
        return (
            f"“{one.place}”列第一项{new}加第二项{before}等于{new + before}，"
            f"第三项{done}加第四项{left}等于{done + left}"
        )
    added = sum(one.figures)
    if one.law is Law.RESULTS:
        return f"“{one.place}”列办理结果各项合计{added}，“（七）总计”写的是{one.sum}"
    if one.law is Law.ROW:
        return f"“{one.place}”行各类申请人合计{added}，“总计”列写的是{one.sum}"
    return f"“{one.place}”各种结果合计{added}，“总计”写的是{one.sum}"
