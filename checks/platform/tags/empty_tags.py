"""规定的标签有名无实。

为什么：标签写了却没有内容，比不写更容易被忽略，监管平台读到的是空白。
看什么：首页、栏目页、内容页上该有的必选标签，写了标签而没有内容的，按标签归并，占同类网页share以上才报。
不报：没有标签的（见PLT402至PLT404）；可选标签（关键词、作者、摘要、图片、网址）；个别网页漏填而多数网页正常的；打不开的网页。
整改：在站点、栏目设置和发稿系统里补填内容；栏目类别应填规定的名称，如“政策文件”“政策解读”“工作动态”。
依据：《政府网站发展指引》（国办发〔2017〕47号）附件《网页设计规范》“页面标签”，必选项。

可调整：share（同类网页中空标签的占比超过它才报，默认0.5）。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.site.tags import TagCensus


@dataclass(frozen=True)
class Options:
    """Share of the pages on which the tag must be empty."""

    share: float = 0.5


RULE = Rule(
    __doc__,
    code="PLT405",
    severity=Severity.MINOR,
    deduct=0.2,
    options=Options(),
    requirements=("R54",),
    confidence=Confidence.HIGH,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each tag."""
    for group in known(TagCensus, site).groups:
        for tag, gap in group.over(group.empty, options.share):
            yield Finding(
                f"{group.what}共{group.pages}页，其中{gap.count}页的{tag}标签没有内容（涉及{len(gap.templates)}类模板）。",
                key=tag,
                where=gap.where(tag),
            )
