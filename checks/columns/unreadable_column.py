"""栏目内容未能读取。

为什么：读不到内容可能是栏目空白，也可能只是机器读不了；不核实就会漏报，直接算空白又会错报。
看什么：列表栏目在静态网页、翻页、数据接口和浏览器中都没有得到一条信息，又没有空白的确证。
不报：读到了信息的、确证为空白的（COL101、COL102）；本来就没有列表的单篇、门户、表单栏目。
整改：请人工打开该栏目：有内容的，排除本条；没有内容的，按空白栏目整改。列表由脚本生成的，建议同时提供静态网页，便于群众和检查工具访问。
依据：国办秘函〔2019〕19号单项否决“栏目不更新”中空白栏目的核实需要；本条只提示人工核实，不扣分。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Column, ColumnKind, Confidence, Evidence, Finding, Rule, Severity, hookimpl

RULE = Rule(
    __doc__,
    code="COL103",
    severity=Severity.ADVICE,
    requirements=("R32",),
    confidence=Confidence.LOW,
    shows=True,
)
UNKNOWN = "没有找到列表内容，也没有空白的确证"


@hookimpl
def check_column(column: Column) -> Iterator[Finding]:
    """A list column of which nobody can say whether anything is in it."""
    if column.kind is not ColumnKind.LIST or column.entries or column.empty is not None:
        return
    why = column.empty_why.rstrip("。") or UNKNOWN
    yield Finding(
        f"未能读取栏目“{column.path}”的内容（{why}），请人工核实是否为空白栏目。",
        where=(Evidence(column.url, why, "list"),),
        review=True,
    )
