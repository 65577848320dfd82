"""政策解读没有与文件同步发布。

为什么：文件先发、解读迟迟不来，最需要解读的头几天群众无处可查；要点反复要求解读与文件同步起草、同步审签、同步发布。
看什么：已确认配对的文件与解读（标题中的《…》一致、写明文号或互相链接），比较两页上显示的发布日期：最早的一篇解读晚于文件发布多少个工作日（含调休）。
不报：3个工作日以内的（选项 tolerance）；解读先于文件的；两页中有一页没有显示发布日期、只能从网址推测的；同一文件另有一处页面与解读同步的；只凭标题相似配上的；文件发布已超过两年的（选项 within，0为不限）；标明废止、失效的文件。
整改：今后解读与文件同日发布；确实不能同日的，不晚于3个工作日。
依据：黄石港区（港政公开发〔2022〕1号第九条）、江汉区、咸宁市、石城县要点均要求“三同步”（地方规定）；国办发〔2016〕80号同步部署的要求（凭经验转述）；3个工作日的宽限是地方规定（郑州市2016年），国家规定是同时发布。

要求编号R02。一份文件报一条。某一年的放假安排尚未录入、算不出工作日的，写明年份并交人工核实。网站改版迁移会改变显示的发布日期，这类文件请一并确认。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins import (
    Confidence,
    Evidence,
    Finding,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
    known,
)
from plugins.facts.language.workdays import workdays_between
from plugins.facts.papers.pairs import Pair, Side
from plugins.facts.site.pairing import Pairing

SHOWN = 3
REPEALED = ("废止", "失效")


@dataclass(frozen=True)
class Options:
    """Working days of grace (local), and days back within which documents are judged (0 = all)."""

    tolerance: int = 3
    within: int = 730


RULE = Rule(
    __doc__,
    code="POL201",
    severity=Severity.MAJOR,
    deduct=1,
    options=Options(),
    requirements=("R02",),
    confidence=Confidence.HIGH,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each document whose first interpretation came too late."""
    pairing = known(Pairing, site)
    done: set[str] = set()
    for key in sorted(pairing.of_document):
        copies = pairing.copies(pairing.documents[key])
        if key in done:
            continue
        done.update(one.key for one in copies)
        pairs = [pair for one in copies for pair in pairing.of_document.get(one.key, ())]
        if not all(pair.sure for pair in pairs) or any(map(_repealed, copies)):
            continue
        readings = [pair.interpretation for pair in pairs]
        if not all(_shows_day(site, side) for side in (*copies, *readings)):
            continue
        # Posted again later (another column, a new site): the last posting is the one to be in step with.
        document = max(copies, key=lambda one: (one.published or date.min, one.key))
        first = min(
            pairs,
            key=lambda one: (one.interpretation.published or date.max, one.interpretation.key),
        )
        if document.published is None or first.interpretation.published is None:
            continue
        if options.within and (site.today - document.published).days > options.within:
            continue
        yield from _judge(site, document, first, options.tolerance)


def _judge(site: Site, document: Side, pair: Pair, tolerance: int) -> Iterator[Finding]:
    posted, read = document.published, pair.interpretation.published
    if posted is None or read is None or (read - posted).days <= tolerance:
        return
    late = workdays_between(posted, read)
    if late is not None and late <= tolerance:
        return
    reading = pair.interpretation
    said = document.document.number if document.document else ""
    number = f"（{said}）" if said else ""
    years = "、".join(str(year) for year in range(posted.year, read.year + 1))
    told = (
        f"晚了{late}个工作日，超过{tolerance}个工作日的宽限"
        if late is not None
        else f"晚了{(read - posted).days}天，{years}年的放假安排没有全部录入，算不出工作日，请人工核实"
    )
    yield Finding(
        f"文件“{document.heading}”{number}于{posted}发布，解读“{reading.heading}”于{read}才发布，{told}。",
        of=Subject(SubjectKind.PAGE, site.host, document.key),
        where=(
            Evidence(document.url, f"{document.heading}（发布日期{posted}）", "article"),
            Evidence(reading.url, f"{reading.heading}（发布日期{read}，{pair.why}）", "article"),
        ),
        review=late is None,
    )


def _shows_day(site: Site, side: Side) -> bool:
    """Whether the page itself shows the day: one guessed from the address accuses nobody."""
    page = site.pages.get(side.key)
    return page is not None and page.published is not None and page.published_from != "path"


def _repealed(side: Side) -> bool:
    return side.document is not None and any(word in side.document.validity for word in REPEALED)
