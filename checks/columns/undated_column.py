"""栏目中没有一条信息带日期。

为什么：不显示发布时间，群众无法判断信息新旧；检查时，没有发布时间的信息按未更新处理。
看什么：有更新要求的列表栏目，第1页没有一条信息带自己的日期。
不报：没有更新要求或登记了豁免原因的栏目；空白栏目；只要有一条带日期的栏目。
整改：在列表中显示每条信息的发布日期（年月日齐全）。
依据：国办发〔2015〕15号《全国政府网站普查评分表》“没有发布日期的信息视为未更新”；国办发〔2017〕47号《政府网站发展指引》要求显示发布时间。2019年指标未重申前者，故只交人工核实，确认前不扣分。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Column, ColumnKind, Confidence, Evidence, Finding, Rule, Severity, hookimpl

RULE = Rule(
    __doc__,
    code="COL204",
    severity=Severity.MINOR,
    requirements=("R31",),
    confidence=Confidence.MEDIUM,
)
PLACES = 5


@hookimpl
def check_column(column: Column) -> Iterator[Finding]:
    """A list with rows and a duty, none of whose rows shows when it was published."""
    if column.duty is None or not column.duty.judged or column.exempt:
        return
    if column.kind is not ColumnKind.LIST or not column.recent or column.latest is not None:
        return
    short = [entry for entry in column.recent if entry.shown]
    lack = "日期" if not short else "完整的日期"
    shown = f"（只有月日，没有年份，如“{short[0].shown}”）" if short else ""
    yield Finding(
        f"栏目“{column.path}”要求{column.duty.words()}，但第1页的{len(column.recent)}条信息都没有{lack}{shown}，"
        "无法判断是否按时更新，请人工核实。",
        where=(
            Evidence(column.url, f"第1页共{len(column.recent)}条，均无{lack}", "list"),
            *(Evidence(entry.url, entry.title, "list") for entry in column.recent[:PLACES]),
        ),
        review=True,
    )
