"""制定的文件没有在门户网站公开征求意见。

为什么：涉及群众、企业权利义务的文件，定之前应当在政府门户网站公开征求意见，否则群众没有机会说话。
看什么：近within天成文或发布、编有“规”字文号或者归在规范性文件栏目的本级文件（办法、规定、细则等），站内所有征集调查的标题、链接和有关结果、草案中有没有同名的；没有的按单位合并报一条，列出文件名称。
不报：这样的文件不足fewest件的单位；没有征集调查栏目或者只有一个单位发布的网站（另有规则看）；内部管理、机构、经费标准等不需要征求意见的文件；修改、废止、延期的文件。
整改：今后制定规范性文件，除依法不公开的外，在门户网站公开征求意见不少于规定时间，并公布采纳情况。
依据：咸宁市2022年政务公开工作要点（征求意见稿）“征求意见及采纳情况应在政府门户网站……公开”（外地文件，供参照）。

要求编号R21。哪些文件必须征求意见要由人判断，一律交人工核实，确认前不扣分。可调整：within（默认365）、fewest（默认2），均系本工具的默认值。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.census.census import Census, PieceKind
from plugins.facts.language.titles import placeless, plain, read_title, stripped
from plugins.facts.site.papers import Papers, RegulatingPaper


@dataclass(frozen=True)
class Options:
    """Days back within which papers are judged, and how many a unit must have."""

    within: int = 365
    fewest: int = 2


RULE = Rule(
    __doc__,
    code="DLG212",
    severity=Severity.ADVICE,
    options=Options(),
    requirements=("R21",),
    confidence=Confidence.LOW,
)
SETS_RULES = re.compile(r"办法|规定|细则|条例|若干(?:政策|措施|意见)|管理规范|实施意见")
INTERNAL = re.compile(
    r"工作规则|议事规则|会议|值班|公文|印章|档案|考勤|保密|绩效|考核|督查|责任制|内部|机关事务|机关管理|联席|干部|工作人员|公务员|信息报送|政务公开|网站|应急预案|机构编制|内设机构|修改|修订|废止|延长|延续"
)
ASKED = re.compile(r"征求意见|征集|意见征|听取|草案|征询|听证|意见稿|送审稿|采纳|公示")
SHOWN = 10


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each unit that made such papers and asked nobody on this site."""
    census = known(Census, site)
    if not census.portal or not census.places.get(PieceKind.CALL):
        return
    asked = _asked(site)
    papers: dict[str, list[RegulatingPaper]] = defaultdict(list)
    for paper in known(Papers, site).papers.values():
        if _counts(paper, site, options) and paper.page.unit:
            papers[paper.page.unit].append(paper)
    for unit, made in sorted(papers.items()):
        bare = [paper for paper in made if not _is_asked(paper, asked)]
        if len(bare) < options.fewest:
            continue
        titles = "”“".join(one.page.title for one in bare[:SHOWN])
        yield Finding(
            f"{unit}近{options.within}天制定的{len(made)}件规范性文件中，有{len(bare)}件在本站没有找到同名的公开征求意见"
            f"（“{titles}”{'等' if len(bare) > SHOWN else ''}），是否应当征求意见请人工核实。",
            key=unit,
            where=tuple(
                Evidence(one.page.final_url or one.page.url, one.page.title, "article")
                for one in bare[:SHOWN]
            ),
            review=True,
            unit=unit,
        )


def _counts(paper: RegulatingPaper, site: Site, options: Options) -> bool:
    """Whether a paper sets rules for the public and is new enough."""
    title = plain(paper.page.title)
    day = paper.document.issued or paper.page.published
    if day is None or not 0 <= (site.today - day).days <= options.within:
        return False
    return bool(SETS_RULES.search(title)) and not INTERNAL.search(title)


def _asked(site: Site) -> tuple[str, ...]:
    """What the site asked about or tells the result of: titles without their form, normalised."""
    found = {plain(page.title) for page in site.pages.values() if ASKED.search(page.title)}
    found |= {
        plain(entry.title)
        for column in site.columns
        for entry in column.entries
        if ASKED.search(entry.title)
    }
    found |= {one.title for one in known(Census, site).pieces.get(PieceKind.CALL, ())}
    return tuple(stripped(one) for one in sorted(found))


def _is_asked(paper: RegulatingPaper, asked: tuple[str, ...]) -> bool:
    cores = {
        core for one in read_title(paper.page.title).cores for core in (one, placeless(one)) if core
    }
    return not cores or any(core in one for one in asked for core in cores)
