"""站内检索搜不到本站信息。

为什么：检索框摆着却搜不出本站已经公开的信息，等于没有检索。
看什么：用首页的检索框，以本站两篇已发布10天以上的文章全称提问，两次在检索结果第1页都找不到该文章的。
不报：有一次找到的；检索框以POST提交、由其他主机提供或由脚本加载结果而无从断定的（列为人工核实或不作判断）；没有检索框的（见PLT501）；刚发布、还没有进入索引的信息。
整改：检查检索服务的索引是否更新、是否覆盖全站，并保证按标题检索时原文排在第1页。
依据：《政府网站发展指引》（国办发〔2017〕47号）“提供信息检索”；国办秘函〔2019〕19号扣分指标“搜索功能”；黄石港区2022年度通报关于政策文件库检索的要求。

可调整：unclear（检索页能打开而认不出结果时，是否列为人工核实，默认是）。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.answers.site_search import SearchAnswer


@dataclass(frozen=True)
class Options:
    """Whether a page of results that cannot be read is listed for review."""

    unclear: bool = True


RULE = Rule(
    __doc__,
    code="PLT502",
    severity=Severity.MINOR,
    deduct=1,
    needs=("site_search",),
    options=Options(),
    requirements=("R51",),
    confidence=Confidence.MEDIUM,
)
TWICE = 2


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Judge what the probe was told."""
    answer = SearchAnswer.of(site.probes["site_search"])
    if not answer.tries or any(one.found for one in answer.tries):
        return
    where = tuple(Evidence(one.asked or one.url, one.title, "search") for one in answer.tries)
    titles = "、".join(f"“{one.title}”" for one in answer.tries)
    sure = all(one.found is False for one in answer.tries)
    why = "；".join(dict.fromkeys(one.why for one in answer.tries if one.why))
    if sure and len(answer.tries) >= TWICE:
        yield Finding(f"站内检索第1页找不到本站文章{titles}（{why}）。", where=where)
    elif sure or options.unclear:
        yield Finding(
            f"站内检索是否能找到本站文章{titles}，机器不能断定（{why}），请人工核实。",
            where=where,
            review=True,
        )
