"""已废止、失效的文件仍标“有效”。

为什么：文件已经废止或者过了有效期，页面还标有效，会让群众和企业照着失效的规定办事，也会引发争议。
看什么：页面标明有效的文件：一、站内清理结果、废止决定（正文、列表、表格和附件）把它列为废止或失效，或者另有文件写明它同时废止；二、正文或要素表写明的有效期已经过去，超过grace天。
不报：清理结果列为继续有效、保留、修改的；有效期已延长的；清理结果先于文件的；名称相同但文号、年份不同的；有效期起算日读不出来的。
整改：把该文件的有效性改为废止或失效；确实继续有效的，公布延期或者清理结果。
依据：江汉区2020年实施方案“失效、废止的信息及时予以处理并公开清理结果”；咸宁市2022年政务公开工作要点（征求意见稿）“及时发布现行有效行政规范性文件清理结果”（均为外地文件，供参照）。

要求编号R35。可调整：grace（有效期过后的宽限天数，默认30，系本工具的默认值）。只有名称相同、没有文号可以对照，或者站内有同名文件的，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from plugins import (
    Confidence,
    Evidence,
    Finding,
    PageDigest,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
)
from plugins.addresses.urls import url_key
from plugins.facts.language.titles import document_number, plain, read_title
from plugins.facts.papers.clean_ups import CleanUp, Fate, Named, same_paper
from plugins.facts.papers.documents import Document


@dataclass(frozen=True)
class Options:
    """Days after the last day of force before anything is said."""

    grace: int = 30


RULE = Rule(
    __doc__,
    code="DSC205",
    severity=Severity.MAJOR,
    deduct=1,
    options=Options(),
    requirements=("R35",),
    confidence=Confidence.MEDIUM,
)
PROLONGED = re.compile(r"延长|延续|延期|继续(?:执行|有效|施行|实施)|重新(?:公布|发布|印发)")


@dataclass(frozen=True)
class RepealWord:
    """What one page, or a document that it offers, says of one paper, and since when."""

    key: str
    url: str
    title: str
    named: Named
    since: date | None


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each paper that is marked as in force and is not."""
    marked = {
        page.key: (page, document)
        for page in site.pages.values()
        if page.kind == "article"
        and page.readable
        and (document := page.get(Document))
        and document.in_force
    }
    if not marked:
        return
    words = _words(site)
    twins = _twins(marked.values())
    prolonging = [plain(page.title) for page in site.pages.values() if PROLONGED.search(page.title)]
    for _, (page, document) in sorted(marked.items()):
        said = _said(page, document, words, site.today)
        if said is None and not (said := _expired(document, options, site.today)):
            continue
        text, told, doubt = said
        core = read_title(page.title).core
        if _kept(page, document, words) or (core and any(core in one for one in prolonging)):
            continue
        doubt = doubt or (told is not None and not told.named.number and core in twins)
        evidence = [Evidence(page.final_url or page.url, page.title, "article")]
        if told is not None:
            evidence.append(Evidence(told.url, told.named.title, "article"))
        tail = "；请人工核实是否同一文件" if doubt else ""
        yield Finding(
            f"文件“{page.title}”{text}，页面仍标“{document.validity}”{tail}。",
            of=Subject(SubjectKind.PAGE, site.host, page.key),
            where=tuple(evidence),
            review=doubt,
        )


def _words(site: Site) -> list[RepealWord]:
    found = [
        RepealWord(
            page.key,
            page.final_url or page.url,
            page.title,
            named,
            clean_up.since or page.published,
        )
        for _, page in sorted(site.pages.items())
        if (clean_up := page.get(CleanUp)) is not None
        for named in clean_up.named
    ]
    for key, offered in sorted(site.attachments.items()):
        listed = offered.get(CleanUp)
        if listed is None:
            continue
        pages = [site.pages.get(url_key(place.page)) for place in offered.places]
        days = [page.published for page in pages if page and page.published]
        found += [
            RepealWord(key, offered.url, offered.name, named, min(days, default=None))
            for named in listed.named
        ]
    return found


def _twins(marked: Iterable[tuple[PageDigest, Document]]) -> frozenset[str]:
    """The cores that more than one paper (told apart by 文号) of the site bears."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for page, document in marked:
        numbers[read_title(page.title).core].add(document_number(document.number))
    return frozenset(core for core, found in numbers.items() if len(found) > 1)


def _said(
    page: PageDigest, document: Document, words: list[RepealWord], today: date
) -> tuple[str, RepealWord | None, bool] | None:
    """What ends a paper by the word of another page: how, which page, and whether there is doubt."""
    day = document.issued or document.signed or page.published
    number = document_number(document.number)
    for word in words:
        if word.named.fate is not Fate.ENDED or word.key == page.key:
            continue
        if word.since is None or word.since > today or (day and word.since <= day):
            continue
        same = same_paper(word.named, page.title, number)
        if same is False:
            continue
        if day is None and not word.named.number:
            continue
        doubt = same is None or not (word.named.number and number)
        return f"已被“{word.title}”（{word.since}）列为废止或失效", word, doubt
    return None


def _kept(page: PageDigest, document: Document, words: list[RepealWord]) -> bool:
    """Whether any page says that the paper stays in force, or is to be changed."""
    number = document_number(document.number)
    return any(
        word.named.fate in (Fate.KEPT, Fate.CHANGED)
        and same_paper(word.named, page.title, number) is not False
        for word in words
    )


def _expired(
    document: Document, options: Options, today: date
) -> tuple[str, RepealWord | None, bool] | None:
    end = document.expires
    if end is None or (today - end).days <= options.grace:
        return None
    return f"自己写明的有效期到{end}为止，已过去{(today - end).days}天", None, False
