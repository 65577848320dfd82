"""Solicitations (意见征集) as a site shows them: row, article, labels and dates put together."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plugins.facts.census import limits
from plugins.facts.columns.column import Column, Entry
from plugins.facts.language.periods import MONTHS
from plugins.facts.language.titles import (
    Title,
    TitleForm,
    placeless,
    plain,
    read_title,
    stripped,
    unquoted,
)
from plugins.facts.papers.solicitations import Solicitation
from plugins.facts.site.site import PageDigest, Site
from plugins.finding import Evidence, Subject, SubjectKind

ASKING_COLUMN = re.compile(
    r"征集|征求意见|意见征求|意见征询|征询意见|民意调查|网上调查|问卷调查|调查问卷|网络问卷"
)
RESULT_COLUMN = re.compile(r"结果|反馈|采纳|公示")
MIXED_COLUMN = re.compile(r"(?:征集|征求意见|意见征求|调查)(?:[与及和、/]|以及)")
# Other interaction below the same heading, and 征集 that asks nobody's opinion.
OTHER_COLUMN = re.compile(
    r"访谈|信箱|留言|来信|咨询|投诉|问答|举报|纠错|找错|采购|供应商|招标|志愿|征兵|兵役|征收|征地|新闻发布"
)
NEWS = re.compile(
    r"^(?:我|全)(?:省|市|区|县|镇|乡|街道|局|委|办|院)(?![^,。]*(?:公告|通告|启事))|圆满|顺利|成功|举行|举办|召开|启动|座谈会|部署|推进会|动员会|工作会|正式实施|名单"
)
# People and firms are looked for, nobody's opinion is asked.
NO_OPINION = re.compile(
    r"征集[^,。《》]{0,12}(?:委员|专家|成员|志愿者|[仲陪调联宣][裁审解络讲]员|见习单位|合作单位|参展单位|企业|基地|人选|顾问|人才|供应商|承办单位|服务机构|中介机构|岗位|候选人|讲师|监督员|观察员|代表)(?!.{0,12}意见)"
)
# A unit that had nothing to ask about says so in the same columns.
ABSENCE = re.compile(
    r"(?:未|没有)(?:开展|进行|组织|公开)?.{0,12}(?:征集|征求意见|调查|听证).{0,12}(?:情况)?说明|(?:无|没有)(?:意见)?(?:征集|征求意见)(?:事项|活动)"
)
NO_DRAFT = re.compile(
    r"问卷|投票|作品|标识|logo|征文|征稿|线索|选题|项目库|金点子|建议项目|民生实事|案例|听证|批前公示|公示的?(?:公告|通告)|满意度|评议",
    re.IGNORECASE,
)
DRAFT = re.compile(r"征求意见稿|意见征求稿|意见征集稿|草案|送审稿|讨论稿|代拟稿|公开稿")
ANNOUNCED = re.compile(r"(?:公告|通告|通知|启事|邀请函|倡议书)$")
# Milliseconds since 1970 in a row: a script makes the label from them when the page is opened.
SCRIPTED = re.compile(r"(?<!\d)1\d{12}(?!\d)")
RESULT_WORDS = re.compile(
    r"(?:查看|征集|反馈|调查|征求意见)结果|结果(?:反馈|公示|公布)|采纳情况|反馈情况|查看反馈|意见反馈情况"
)


# A hearing is announced, nobody is asked to write: unless the list itself labels it as a call.
HEARING = re.compile(r"听证(?!.*(?:征求|征集|意见|建议|代表|参加人))")
# A call that never closes says so itself: 常年征集, 长期有效.
STANDING = re.compile(r"常年|长期(?:有效|征集|受理|开放|开展|公开)?|常态化")
# 关于延长《…》征求意见期限的公告, 《…》征求意见延期公告: not calls, but they change one.
PROLONGED = re.compile(
    r"(?:延长|延期|顺延|推迟|延迟)[^,。]{0,40}(?:征求|征集|征询|意见|截止|期限|时间)|(?:征求|征集|征询|意见)[^,。]{0,12}(?:延长|延期|顺延|推迟|延迟)"
)
ENDED = re.compile(
    r"(?:终止|取消|撤销|撤回|中止|停止)[^,。]{0,40}(?:征求|征集|征询|意见征|听证|调查)|(?:征求|征集|征询|调查)(?:意见)?[^,。]{0,4}(?:终止|取消|撤销|撤回|中止)"
)
RENEWED = re.compile(r"(?:再次|再度|二次|第二次|第二轮|重新)[^,。]{0,8}(?:征求|征集|征询)")
CHANGING = re.compile(r"延|推迟|终止|取消|撤|中止|停止|再|重新|二次|第二")
ENDED_LABEL = re.compile(r"取消|终止|撤销|撤回|中止")


class LabelState(StrEnum):
    """What a status label says."""

    OPEN = "open"
    CLOSED = "closed"
    FUTURE = "future"
    RESULT = "result"
    OTHER = "other"


STATES = (
    (LabelState.FUTURE, re.compile(r"未开始|即将开始|待开始|未到期|预告")),
    (
        LabelState.RESULT,
        re.compile(
            r"(?<!未)(?:已反馈|已公布|已公示|已采纳|结果反馈|反馈结果|征集结果|查看结果|结果公布|结果公示)"
        ),
    ),
    (
        LabelState.OPEN,
        re.compile(
            r"进行中|征集中|征求中|征求意见中|征询中|调查中|投票中|正在征集|正在进行|正在征求|正在调查|未结束|未截止"
        ),
    ),
    (LabelState.CLOSED, re.compile(r"结束|截止|已完成|已关闭|已过期|已终止|往期|历史征集")),
)
# A column named 征集及结果反馈 says nothing of its rows; one named 正在征集 or 往期征集 labels them all.
NAME_STATES = (LabelState.OPEN, LabelState.CLOSED, LabelState.FUTURE)
TITLE_LABEL = re.compile(
    r"^[\[【(（［]([^\[\]【】()（）［］]{2,8})[\]】)）］]|[\[【(（［]([^\[\]【】()（）［］]{2,8})[\]】)）］]$"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A status label: its words as printed, what it says, and in Chinese where it stands."""

    words: str
    state: LabelState
    where: str


@dataclass(frozen=True, slots=True)
class Consultation:
    """One solicitation of one column.

    ``page`` is its article, None where the crawl did not get it or it did not answer. ``closes`` are
    the closing days that row and article state (one, none, or two that differ); ``dated`` says in
    Chinese where the opening day comes from, "" without one. ``prolonged``, ``ended`` and ``renewed`` are
    titles of other rows or pages that put off its end, call it off or ask once more, "" = none.
    """

    column: Column
    entry: Entry
    title: Title
    page: PageDigest | None
    labels: tuple[Label, ...]
    closes: tuple[date, ...]
    opens: date | None
    dated: str
    prolonged: str = ""
    ended: str = ""
    renewed: str = ""

    @property
    def name(self) -> str:
        """Its title, without the status label."""
        return without_label(self.entry.title)

    @property
    def scripted(self) -> bool:
        """Whether a script makes the row's label, so that its absence in the source says nothing."""
        return SCRIPTED.search(self.entry.text) is not None

    def subject(self, host: str) -> Subject:
        """The subject of a finding about it: its article's page."""
        return Subject(SubjectKind.PAGE, host, self.page.key if self.page else self.entry.key)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The row in its list, and the sentence of the article in which the dates stand."""
        row = Evidence(
            self.column.url, " ".join((self.entry.text or self.entry.title).split()), "list"
        )
        article = self.page.get(Solicitation) if self.page else None
        quote = article.quote if article else ""
        return (row, Evidence(self.page.url if self.page else self.entry.url, quote, "article"))


def asks_opinions(column: Column) -> bool:
    """Whether a column is one for solicitations, not one for their results alone."""
    name = plain(column.name)
    if OTHER_COLUMN.search(name):
        return False
    if RESULT_COLUMN.search(name) and not MIXED_COLUMN.search(name):
        return False
    return column.type == "征集调查" or any(
        ASKING_COLUMN.search(plain(one)) for one in (name, *column.crumbs[-limits.ASKING_CRUMBS :])
    )


def is_draft(call: Consultation) -> bool:
    """Whether a draft text is put up for comment, and not a poll or a call for works and clues."""
    text = call.title.text
    return not NO_DRAFT.search(text) and (call.title.quotes or DRAFT.search(text) is not None)


def read_label(words: str, where: str) -> Label | None:
    """A label as printed ("[已结束]", "（进行中）") taken for what it says; None = no label."""
    text = plain(words).strip("[]【】()|:·-")
    if not text or any(sign.isdigit() for sign in text):  # 截止5月1日 is a date, no label
        return None
    for state, pattern in STATES:
        if pattern.search(text):
            return Label(words.strip(), state, where)
    return Label(words.strip(), LabelState.OTHER, where)


def without_label(title: str) -> str:
    """A title without a status label before or behind it."""
    text = " ".join(title.split())
    match = TITLE_LABEL.search(text)
    label = read_label(match[0], "") if match else None
    if match and label and label.state is not LabelState.OTHER:
        text = (text[: match.start()] + text[match.end() :]).strip()
    return text


def consultations(column: Column, site: Site) -> Iterator[Consultation]:
    """The solicitations among a column's rows, each once; nothing for a column of another kind."""
    if not asks_opinions(column):
        return
    elsewhere = labels_elsewhere(site)
    changes = changes_of(site)
    seen: set[str] = set()
    for entry in column.entries:
        if entry.key in seen:
            continue
        seen.add(entry.key)
        page = site.pages.get(entry.key)
        if page is not None and not page.readable:
            page = None
        title = read_title(without_label(entry.title))
        if _is_call(entry, title, page):
            yield _consultation(column, entry, title, page, elsewhere, changes)


def labels_elsewhere(site: Site) -> Mapping[str, Entry]:
    """Rows with a label in any list of the site, by the key of their article."""
    return {entry.key: entry for column in site.columns for entry in column.entries if entry.status}


@dataclass(frozen=True, slots=True)
class CallChanges:
    """Normalised titles of a site that prolong a solicitation or call it off, with the day they name."""

    prolonging: tuple[tuple[str, date | None], ...] = ()
    ending: tuple[tuple[str, date | None], ...] = ()
    renewing: tuple[tuple[str, date | None], ...] = ()


def changes_of(site: Site) -> CallChanges:
    """The titles among the rows of a site that change a solicitation already published."""
    titles: dict[str, date | None] = {}
    for column in site.columns:
        for entry in column.entries:
            # Most rows are spared the work of folding their titles.
            if CHANGING.search(entry.title):
                page = site.pages.get(entry.key)
                article = page.get(Solicitation) if page else None
                stated = article.closes if article else None
                ends = entry.period[1] if entry.period else None
                titles[entry.title] = stated or ends or titles.get(entry.title)
    folded = [(plain(title), day) for title, day in titles.items()]
    return CallChanges(
        prolonging=tuple(one for one in folded if PROLONGED.search(unquoted(one[0]))),
        ending=tuple(one for one in folded if ENDED.search(unquoted(one[0]))),
        renewing=tuple(one for one in folded if RENEWED.search(unquoted(one[0]))),
    )


def _about(call: Title, titles: tuple[tuple[str, date | None], ...]) -> tuple[str, date | None]:
    """The first of these titles that speaks of the matter of a call."""
    cores = [one for core in call.cores for one in (core, placeless(core))]
    return next(
        (
            one
            for one in titles
            if one[0] != call.text and any(core in stripped(one[0]) for core in cores)
        ),
        ("", None),
    )


def _is_call(entry: Entry, title: Title, page: PageDigest | None) -> bool:
    """Whether a row asks for opinions: results, explanations and news stand in the same lists."""
    if title.form in (TitleForm.RESULT, TitleForm.INTERPRETATION):
        return False
    article = page.get(Solicitation) if page else None
    if article and article.result and article.closes is None and article.opens is None:
        return False
    outside = unquoted(title.text)
    if NO_OPINION.search(title.text) or PROLONGED.search(outside) or ENDED.search(outside):
        return False
    if NEWS.search(title.text) and not ANNOUNCED.search(title.text):
        return False
    if HEARING.search(outside) and not entry.status:
        return False
    if title.form is TitleForm.CALL:
        return True
    if title.text.endswith("公示"):
        return False
    dated = article is not None and article.closes is not None
    return dated or entry.period is not None or bool(entry.status)


def _consultation(
    column: Column,
    entry: Entry,
    title: Title,
    page: PageDigest | None,
    elsewhere: Mapping[str, Entry],
    changes: CallChanges,
) -> Consultation:
    article = page.get(Solicitation) if page else None
    row = entry if entry.status else elsewhere.get(entry.key, entry)
    printed = TITLE_LABEL.search(" ".join(entry.title.split()))
    found = [
        read_label(row.status, "列表"),
        read_label(article.label, "文章开头") if article else None,
    ]
    if printed and not row.status:
        in_title = read_label(printed[0], "标题")
        found.append(in_title if in_title and in_title.state is not LabelState.OTHER else None)
    in_name = read_label(column.name, "栏目名称")
    found.append(in_name if in_name and in_name.state in NAME_STATES else None)
    standing = STANDING.search(title.text)
    if standing and not entry.period and not (article and article.closes):
        found.append(Label(standing[0], LabelState.OPEN, "标题"))
    closes = {entry.period[1]} if entry.period else set()
    if article and article.closes:
        closes.add(article.closes)
    opens, dated = _opening(entry, page)
    prolonged, until = _about(title, changes.prolonging)
    if until:
        closes.add(until)
    ended, _ = _about(title, changes.ending)
    if any(label and ENDED_LABEL.search(label.words) for label in found):
        ended = ended or "状态"
    return Consultation(
        column=column,
        entry=entry,
        title=title,
        page=page,
        labels=tuple(label for label in found if label),
        closes=tuple(sorted(closes)),
        opens=opens,
        dated=dated,
        prolonged=prolonged if not until else "",
        ended=ended,
        renewed=_about(title, changes.renewing)[0],
    )


def _opening(entry: Entry, page: PageDigest | None) -> tuple[date | None, str]:
    """The first day for comments: as stated, else the day of publishing if row and article agree."""
    article = page.get(Solicitation) if page else None
    if article and article.opens:
        return article.opens, "文中写明"
    if entry.period:
        return entry.period[0], "列表写明"
    shown = {one for one in (entry.date, page.published if page else None) if one}
    return (shown.pop(), "文中未写开始日期，以发布日期起算") if len(shown) == 1 else (None, "")


def month_after(day: date) -> date:
    """The same day of the next month, or that month's last one."""
    year, month = (day.year + 1, 1) if day.month == MONTHS else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
