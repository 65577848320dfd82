"""应当解读的政策文件没有解读。

为什么：行政规范性文件和涉及群众、企业权利义务的文件应当解读，并与文件同步组织、同步审签、同步发布。
看什么：按文种和文号判断应当解读的本级文件（办法、实施细则、规定、实施意见等），近两年成文或发布，站内找不到它的解读，页面上也没有解读链接。
不报：标明废止、失效的；工作规则、考核、值班等内部管理文件；人事任免、会议、批复、转发、年报等按文种不需解读的，或者判断不了的；标题或来源显示由中央部门、省、市等上级机关制发的（与站点名称对照），以及注明转载的；站内另有文件废止它的；页面链接到以它为题的报道的；日期读不出来的；成文或发布不满10天的；标题或正文显示可能已有解读的；已有任何解读链接的（含站外）。
整改：补发解读（文字、图解、问答等均可），并与文件互相链接。
依据：国办发〔2016〕80号关于政策性文件与解读方案、解读材料同步组织、同步审签、同步部署的要求（凭经验转述，未对照原文）；石城县2022年政务公开工作要点“解读率达到90%以上”（地方规定）；“三同步”见黄石港区、咸宁市、石城县要点；3个工作日内发布解读是地方的宽限（郑州2016年规定）。

同一文件发布在几处的只报一处。全站没有巡查完整时，解读可能在没有读到的页面上；站内有报道以它为题、有解读标题与它相近时，可能就是它的解读：都交人工核实，确认前不扣分。工作方案、行动计划、标准等不一定需要解读的文种，也只交人工核实。
两年期限（选项 within）和10天宽限（选项 grace，含节假日）是本工具的默认值，国家没有统一规定，可以改。可调整：within、grace、warn_days（宽限期满前几天起预警，默认5，0为不预警；预警不扣分）。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from plugins import (
    Confidence,
    Evidence,
    Finding,
    LinkTarget,
    LinkVerdict,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    TargetKind,
    hookimpl,
    known,
)
from plugins.facts.columns.foresight import ahead
from plugins.facts.language.levels import of_another_body
from plugins.facts.language.titles import agree, placeless, plain, stripped
from plugins.facts.papers.pairs import Side, place
from plugins.facts.site.doubts import unseen, when
from plugins.facts.site.mentions import Mention, links_naming, mentions
from plugins.facts.site.pairing import Pairing

REPEALED = re.compile(r"废止|失效|作废|宣布无效|已修改")
# How a body runs itself needs no interpretation: nobody outside gains or loses by it.
INTERNAL = re.compile(
    r"工作规则|议事规则|会议制度|学习制度|值班|公文|印章|档案|考勤|保密|绩效|目标管理|督查|督办|党风|廉政|责任制|责任清单"
    r"|内部|机关事务|机关管理|议事协调|联席会议|干部|工作人员|公务员|信息报送|政务公开|网站管理|应急预案"
)
# These kinds set rules for the public; a 工作方案 or a 标准 may or may not.
SURE = re.compile(r"办法|细则|规定|若干|实施意见|政策|规划|补贴|补助|奖励|条例")
# Words that stand in the titles of papers on anything.
COMMON = re.compile(
    r"管理|办法|实施|细则|规定|措施|意见|方案|政策|工作|高质量|发展|通知|印发|加强|加快|促进|推进|支持|建设|服务|负责人|部门|区|市|县|试行|暂行|\d+|条"
)
ANSWERED = (LinkVerdict.OK, LinkVerdict.REDIRECTED)
# An amendment and what it amends are two papers.
REVISES = re.compile(r"修改|修订|修正|废止|延长")


@dataclass(frozen=True)
class Options:
    """Days back within which documents are judged (0 = all), and days of grace for the newest.

    ``warn_days`` ahead of the breach it is warned of (0 = never).
    """

    within: int = 730
    grace: int = 10
    warn_days: int = 5


RULE = Rule(
    __doc__,
    code="POL103",
    severity=Severity.MAJOR,
    deduct=2,
    options=Options(),
    requirements=("R01", "R02", "R04", "R07"),
    confidence=Confidence.MEDIUM,
    absence=True,
)


# Links with these words may lead to an interpretation; no other single page that was not read is one.
INTERPRETATION_WORDS = re.compile("解读|图解|读懂|问答|说明|解析|访谈|发布会|视频|音频|《")


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each paper of this body that needs an interpretation and has none."""
    hidden = unseen(site, INTERPRETATION_WORDS)
    asked = [
        (side, day, known(Pairing, site).copies(side))
        for side in known(Pairing, site).documents.values()
        if (day := _day(side)) and _asked(side, day, site, options)
    ]
    cores = {one.title.core for _, _, copies in asked for one in copies if one.title.core}
    spoken = mentions(cores, site)
    leading = links_naming(cores, site, _unread)
    for side, day, copies in asked:
        told = _told(copies, spoken, leading)
        if told is None or side.document is None:
            continue
        number = side.document.number
        near = "" if told else _near(side, site)
        doubts = hidden + when(
            {
                "这个文种不一定需要解读": not SURE.search(side.title.text) and "规" not in number,
                f"有一篇“{told}”提到它，可能就是解读": bool(told),
                f"有一篇“{near}”标题与它相近，可能就是它的解读": bool(near),
            }
        )
        due = day + timedelta(days=options.grace)
        warning = due > site.today
        if warning and doubts:
            continue
        today = f"到检查日{site.today}站内没有找到它的解读{doubts.after()}"
        early = f"目前站内没有找到它的解读，{ahead(due, site.today)}"
        number = f"（{number}）" if number and plain(number) not in side.title.text else ""
        yield Finding(
            f"文件“{side.heading}”{number}{day}{'成文' if day == side.document.issued else '发布'}，"
            f"按文种应当解读，{early if warning else today}。",
            of=Subject(SubjectKind.PAGE, site.host, side.key),
            where=tuple(Evidence(one.url, one.heading, "article") for one in copies),
            review=bool(doubts),
            due=due if warning else None,
        )


def _asked(side: Side, day: date, site: Site, options: Options) -> bool:
    """Whether a paper needs an interpretation, is due one, and none is known."""
    if side.document is None or side.document.needs_interpretation is not True:
        return False
    age = (site.today - day).days
    soonest = max(options.grace - options.warn_days, 0)
    if age < soonest or (options.within and age > options.within):
        return False
    if INTERNAL.search(side.title.text):
        return False
    if of_another_body(side.title, site.name, site.pages[side.key].source):
        return False
    pairing = known(Pairing, site)
    copies = pairing.copies(side)
    return side.key == copies[0].key and not any(
        one.key in pairing.of_document
        or one.key in pairing.perhaps
        or one.partners
        or (one.document and REPEALED.search(one.document.validity))
        for one in copies
    )


def _day(side: Side) -> date | None:
    """The day of the paper: as signed, else as published (entry dates of a migration are later)."""
    return (side.document.issued if side.document else None) or side.published


def _unread(target: LinkTarget) -> bool:
    """Whether what a link leads to was not read as a page of this site."""
    return target.kind is TargetKind.OUTSIDE or (
        target.kind is TargetKind.PAGE and target.verdict not in ANSWERED
    )


def _told(
    copies: tuple[Side, ...],
    spoken: Mapping[str, list[Mention]],
    leading: Mapping[str, set[str]],
) -> str | None:
    """The heading of an article that names the paper, "" = there is none, None = that ends the matter.

    It does where another page repeals the paper, or where the paper's page links to an article
    about it: whether 某区印发《…》 is a press release or an interpretation, no title tells.
    """
    own = {one.key for one in copies}
    links = frozenset(link for one in copies for link in one.links)
    pages = {place(one.url) for one in copies}
    heading = ""
    for core in sorted({one.title.core for one in copies if one.title.core}):
        for one in spoken.get(core, ()):
            linked = place(one.url) in links or place(one.key) in links
            if one.key not in own and (one.repeals or (one.tells and linked)):
                return None
            heading = heading or (one.heading if one.tells and one.key not in own else "")
        if not heading and leading.get(core, set()) & pages:
            return None
    return heading


def _near(side: Side, site: Site) -> str:
    """The heading of an interpretation that may be of this paper, though its title is shortened."""
    mine = _telling(side.title.core)
    for one in known(Pairing, site).interpretations.values():
        if bool(REVISES.search(one.title.text)) != bool(REVISES.search(side.title.text)):
            continue
        if not agree(side.title, one.title) or one.key in known(Pairing, site).of_interpretation:
            continue
        theirs = _telling(one.title.core or stripped(one.title.text))
        if mine and theirs and len(mine & theirs) * 2 >= min(len(mine), len(theirs)):
            return one.heading
    return ""


def _telling(core: str) -> frozenset[str]:
    """The pairs of letters of a core that tell it from others of its kind."""
    words = COMMON.sub(" ", placeless(core)).split()
    return frozenset(word[at : at + 2] for word in words for at in range(len(word) - 1))
