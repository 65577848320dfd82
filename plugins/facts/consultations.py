"""Solicitations (意见征集) as a site shows them: row, article, labels and dates put together."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plugins.facts.column import Column, Entry
from plugins.facts.site import PageDigest, Site
from plugins.facts.titles import Title, TitleForm, plain, read_title
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
    r"圆满|顺利|成功|举行|举办|召开|启动|座谈会|部署|推进会|动员会|工作会|正式实施|名单"
)
# People and firms are looked for, nobody's opinion is asked.
NO_OPINION = re.compile(
    r"征集[^,。《》]{0,12}(?:委员|专家|成员|志愿者|供应商|承办单位|服务机构|中介机构|岗位|候选人|讲师|监督员|观察员|代表)(?!.{0,12}意见)"
)
# A unit that had nothing to ask about says so in the same columns.
ABSENCE = re.compile(
    r"(?:未|没有)(?:开展|进行|组织|公开)?.{0,12}(?:征集|征求意见|调查|听证).{0,12}(?:情况)?说明|(?:无|没有)(?:意见)?(?:征集|征求意见)(?:事项|活动)"
)
NO_DRAFT = re.compile(
    r"问卷|投票|作品|标识|logo|征文|征稿|线索|选题|项目库|金点子|建议项目|民生实事|满意度|评议",
    re.IGNORECASE,
)
DRAFT = re.compile(r"征求意见稿|意见征求稿|意见征集稿|草案|送审稿|讨论稿|代拟稿|公开稿")
ANNOUNCED = re.compile(r"(?:公告|通告|通知|启事|邀请函|倡议书)$")
# Milliseconds since 1970 in a row: a script makes the label from them when the page is opened.
SCRIPTED = re.compile(r"(?<!\d)1\d{12}(?!\d)")
RESULT_WORDS = re.compile(
    r"(?:查看|征集|反馈|调查|征求意见)结果|结果(?:反馈|公示|公布)|采纳情况|反馈情况|查看反馈|意见反馈情况"
)


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
TITLE_LABEL = re.compile(r"^[\[【(]([^\[\]【】()]{2,8})[\]】)]|[\[【(]([^\[\]【】()]{2,8})[\]】)]$")


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
    Chinese where the opening day comes from, "" without one.
    """

    column: Column
    entry: Entry
    title: Title
    page: PageDigest | None
    labels: tuple[Label, ...]
    closes: tuple[date, ...]
    opens: date | None
    dated: str

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
        quote = self.page.solicitation.quote if self.page and self.page.solicitation else ""
        return (row, Evidence(self.page.url if self.page else self.entry.url, quote, "article"))


def asks_opinions(column: Column) -> bool:
    """Whether a column is one for solicitations, not one for their results alone."""
    name = plain(column.name)
    if OTHER_COLUMN.search(name):
        return False
    if RESULT_COLUMN.search(name) and not MIXED_COLUMN.search(name):
        return False
    return column.type == "征集调查" or any(
        ASKING_COLUMN.search(plain(one)) for one in (name, *column.crumbs[-2:])
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
            yield _consultation(column, entry, title, page, elsewhere)


def labels_elsewhere(site: Site) -> Mapping[str, Entry]:
    """Rows with a label in any list of the site, by the key of their article."""
    return {entry.key: entry for column in site.columns for entry in column.entries if entry.status}


def _is_call(entry: Entry, title: Title, page: PageDigest | None) -> bool:
    """Whether a row asks for opinions: results, explanations and news stand in the same lists."""
    if title.form in (TitleForm.RESULT, TitleForm.INTERPRETATION):
        return False
    article = page.solicitation if page else None
    if article and article.result and article.closes is None and article.opens is None:
        return False
    if NO_OPINION.search(title.text):
        return False
    if NEWS.search(title.text) and not ANNOUNCED.search(title.text):
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
) -> Consultation:
    article = page.solicitation if page else None
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
    closes = {entry.period[1]} if entry.period else set()
    if article and article.closes:
        closes.add(article.closes)
    opens, dated = _opening(entry, page)
    return Consultation(
        column=column,
        entry=entry,
        title=title,
        page=page,
        labels=tuple(label for label in found if label),
        closes=tuple(sorted(closes)),
        opens=opens,
        dated=dated,
    )


def _opening(entry: Entry, page: PageDigest | None) -> tuple[date | None, str]:
    """The first day for comments: as stated, else the day of publishing if row and article agree."""
    if page and page.solicitation and page.solicitation.opens:
        return page.solicitation.opens, "文中写明"
    if entry.period:
        return entry.period[0], "列表写明"
    shown = {one for one in (entry.date, page.published if page else None) if one}
    return (shown.pop(), "文中未写开始日期，以发布日期起算") if len(shown) == 1 else (None, "")


def month_after(day: date) -> date:
    """The same day of the next month, or that month's last one."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
