"""标准目录缺少要素。

为什么：目录没有写明依据、时限或主体，就不能作为公开的标准，也无法对照检查。
看什么：名为标准目录、主动公开基本目录等的网页表格和附件（xlsx、xls、docx、pdf）的表头，有没有名称（公开事项）、内容、依据、时限、主体、方式、渠道、公开对象八项；两行的和合并的表头合起来看。
不报：八项都有的，多出序号、公开层级等列的；读不到表格的（图片、扫描件）；不叫标准目录的其他表格，如权责清单。
整改：按八项要素补全目录表头和内容，重新公布。
依据：江汉区全面推进基层政务公开标准化规范化工作实施方案“对公开事项的名称、内容、依据、时限、主体、方式、渠道、公开对象等要素予以明确”；港政公开发〔2022〕1号第（一）条。

要求编号R28。pdf中的表格只能按文字判断，缺少要素的交人工核实。
"""

from __future__ import annotations

from collections.abc import Iterator

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
from plugins.facts.site.catalogues import Catalogues

RULE = Rule(
    __doc__,
    code="DSC105",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R28",),
    confidence=Confidence.HIGH,
)
LONGEST_HEAD = 120


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each catalogue, on the page that shows or offers it."""
    for one in known(Catalogues, site).all:
        missing = one.table.missing
        if not missing or not one.page:
            continue
        head = "、".join(one.table.header)[:LONGEST_HEAD]
        doubt = "" if one.table.certain else "（pdf表格按文字判断，请人工核实）"
        where = "附件" if one.attachment else "表格"
        yield Finding(
            f"标准目录“{one.title}”的{where}表头缺少{'、'.join(missing)}{doubt}。",
            key=one.url if one.attachment else "",
            of=Subject(SubjectKind.PAGE, site.host, one.page),
            where=(Evidence(one.url, f"表头：{head}" if head else one.title),),
            review=not one.table.certain,
            unit=one.unit,
        )
