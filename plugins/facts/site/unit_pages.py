"""What each unit has on a site: its columns, its pages, and what they say of the unit itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plugins.facts.columns.column import ColumnKind
from plugins.facts.language.titles import plain

if TYPE_CHECKING:
    from plugins.facts.columns.column import Column
    from plugins.facts.page.page import Page
    from plugins.facts.site.site import PageDigest, Site, Unit

# 机构职能 under the names that sites give it.
FUNCTIONS = re.compile(
    r"(?:政府|组织|行政|工作)机构(?!改革|编制)|机构(?:导航|列表|一览)|机构职[能责]|机构(?:设置|概况|简介|信息|介绍)|(?:单位|部门|工作|主要|本局|街道|中心|科室|内设机构|内设科室)(?:主要)?(?:职[能责]|简介|概况|介绍)"
    r"|职能(?:职责|配置|简介|介绍)|职责(?:职能|任务)|主要职[能责]|三定(?:方案|规定)|概况信息|^(?:简介|概况|职能|职责|基本信息)$"
)
# Pages that say something of a unit besides: leaders, where and when it can be reached.
ABOUT = re.compile(
    r"领导(?:信息|之窗|介绍|班子|分工|简介|成员)|负责人(?:信息)?|班子成员|联系(?:方式|我们|电话)|办公(?:时间|地址|地点)|内设机构|信息公开指南|公开指南"
)
# The name of an office and nothing else.
ORGAN = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:局|办|办公室|委|委员会|院|中心|办事处|街道|镇|乡|管委会|管理区|管理处|队)"
)
LEADERS = re.compile(r"领导|负责人|班子成员")
# 条例 article 20 (2), and requirement R26.
PARTICULARS = {
    "机构职能": re.compile(r"职[能责]|负责|承担|贯彻|主要任务"),
    "办公地址": re.compile(r"地\s*址|地\s*点|位于|(?:路|街|道|巷)\s*\d+\s*号"),
    "联系电话": re.compile(
        r"电\s*话|热\s*线|传\s*真|联系方式|(?<!\d)(?:0\d{2,3}[-－—\s]?)?\d{7,8}(?!\d)"
    ),
    "办公时间": re.compile(
        r"(?:办公|工作|上班|服务|受理|作息|对外|接待)\s*时\s*间|[上下]午|\d{1,2}\s*[:：]\s*\d{2}\s*[-—－~～至到]"
    ),
    "负责人": re.compile(
        r"负责人|[局书处厅部院校所队会区县市镇乡科股站]长(?!期|效|远|江|沙|春|廊)|主任|书记|主席|领导(?:信息|班子|成员|分工)"
    ),
}
# A text shorter than this may stand beside a picture or a document that says the rest.
THIN = 40
LONGEST = 16
NEWS = re.compile(
    r"召开|举行|举办|开展|组织|参加|出席|调研|走访|慰问|督导|检查|部署|推进|会议|培训|活动|[?？!！]"
)
OWN_KINDS = frozenset({"single", "article"})


def particulars(page: Page) -> tuple[str, ...]:
    """Which particulars of a unit a page gives; () for pages that are not about a unit.

    So is a page that bears nothing but the name of an office. A page named after leaders gives
    those. "" among them = its text is too short to tell.
    """
    names = (page.title, *page.crumb_names[-2:], page.meta.first("ColumnName"))
    about = [name for name in names if is_about(name)]
    article = page.article
    if not about and (article is None or not ORGAN.fullmatch(plain(page.title))):
        return ()
    text = (article.text if article else page.text)[:20_000]
    found = [name for name, pattern in PARTICULARS.items() if pattern.search(text)]
    if "负责人" not in found and any(map(LEADERS.search, about)):
        found.append("负责人")
    if len("".join(text.split())) < THIN:
        found.append("")
    return tuple(found)


def is_about(name: str) -> bool:
    """Whether a title or column name is that of a page about a unit, and not of news."""
    if NEWS.search(name):
        return False
    if len(name) <= LONGEST and ABOUT.search(name):
        return True
    return FUNCTIONS.search(name) is not None


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """A column of a unit, without its entries."""

    name: str
    key: str
    url: str
    empty: bool | None
    entries: int = 0
    kind: ColumnKind = ColumnKind.LIST
    field: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A page that says something of a unit; ``functions`` = it is named 机构职能 or alike."""

    key: str
    url: str
    title: str
    given: tuple[str, ...]
    functions: bool
    own: bool

    @property
    def told(self) -> bool:
        """Whether its text could be read and is long enough to lack something."""
        return self.own and bool(self.given) and "" not in self.given


@dataclass(frozen=True)
class UnitPages:
    """What one unit has on the site: ``pages`` counts those with content that are filed under its name.

    ``gone`` are columns of its that are registered but could not be read; ``seen`` = some page of
    its was read, with content or without.
    """

    unit: Unit
    columns: tuple[UnitColumn, ...] = ()
    gone: tuple[UnitColumn, ...] = ()
    pages: int = 0
    profiles: tuple[Profile, ...] = ()
    seen: bool = False

    @property
    def present(self) -> bool:
        """Whether something of its can be read on this site."""
        return self.pages > 0 or any(column.empty is not True for column in self.columns)

    @property
    def functions(self) -> tuple[Profile, ...]:
        """Its pages named 机构职能 or alike."""
        return tuple(one for one in self.profiles if one.functions)


@dataclass(frozen=True)
class UnitsOnSite:
    """All registered units, by name; ``portal`` = at least two have something of their own here."""

    by_name: Mapping[str, UnitPages] = field(default_factory=dict)
    own: str = ""

    @classmethod
    def of(cls, site: Site) -> UnitsOnSite:
        """Gather it, in one pass over the columns and one over the pages."""
        return _UnitGathering(site).result()

    @property
    def portal(self) -> bool:
        """Whether several units publish here under their own names."""
        others = (one for one in self.by_name.values() if one.unit.name != self.own)
        return sum(one.present for one in others) > 1

    def present(self) -> Iterator[UnitPages]:
        """The units with something to read here, the site's own one left out: all is its."""
        for one in self.by_name.values():
            if one.present and one.unit.name != self.own:
                yield one


def elsewhere(site: Site, unit: Unit) -> tuple[str, ...]:
    """Registered hosts of a unit that are not this site's."""
    return tuple(host for host in unit.hosts if host != site.host and host not in site.hosts)


class _UnitGathering:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.columns: dict[str, list[UnitColumn]] = {unit.name: [] for unit in site.units}
        self.gone: dict[str, list[UnitColumn]] = {unit.name: [] for unit in site.units}
        self.pages = dict.fromkeys(self.columns, 0)
        self.profiles: dict[str, list[Profile]] = {unit.name: [] for unit in site.units}
        self.seen: set[str] = set()
        self.filed: dict[tuple[str, ...], str] = {}

    def result(self) -> UnitsOnSite:
        if self.site.units:
            for column in self.site.columns:
                self._column(column)
            for page in self.site.pages.values():
                self._page(page)
        found = {
            unit.name: UnitPages(
                unit,
                tuple(self.columns[unit.name]),
                tuple(self.gone[unit.name]),
                self.pages[unit.name],
                tuple(self.profiles[unit.name]),
                unit.name in self.seen,
            )
            for unit in self.site.units
        }
        return UnitsOnSite(found, self.site.unit)

    def _column(self, column: Column) -> None:
        unit = column.unit
        if unit not in self.columns or (unit == self.site.unit and not self._named(column.crumbs)):
            return
        page = self.site.pages.get(column.key)
        made = UnitColumn(
            column.name,
            column.key,
            column.url,
            column.empty,
            len(column.entries),
            column.kind,
            bool(column.traits),
        )
        unread = column.kind is ColumnKind.UNKNOWN and (page is None or not page.readable)
        (self.gone if unread else self.columns)[unit].append(made)

    def _presents(self, page: PageDigest, unit: str) -> bool:
        """Whether a page that bears a unit's name alone says what the unit does."""
        if page.kind not in OWN_KINDS or "机构职能" not in page.particulars:
            return False
        found = self.site.unit_named(page.title)
        return found is not None and found.name == unit and bool(ORGAN.fullmatch(plain(page.title)))

    def _named(self, crumbs: tuple[str, ...]) -> str:
        """The unit that the innermost of these names speaks of; most pages share theirs."""
        known = self.filed.get(crumbs)
        if known is None:
            units = (self.site.unit_named(name) for name in reversed(crumbs))
            known = self.filed[crumbs] = next((unit.name for unit in units if unit), "")
        return known

    def _page(self, page: PageDigest) -> None:
        if not page.readable or page.kind == "error":
            return
        # The last crumb of an article is often its title, which may name anybody.
        crumbs = page.crumbs if page.kind != "article" else page.crumbs[: _depth(page)]
        named = self._named(crumbs)
        if named in self.pages:
            self.seen.add(named)
            self.pages[named] += _has_content(page)
        unit = named or page.unit
        if not page.particulars or unit not in self.profiles:
            return
        names = (plain(page.title), *(plain(name) for name in page.crumbs[-2:]))
        self.profiles[unit].append(
            Profile(
                page.key,
                page.final_url or page.url,
                page.title,
                page.particulars,
                any(map(FUNCTIONS.search, names)) or self._presents(page, unit),
                page.kind in OWN_KINDS,
            )
        )


def _depth(page: PageDigest) -> int:
    """How many of an article's crumbs are columns."""
    title = plain(page.title)
    last = plain(page.crumbs[-1]) if page.crumbs else ""
    own = bool(last) and (last in ("正文", "详情", "内容") or last in title or title in last)
    return len(page.crumbs) - own


def _has_content(page: PageDigest) -> bool:
    """Whether there is something to read on a page, or in the list on it."""
    if page.kind in OWN_KINDS:
        return page.text_length > 0
    return page.newest is not None or page.undated_rows > 0
