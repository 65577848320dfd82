"""同一篇文章重复发布。

为什么：重复发布会使更新数量虚高、检索结果混乱，也属于应当清除的信息噪音。
看什么：本站标题和正文完全相同、地址不同的文章（正文至少100字）。
不报：同一地址的跳转和别名；同一页面的打印版、手机版和带参数的地址；标题相同正文不同的；转发到别的网站的。
整改：保留一篇，其余撤下或改为链接引用。
依据：黄石港区2022年绩效考评通报“清除信息噪音”（地方规定）；判断方法是本工具的做法。

分属不同栏目的，可能是有意的多栏目刊发，交人工核实；同一栏目内重复的直接提出。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

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
from plugins.facts.language.text import solid

RULE = Rule(
    __doc__,
    code="TXT207",
    severity=Severity.ADVICE,
    deduct=0.1,
    requirements=("R63",),
    confidence=Confidence.MEDIUM,
)
PAIR = 2
QUOTED = 3
PLACES = 20
# Folders and names of other editions of one page.
EDITIONS = frozenset(("m", "mobile", "wap", "print", "wza", "app"))


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """Groups of articles with one title and one text."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for page in site.pages.values():
        if page.text_hash and page.kind == "article" and page.readable:
            groups[page.text_hash].append(page.key)
    for keys in groups.values():
        if len(keys) > 1:
            yield from _judged(site, [site.pages[key] for key in sorted(keys)])


def _judged(site: Site, pages: list[PageDigest]) -> Iterator[Finding]:
    titled: defaultdict[str, dict[str, PageDigest]] = defaultdict(dict)
    for page in pages:
        titled[solid(page.title)].setdefault(_edition(page.url), page)
    for title, found in titled.items():
        twins = list(found.values())
        if len(twins) < PAIR or not title:
            continue
        columns = [page.column or page.crumbs[-1:] for page in twins]
        review = len(set(columns)) == len(columns)
        where = "、".join(page.url for page in twins[:QUOTED])
        more = "等" if len(twins) > QUOTED else ""
        doubt = "分属不同栏目，是否有意刊发请人工核实。" if review else ""
        yield Finding(
            f"《{twins[0].title}》以相同的标题和正文发布了{len(twins)}次：{where}{more}。{doubt}",
            of=Subject(SubjectKind.PAGE, site.host, twins[0].key),
            where=tuple(Evidence(page.url, page.title) for page in twins[:PLACES]),
            review=review,
        )


def _edition(url: str) -> str:
    """The address without what only names another edition of the page."""
    parts = urlsplit(url)
    folders = [part for part in parts.path.split("/") if part.lower() not in EDITIONS]
    return "/".join(folders).rstrip("/") or parts.path
