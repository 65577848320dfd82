"""Until when a paper says that it is in force (有效期)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from plugins.facts.language import dates, limits
from plugins.facts.language.text import solid

NUMERAL = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
UNTIL = re.compile(
    r"(?:有效期(?:限)?(?:截止|延长|延续)?(?:到|至|为至|截止到|截止至|截至)|(?:施行|实施|执行)(?:期限)?至)[^\d。；，]{0,6}"
)
# 自…起施行，至…止: the end stands by itself behind the comma.
SPAN = re.compile(r"起(?:施行|实施|执行|生效)[，,]?(?:有效期)?至[^\d。；，]{0,4}")
LASTS = re.compile(rf"有效期(?:限)?(?:暂定)?(?:为|是|：|:)?({NUMERAL})(个月|年)")
FROM = re.compile(r"自[^。；]{0,24}?(?:起|后)(?:开始)?(?:施行|实施|执行|生效|计算)?")
SIGNED = re.compile(r"(?:印发|发布|公布|下发|颁布|发文|公告|成文)之日")
LATER = re.compile(rf"之日(?:起)?(?:满)?({NUMERAL}|\d{{1,3}})(日|天|个工作日|个月)后")
# What is valid for so long must be the paper, not a licence of which it speaks.
OWN = re.compile(
    r"施行|实施|执行|印发|发布|公布|本(?:办法|规定|细则|意见|通知|方案|措施|政策|文件|通告|公告|规则|制度|标准|实施)"
)
OTHER = re.compile(
    r"(?:证书|许可证|执照|合同|协议|证件|资格|资质|证明|许可|批复|登记|保函|报价|投标|报告|名单|承诺|通行证|门票)[^，。]{0,6}有效期"
)


def expires_on(text: str, issued: date | None, told: str = "") -> date | None:
    """The last day on which a paper is in force by its own words.

    ``told`` is what its table says below 有效期至 or 失效日期. A number of years counts from the day
    named in the same sentence, else from ``issued``. None where it says nothing, where the start is
    not known, and where its sentences contradict each other.
    """
    day = dates.first_day(told) if told else None
    if day:
        return day
    if "有效期" not in text and "至" not in text:
        return None
    found = set()
    for sentence in re.split(r"[。；]", text[: limits.TERM_TEXT]):
        if "有效期" not in sentence and not ("自" in sentence and "起" in sentence):
            continue
        line = solid(sentence)
        if not OWN.search(line) or OTHER.search(line):
            continue
        if end := _end(line, issued):
            found.add(end)
    return found.pop() if len(found) == 1 else None


def _end(line: str, issued: date | None) -> date | None:
    for pattern in (UNTIL, SPAN):
        match = pattern.search(line)
        if match:
            day = dates.first_day(line[match.end() : match.end() + 14])
            if day:
                return day
    lasts = LASTS.search(line)
    if lasts is None:
        return None
    start = _start(line, issued)
    if start is None:
        return None
    number = _number(lasts[1])
    months = number if lasts[2] == "个月" else number * 12
    return _after(start, months) if months else None


def _start(line: str, issued: date | None) -> date | None:
    match = FROM.search(line)
    if match is None:
        return issued
    day = dates.first_day(match[0])
    if day:
        return day
    if issued is None or not SIGNED.search(match[0]):
        return None
    later = LATER.search(line)
    if later is None:
        return issued
    if later[2] == "个月":
        return _after(issued, _number(later[1]))
    return issued + timedelta(days=_number(later[1]) * (2 if later[2] == "个工作日" else 1))


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    ones = {sign: place for place, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
    tens, ten, rest = text.partition("十")
    if not ten:
        return ones.get(text, 0)
    return (ones.get(tens, 0) if tens else 1) * 10 + (ones.get(rest, 0) if rest else 0)


def _after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
