"""What a page about a unit says of it: functions, address, telephone, hours, head."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.facts.kept.kept_fact import KeptFact
from plugins.facts.language.titles import plain
from plugins.facts.page.page import Page

# 机构职能 under the names that sites give it.
FUNCTIONS = re.compile(
    r"(?:政府|组织|行政|工作)机构(?!改革|编制)|机构(?:导航|列表|一览)|机构职[能责]|机构(?:设置|概况|简介|信息|介绍)|(?:单位|部门|工作|主要|本局|街道|中心|科室|内设机构|内设科室)(?:主要)?(?:职[能责]|简介|概况|介绍)"
    r"|职能(?:职责|配置|简介|介绍)|职责(?:职能|任务)|主要职[能责]|三定(?:方案|规定)|概况信息|^(?:简介|概况|职能|职责|基本信息)$"
)
# Pages that say something of a unit besides: leaders, where and when it can be reached.
ABOUT = re.compile(
    r"领导(?:信息|之窗|介绍|班子|分工|简介|成员)|负责人(?:信息)?|班子成员|联系(?:方式|我们|电话)|办公(?:时间|地址|地点)|内设机构|信息公开指南|公开指南"
)
# The name of an office and nothing else.
ORGAN = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:局|办|办公室|委|委员会|院|中心|办事处|街道|镇|乡|管委会|管理区|管理处|队)"
)
LEADERS = re.compile(r"领导|负责人|班子成员")
# 条例 article 20 (2), and requirement R26.
PARTICULARS = {
    "机构职能": re.compile(r"职[能责]|负责|承担|贯彻|主要任务"),
    "办公地址": re.compile(r"地\s*址|地\s*点|位于|(?:路|街|道|巷)\s*\d+\s*号"),
    "联系电话": re.compile(
        r"电\s*话|热\s*线|传\s*真|联系方式|(?<!\d)(?:0\d{2,3}[-－—\s]?)?\d{7,8}(?!\d)"
    ),
    "办公时间": re.compile(
        r"(?:办公|工作|上班|服务|受理|作息|对外|接待)\s*时\s*间|[上下]午|\d{1,2}\s*[:：]\s*\d{2}\s*[-—－~～至到]"
    ),
    "负责人": re.compile(
        r"负责人|[局书处厅部院校所队会区县市镇乡科股站]长(?!期|效|远|江|沙|春|廊)|主任|书记|主席|领导(?:信息|班子|成员|分工)"
    ),
}
# A text shorter than this may stand beside a picture or a document that says the rest.
THIN = 40
LONGEST = 16
NEWS = re.compile(
    r"召开|举行|举办|开展|组织|参加|出席|调研|走访|慰问|督导|检查|部署|推进|会议|培训|活动|[?？!！]"
)


@dataclass(frozen=True, slots=True)
class UnitParticulars:
    """What a page about a unit says of it, by the names of :data:`PARTICULARS`.

    "" among them = its text is too short to tell. Pages that are about no unit have no such fact.
    """

    given: tuple[str, ...]


def read_unit_particulars(page: Page) -> UnitParticulars | None:
    """What a page says of a unit; None where it is not about one."""
    found = particulars(page)
    return UnitParticulars(found) if found else None


def particulars(page: Page) -> tuple[str, ...]:
    """Which particulars of a unit a page gives; () for pages that are not about a unit.

    So is a page that bears nothing but the name of an office. A page named after leaders gives
    those. "" among them = its text is too short to tell.
    """
    names = (page.title, *page.crumb_names[-2:], page.meta.first("ColumnName"))
    about = [name for name in names if is_about(name)]
    article = page.article
    if not about and (article is None or not ORGAN.fullmatch(plain(page.title))):
        return ()
    text = (article.text if article else page.text)[:20_000]
    found = [name for name, pattern in PARTICULARS.items() if pattern.search(text)]
    if "负责人" not in found and any(map(LEADERS.search, about)):
        found.append("负责人")
    if len("".join(text.split())) < THIN:
        found.append("")
    return tuple(found)


def is_about(name: str) -> bool:
    """Whether a title or column name is that of a page about a unit, and not of news."""
    if NEWS.search(name):
        return False
    if len(name) <= LONGEST and ABOUT.search(name):
        return True
    return FUNCTIONS.search(name) is not None


FACT = KeptFact("particulars", UnitParticulars, of_page=read_unit_particulars)
