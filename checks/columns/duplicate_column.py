"""栏目重复。

为什么：两个栏目名称一样，或者名称不同、内容一样，群众不知道看哪一个，信息也容易只更新一处。
看什么：同一级菜单中名称相同而地址不同的、名称不同而指向同一页面的栏目；同一单位两个列表的信息完全相同（至少same条）；同一单位、同一上级栏目之下名称相同的两个栏目。
不报：上下级栏目（上级汇总下级）；不同单位、不同上级栏目之下的同名栏目；菜单中指向别的网站、文章、附件、首页和页内位置的链接；同名而实为同一页面的。
整改：合并重复的栏目，只留一个，旧地址跳转到新地址；菜单中的链接各指各的栏目。
依据：港政公开发〔2022〕1号第（二）条“不得出现重复、逻辑混乱、分类不清的栏目”。

要求编号R30。没有读到其中一个栏目的，以及只凭名称和上级栏目判断的，交人工核实。
可调整：same（两个列表至少有多少条、并且完全相同才报，默认5）。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import urlsplit

from plugins import (
    Column,
    ColumnKind,
    Confidence,
    Evidence,
    Finding,
    Rule,
    Severity,
    Site,
    hookimpl,
)
from plugins.facts.kept.menu_twins import MenuTwin, MenuTwins
from plugins.facts.language.titles import plain


@dataclass(frozen=True)
class Options:
    """Entries that two lists must share."""

    same: int = 5


RULE = Rule(
    __doc__,
    code="COL301",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R30",),
    confidence=Confidence.HIGH,
)
# The same name so often in one place is a template that does not tell where it is.
PAIR = 2
SETTLED = frozenset({"list", "single", "portal", "form"})


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Menus first, then lists, then names; one finding for each pair of columns."""
    told: set[frozenset[str]] = set()
    owners = {column.key: column.unit for column in site.columns}
    for twin, page in _twins(site).items():
        pair = frozenset({twin.first.key, twin.second.key, twin.second.name})
        if pair in told:
            continue
        finding = _in_menu(site, twin, page, owners)
        if finding is not None:
            told |= {pair, frozenset({twin.first.key, twin.second.key})}
            yield finding
    for one, other, count in _same_lists(site, options.same):
        pair = frozenset({one.key, other.key})
        if pair not in told:
            told.add(pair)
            yield Finding(
                f"栏目“{one.path}”和“{other.path}”的{count}条信息完全相同。",
                key=f"{one.key} {other.key}",
                where=(Evidence(one.url, one.name), Evidence(other.url, other.name)),
                unit=one.unit,
            )
    for one, other in _same_names(site):
        if frozenset({one.key, other.key}) not in told:
            yield Finding(
                f"“{'－'.join(one.above)}”之下有两个名为“{one.name}”的栏目（请人工核实是否重复）。",
                key=f"{one.key} {other.key}",
                where=(Evidence(one.url, one.name), Evidence(other.url, other.name)),
                review=True,
                unit=one.unit,
            )


def _twins(site: Site) -> dict[MenuTwin, str]:
    """Every pair of neighbours in a menu, with the first page that shows it, the home page before."""
    found: dict[MenuTwin, str] = {}
    if site.home is not None and (twins := site.home.get(MenuTwins)):
        found.update(dict.fromkeys(twins.pairs, site.home.url))
    for page in site.pages.values():
        twins = page.get(MenuTwins)
        for twin in twins.pairs if twins else ():
            found.setdefault(twin, page.final_url or page.url)
    return found


def _in_menu(site: Site, twin: MenuTwin, where: str, owners: dict[str, str]) -> Finding | None:
    first, second = twin.first, twin.second
    pages = [site.pages.get(entry.key) for entry in (first, second)]
    read = [page for page in pages if page is not None and page.readable]
    if any(page.kind not in SETTLED for page in read):
        return None
    if twin.same_name:
        if len({page.key for page in read}) < len(read) or _same_place(first.url, second.url):
            return None
        said = f"同一个菜单中有两个“{first.name}”，指向不同的页面"
        key = f"{first.key} {second.key}"
    else:
        said = f"同一个菜单中的“{first.name}”和“{second.name}”指向同一个页面"
        key = f"{first.key} {first.name} {second.name}"
    review = len(read) < PAIR
    return Finding(
        f"{said}{'（目标页面没有读到，请人工核实）' if review else ''}。",
        key=key,
        where=(
            Evidence(where, f"{first.name}、{second.name}", "nav"),
            *dict.fromkeys((Evidence(first.url, first.name), Evidence(second.url, second.name))),
        ),
        review=review,
        unit=owners.get(first.key) or owners.get(second.key, "") or site.unit,
    )


def _same_place(one: str, other: str) -> bool:
    """Whether two addresses differ only in their query or the name of an index page."""
    paths = [urlsplit(url).path.rpartition("/")[0] for url in (one, other)]
    names = [urlsplit(url).path.rpartition("/")[2] for url in (one, other)]
    index = all(name == "" or name.startswith(("index", "default", "list")) for name in names)
    return paths[0] == paths[1] and (names[0] == names[1] or index)


def _same_lists(site: Site, least: int) -> Iterator[tuple[Column, Column, int]]:
    """Pairs of one unit's lists that show the same entries on their first pages."""
    groups: dict[tuple[str, frozenset[str]], list[Column]] = defaultdict(list)
    for column in site.columns:
        keys = frozenset(entry.key for entry in column.recent if entry.key)
        if column.kind is ColumnKind.LIST and len(keys) >= least:
            groups[column.unit, keys].append(column)
    for (_, keys), columns in groups.items():
        for one, other in combinations(columns, 2):
            if not _above(one, other) and not _above(other, one):
                yield one, other, len(keys)


def _above(one: Column, other: Column) -> bool:
    """Whether a column is above the other, by breadcrumb or by folder: it may gather what is below."""
    folders = [urlsplit(column.url).path.rpartition("/")[0] + "/" for column in (one, other)]
    return one.name in other.above or folders[1].startswith(folders[0])


def _same_names(site: Site) -> Iterator[tuple[Column, Column]]:
    groups: dict[tuple[str, tuple[str, ...], str], list[Column]] = defaultdict(list)
    for column in site.columns:
        if column.unit and column.above and column.empty is False and not column.exempt:
            groups[column.unit, column.above, plain(column.name)].append(column)
    for columns in groups.values():
        if len(columns) == PAIR and not _same_place(columns[0].url, columns[1].url):
            yield columns[0], columns[1]
