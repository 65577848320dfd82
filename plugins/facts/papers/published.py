"""When a page was published, and how one knows: the shown date before anything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from plugins.facts.language import dates
from plugins.facts.language.dates import ShownDate
from plugins.facts.markup.extract import Script
from plugins.facts.markup.meta import Meta
from plugins.facts.papers import limits
from plugins.facts.papers.article import Article
from plugins.why import Judge, Test, saw

PUBLISHED = re.compile(
    r"(?:发\s*布|发\s*表|公\s*布|公\s*开|刊\s*发|上\s*线|录\s*入|添\s*加|更\s*新|编\s*辑|提\s*交|上\s*传|信\s*息|文\s*章|发\s*稿|撰\s*稿)\s*(?:时\s*间|日\s*期)\s*[】\]]?\s*[：:]?\s*|(?:发布于|日\s*期|时\s*间)\s*[：:]\s*"
)
OTHER_LABEL = re.compile(
    r"成\s*文|签\s*发|生\s*成|发\s*文|印\s*发|截\s*止|实\s*施|施\s*行|生\s*效|失\s*效|征\s*集|活\s*动|报\s*名|开\s*始|结\s*束|留\s*言|来\s*信|回\s*复|答\s*复|举\s*办|会\s*议"
)
BEST = re.compile(r"发\s*布|公\s*布|公\s*开|发\s*表|刊\s*发|上\s*线")
NAMES = re.compile(
    r"""\b(pub_?dat[ea]|pubdata|pub_?time|publish_?(?:date|time)|release_?(?:date|time)|fbsj|fbrq|doc_?(?:reltime|pubtime|date)|rel_?time|article_?(?:date|time)|tm|firstpublish\w*|_?pub_?date\w*)\s*[=:]\s*(?:new\s+Date\s*\(\s*)?["']([^"'\n]{6,40})["']""",
    re.IGNORECASE,
)
METAS = (
    "pubdate",
    "publishdate",
    "publish_date",
    "publish_time",
    "publishtime",
    "article:published_time",
    "firstpublishedtime",
    "publisheddate",
    "pubtime",
    "releasedate",
    "og:release_date",
    "maketime",
    "createdate",
)
# Where a publishing date may stand, most reliable first: what is shown to readers goes before tags.
SOURCES = {
    "data": "数据中有发布日期",
    "label": "标题与正文之间写明发布时间",
    "script": "脚本中写明发布日期",
    "head": "标题与正文之间有单独一个日期",
    "meta": "有 PubDate 一类的标签",
    "signature": "文末有落款日期",
    "path": "地址中有日期",
}


def shown_dates(
    article: Article,
    head_dates: Iterable[ShownDate],
    scripts: Sequence[Script],
    meta: Meta,
    address: str,
    data: date | None,
) -> tuple[ShownDate, ...]:
    """All dates that say when the page was published, the most reliable first."""
    found: list[ShownDate] = []
    if data is not None:
        found.append(ShownDate(data, "data", data.isoformat()))
    found += _labelled(article.head)
    found += _labelled(article.info)
    found += head_dates
    found += _scripted(scripts)
    for name in METAS:
        value = meta.get(name)
        day = dates.first_day(value) if value else None
        if day:
            found.append(ShownDate(day, "meta", value or "", name))
    found += _signed(article.text)
    entered = dates.path_day(address)
    if entered:
        found.append(ShownDate(entered, "path", address))
    order = {source: place for place, source in enumerate(SOURCES)}
    return tuple(
        sorted(
            found,
            key=lambda shown: (
                order[shown.source],
                BEST.search(shown.label) is None and shown.source == "label",
            ),
        )
    )


def _by_source(source: str) -> Callable[[Sequence[ShownDate]], date | None]:
    """The first date of one source."""

    def ask(found: Sequence[ShownDate]) -> date | None:
        shown = next((one for one in found if one.source == source), None)
        if shown is None:
            return None
        saw(f"{shown.label} {shown.text}")
        return shown.day

    return ask


PUBLISHED_ON: Judge[[Sequence[ShownDate]], date] = Judge(
    "published", tuple(Test(name, _by_source(source)) for source, name in SOURCES.items())
)


def _labelled(text: str) -> list[ShownDate]:
    """Dates directly behind 发布时间： and its like."""
    found = []
    plain = dates.tidy(text)
    for match in PUBLISHED.finditer(plain):
        if OTHER_LABEL.search(plain[max(0, match.start() - 4) : match.end()]):
            continue
        behind = plain[match.end() : match.end() + limits.LABEL_AHEAD]
        days = dates.days_in(behind)
        if days and not re.search(r"[\u4e00-\u9fff]{3,}", behind[: days[0][1]]):
            found.append(
                ShownDate(
                    days[0][0],
                    "label",
                    behind[days[0][1] : days[0][2]].strip(),
                    re.sub(r"[\s：:】\]]", "", match[0]),
                )
            )
    return found


def head_date(head: str) -> list[ShownDate]:
    """A date that stands alone, or with 来源 and counters, between title and body."""
    found = []
    for line in head.split("\n"):
        plain = dates.tidy(line).strip()
        if (
            not plain
            or len(plain) > limits.HEAD_LINE
            or OTHER_LABEL.search(plain)
            or dates.period_in(plain)
        ):
            continue
        days = dates.days_in(plain)
        if len(days) != 1:
            continue
        day, first, last = days[0]
        rest = plain[:first] + plain[last:]
        rest = re.sub(
            r"\d{1,2}\s?:\s?\d{2}(?:\s?:\s?\d{2})?|星期[一二三四五六日天]", "", rest
        ).strip(" []()（）【】|·")
        if len(rest) < limits.HEAD_REST or re.search(
            r"来\s*源|浏览|点击|字\s*[体号]|作\s*者|阅读|访问|打印|分享|编辑", rest
        ):
            found.append(ShownDate(day, "head", plain[first:last].strip()))
    return found


def _scripted(scripts: Sequence[Script]) -> list[ShownDate]:
    """``var pubdata='2017年08月11日'; document.write(pubdata)``."""
    found = []
    for script in scripts:
        if not script.text or len(script.text) > limits.DATE_SCRIPT:
            continue
        for match in NAMES.finditer(script.text):
            day = dates.first_day(match[2])
            if day:
                found.append(ShownDate(day, "script", match[2], match[1]))
    return found


def _signed(text: str) -> list[ShownDate]:
    """The closing line of a document: 2022年3月1日, alone on its line near the end."""
    for line in reversed(text[-limits.SIGNATURE :].split("\n")):
        plain = dates.tidy(line).strip(" ()（）\u3000\t")
        days = dates.days_in(plain)
        if (
            len(days) == 1
            and days[0][2] - days[0][1] >= len(plain) - 1
            and len(plain) < limits.SIGNED_LINE
        ):
            return [ShownDate(days[0][0], "signature", plain)]
    return []
