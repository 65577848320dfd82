"""Status labels of solicitations and messages, where rows and article heads print them."""

from __future__ import annotations

import re

from plugins.facts.language import limits

WORDS = (
    "征集进行中|征求意见中|意见征集中|正在征集中?|正在进行中?|进行中|征集中|征询中|公示中|调查中|投票中|报名中|反馈中|"
    "征集已结束|征集结束|已经结束|已结束|活动结束|调查结束|结束|已截止|征集截止|已截至|截止|已过期|已关闭|"
    "未开始|尚未开始|即将开始|已反馈|结果反馈|已公布结果|结果已公布|已采纳|已公开|已归档|"
    "已回复|已答复|已回复办结|已办结|已办理|已处理|已解决|办结|办理中|处理中|受理中|已受理|已转办|已转交|待回复|待答复|待办理|待受理|待处理|"
    "未回复|未答复|未办结|未受理|回复中|答复中|正在办理|正在处理|不予受理"
)
OPEN = "[［【(（〔<《"
CLOSE = r"\]］】)）〕>》"
ALONE = re.compile(
    rf"\s*(?:(?:办理|征集|处理|当前|信件|活动|答复|回复)?(?:状态|状况|进度)\s*[：:]?\s*)?([{re.escape(OPEN)}]?\s*(?:{WORDS})\s*[{CLOSE}]?)\s*[·|-]?\s*"
)
PREFIX = re.compile(rf"\s*([{re.escape(OPEN)}]\s*(?:{WORDS})\s*[{CLOSE}])")
SUFFIX = re.compile(rf"([{re.escape(OPEN)}]\s*(?:{WORDS})\s*[{CLOSE}])\s*$")


def status_alone(text: str) -> str:
    """The label as printed, where a text is nothing but a label; else ""."""
    if len(text) > limits.STATUS:
        return ""
    match = ALONE.fullmatch(text)
    return match[1].strip() if match else ""


def status_in_title(title: str) -> str:
    """The bracketed label at the beginning or end of a title; else ""."""
    match = PREFIX.match(title) or SUFFIX.search(title)
    return match[1].strip() if match else ""


def bare(label: str) -> str:
    """A label without its brackets."""
    return label.strip().strip("[]［］【】()（）〔〕<>《》 ").strip()
