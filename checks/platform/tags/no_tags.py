"""全站网页没有规定的标签。

为什么：政府网站的网页应有统一的meta标签，供监管平台和搜索引擎识别；全站一个都没有，说明建站系统没有按国家规范改造。
看什么：首页、栏目页和内容页有没有《网页设计规范》规定的十个必选标签（网站、栏目、内容三组）；看过的网页一个都没有的，全站报一条。
不报：任何一页有任何一个规定标签的（缺哪些见PLT402至PLT404）；看到的网页少于pages的。
整改：请建站单位按《网页设计规范》统一改造模板，补上三组标签。
依据：《政府网站发展指引》（国办发〔2017〕47号）附件《网页设计规范》“页面标签”，必选项。

可调整：pages（至少看到多少页才下结论，默认5）。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.site.tags import TagCensus


@dataclass(frozen=True)
class Options:
    """Pages that must be seen."""

    pages: int = 5


RULE = Rule(
    __doc__,
    code="PLT401",
    severity=Severity.MINOR,
    deduct=2,
    options=Options(),
    requirements=("R54",),
    confidence=Confidence.HIGH,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding on the site, whatever its size."""
    pages = known(TagCensus, site).tagless
    if pages and pages >= options.pages:
        url = site.home.url if site.home is not None else site.url
        yield Finding(
            f"看过的{pages}页都没有规定的meta标签（网站、栏目、内容三组共10个必选标签）。",
            where=(Evidence(url, selector="head"),),
        )
