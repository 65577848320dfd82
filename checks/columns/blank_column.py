"""空白栏目。

为什么：有栏目无内容，群众点进去一无所获；全站空白栏目达到5个，单项否决。
看什么：列表栏目和单篇栏目。列表区域没有一条信息，或者单篇正文没有内容；静态网页、翻页、数据接口和浏览器都试过，确实没有，才算空白。
不报：只有一句“暂无信息”的（由COL102报）；读取不到、机器不能断定的（由COL103报）；由若干子栏目组成的门户页、办事和提交表单页、依申请公开栏目。
整改：补充应公开的内容；暂无内容的并入上级栏目，或从导航中撤下。
依据：国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》单项否决“栏目不更新”第（3）项：空白栏目累计5个（含）以上。豁免更新不等于可以空白，登记了“-1”而仍对外显示的栏目照报。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Column, ColumnKind, Confidence, Evidence, Finding, Rule, Severity, hookimpl

RULE = Rule(
    __doc__,
    code="COL101",
    severity=Severity.MAJOR,
    deduct=5,
    requirements=("R32",),
    confidence=Confidence.HIGH,
    shows=True,
)
ON_REQUEST = "依申请公开"


@hookimpl
def check_column(column: Column) -> Iterator[Finding]:
    """A column that was read and has nothing in it, not even a sentence."""
    if column.kind not in (ColumnKind.LIST, ColumnKind.SINGLE) or column.entries:
        return
    if column.empty is not True or column.placeholder:
        return
    if column.type == ON_REQUEST or (column.duty is not None and column.duty.text == ON_REQUEST):
        return
    why = f"：{column.empty_why.rstrip('。')}" if column.empty_why else ""
    single = column.kind is ColumnKind.SINGLE
    yield Finding(
        f"栏目“{column.path}”{'正文' if single else '列表'}中没有任何内容{why}。",
        where=(Evidence(column.url, column.empty_why, "article" if single else "list"),),
        traits=column.traits,
    )
