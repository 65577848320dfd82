"""栏目页缺少栏目标签。

为什么：栏目标签说明栏目的名称、内容和类别，机器据此判断栏目该多久更新一次，缺了就无法归类。
看什么：列表页、栏目首页、表单页有没有ColumnName、ColumnDescription、ColumnKeywords、ColumnType标签，缺一个报一条。
不报：整站一个规定标签都没有的（见PLT401）；打不开的网页；搜索结果页和数据页；标签有而没有内容的（见PLT405）；名称大小写写法不同的。
整改：在模板的<head>里按《网页设计规范》补上所缺的meta标签，重新发布同类网页。
依据：《政府网站发展指引》（国办发〔2017〕47号）附件《网页设计规范》“栏目标签”，必选项。

可调整：share（同类网页中缺标签的占比超过它才报，默认0，即有一页缺就报）。一个标签在同类网页上归并为一条，列出每个模板的例子。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.site.tags import TagCensus


@dataclass(frozen=True)
class Options:
    """Share of the pages that must lack a tag."""

    share: float = 0.0


RULE = Rule(
    __doc__,
    code="PLT403",
    severity=Severity.MINOR,
    deduct=0.5,
    options=Options(),
    requirements=("R54",),
    confidence=Confidence.HIGH,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each tag."""
    if known(TagCensus, site).tagless:
        return
    for tag, message, where in known(TagCensus, site).column.lacking(options.share):
        yield Finding(message, key=tag, where=where)
