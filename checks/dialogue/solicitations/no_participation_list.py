"""没有公布公众参与事项清单。

为什么：清单写明哪些事、什么范围、用什么方式听取公众意见，没有清单，参与就没有章法。
看什么：全站标题中有没有公众参与事项清单（公众参与清单、目录、事项目录）。
不报：列表或附件名称中有的，也算有；只有一个单位发布内容的网站。
整改：制定并公布公众参与事项清单，明确参与的范围、方式和渠道。
依据：江汉区全面推进基层政务公开标准化规范化工作实施方案“制定公众参与事项清单，明确参与的范围、方式和渠道”（地方规定，其他地方可不执行，用 --without 关闭）。

要求编号R20。全站报一条，算在网站主办单位名下。全站没有巡查完整时，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.census.census import Census, PieceKind, titled
from plugins.facts.language.titles import plain
from plugins.facts.site.doubts import unseen

RULE = Rule(
    __doc__,
    code="DLG208",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R20",),
    confidence=Confidence.MEDIUM,
    absence=True,
)
LIST = re.compile(r"公众参与[^,。]{0,12}(?:清单|目录)|(?:清单|目录)[^,。]{0,8}公众参与")
MAY_LEAD = re.compile(r"公众|参与|清单|目录")


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for a portal without the list."""
    if not known(Census, site).portal or any(titled(site, LIST)):
        return
    if any(LIST.search(plain(place.text)) for target in site.targets for place in target.places):
        return
    doubts = unseen(site, MAY_LEAD)
    columns = known(Census, site).places.get(PieceKind.CALL, ())
    yield Finding(
        f"全站标题中没有找到公众参与事项清单{doubts.aside()}。",
        where=tuple(Evidence(column.url, column.name, "list") for column in columns[:3])
        or (site.url,),
        review=bool(doubts),
        unit=site.unit,
    )
