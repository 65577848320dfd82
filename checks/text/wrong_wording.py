"""文字有误或表述不规范。

为什么：错别字、过时的机构名称和不规范表述损害政府公信力；严重表述错误可以一票否决。
看什么：文章标题和正文里的词表用语（同目录 wording.toml）：固定词语中的错别字、严重错误、已更名或撤销的机构名称。
不报：《》里引用的文件名称；“原”“时任”之后或文号之前的旧机构名称；机构更名之前发布的文章；没有可靠发布日期的页面上的旧机构名称；词表之外的用语。
整改：改正文字；转载的稿件同样要改。
依据：国办秘函〔2019〕19号内容发布“严重表述错误、错别字”；港政公开发〔2022〕1号第（十五）条“及时发现和纠正错漏信息”。

旧机构名称可能是在回顾历史，交人工核实。可调整：extra（增加的用语，错 = 对），allowed（放行的用语）。
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from plugins import Confidence, Evidence, Finding, Page, PageKind, Rule, Severity, hookimpl
from plugins.facts.language.personal import hide
from plugins.facts.language.text import squeeze

LIST = Path(__file__).with_name("wording.toml")


@dataclass(frozen=True)
class Wording:
    """One entry of the list; see the file's own head."""

    wrong: str
    right: str
    kind: str
    since: date | None = None
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Options:
    """Words that are added (wrong = right), and words that are let through."""

    extra: Mapping[str, str] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()


RULE = Rule(
    __doc__,
    code="TXT206",
    severity=Severity.MINOR,
    deduct=0.2,
    options=Options(),
    requirements=("R63",),
    confidence=Confidence.MEDIUM,
)
WORDS = tuple(
    Wording(**{**row, "unless": tuple(row.get("unless", ()))})
    for row in tomllib.loads(LIST.read_text("utf-8"))["word"]
)
BODIES = "机构名称"
# A date that the page itself prints; the day of entry into the CMS proves nothing.
PRINTED = frozenset(("label", "head", "script", "data", "signature"))
PAST = ("原", "前", "时任", "曾", "任", "撤销", "不再保留", "旧称")
AROUND = 16
PLACES = 10


@hookimpl
def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Words of the list in title and text, one finding for each word."""
    article = page.article
    if article is None or page.kind not in (PageKind.ARTICLE, PageKind.SINGLE):
        return
    text = f"{page.title}\n{article.text}"
    extra = tuple(Wording(wrong, right, "用语") for wrong, right in options.extra.items())
    for word in (*WORDS, *extra):
        if word.wrong not in text or word.wrong in options.allowed or not _in_force(page, word):
            continue
        hits = [place for place in _places(text, word.wrong) if _counts(text, place, word)]
        if not hits:
            continue
        shown = [_around(text, place, word.wrong) for place in hits[:PLACES]]
        review = word.kind == BODIES
        doubt = "，如非回顾历史，应予更正，请人工核实" if review else ""
        yield Finding(
            f"《{page.title}》里的“{word.wrong}”应为“{word.right}”（{word.kind}，{len(hits)}处）：“{shown[0]}”{doubt}。",
            key=word.wrong,
            where=tuple(Evidence(page.address, words, "article") for words in shown),
            review=review,
        )


def _in_force(page: Page, word: Wording) -> bool:
    """Whether the page was published after the word had become wrong."""
    if word.since is None:
        return True
    published = page.published
    return published is not None and page.published_from in PRINTED and published >= word.since


def _places(text: str, wrong: str) -> Iterator[int]:
    place = text.find(wrong)
    while place >= 0:
        yield place
        place = text.find(wrong, place + len(wrong))


def _counts(text: str, place: int, word: Wording) -> bool:
    """Whether this is the writer's own use: no quoted title, no history, no longer word."""
    end = place + len(word.wrong)
    if any(text.startswith(rest, end) for rest in word.unless):
        return False
    near = text[max(0, place - 60) : place]
    if near.rfind("《") > near.rfind("》"):
        return False
    if word.kind != BODIES:
        return True
    if any(near.rstrip(" （(“").endswith(mark) for mark in PAST):
        return False
    behind = text[end : end + 12]
    return not any(mark in behind for mark in "《〔令") and "原" not in near[-14:]


def _around(text: str, place: int, wrong: str) -> str:
    return squeeze(hide(text[max(0, place - AROUND) : place + len(wrong) + AROUND]))
