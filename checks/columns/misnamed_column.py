"""栏目名称前后不一。

为什么：菜单上叫一个名字，打开是另一个名字，群众会以为走错了地方，机器也会把栏目归错类。
看什么：栏目页上，菜单对本页的叫法、ColumnName标签、面包屑最后一级，三者是否说的是同一个栏目。
不报：面包屑只写到上级栏目的；一个包含另一个的（通知公告、区财政局通知公告）；有两个字连着相同的（机构职能、机构简介）；菜单没有指向本页的；只有一处写了名称的；首页、文章、搜索和数据页；列表的第2页起。
整改：统一菜单、标签和面包屑中的栏目名称；复制模板新建栏目后，检查标签是否改过。
依据：港政公开发〔2022〕1号第（二）条“不得出现重复、逻辑混乱、分类不清的栏目”；《政府网站发展指引》（国办发〔2017〕47号）附件《网页设计规范》栏目标签。

要求编号R30。名称可能有意简写，一律交人工核实。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import Confidence, Evidence, Finding, Page, PageKind, Rule, Severity, hookimpl
from plugins.facts.columns.column import MARKS, ROOT
from plugins.facts.language.titles import plain
from plugins.facts.page.menus import called_by_menus

RULE = Rule(
    __doc__,
    code="COL302",
    severity=Severity.ADVICE,
    deduct=0.5,
    requirements=("R30",),
    confidence=Confidence.LOW,
)
KINDS = (PageKind.LIST, PageKind.PORTAL, PageKind.SINGLE, PageKind.FORM)
# Names of blocks and templates, which say nothing of a column.
NAMELESS = re.compile(r"^(?:正文|列表|详情|内容|栏目|更多|首页|概览页?|细览页?|列表页|图片)$")


@hookimpl
def check_page(page: Page) -> Iterator[Finding]:
    """At most one finding for a column page."""
    if page.kind not in KINDS or page.failure is not None:
        return
    tag = plain(page.meta.get("ColumnName") or "")
    crumb = _here(page)
    if not tag and not crumb:
        return
    names = [plain(name) for name in called_by_menus(page)]
    if not names:
        return
    said = [("ColumnName标签", tag), ("面包屑", crumb)]
    other = [
        f"{what}是“{name}”"
        for what, name in said
        if name and not NAMELESS.match(name) and not any(_alike(name, one) for one in names)
    ]
    if not other:
        return
    yield Finding(
        f"菜单把本页叫作“{names[0]}”，{'，'.join(other)}，名称前后不一（请人工核实）。",
        where=(Evidence(page.address, names[0], "nav"),),
        review=True,
    )


def _here(page: Page) -> str:
    """The breadcrumb's name for this page; "" where it ends with the column above."""
    name = page.crumb_names[-1].strip(MARKS) if page.crumb_names else ""
    above = {link.words.strip(MARKS) for link in page.breadcrumbs if link.key != page.key}
    return "" if name in above or ROOT.search(name) else plain(name)


def _alike(one: str, other: str) -> bool:
    """Whether two names speak of the same column: one holds the other, or they share two letters in a row."""
    if one in other or other in one:
        return True
    pairs = {one[place : place + 2] for place in range(len(one) - 1)}
    return any(pair in other for pair in pairs)
