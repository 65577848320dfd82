"""Dates as pages print them: full, cut in pieces, without a year, as a period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

from plugins.facts.language import limits

BEIJING = timezone(timedelta(hours=8))
EARLIEST, LATEST = 1949, 2099
# Full-width digits (U+FF10 …) and the marks that editors use for - / . :
WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | str.maketrans(
    "－／．：　∶﹣–—―", "-/.: :----"
)
JOIN = r"\s{0,3}"
SEPARATOR = r"[-/.年]"
FULL = re.compile(
    rf"(?<![\d.])((?:19|20)\d{{2}}){JOIN}{SEPARATOR}{JOIN}(\d{{1,2}}){JOIN}[-/.月]{JOIN}(\d{{1,2}})(?!\d){JOIN}日?"
)
# Digits pulled apart by blanks or elements: "2 0 1 7 年 8 月 1 日", only with the Chinese marks.
APART = re.compile(
    r"(?<!\d)((?:1\s?9|2\s?0)\s?\d\s?\d)\s{0,3}年\s{0,3}(\d\s?\d?)\s{0,3}月\s{0,3}(\d\s?\d?)\s{0,3}日"
)
DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})\s{0,3}(?:日|号|/|-)?\s{0,3}((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})(?!\d)\s?月?"
)
MONTH_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)\s?日?\s{0,3}((?:19|20)\d{2})(?!\d)年?"
)
YEAR_MONTH_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d{2})年?\s{1,4}(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)日?"
)
MONTH_DAY = re.compile(r"(?<![\d.\-/年])(\d{1,2})\s?[-/月]\s?(\d{1,2})(?![\d.\-/%])\s?日?")
CHINESE_DAY = re.compile(
    r"([一二][〇○Ｏ零OO0九][〇○Ｏ零OO0一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
TO = re.compile(
    r"\s{0,4}(?:\d{1,2}:\d{2}(?::\d{2})?|[0-2]?\d时(?:\d{1,2}分)?)?\s{0,4}(?:至|到|~|～|〜|--?|－+)\s{0,4}"
)
PATH = (
    re.compile(r"/[a-z]*t?((?:19|20)\d{2})(\d{2})(\d{2})_\d+\.", re.IGNORECASE),
    re.compile(r"/art/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/"),
    re.compile(r"/((?:19|20)\d{2})[-/](\d{1,2})[-/](\d{1,2})/"),
    re.compile(r"/((?:19|20)\d{2})-(\d{2})/(\d{2})/"),
    re.compile(r"/((?:19|20)\d{2})(\d{2})(\d{2})/"),
)
NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date with where it came from.

    ``source``: ``label`` (printed behind 发布时间：), ``head`` (printed at the head of the article),
    ``script`` (written by a script), ``meta`` (PubDate), ``data`` (a field of a data answer),
    ``signature`` (closing line of a document), ``path`` (the address: day of entry into the CMS,
    a last resort). ``text`` is the spelling.
    """

    day: date
    source: str
    text: str = ""
    label: str = ""


def make_day(year: str | int, month: str | int, day: str | int) -> date | None:
    """A date of plausible year; None where there is no such day."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if EARLIEST <= found.year <= LATEST else None


def tidy(text: str) -> str:
    """Full-width digits and marks made plain."""
    return text.translate(WIDE)


def each_day(text: str) -> Iterator[tuple[date, int, int]]:
    """All full dates in a text (already plain), with their places."""
    for match in FULL.finditer(text):
        day = make_day(match[1], match[2], match[3])
        if day:
            yield day, match.start(), match.end()


def days_in(text: str) -> list[tuple[date, int, int]]:
    """As :func:`each_day`, for any text; dates in Chinese numerals and split digits too, in order."""
    plain = tidy(text)
    found = list(each_day(plain))
    taken = [(first, last) for _, first, last in found]
    for match in (*APART.finditer(plain), *CHINESE_DAY.finditer(plain)):
        if any(first < match.end() and match.start() < last for first, last in taken):
            continue
        year, month, day = (re.sub(r"\s", "", part) for part in match.groups())
        made = (
            make_day(year, month, day)
            if year.isdigit() and year.isascii()
            else make_day(_digits(year), _numeral(month), _numeral(day))
        )
        if made:
            found.append((made, match.start(), match.end()))
    return sorted(found, key=lambda item: item[1])


def first_day(text: str) -> date | None:
    """The first full date in a text."""
    return next((day for day, _, _ in days_in(text)), None)


def _digits(text: str) -> int:
    return int("".join(str(NUMERALS.get(letter, 0)) for letter in text))


def _numeral(text: str) -> int:
    """一 … 三十一 as a number; 0 where it is none."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return NUMERALS.get(text, 0)
    return (NUMERALS.get(tens, 0) if tens else 1) * 10 + NUMERALS.get(ones, 0)


def period_in(text: str) -> tuple[date, date] | None:
    """The first printed "A 至 B" of two full dates; the end may leave the year out."""
    plain = tidy(text)
    days = list(each_day(plain))
    for (start, _, stop), (end, first, _) in pairwise(days):
        if TO.fullmatch(plain[stop:first]) and start <= end:
            return start, end
    for start, _, stop in days:
        gap = TO.match(plain, stop)
        if gap:
            short = MONTH_DAY.match(plain, gap.end())
            closing = make_day(start.year, short[1], short[2]) if short else None
            if closing and closing >= start:
                return start, closing
    return None


def split_day(text: str) -> date | None:
    """A full date from pieces that stand in separate elements: ``12 2025-03``, ``03-12 2025`` …"""
    plain = tidy(text)
    match = DAY_FIRST.search(plain)
    if match and (day := make_day(match[2], match[3], match[1])):
        return day
    match = MONTH_FIRST.search(plain)
    if match and (day := make_day(match[3], match[1], match[2])):
        return day
    match = YEAR_MONTH_DAY.search(plain)
    return make_day(match[1], match[2], match[3]) if match else None


def month_day(text: str) -> tuple[int, int] | None:
    """Month and day of a date printed without its year."""
    for match in MONTH_DAY.finditer(tidy(text)):
        month, day = int(match[1]), int(match[2])
        # 2000 is a leap year: 02-29 must be allowed.
        if make_day(2000, month, day):
            return month, day
    return None


def path_day(url: str) -> date | None:
    """The date in an address: the day of entry into the CMS, not the publishing date."""
    path = url.partition("?")[0]
    for pattern in PATH:
        match = pattern.search(path)
        if match and (day := make_day(match[1], match[2], match[3])):
            return day
    return None


def value_day(value: object) -> date | None:
    """The date that a field of a data answer holds: text, seconds or milliseconds since 1970."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)) or (isinstance(value, str) and value.strip().isdigit()):
        return _number_day(float(value))
    if not isinstance(value, str) or len(value) > limits.DATE_FIELD:
        return None
    text = value.strip()
    # A moment in UTC is the next day in Beijing from 16:00 on.
    if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)", text):
        try:
            return datetime.fromisoformat(text).astimezone(BEIJING).date()
        except ValueError:
            return None
    return next((day for day, _, _ in each_day(tidy(text))), None)


def _number_day(number: float) -> date | None:
    digits = str(int(number))
    if len(digits) == limits.DAY_DIGITS and digits.startswith(("19", "20")):
        return make_day(digits[:4], digits[4:6], digits[6:])
    if limits.FIRST_MILLISECOND < number < limits.LAST_MILLISECOND:
        seconds = number / 1000
    elif limits.FIRST_SECOND < number < limits.LAST_SECOND:
        seconds = number
    else:
        return None
    return datetime.fromtimestamp(seconds, UTC).astimezone(BEIJING).date()
