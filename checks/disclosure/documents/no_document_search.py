"""政策文件库不能按类型、日期、主题检索。

为什么：文件越积越多，不能分类检索，群众就找不到要办的事适用哪一份文件。
看什么：名称为政策文件库、文件库、政策检索等的页面，检索项或者筛选项有没有文件类型、日期、主题三种；政府门户没有这样的页面、政策文件栏目也没有三种检索项的，报一条交人工核实。
不报：省、国家等上级的文件库和惠企政策、办事类的库；三种检索项分在几个页面、有一个页面三种齐全的；链接到其他平台的文件库的。
整改：为政策文件库设置按文件类型、日期、主题分类检索的功能。
依据：黄石港区2022年度绩效考评通报“实现了按照文件类型、日期、主题分类搜索的功能”。

要求编号R51。检索项由脚本生成、没有读到的，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
from plugins.facts.kept.library import CRITERIA, WORDS, Library, is_library
from plugins.facts.site.doubts import NOT_ALL, doubt, unseen
from plugins.facts.site.papers import is_portal

RULE = Rule(
    __doc__,
    code="DSC207",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R51",),
    confidence=Confidence.MEDIUM,
    absence=True,
)
ALL = tuple(name for name, _, _ in CRITERIA)
TELLING = re.compile("文件库|政策库|检索|查询|政策")


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each library that lacks a criterion, or one for a portal without a library."""
    libraries = [
        (page, library)
        for _, page in sorted(site.pages.items())
        if (library := page.get(Library)) is not None
    ]
    if any(set(library.criteria) >= set(ALL) for _, library in libraries):
        return
    named = [(page, library) for page, library in libraries if library.named]
    for page, library in named:
        yield from _lacking(page, library, site)
    if named or not is_portal(site) or site.home is None or _elsewhere(site):
        return
    doubts = unseen(site, TELLING, NOT_ALL) + "请人工核实站内检索是否有这些条件"
    yield Finding(
        f"没有找到可以按文件类型、日期、主题检索的政策文件库；{'，'.join(doubts.reasons)}。",
        where=(Evidence(site.home.url),),
        review=True,
        unit=site.unit,
    )


def _lacking(page: PageDigest, library: Library, site: Site) -> Iterator[Finding]:
    lacking = [WORDS[name] for name in ALL if name not in library.criteria]
    said = f"不能按{'、'.join(lacking)}检索" if library.searchable else "没有检索框，也没有筛选项"
    doubts = doubt("检索项可能由脚本生成" if library.unsure else "")
    yield Finding(
        f"文件库“{page.title}”{said}{doubts.after()}。",
        of=Subject(SubjectKind.PAGE, site.host, page.key),
        where=(Evidence(page.final_url or page.url, page.title),),
        review=library.unsure,
    )


def _elsewhere(site: Site) -> bool:
    """Whether the words of a link name a library: it is there, wherever it leads."""
    return any(is_library(place.text) for target in site.targets for place in target.places) or any(
        is_library(column.name) for column in site.columns
    )
