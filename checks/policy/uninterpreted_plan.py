"""规划计划没有解读。

为什么：规划计划决定一个地方几年的安排，通报点名“有的部门对于规划计划类信息均未落实相关解读说明”。
看什么：归在规划计划栏目、以规划、纲要、行动计划、工作计划等为题的文章，近两年发布（选项 within），站内没有解读与它配对，页面上也没有解读链接。
不报：征求意见稿、批复、公示、解读、中期评估、采购计划、招聘计划、预算计划；上级机关制发的；发布不满10天的（选项 grace）；已由POL103按应解读文件报告的；标题看不出指什么规划的。
整改：补发解读并与规划互相链接。
依据：黄石港区2022年度绩效考评通报二“有的部门对于规划计划类信息均未落实相关解读说明”（地方规定）。

要求编号R07。一份规划报一条。全站没有巡查完整，或者有标题相近的解读时，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import (
    Confidence,
    Evidence,
    Finding,
    PageDigest,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
    known,
)
from plugins.facts.census.census import Census
from plugins.facts.language.titles import TitleForm, agree, placeless, read_title
from plugins.facts.papers.documents import Document, of_higher_body
from plugins.facts.site.doubts import doubt, unseen
from plugins.facts.site.pairing import Pairing


@dataclass(frozen=True)
class Options:
    """Days back within which plans are judged (0 = all), and days of grace for the newest."""

    within: int = 730
    grace: int = 10


RULE = Rule(
    __doc__,
    code="POL206",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R07",),
    confidence=Confidence.MEDIUM,
    absence=True,
)
COLUMN = re.compile(
    r"规划(?:计划|信息|纲要)?$|^(?:规划计划|计划规划|发展规划|专项规划|计划总结|工作计划)"
)
PLAN = re.compile(
    r"(?:规划|规划纲要|发展纲要|行动计划|工作计划|年度计划|实施计划|三年计划|发展计划)(?:》)?(?:的通知)?(?:[（(][^（）()]{2,20}[)）])?$"
)
OTHER = re.compile(
    r"征求意见|征集|草案|公示|批复|解读|图解|评估|采购|招聘|招标|招生|预算|用地|供应计划|抽查|执法|检查计划|公开招考|许可|总结|说明|听证|调整方案"
)
INTERPRETATION_WORDS = re.compile("解读|图解|读懂|问答|说明|规划|计划|视频|《")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each plan that nothing on the site interprets."""
    pairing = known(Pairing, site)
    hidden = unseen(site, INTERPRETATION_WORDS)
    readings = [side.title for side in pairing.interpretations.values()]
    for one in known(Census, site).titles:
        if not PLAN.search(one.title) or OTHER.search(one.title):
            continue
        key, page = one.key, site.pages.get(one.key)
        if page is None or page.published is None or not _is_filed(page):
            continue
        age = (site.today - page.published).days
        if age < options.grace or (options.within and age > options.within):
            continue
        title = read_title(page.title)
        if title.form is not TitleForm.PLAIN or title.draft or not title.core:
            continue
        if of_higher_body(title.text, site.name) or page.interpretation_links:
            continue
        document = page.get(Document)
        if document is not None and document.needs_interpretation is True:
            continue
        if key in pairing.of_document or key in pairing.perhaps:
            continue
        bare = placeless(title.core)
        near = [one for one in readings if agree(title, one)]
        if any(placeless(core) == bare for one in near for core in one.cores):
            continue
        alike = any(bare in core or placeless(core) in bare for one in near for core in one.cores)
        doubts = doubt("站内有标题相近的解读" if alike else "") + hidden
        yield Finding(
            f"“{page.title}”归在规划计划栏目，{page.published}发布，站内没有找到它的解读{doubts.aside()}。",
            of=Subject(SubjectKind.PAGE, site.host, key),
            where=(Evidence(page.final_url or page.url, page.title, "article"),),
            review=bool(doubts),
        )


def _is_filed(page: PageDigest) -> bool:
    """Whether an article stands in a column of plans."""
    if page.kind != "article" or not page.readable:
        return False
    crumbs = [one for one in page.crumbs if one not in ("", "正文", page.title)][-2:]
    return any(COLUMN.search(one) for one in crumbs)
