"""没有行政规范性文件公开专栏。

为什么：规范性文件混在通知、动态里，群众分不清哪些是长期管用、至今有效的规定。
看什么：政府门户网站有没有名称含“规范性文件”的栏目（栏目、当前位置或者链接到的其他平台都算）；有栏目时，再看各单位编有“规”字文号的文件是否放进了这个栏目，一件也没有放进去的，一个单位报一条。
不报：部门、街道自己的网站；编有“规”字文号的文件不足least件的单位；名称含规划的单位（它的“规”字不是规范性文件的意思）。
整改：在政府信息公开的政策栏目下设行政规范性文件专栏，集中公开本级和各部门现行有效的规范性文件并及时更新。
依据：咸宁市2022年政务公开工作要点（征求意见稿）“在政府信息公开平台政策栏目建立现行有效行政规范性文件公开专栏”；石城县2022年政务公开工作要点“集中公开现行有效的行政规范性文件并动态更新”（均为外地文件，供参照）。

要求编号R34。可调整：least（一个单位至少有几件“规”字文号的文件才看，默认3，系本工具的默认值）。
本次没有看完全站、专栏可能在没有看到的页面上时，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, PageDigest, Rule, Severity, Site, hookimpl, known
from plugins.facts.site.doubts import NOT_ALL, doubt, unseen
from plugins.facts.site.papers import Papers, RegulatingPaper, is_portal, regulating


@dataclass(frozen=True)
class Options:
    """How many papers of a unit must carry a number of a 规范性文件 before it is looked at."""

    least: int = 3


RULE = Rule(
    __doc__,
    code="DSC201",
    severity=Severity.MINOR,
    deduct=2,
    options=Options(),
    requirements=("R34",),
    confidence=Confidence.HIGH,
    absence=True,
)
WORDS = re.compile("规范性文件|政策|文件|政府信息公开|政务公开")
PLANNING = re.compile("规划")
SHOWN = 5


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for a portal without the column, or one for each unit that leaves it out."""
    if not is_portal(site) or site.home is None:
        return
    doubts = unseen(site, WORDS, NOT_ALL)
    if not _has_column(site):
        yield Finding(
            f"没有找到行政规范性文件公开专栏（名称含“规范性文件”的栏目）。{doubts.sentence()}",
            where=(Evidence(site.home.url),),
            review=bool(doubts),
            unit=site.unit,
        )
        return
    for name, papers in sorted(_numbered(site).items()):
        if len(papers) < options.least or any(one.filed for one in papers):
            continue
        hosts = _hosts(site, name)
        elsewhere = doubt(f"该单位另有网站{'、'.join(hosts)}" if hosts else "")
        titles = "”“".join(one.page.title for one in papers[:SHOWN])
        yield Finding(
            f"{name}有{len(papers)}件文件编有“规”字文号（“{titles}”"
            f"{'等' if len(papers) > SHOWN else ''}），没有一件放进规范性文件栏目。{elsewhere.sentence()}{doubts.sentence()}",
            key=name,
            where=tuple(_evidence(one.page) for one in papers[:SHOWN]),
            review=bool(doubts + elsewhere),
            unit=name,
        )


def _has_column(site: Site) -> bool:
    """Whether a column, a breadcrumb or the words of a link name such a column, on any host."""
    return (
        bool(known(Papers, site).columns)
        or any(one.filed for one in known(Papers, site).papers.values())
        or any(map(regulating, (column.name for column in site.columns)))
        or any(regulating(name) for page in site.pages.values() for name in page.crumbs)
        or any(
            regulating(place.text)
            for target in site.targets
            for place in target.places
            if len(place.text) <= SHORT
        )
    )


SHORT = 16


def _numbered(site: Site) -> dict[str, list[RegulatingPaper]]:
    found: dict[str, list[RegulatingPaper]] = defaultdict(list)
    for paper in known(Papers, site).papers.values():
        unit = paper.page.unit
        if paper.numbered and unit and not PLANNING.search(unit):
            found[unit].append(paper)
    return found


def _hosts(site: Site, name: str) -> tuple[str, ...]:
    return tuple(
        host for unit in site.units if unit.name == name for host in unit.hosts if host != site.host
    )


def _evidence(page: PageDigest) -> Evidence:
    return Evidence(page.final_url or page.url, page.title, "article")
