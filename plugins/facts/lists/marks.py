"""Dates on the page as rows print them: which element, which words, which kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from plugins.facts.language import dates
from plugins.facts.lists import limits
from plugins.facts.markup.outline import Element, Outline

DIGIT = re.compile(r"\d")
PURE = re.compile(r"[\s\d年月日号时分秒/.\-:：\[\]()（）【】〔〕<>《》「」|｜,，·•~至到TZ\u00a0]+")
LABEL = re.compile(r"([\u4e00-\u9fff]{2,10})\s{0,3}[：:]?\s{0,3}[\[（(【]?\s{0,3}$")
TIME = re.compile(r"\d{1,2}\s?[:：∶]\s?\d{2}(?:\s?[:：∶]\s?\d{2}(?:\.\d+)?)?")
SHORT = re.compile(r"[\s\[(（【〔<|·•]*(\d{1,2})\s?([-/月]|\.)\s?(\d{1,2})\s?日?[\s\])）】〕>|]*")
NOT_PUBLISHED = re.compile(
    r"截止|结束|到期|开始|起始|生效|施行|实施|有效期|开标|报名|开放|活动|会议|办结时限|注销|失效|废止"
)
# What sets a date off in a line of particulars: 来源：某局 | 2025-03-01 | 阅读 12
PARTED_BEFORE = re.compile(r"[|｜·]\s*$|\s{2,}$|\u3000$")
PARTED_BEHIND = re.compile(r"(?:\s*\d\d?:\d\d(?::\d\d)?)?(?:\s*[|｜·]|\s{2,}|\u3000)")
TODAY = re.compile(r"今天|今日是|现在是|当前时间|北京时间|系统时间|欢迎")


@dataclass(slots=True)
class Mark:
    """One printed date. Exactly one of ``day``, ``short`` (month, day), ``period`` says what.

    ``owner`` the element that holds it; ``position`` its first text; ``anchor`` the link it stands
    in; ``alone`` = nothing but the date (and a label) stands in that text.
    """

    owner: Element
    position: int
    day: date | None = None
    short: tuple[int, int] | None = None
    period: tuple[date, date] | None = None
    label: str = ""
    alone: bool = True
    anchor: Element | None = None


def find_marks(outline: Outline) -> list[Mark]:
    """All printed dates outside running text, in document order."""
    found: list[Mark] = []
    texts, owners = outline.texts, outline.owners
    position, total = 0, len(texts)
    while position < total:
        raw = texts[position]
        if (
            len(raw) > limits.LONGEST
            or not DIGIT.search(raw)
            or owners[position].unseen
            or TODAY.search(raw)
            or (position and TODAY.search(texts[position - 1]))
        ):
            position += 1
            continue
        text = dates.tidy(raw)
        used = 1
        mark: Mark | None
        if PURE.fullmatch(text):
            mark, used = _read_pure(outline, position)
        else:
            inside = _anchor_of(owners[position])
            mark = _read_mixed(owners[position], text)
            if inside is not None and not (
                mark and owners[position] is not inside and _is_only_date(text, mark.label)
            ):
                mark = _read_titled(outline, inside, position, text)
            if mark is None and inside is None:
                mark, used = _read_opened(outline, position, text)
        if mark is not None:
            mark.position = position
            mark.anchor = _anchor_of(mark.owner)
            if not mark.label and position:
                mark.label = _label_before(texts, position)
            found.append(mark)
        position += used
    found += _written(outline)
    found.sort(key=lambda mark: (mark.position, mark.owner.index))
    return found


def _written(outline: Outline) -> list[Mark]:
    """Dates that short scripts write in their place: ``document.write("2025-03-01")``."""
    found = []
    for index, script in outline.raws.items():
        if len(script) > limits.WRITTEN or "document.write" not in script or "<" in script:
            continue
        owner = outline.elements[index]
        day = next((day for day, _, _ in dates.each_day(dates.tidy(script))), None)
        if day and owner.tag == "script" and not owner.unseen:
            found.append(Mark(owner, owner.first, day=day, anchor=_anchor_of(owner)))
    return found


def _read_pure(outline: Outline, position: int) -> tuple[Mark | None, int]:
    """A date that fills its text, or pieces of one in neighbouring texts."""
    owner = outline.owners[position]
    text = dates.tidy(outline.texts[position])
    period = dates.period_in(text)
    if period:
        return Mark(owner, position, period=period), 1
    day = next((day for day, _, _ in dates.each_day(text)), None)
    if day:
        joined, used = _run(outline, position, limits.PERIOD_RUN)
        period = dates.period_in(joined) if used > 1 else None
        if period:
            last = outline.owners[position + used - 1]
            return Mark(_common(owner, last), position, period=period), used
        return Mark(owner, position, day=day), 1
    joined, used = _run(outline, position, limits.MAX_RUN)
    day = _joined_day(joined) if used > 1 else None
    if day:
        last = outline.owners[position + used - 1]
        return Mark(_common(owner, last), position, day=day), used
    day = dates.split_day(text)
    return (Mark(owner, position, day=day) if day else _read_short(owner, text)), 1


def _joined_day(joined: str) -> date | None:
    """The date that pieces make, with or without the blanks between them."""
    for spelling in (joined, joined.replace(" ", "")):
        day = next((day for day, _, _ in dates.each_day(spelling)), None)
        day = day or dates.split_day(spelling)
        if day:
            return day
    return None


def _read_short(owner: Element, text: str) -> Mark | None:
    """A date without its year; with it where an attribute of the element holds the whole date."""
    match = SHORT.fullmatch(TIME.sub("", text))
    if not match:
        return None
    # "1/12" is the first of twelve pages, not the twelfth of January.
    padded = len(match[1]) == len(match[3]) == limits.DIGITS_PADDED
    if not (padded or match[2] == "月") or not dates.make_day(2000, match[1], match[3]):
        return None
    short = (int(match[1]), int(match[3]))
    whole = _attribute_day(owner)
    if whole and (whole.month, whole.day) == short:
        return Mark(owner, 0, day=whole)
    return Mark(owner, 0, short=short)


def _run(outline: Outline, position: int, most: int) -> tuple[str, int]:
    """The text and the pure texts that follow it close by, joined; and how many texts that is."""
    texts, owners = outline.texts, outline.owners
    home = owners[position]
    pieces = [texts[position].strip()]
    used = 1
    last = 1
    while position + used < len(texts) and used < most:
        nearby = owners[position + used]
        text = texts[position + used]
        if text.strip():
            if (
                len(text) > limits.PIECE
                or not PURE.fullmatch(dates.tidy(text))
                or not _near(home, nearby)
            ):
                break
            pieces.append(text.strip())
            last = used + 1
        used += 1
    return dates.tidy(" ".join(pieces)), last


def _near(one: Element, other: Element) -> bool:
    """Whether two elements have an ancestor in common within three steps that is no table row."""
    node: Element | None = one
    for _ in range(limits.NEAR_STEPS):
        if node is None or node.tag in ("tr", "ul", "ol", "table", "tbody", "body"):
            return False
        if node.holds(other):
            return True
        node = node.parent
    return False


def _common(one: Element, other: Element) -> Element:
    for node in (one, *one.ancestors()):
        if node.holds(other):
            return node
    return one


def _attribute_day(owner: Element) -> date | None:
    """The full date that a ``title``, ``datetime`` or ``data-…`` attribute holds."""
    for node in (owner, owner.parent):
        if node is None or node.tag in ("a", "li", "td", "tr"):
            continue
        for name in ("title", "datetime", "data-date", "data-time"):
            value = node.attrs.get(name, "")
            if value and len(value) < limits.ATTRIBUTE:
                day = dates.first_day(value)
                if day:
                    return day
    return None


def _read_mixed(owner: Element, text: str) -> Mark | None:
    """A date at the head or tail of a text, or behind a label."""
    if len(text) > limits.MIXED:
        return None
    period = dates.period_in(text)
    days = list(dates.each_day(text))
    best: Mark | None = None
    for day, first, last in days:
        before = TIME.sub("", text[:first]).strip(" \n\t\r[(（【|·")
        after = TIME.sub("", text[last:]).strip(" \n\t\r])）】|·")
        label = LABEL.search(text[:first])
        named = (
            label[1]
            if label
            and (":" in label[0] or "：" in label[0] or re.search(r"日期|时间|发布$", label[1]))
            else ""
        )
        if period and period[0] == day:
            return Mark(owner, 0, period=period, label=named, alone=len(before) < limits.NEAR_WORDS)
        parted = PARTED_BEFORE.search(text[:first]) and PARTED_BEHIND.match(text[last:])
        if named or not before or not after or parted:
            mark = Mark(
                owner,
                0,
                day=day,
                label=named,
                alone=(
                    len(before) - len(named) < limits.LABEL_REST and len(after) < limits.NEAR_WORDS
                )
                or bool(named or parted),
            )
            if best is None or _rank(named) < _rank(best.label):
                best = mark
    return best


def _is_only_date(text: str, label: str) -> bool:
    """Whether a text holds nothing but dates, times and the label before them."""
    rest = TIME.sub("", dates.FULL.sub("", text)).replace(label, "")
    return len(text) <= limits.ONLY_DATE and not re.search(
        r"[\u4e00-\u9fffA-Za-z]", rest.replace("至", "").replace("到", "")
    )


def _read_titled(outline: Outline, anchor: Element, position: int, text: str) -> Mark | None:
    """A date at the very end or beginning of a link's words, set off by a blank or brackets.

    Titles name days too (截至4月21日 …, "2022年5月31日公布"): only what is set off is a date of the row.
    """
    for day, first, last in dates.each_day(text):
        before, after = text[:first], TIME.sub("", text[last:])
        if (
            not after.strip(" \n\t\r])】|·")
            and _ends(outline, anchor, position)
            and re.search(r"[\s\[(【|·:]\s*$", before)
        ):
            if after.strip()[:1] == ")" and "(" not in before[-3:]:
                continue
            label = LABEL.search(before)
            return Mark(
                outline.owners[position],
                0,
                day=day,
                label=label[1] if label and ":" in label[0] else "",
                alone=False,
            )
        if (
            not before.strip(" \n\t\r[【|·")
            and _begins(outline, anchor, position)
            and re.match(r"\s*[\])】]|\s", after)
        ):
            return Mark(outline.owners[position], 0, day=day, alone=False)
    return None


def _ends(outline: Outline, anchor: Element, position: int) -> bool:
    return not "".join(outline.texts[position + 1 : anchor.last]).strip()


def _begins(outline: Outline, anchor: Element, position: int) -> bool:
    return not "".join(outline.texts[anchor.first : position]).strip()


def _read_opened(outline: Outline, position: int, text: str) -> tuple[Mark | None, int]:
    """A label or category with the first piece of a date, the rest in the next texts."""
    match = re.search(r"((?:19|20)\d{2}\s?年?)\s*$", text)
    if not match or len(text) > limits.OPENED:
        return None, 1
    joined, used = _run(outline, position, limits.MAX_RUN)
    day = next((day for day, _, _ in dates.each_day(joined)), None) if used > 1 else None
    if not day:
        return None, 1
    label = LABEL.search(text[: match.start()])
    return Mark(outline.owners[position], position, day=day, label=label[1] if label else ""), used


def _label_before(texts: list[str], position: int) -> str:
    """A label that stands in the text just before: 发布时间："""
    for back in range(position - 1, max(-1, position - limits.LABEL_BACK), -1):
        text = texts[back].strip()
        if text:
            match = re.fullmatch(r"([\u4e00-\u9fff\s]{2,12})[：:]", text)
            return re.sub(r"\s", "", match[1]) if match else ""
    return ""


def _anchor_of(owner: Element) -> Element | None:
    node: Element | None = owner
    for _ in range(limits.ANCHOR_STEPS):
        if node is None:
            return None
        if node.tag == "a":
            return node
        node = node.parent
    return None


RANKS = (
    re.compile(r"发布|公布|公开|刊发|更新|上网"),
    re.compile(r"发文|印发|答复|回复|办结|反馈"),
    re.compile(r"^$|日期|时间"),
    re.compile(r"来信|留言|写信|提问|咨询|受理|创建|录入|登记"),
    re.compile(r"成文|签发|制发|形成|生成"),
)


def _rank(label: str) -> int:
    """How well a label says that its date is the publishing date; smaller is better, 9 = it is not."""
    if NOT_PUBLISHED.search(label):
        return 9
    for rank, pattern in enumerate(RANKS):
        if pattern.search(label):
            return rank
    return 3


def rank(mark: Mark) -> int:
    """As a sort key: the mark most likely to be the row's publishing date first."""
    return _rank(mark.label)
