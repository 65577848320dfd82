"""Update duties (更新要求) of columns: the register's own spellings read, and the day they fall due.

The grammar reads every spelling met in a real register of 174 columns::

    requirement = "-1" | kind | days | name "@" days [limit] | every [limit]
    kind   = "依申请公开" | "不定期" | "静态"              (closed list, no update duty)
    every  = "每工作日" | "每周" | "每月" [part] | "每季度" [part] | "每半年" | "每年" month {"、" month}
    month  = 1–12 "月" [part]      part = 初|上旬 | 中|中旬 | 底|末|下旬
    limit  = "[" days "]"          days = 1–9999 ["天"|"日"]

What is not understood is refused with a reason and never passed over: a rule that silently does not
fire looks like a column in order. The calendar of each spelling is in ``plugins.facts.language.periods``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NoReturn

from plugins.facts.columns import limits
from plugins.facts.language.periods import MONTHS, PERIODS, PartOfPeriod, Period, Window, windows
from plugins.facts.language.workdays import SATURDAY, is_workday, next_workday

FREE = ("依申请公开", "不定期", "静态")
PARTS = {
    "": PartOfPeriod.WHOLE,
    "初": PartOfPeriod.FIRST,
    "上旬": PartOfPeriod.FIRST,
    "中": PartOfPeriod.MIDDLE,
    "中旬": PartOfPeriod.MIDDLE,
    "底": PartOfPeriod.LAST,
    "末": PartOfPeriod.LAST,
    "下旬": PartOfPeriod.LAST,
}
PART_WORDS = {
    PartOfPeriod.WHOLE: "",
    PartOfPeriod.FIRST: "初",
    PartOfPeriod.MIDDLE: "中",
    PartOfPeriod.LAST: "底",
}

DAYS = re.compile(r"([1-9]\d{0,3})[天日]?")
LIMITED = re.compile(r"(?P<head>[^\[\]]*)(?P<limit>\[[^\[\]]*\])?")
MONTH = re.compile(r"(?P<month>\d{1,2})月(?P<part>初|上旬|中旬|中|底|末|下旬)?")
# What offices add to a rhythm without changing it: "每半年至少更新一次".
ONCE = re.compile(
    r"(?:至少|不少于)?(?:更新|报送|发布|公开)?(?:至少|不少于)?[一1]次(?:以上)?(\[.*\])?$"
)
WHOLE_FLOAT = re.compile(r"(-?\d+)\.0+")
DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?(?:T?\d{1,2}:\d{2}.*)?|(?:\d{2,4}年)?\d{1,2}月\d{1,2}日?"
)
BRACKETS = str.maketrans(
    {"【": "[", "】": "]", "\u3014": "[", "\u3015": "]", ",": "、", "，": "、"}
)


class DutyKind(StrEnum):
    """What sort of duty it is."""

    EXEMPT = "exempt"
    FREE = "free"
    INTERVAL = "interval"
    GROUP = "group"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class DutyDeadline:
    """The day by which the next entry must be there.

    ``plain`` is the day as the duty names it, ``day`` the working day it is moved to when offices
    rest on it. Where the calendar of that year is not known, both are the same and
    ``calendar_known`` is False: nobody guesses a holiday.
    """

    day: date
    plain: date
    calendar_known: bool = True


@dataclass(frozen=True, slots=True)
class Duty:
    """One update duty. ``Duty.read(text)`` makes it; ``due(last)`` is what it asks for.

    ``text`` the spelling in normal form; ``days`` the interval of INTERVAL and GROUP duties;
    ``group`` the group's name; ``limit`` the days that a single column may at most be silent;
    ``period``, ``part`` and ``months`` describe CALENDAR duties.
    """

    text: str
    kind: DutyKind
    days: int = 0
    group: str = ""
    limit: int = 0
    period: Period | None = None
    part: PartOfPeriod = PartOfPeriod.WHOLE
    months: tuple[tuple[int, PartOfPeriod], ...] = ()

    @classmethod
    def read(cls, raw: object) -> Duty:
        """Read one register cell; ValueError with a Chinese reason for what is not understood.

        A cell is text or a number. Letters are brought to one form first: NFKC, no blanks,
        square and tortoise-shell brackets as [], commas as 、, whole spreadsheet floats as integers;
        "至少更新一次" after a rhythm says nothing new and is left out.
        """
        text = _plain_text(raw)
        if text == "-1":
            return cls(text, DutyKind.EXEMPT)
        if text in FREE:
            return cls(text, DutyKind.FREE)
        match = LIMITED.fullmatch(text)
        if not match:
            _refuse(text, "方括号不成对或位置不对，正确写法如“每年2月、9月[180]”")
        head, bracket = match["head"], match["limit"]
        limit = 0 if bracket is None else _limit(text, bracket[1:-1])
        if "@" in head:
            return _group(text, head, limit)
        if head.startswith("每"):
            return _calendar(text, head, limit)
        if head == "-1" or head in FREE:
            _refuse(text, f"“{head}”之后不能再写限期")
        days = _days(text, head)
        if limit:
            _refuse(text, "普通天数之后不能再写限期；如属分组，应写成“组名@30[180]”")
        return cls(text, DutyKind.INTERVAL, days=days)

    @property
    def judged(self) -> bool:
        """Whether there is anything to be late with."""
        return self.kind not in (DutyKind.EXEMPT, DutyKind.FREE)

    def deadline(
        self, last: date | None, since: date | None = None, lead: int = 0
    ) -> DutyDeadline | None:
        """When the next entry must be there, given the newest entry's date.

        ``last`` None = nothing was ever published; ``since`` = the day from which the duty holds
        (neither: no clock runs, None). Windows that closed before ``since`` are not asked for, and
        an interval starts at ``since`` at the earliest. ``lead`` days let an entry published shortly
        before a window opens count for that window. For a group, ``last`` is the newest entry of
        any member. None for kinds without a duty.
        """
        start = last or since
        if not self.judged or start is None:
            return None
        if self.period is None:
            return _working(max(start, since or start) + timedelta(days=self.days))
        if self.period is Period.WORKDAY:
            asked = _next_office_day(max(start, (since or start) - timedelta(days=1)))
        else:
            # Without any entry, the first window that opened while the duty held is asked for.
            after = last + timedelta(days=lead) if last else start - timedelta(days=1)
            asked = _working(self._window(after, since).close)
        if not self.limit:
            return asked
        interval = _working(max(start, since or start) + timedelta(days=self.limit))
        return min(asked, interval, key=lambda deadline: deadline.plain)

    def due(self, last: date | None, since: date | None = None, lead: int = 0) -> date | None:
        """The day of :meth:`deadline`."""
        deadline = self.deadline(last, since, lead)
        return deadline.day if deadline else None

    def member_deadline(self, last: date | None, since: date | None = None) -> DutyDeadline | None:
        """For one column of a group: its own last entry plus the limit; None without a limit."""
        start = last or since
        if self.kind is not DutyKind.GROUP or not self.limit or start is None:
            return None
        return _working(max(start, since or start) + timedelta(days=self.limit))

    def member_due(self, last: date | None, since: date | None = None) -> date | None:
        """The day of :meth:`member_deadline`."""
        deadline = self.member_deadline(last, since)
        return deadline.day if deadline else None

    def words(self) -> str:
        """The duty read back in Chinese, for the office to confirm."""
        if self.kind is DutyKind.EXEMPT:
            return "不考核更新（登记豁免）"
        if self.kind is DutyKind.FREE:
            return f"{self.text}，不考核更新"
        if self.kind is DutyKind.INTERVAL:
            return f"每{self.days}天至少更新一次"
        if self.kind is DutyKind.GROUP:
            own = f"，本栏目至少每{self.limit}天更新一次" if self.limit else ""
            return f"“{self.group}”组内任一栏目每{self.days}天至少更新一次{own}"
        limit = f"，且间隔不超过{self.limit}天" if self.limit else ""
        if self.period is Period.YEAR:
            months = "、".join(f"{month}月{PART_WORDS[part]}" for month, part in self.months)
            each = "各" if len(self.months) > 1 else ""
            return f"每年{months}{each}至少更新一次{limit}"
        name = next(name for name, period in PERIODS.items() if period is self.period)
        return f"{name}{PART_WORDS[self.part]}至少更新一次{limit}"

    def _window(self, after: date, since: date | None) -> Window:
        """The first window that opens after a day and did not close before the duty began."""
        assert self.period is not None
        return next(
            window
            for window in windows(self.period, self.part, self.months, after)
            if window.open > after and (since is None or window.close >= since)
        )


def _plain_text(raw: object) -> str:
    """A cell in its one form; ValueError for what can be no duty at all."""
    if isinstance(raw, date):
        _refuse(
            str(raw), "这是一个日期（电子表格可能把“2-9”自动改成了日期），请改写为如“每年2月、9月”"
        )
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        _refuse(str(raw), "应为文字或数字")
    text = "".join(unicodedata.normalize("NFKC", str(raw)).split()).translate(BRACKETS)
    whole = WHOLE_FLOAT.fullmatch(text)
    text = whole[1] if whole else text
    if text.startswith("每"):
        text = ONCE.sub(r"\1", text)
    if not text:
        _refuse(str(raw), "更新要求为空；没有更新要求的栏目应写“-1”并登记原因")
    return text


def _refuse(text: str, why: str) -> NoReturn:
    raise ValueError(f"更新要求“{text}”无法识别：{why}")


def _days(text: str, head: str) -> int:
    match = DAYS.fullmatch(head)
    if match:
        return int(match[1])
    if DATE.fullmatch(head) and not re.fullmatch(r"\d+\.\d+", head):
        _refuse(text, "这是一个日期（电子表格可能把“2-9”自动改成了日期），请改写为如“每年2月、9月”")
    if re.fullmatch(r"-?0+[天日]?", head):
        _refuse(text, "天数不能是0")
    if head.startswith("-"):
        _refuse(text, "负数只允许“-1”（豁免更新）")
    if re.fullmatch(r"\d+\.\d+[天日]?", head):
        _refuse(text, "天数应为整数")
    if re.fullmatch(r"\d+[天日]?", head):
        _refuse(text, "天数应在1至9999之间，前面不写0")
    if not head:
        _refuse(text, "缺少更新要求")
    _refuse(text, "可用的写法如“14”“-1”“每月初”“每年2月、9月[180]”“组名@30[180]”“依申请公开”")


def _limit(text: str, inside: str) -> int:
    if not inside:
        _refuse(text, "方括号内缺少限期天数")
    match = DAYS.fullmatch(inside)
    if not match:
        _refuse(text, f"限期“{inside}”应为1至9999的整数天")
    return int(match[1])


def _group(text: str, head: str, limit: int) -> Duty:
    name, _, days = head.partition("@")
    if not name:
        _refuse(text, "“@”之前缺少组名")
    if not days or "@" in days:
        _refuse(text, "“@”之后应为天数，如“组名@30[180]”")
    return Duty(text, DutyKind.GROUP, days=_days(text, days), group=name, limit=limit)


def _calendar(text: str, head: str, limit: int) -> Duty:
    if head.startswith("每年"):
        months = tuple(sorted(_month(text, one) for one in head.removeprefix("每年").split("、")))
        if len(set(months)) < len(months):
            _refuse(text, "月份重复")
        return Duty(text, DutyKind.CALENDAR, limit=limit, period=Period.YEAR, months=months)
    for name, period in PERIODS.items():
        part = head.removeprefix(name)
        if not head.startswith(name) or (part and part not in PARTS):
            continue
        if part and period not in (Period.MONTH, Period.QUARTER):
            _refuse(text, f"“{name}”之后不能再写“{part}”")
        return Duty(text, DutyKind.CALENDAR, limit=limit, period=period, part=PARTS[part])
    _refuse(text, "“每”之后应为工作日、周、月、季度、半年，或“年”加月份，如“每年2月、9月”")


def _month(text: str, one: str) -> tuple[int, PartOfPeriod]:
    match = MONTH.fullmatch(one)
    if not match:
        _refuse(
            text,
            f"“{one}”不是月份，应写成如“2月”“2月初”"
            if one
            else "“每年”之后缺少月份；一年一次写作“365”",
        )
    if not 1 <= int(match["month"]) <= MONTHS:
        _refuse(text, f"没有{match['month']}月")
    return int(match["month"]), PARTS[match["part"] or ""]


def _working(plain: date) -> DutyDeadline:
    """A due day, moved to the next working day where it falls on a day of rest."""
    moved = next_workday(plain)
    return DutyDeadline(moved or plain, plain, calendar_known=moved is not None)


def _next_office_day(last: date) -> DutyDeadline:
    """The working day after a day; Monday to Friday where the year's holidays are not known."""
    plain = last + timedelta(days=1)
    moved = next_workday(plain)
    if moved:
        return DutyDeadline(moved, moved)
    while is_workday(plain) is False or (is_workday(plain) is None and plain.weekday() >= SATURDAY):
        plain += timedelta(days=1)
    return DutyDeadline(plain, plain, calendar_known=False)


# What the national indicators ask of columns without a registered duty (domain.md §1.2, §9.1):
# 动态、要闻 two weeks, 通知公告、政策文件 six months. Nothing else has a default. "动态" counts only
# behind these words: 动态管理, 动态调整 and 价格动态 are no news columns.
NEWS_HEADS = "工作|政务|部门|街道|镇街|乡镇|镇办|基层|区县|县区|市县|区市县|地方|各地|新闻|时政|要闻|本地|单位|机关|业务|综合|最新|图片|信息|公开"
NEWS = re.compile(rf"[\u4e00-\u9fff]{{0,6}}要闻(?:动态)?|(?:{NEWS_HEADS})?动态(?:要闻|信息|新闻)?")
NEWS_WORDS = re.compile(r"动态|要闻|新闻|资讯|快讯|简报")
NOTICES = re.compile(r"(?:最新)?(?:通知公告|公告通知)")
POLICIES = re.compile(r"(?:最新|本级|本单位|本部门)?政策文件")
ARCHIVED = re.compile(r"\d{2,4}年?|历史|历年|往年|往期|归档|存档|旧")
NEWS_DUTY = Duty(str(limits.NEWS_DAYS), DutyKind.INTERVAL, days=limits.NEWS_DAYS)
PAPERS_DUTY = Duty(str(limits.PAPERS_DAYS), DutyKind.INTERVAL, days=limits.PAPERS_DAYS)


def default_duty(name: str, column_type: str = "") -> Duty | None:
    """The national duty of a column that has no registered one; None = none by default.

    ``name`` as the column is called, ``column_type`` its ColumnType value. The type alone is not
    trusted (templates copy it onto every column): the name must not speak against it. Columns of a
    past year or an archive have none.
    """
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    if ARCHIVED.search(plain):
        return None
    if NEWS.fullmatch(plain) or (column_type == "工作动态" and NEWS_WORDS.search(plain)):
        return NEWS_DUTY
    if NOTICES.fullmatch(plain) or POLICIES.fullmatch(plain):
        return PAPERS_DUTY
    return None
