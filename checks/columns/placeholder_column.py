"""栏目中仅有占位语句。

为什么：栏目里只放一句“暂无信息”，与空白栏目无异，群众得不到应公开的内容。
看什么：列表栏目和单篇栏目的内容区域里没有一条信息，只有一句“此栏目暂无任何新增信息”“内容正在更新中”之类的话。
不报：有信息的栏目（哪怕某处写着“暂无”）；什么都没有的（由COL101报，两条规则不会同时报同一栏目）；门户页和表单页。
整改：补充应公开的内容；确无内容的，撤下栏目，或者写明原因和可查询的去处并登记豁免。
依据：国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》单项否决“栏目不更新”第（3）项空白栏目；2015年普查评分表以“有栏目无内容”为空白。

这句话写明栏目迁移、并入或到哪里查看的，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import Column, ColumnKind, Confidence, Evidence, Finding, Rule, Severity, hookimpl

RULE = Rule(
    __doc__,
    code="COL102",
    severity=Severity.MAJOR,
    deduct=5,
    requirements=("R32",),
    confidence=Confidence.HIGH,
    shows=True,
)
ON_REQUEST = "依申请公开"
QUOTED = 60


# A sentence that says where the content went may be all that is needed.
ELSEWHERE = re.compile(
    r"迁移|移至|迁至|并入|合并|停止更新|不再更新|(?:请|可)[^,。，；]{0,6}(?:访问|前往|点击|登录|查看|查阅|参见|关注|到|至)|详见|网址|https?:"
)


@hookimpl
def check_column(column: Column) -> Iterator[Finding]:
    """A column whose content is a sentence that stands in for content."""
    if column.kind not in (ColumnKind.LIST, ColumnKind.SINGLE) or column.entries:
        return
    if column.empty is not True or not column.placeholder:
        return
    if column.type == ON_REQUEST or (column.duty is not None and column.duty.text == ON_REQUEST):
        return
    sentence = column.placeholder
    short = sentence if len(sentence) <= QUOTED else sentence[:QUOTED] + "…"
    moved = ELSEWHERE.search(sentence) is not None
    doubt = "这句话可能指明了去处，请人工核实。" if moved else ""
    yield Finding(
        f"栏目“{column.path}”中只有一句“{short}”，没有实际内容。{doubt}",
        where=(Evidence(column.url, sentence, "list"),),
        review=moved,
        traits=column.traits,
    )
