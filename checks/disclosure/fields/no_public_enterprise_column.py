"""没有公共企事业单位信息公开专栏，或专栏不完整。

为什么：学校、医院、水电气、公交与群众天天打交道，它们公开什么、找谁监督，应当在政府网站上一处看全。
看什么：门户网站有没有名称含“公共企事业单位”的栏目、专题或链接；有的话，专栏里（下级栏目、列表、所链接的页面）有没有适用主体清单（主体清单、单位名录）、监督投诉渠道（监督、投诉、举报的栏目，或者连着电话、邮箱写出的），以及教育、卫生健康、供水、供电、供气、环境保护、公共交通、社会福利各领域。
不报：只有一个单位发布内容的网站；专栏链接到其他网站的，只看有没有，不看内容；专栏空白的（见COL101、COL102）；供热（南方多数地方没有，可用 fields 加上）。
整改：开设专栏，公布适用主体清单和监督投诉渠道，按领域归集各单位的信息公开平台。
依据：《黄石港区2022年政务公开工作要点》第（六）条“创建学校等公共企事业单位公示专栏……明确学校等公共企事业单位信息公开监督投诉渠道”；《2022年咸宁市政务公开工作要点（征求意见稿）》第18条列出的领域、《石城县2022年政务公开工作要点》第（九）条“公布全县范围内适用主体清单”（外地文件，供参照）。

要求编号R46。没有专栏报一条；有专栏而缺清单、缺渠道、缺领域的，各报一条，缺领域的交人工核实（可能按单位而不按领域归集）。全站没有巡查完整、专栏没有读到的，也交人工核实，确认前不扣分。
可调整：fields（要求有的领域，默认教育、卫生健康、供水、供电、供气、环境保护、公共交通、社会福利）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins import Confidence, Evidence, Finding, PageDigest, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.holding import OUTSIDE, Holding
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.holdings.wanted import Sought, WantedThing, is_portal, read_wanted, seek
from plugins.facts.kept.fittings import ENTERPRISE, Fittings
from plugins.facts.language.titles import plain
from plugins.facts.site.doubts import doubt

FIELDS = {
    one.name: one.title
    for one in read_wanted(Path(__file__).with_name("wanted.toml"), "enterprise_fields")
}


@dataclass(frozen=True)
class Options:
    """Fields that the column must cover."""

    fields: tuple[str, ...] = tuple(name for name in FIELDS if name != "供热")

    def __post_init__(self) -> None:
        if unknown := set(self.fields) - set(FIELDS):
            raise ValueError(f"没有领域“{'、'.join(sorted(unknown))}”")


RULE = Rule(
    __doc__,
    code="DSC407",
    severity=Severity.MINOR,
    deduct=2,
    options=Options(),
    requirements=("R46",),
    confidence=Confidence.HIGH,
    absence=True,
)
COLUMN = WantedThing(
    "公共企事业单位信息公开专栏", title=ENTERPRISE, lead=re.compile("企事业|公共|专栏|专题")
)
BODIES = re.compile(r"(?:主体|单位)(?:清单|名单|名录|目录)|适用主体|适用范围清单|名录")
CHANNEL = re.compile("监督|投诉|举报|热线")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a portal without the column, else one for each part that it lacks."""
    if not is_portal(site):
        return
    sought = seek(site, COLUMN, news=True)
    columns = sought.columns
    if not columns and not sought.inside:
        yield Finding(
            f"没有找到公共企事业单位信息公开专栏{sought.doubts.aside()}。",
            key="专栏",
            where=sought.evidence(),
            review=bool(sought.doubts),
            unit=site.unit,
        )
        return
    if any(one.kind == OUTSIDE for one in columns):
        return
    inside = _inside(site, sought)
    if not inside:
        return
    yield from _missing(site, options, sought, inside)


def _missing(
    site: Site, options: Options, sought: Sought, inside: tuple[Holding, ...]
) -> Iterator[Finding]:
    titles = [title for one in inside for title in (one.title, *one.names, one.column_name)]
    pages = [page for one in inside if (page := site.pages.get(one.key)) is not None]
    places = {one.key: one for one in (*sought.columns, *inside)}
    where = tuple(Evidence(one.url, one.title) for one in list(places.values())[:3])
    if not any(BODIES.search(title) for title in titles):
        yield Finding(
            f"公共企事业单位信息公开专栏没有适用主体清单{sought.doubts.aside()}。",
            key="清单",
            where=where,
            review=bool(sought.doubts),
            unit=site.unit,
        )
    if not any(CHANNEL.search(title) for title in titles) and not any(map(_complains, pages)):
        yield Finding(
            f"公共企事业单位信息公开专栏没有监督投诉渠道{sought.doubts.aside()}。",
            key="渠道",
            where=where,
            review=bool(sought.doubts),
            unit=site.unit,
        )
    lacking = [
        name for name in options.fields if not any(FIELDS[name].search(one) for one in titles)
    ]
    if lacking:
        doubts = sought.doubts or doubt("也可能按单位归集")
        yield Finding(
            f"公共企事业单位信息公开专栏看不到这些领域：{'、'.join(lacking)}{doubts.aside()}。",
            key="领域",
            where=where,
            review=True,
            unit=site.unit,
        )


def _complains(page: PageDigest) -> bool:
    fittings = page.get(Fittings)
    return fittings is not None and "complaints" in fittings.channel


def _inside(site: Site, sought: Sought) -> tuple[Holding, ...]:
    """What stands in the column or below it, and what its pages lead to."""
    keys = {one.key for one in sought.columns}
    led = {key for one in keys if (page := site.pages.get(one)) is not None for key in page.out}
    return tuple(
        one
        for one in known(Holdings, site).all
        if one.key in led
        or one.key in keys
        or one.column in keys
        or ENTERPRISE.search(plain(one.place))
        or ENTERPRISE.search(one.title)
    )
