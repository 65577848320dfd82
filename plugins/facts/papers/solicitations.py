"""What a solicitation (意见征集) page says: when it runs, whether it is closed, why so short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plugins.facts.language import dates, statuses
from plugins.facts.language.text import squeeze
from plugins.facts.papers import limits


@dataclass(frozen=True, slots=True)
class Solicitation:
    """Facts of one solicitation article; None or "" where the page does not say.

    ``opens``/``closes`` first and last day for comments; ``label`` the status word as printed at the
    head of the article; ``reason`` the sentence that explains a short period; ``result`` True when
    the page itself carries the result (采纳情况, 结果反馈 with text) ; ``result_links`` addresses of
    result pages; ``quote`` the sentence in which the dates were found. ``explained``: the page carries
    an explanation of its draft (起草说明) or leads to one. ``tells``: what a page with a result says of
    the opinions, of "数量", "采纳", "理由"; "未收到" where there were none.
    """

    opens: date | None = None
    closes: date | None = None
    label: str = ""
    reason: str = ""
    result: bool = False
    result_links: tuple[str, ...] = ()
    quote: str = ""
    explained: bool = False
    tells: tuple[str, ...] = ()


CALL = re.compile(
    r"征求.{0,60}意见|征集|征询|意见征|问卷|民意调查|公开听取|听取.{0,20}意见|建言献策|投票|评议"
)
RESULT_TITLE = re.compile(
    r"反馈情况|采纳情况|结果(?:反馈|公示|公布|公告|通报)|意见(?:汇总|采纳|反馈)|情况(?:反馈|说明|公示|通报)|征集结果|调查结果|答记者问|解读"
)
RESULT_TEXT = re.compile(
    r"(?:意见|建议)[^。]{0,30}(?:采纳|吸收|未收到|收到[^。]{0,12}(?:条|份|件))|(?:共|截至[^。]{0,16})?收到[^。]{0,20}(?:意见|建议|反馈)[^。]{0,12}(?:条|份|件)|未收到(?:任何)?[^。]{0,12}(?:意见|建议)|采纳情况|征集结果"
)
RESULT_LINK = re.compile(
    r"(?:查看)?(?:征集|调查|反馈)?结果(?:反馈|公示|公布)?|采纳情况|意见反馈情况|反馈情况|反馈结果"
)
SENTENCE = re.compile(
    r"[^。；;\n]{0,160}(?:征求意见|征集意见|意见征集|征集|意见反馈|反馈|公示|截止|起止|公开征求|提出意见|听取意见|报送|回复|报|前将)[^。；;\n]{0,160}"
)
DAY = r"(?:(\d{4})\s?[年./-]\s?)?(\d{1,2})\s?[月./-]\s?(\d{1,2})\s?日?"
CLOSING = (
    re.compile(
        rf"(?:截\s?止|截\s?至|结束)(?:日期|时间|到)?\s?(?:为|是|至|到|：|:|于)?\s{{0,3}}{DAY}"
    ),
    re.compile(rf"自[^。；]{{0,24}}?(?:起|开始)\s?(?:至|到|，至|-)\s{{0,3}}{DAY}"),
    re.compile(rf"(?:请|于|在|可|务必)[^。；\d]{{0,40}}{DAY}[^。；\d]{{0,12}}(?:前|之前|以前)"),
    re.compile(
        rf"{DAY}\s?(?:\d{{1,2}}[:：时]\d{{0,2}})?\s?(?:前|之前|以前)[^。；]{{0,50}}(?:反馈|提出|报送|报|送|寄|发送|回复|返回|通过|将)"
    ),
    re.compile(rf"(?:期限|时间|日期)[^。；\d]{{0,8}}(?:至|到)\s{{0,3}}{DAY}"),
)
LASTING = re.compile(
    r"(?:自[^。；，,]{0,20}(?:发布|公布|公告|公示|刊登|即日|今日|本日)[^。；]{0,8}起|为期|期限为?|公示期为?|征求意见期为?)[^。；\d]{0,6}(\d{1,3})\s?(个工作日|日|天)"
)
ABOUT = re.compile(r"征求|征集|反馈|公示|截止|起止|听取")
LABELLED = re.compile(
    r"(?:起止|征集|征求意见|活动|公示|开放)(?:时间|日期|期限)\s{0,3}[：:]?\s{0,3}.{8,60}"
)
BEGINNING = re.compile(rf"(?:开始|发起|起始)(?:时间|日期)\s{{0,3}}[：:]?\s{{0,3}}{DAY}")
REASON = re.compile(
    r"[^。；\n]{0,80}(?:因|由于|鉴于|考虑到|根据)[^。；\n]{0,60}(?:紧急|时间紧|工作需要|急需|缩短|不足\s?30|少于\s?30|尽快|特殊情况|情况特殊)[^。；\n]{0,60}|[^。；\n]{0,80}(?:缩短|少于\s?30\s?[日天]|不足\s?30\s?[日天])[^。；\n]{0,60}(?:理由|原因|说明|因|由于)[^。；\n]{0,60}|[^。；\n]{0,40}(?:理由|原因)[^。；\n]{0,40}(?:缩短|期限|少于)[^。；\n]{0,40}"
)
# The article of a short period must explain itself; these words alone do.
URGENT = re.compile(
    r"[^。；\n]{0,60}(?:时间紧迫|情况紧急|工作紧急|缩短(?:了)?(?:征求意见|公开征求|征集|公示)?(?:意见)?(?:的)?(?:时间|期限))[^。；\n]{0,60}"
)
# A draft's explanation, as a heading, a link or the name of an attachment.
EXPLAINED = re.compile(
    r"(?:起草|编制|制定|修订|草案|政策|出台|有关情况的?|情况)(?:情况)?(?:的)?说明|(?:起草|制定|编制|修订|出台)(?:的)?(?:背景|依据|过程|必要性)|(?:草案|征求意见稿)[^。\n]{0,6}解读"
)
TELLS = (
    (
        "未收到",
        re.compile(
            r"(?:未|没有|无)(?:收到|收集到|接到|征集到|人提出|单位提出)|(?:意见|建议|反馈)\s?[0零]\s?[条份件]|收到[^。]{0,20}[0零]\s?[条份件](?:意见|建议)?|均?无(?:异议|意见|修改意见|反馈意见)|没有(?:意见|异议|提出)"
        ),
    ),
    (
        "数量",
        re.compile(r"[\d一二三四五六七八九十百两]+\s?(?:余|多)?(?:条|份|件|项|个|人次|篇|封|点)"),
    ),
    ("采纳", re.compile(r"采纳|吸收|采用|予以(?:考虑|修改)|修改完善|已作(?:出)?修改")),
    (
        "理由",
        re.compile(
            r"理由|原因|因为|由于|鉴于|(?:不|未)(?:予)?采纳[^。]{0,40}(?:因|，|：|:)|(?:均|全部|都)[^。]{0,8}采纳|采纳率\s?100"
        ),
    ),
)
MOST_TEXT = 30_000


def read_solicitation(
    title: str,
    head: str,
    info: str,
    text: str,
    filed: bool,
    published: date | None,
    links: Iterable[tuple[str, str]],
) -> Solicitation | None:
    """Facts of a solicitation article; None where the page is none.

    ``filed`` = it stands in a column for solicitations; ``links`` are (words, address) in or near
    the article. Result pages (反馈情况, 采纳情况, 答记者问) are no solicitations: they come back with
    ``result`` set and no dates.
    """
    outside = squeeze(title)
    if RESULT_TITLE.search(outside) and (CALL.search(outside) or filed):
        return Solicitation(
            result=True, label=head_label(head, outside), tells=told(text[:MOST_TEXT])
        )
    if not CALL.search(outside) and not filed:
        return None
    text = text[:MOST_TEXT]
    opens, closes, quote = period_of(info + "\n" + head + "\n" + text, published)
    if not (CALL.search(outside) or closes or opens):
        return None
    near = [(squeeze(words), url) for words, url in links]
    results = tuple(
        dict.fromkeys(url for words, url in near if RESULT_LINK.fullmatch(words) and url)
    )
    match = URGENT.search(text) or REASON.search(text)
    tail = RESULT_TEXT.search(text)
    return Solicitation(
        opens=opens,
        closes=closes,
        label=head_label(head, outside),
        reason=squeeze(match[0]) if match else "",
        result=tail is not None and _has_result(text),
        result_links=results,
        quote=quote,
        explained=bool(
            EXPLAINED.search(text)
            or any(EXPLAINED.search(words) or words == "说明" for words, _ in near)
        ),
        tells=told(text) if tail is not None and _has_result(text) else (),
    )


def told(text: str) -> tuple[str, ...]:
    """What a text says of the opinions that came in: 数量, 采纳, 理由; 未收到 where none came."""
    return tuple(name for name, pattern in TELLS if pattern.search(text))


def _has_result(text: str) -> bool:
    """Whether the page carries its own result: a heading or sentence that counts what came in."""
    return (
        re.search(
            r"(?:共|累计|截至[^。]{0,20})?收到[^。]{0,20}(?:意见|建议|反馈)[^。]{0,14}\d*\s?(?:条|份|件)|未收到[^。]{0,12}(?:意见|建议|反馈)|(?:意见|建议)[^。]{0,16}(?:均已|已|予以|全部)采纳|\n\s*(?:征集|调查|反馈)?结果(?:反馈|公示)?\s*[：:]?\s*\n\s*\S{6,}",
            text,
        )
        is not None
    )


def head_label(head: str, title: str) -> str:
    """The status word at the head of an article: in the title's brackets or alone in its line."""
    label = statuses.status_in_title(title)
    if label:
        return label
    for line in head.split("\n"):
        for piece in re.split(r"\s{2,}|\u3000|[|｜]", line):
            label = statuses.status_alone(piece)
            if label and not re.fullmatch(r"结果反馈|已公开|截止|结束", statuses.bare(label)):
                return label
    match = re.search(r"(?:征集|当前|活动|调查)?状态\s*[：:]\s*(\S{2,8})", head)
    if match:
        return statuses.status_alone(match[1])
    return ""


def joined_digits(text: str) -> str:
    """Blanks between the digits and marks of dates taken out: ``2017 年8月 1 日``."""
    plain = dates.tidy(text)
    plain = re.sub(
        r"(?<=\d)[ \t\u00a0\u3000]+(?=[年月日])|(?<=[年月])[ \t\u00a0\u3000]+(?=\d)", "", plain
    )
    return re.sub(r"(?<![\d:.-])([12])\s?([09])\s?(\d)\s?(\d)(?=年)", r"\1\2\3\4", plain)


def period_of(text: str, published: date | None) -> tuple[date | None, date | None, str]:
    """First and last day for comments, and the sentence that says so."""
    plain = joined_digits(text)
    stated = _stated_period(plain)
    if stated is not None:
        return stated
    begun = BEGINNING.search(plain)
    opens = _made(begun.groups(), published) if begun else None
    closing = _closing_day(plain, opens or published, published)
    if closing is not None:
        return opens, *closing
    lasting = LASTING.search(plain)
    start = opens or published
    if lasting and start and lasting[2] != "个工作日":
        return start, start + timedelta(days=int(lasting[1])), squeeze(lasting[0])
    return opens, None, squeeze(begun[0]) if begun else ""


def _stated_period(plain: str) -> tuple[date, date, str] | None:
    """A period "A 至 B" in a sentence about the solicitation, or behind 征集时间：."""
    sentences = [match[0] for match in SENTENCE.finditer(plain)]
    # Other periods stand in such texts too (规划期限): sentences that name the solicitation first.
    sentences.sort(key=lambda sentence: ABOUT.search(sentence) is None)
    labelled = LABELLED.search(plain)
    for sentence in (*sentences, *([labelled[0]] if labelled else [])):
        period = dates.period_in(sentence)
        if period:
            return *period, squeeze(sentence)
    return None


def _closing_day(plain: str, near: date | None, published: date | None) -> tuple[date, str] | None:
    """The last day, in a sentence that says 截止, 前反馈 or 自…起至."""
    for match in SENTENCE.finditer(plain):
        for pattern in CLOSING:
            found = pattern.search(match[0])
            closes = _made(found.groups()[-3:], near) if found else None
            # A day before the month of publishing is another matter's.
            if closes and (published is None or closes >= published.replace(day=1)):
                return closes, squeeze(match[0])
    found = CLOSING[0].search(plain)
    closes = _made(found.groups()[-3:], near) if found else None
    if found and closes:
        return closes, squeeze(plain[max(0, found.start() - 20) : found.end() + 10])
    return None


def _made(parts: Sequence[str | None], near: date | None) -> date | None:
    """A date; a missing year is that of the publishing date, or the next where that lies before."""
    year, month, day = parts
    if year:
        return dates.make_day(year, month or 0, day or 0)
    if near is None:
        return None
    found = dates.make_day(near.year, month or 0, day or 0)
    if found and (near - found).days > limits.FAR:
        found = dates.make_day(near.year + 1, month or 0, day or 0)
    return found
