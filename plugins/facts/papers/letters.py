"""Letters to the authorities (区长信箱, 来信选登): when they came, when and by whom they were answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from plugins.facts.language import dates
from plugins.facts.language.text import squeeze
from plugins.facts.papers import limits


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as its page or row shows it; None and "" where nothing is said.

    ``asked``/``answered`` are days that stand behind their own label; ``unit`` who answered;
    ``pending`` the words that say that it has not been answered.
    """

    asked: date | None = None
    answered: date | None = None
    unit: str = ""
    pending: str = ""


# Columns in which letters stand.
FILED = re.compile(r"信箱|来信|信件|留言|选登|咨询|投诉|诉求")
# A letter's page names at least one of its own particulars; news about letters do not.
MARK = re.compile(
    r"(?:来信|写信|留言|信件|咨询|提问|投诉|诉求)(?:人|内容|时间|日期|标题|主题|编号)|(?:答复|回复|回信|办理|反馈)(?:单位|部门|内容|时间|日期|情况|结果|意见)"
)
ASKED = re.compile(
    r"(?:来信|写信|留言|提交|提问|咨询|信件|投诉|受理|诉求|反映)(?:提交)?(?:时间|日期)\s*[】\]]?\s*[：:]?\s*((?:19|20)\d{2}[^\n]{4,20})"
)
ANSWERED = re.compile(
    r"(?:答复|回复|回信|办结|办理|反馈)(?:时间|日期)\s*[】\]]?\s*[：:]?\s*((?:19|20)\d{2}[^\n]{4,20})"
)
UNIT = re.compile(
    r"(?:答复|回复|承办|办理|受理|处理)(?:单位|部门|机构)\s*[】\]]?\s*[：:]?\s*([^\s，。；：:|｜]{3,24})"
)
STATE = re.compile(
    r"(?:办理|处理|信件|回复|答复|当前|受理)?(?:状态|状况)\s*[】\]]?\s*[：:]\s*(未(?:答复|回复|办理|处理|受理|办结)|待(?:答复|回复|办理|处理|受理)|(?:正在)?(?:办理|处理|受理)中|已(?:答复|回复|办结|办理|处理|受理))"
)
ROW_STATE = re.compile(
    r"^[\[【（(]?(未(?:答复|回复|办理|处理|办结)|待(?:答复|回复|办理|处理)|(?:正在)?(?:办理|处理|受理)中)[\]】）)]?$"
)
EMPTY_ANSWER = re.compile(
    r"(?:答复|回复)(?:内容|意见|情况)\s*[：:]\s*(暂无(?:答复|回复)|暂未(?:答复|回复)|未(?:答复|回复)|尚未(?:答复|回复)|等待(?:答复|回复))"
)
MOST_TEXT = 6_000


def read_letter(text: str) -> Letter | None:
    """The particulars of a letter in the text of its page; None where it shows none."""
    text = text[:MOST_TEXT]
    if len(MARK.findall(text)) < limits.LETTER_MARKS:
        return None
    asked, answered = _day(ASKED, text), _day(ANSWERED, text)
    unit = UNIT.search(text)
    state = STATE.search(text)
    pending = state[1] if state and not state[1].startswith("已") else ""
    empty = EMPTY_ANSWER.search(text)
    pending = pending or (empty[1] if empty else "")
    if not (asked or answered or unit or pending):
        return None
    return Letter(asked, answered, unit[1] if unit else "", "" if answered else pending)


def read_row(status: str, text: str) -> Letter | None:
    """The same of a row in a list of letters: labelled days and its state; None = it tells nothing."""
    plain = squeeze(text)
    asked, answered = _day(ASKED, plain), _day(ANSWERED, plain)
    state = ROW_STATE.match(squeeze(status)) or next(
        (found for piece in plain.split() if (found := ROW_STATE.match(piece))), None
    )
    unit = UNIT.search(plain)
    if not (asked or answered or state or unit):
        return None
    return Letter(
        asked, answered, unit[1] if unit else "", "" if answered or not state else state[1]
    )


def _day(pattern: re.Pattern[str], text: str) -> date | None:
    found = pattern.search(text)
    return dates.first_day(found[1]) if found else None
