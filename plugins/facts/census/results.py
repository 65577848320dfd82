"""Results of solicitations (结果反馈, 采纳情况) on a site, found by what their titles are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plugins.facts.census import limits
from plugins.facts.census.consultations import (
    ABSENCE,
    RESULT_WORDS,
    Consultation,
    LabelState,
    without_label,
)
from plugins.facts.language.titles import (
    SIMILAR,
    Title,
    TitleForm,
    agree,
    placeless,
    plain,
    read_title,
    similarity,
    stripped,
)
from plugins.facts.papers.solicitations import Solicitation
from plugins.facts.site.site import Site

# A title without one of these cannot announce a result: spares reading every title of a site.
HINTS = (
    "结果", "采纳", "反馈", "情况", "报告", "获奖", "汇总", "答复", "回复", "复函", "回应", "吸纳", "采用", "处理",
    "办理", "落实", "收到", "揭晓", "入围", "入选",
)  # fmt: skip


class HasResult(StrEnum):
    """Whether a solicitation has a result."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


# What the titles of a call and of its result say around the matter itself.
AROUND = re.compile(
    r"网上|网络|线上|调查|问卷|投票|评选|征集|活动|分析|报告|结果|情况|揭晓|获奖|名单|公示|公告|公布|通告|启事|意见|建议|作品|方案"
)
# A result of many calls at once: 2026年上半年意见征集采纳情况汇总.
MANY = re.compile(r"上半年|下半年|季度|年度|全年|近期|月份?(?!\d)|汇总|一览")
# What calls for projects or works lead to is often announced in plain words.
SETTLED = re.compile(r"公布|确定|票决|清单|名单|揭晓|入选|入围|出炉|评选")


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """One published result: its title taken apart, and its day."""

    title: Title
    day: date | None


@dataclass(frozen=True)
class Results:
    """The results that a site has published: those whose titles name a matter, and the others."""

    named: tuple[PublishedResult, ...] = ()
    unnamed: tuple[PublishedResult, ...] = ()
    settled: tuple[PublishedResult, ...] = ()

    def of(self, call: Consultation) -> HasResult:
        """Whether a solicitation has a result, in its row or article or anywhere on the site.

        PERHAPS: a result whose title names nothing ("近期意见征集采纳情况") or a wider or narrower
        matter was published since it closed.
        """
        if shows_result(call):
            return HasResult.YES
        closed = call.closes[0] if call.closes else date.min
        since = [one for one in self.named if one.day is None or one.day >= closed]
        perhaps = any(one.day is None or one.day >= closed for one in self.unnamed)
        perhaps = perhaps or any(
            MANY.search(one.title.text) and not one.title.quotes for one in since
        )
        matters = {
            matter for core in call.title.cores if len(matter := _matter(core)) >= limits.MATTER
        }
        perhaps = perhaps or any(
            matter in stripped(one.title.text)
            for one in (*since, *self.settled)
            if (one.day is None or one.day >= closed) and agree(call.title, one.title)
            for matter in matters
        )
        for one in since:
            if not agree(call.title, one.title):
                continue
            for mine in call.title.cores:
                for theirs in one.title.cores:
                    if similarity(placeless(mine), placeless(theirs)) >= SIMILAR:
                        return HasResult.YES
                    perhaps = perhaps or mine in theirs or theirs in mine
        return HasResult.PERHAPS if perhaps or not call.title.cores else HasResult.NO


def _matter(core: str) -> str:
    """What a call is about, without its place and the words that say how people were asked."""
    return AROUND.sub("", placeless(core))


def shows_result(call: Consultation) -> bool:
    """Whether row or article themselves carry the result or lead to it."""
    if any(label.state is LabelState.RESULT for label in call.labels):
        return True
    beside_title = plain(call.entry.text).replace(plain(call.entry.title), "")
    if RESULT_WORDS.search(beside_title):
        return True
    article = call.page.get(Solicitation) if call.page else None
    return article is not None and (article.result or bool(article.result_links))


def find_results(site: Site) -> Results:
    """All results among the rows and pages of a site, in one pass over them."""
    titles = {(entry.title, entry.date) for column in site.columns for entry in column.entries}
    titles |= {
        (page.title, page.published) for page in site.pages.values() if page.kind == "article"
    }
    read = [
        PublishedResult(read_title(without_label(text)), day)
        for text, day in titles
        if (any(hint in text for hint in HINTS) or SETTLED.search(text))
        and not ABSENCE.search(text)
    ]
    found = [one for one in read if one.title.form is TitleForm.RESULT]
    return Results(
        named=tuple(one for one in found if one.title.cores),
        unnamed=tuple(one for one in found if not one.title.cores),
        settled=tuple(
            one
            for one in read
            if one.title.form is TitleForm.PLAIN and SETTLED.search(one.title.text)
        ),
    )
