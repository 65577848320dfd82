"""Results of solicitations (结果反馈, 采纳情况) on a site, found by what their titles are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plugins.facts.consultations import (
    ABSENCE,
    RESULT_WORDS,
    Consultation,
    LabelState,
    without_label,
)
from plugins.facts.site import Site
from plugins.facts.titles import (
    SIMILAR,
    Title,
    TitleForm,
    agree,
    placeless,
    plain,
    read_title,
    similarity,
)

# A title without one of these cannot announce a result: spares reading every title of a site.
HINTS = ("结果", "采纳", "反馈", "情况", "报告", "获奖", "汇总")


class Found(StrEnum):
    """Whether a solicitation has a result."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Result:
    """One published result: its title taken apart, and its day."""

    title: Title
    day: date | None


@dataclass(frozen=True)
class Results:
    """The results that a site has published: those whose titles name a matter, and the others."""

    named: tuple[Result, ...] = ()
    unnamed: tuple[Result, ...] = ()

    def of(self, call: Consultation) -> Found:
        """Whether a solicitation has a result, in its row or article or anywhere on the site.

        PERHAPS: a result whose title names nothing ("近期意见征集采纳情况") or a wider or narrower
        matter was published since it closed.
        """
        if shows_result(call):
            return Found.YES
        closed = call.closes[0] if call.closes else date.min
        since = [one for one in self.named if one.day is None or one.day >= closed]
        perhaps = any(one.day is None or one.day >= closed for one in self.unnamed)
        for one in since:
            if not agree(call.title, one.title):
                continue
            for mine in call.title.cores:
                for theirs in one.title.cores:
                    if similarity(placeless(mine), placeless(theirs)) >= SIMILAR:
                        return Found.YES
                    perhaps = perhaps or mine in theirs or theirs in mine
        return Found.PERHAPS if perhaps or not call.title.cores else Found.NO


def shows_result(call: Consultation) -> bool:
    """Whether row or article themselves carry the result or lead to it."""
    if any(label.state is LabelState.RESULT for label in call.labels):
        return True
    beside_title = plain(call.entry.text).replace(plain(call.entry.title), "")
    if RESULT_WORDS.search(beside_title):
        return True
    article = call.page.solicitation if call.page else None
    return article is not None and (article.result or bool(article.result_links))


def find_results(site: Site) -> Results:
    """All results among the rows and pages of a site, in one pass over them."""
    titles = {(entry.title, entry.date) for column in site.columns for entry in column.entries}
    titles |= {
        (page.title, page.published) for page in site.pages.values() if page.kind == "article"
    }
    found = [
        Result(title, day)
        for text, day in titles
        if any(hint in text for hint in HINTS)
        and not ABSENCE.search(text)
        and (title := read_title(without_label(text))).form is TitleForm.RESULT
    ]
    return Results(
        named=tuple(one for one in found if one.title.cores),
        unnamed=tuple(one for one in found if not one.title.cores),
    )
