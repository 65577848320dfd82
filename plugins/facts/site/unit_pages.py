"""What each unit has on a site: its columns, its pages, and what they say of the unit itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plugins.facts.columns.column import ColumnKind
from plugins.facts.kept.particulars import FUNCTIONS, ORGAN, UnitParticulars
from plugins.facts.language.titles import plain
from plugins.facts.site import limits

if TYPE_CHECKING:
    from plugins.facts.columns.column import Column
    from plugins.facts.site.site import PageDigest, Site, Unit

OWN_KINDS = frozenset({"single", "article"})


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
        if page.kind not in OWN_KINDS or "机构职能" not in _given(page):
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
        given = _given(page)
        if not given or unit not in self.profiles:
            return
        names = (
            plain(page.title),
            *(plain(name) for name in page.crumbs[-limits.PROFILE_CRUMBS :]),
        )
        self.profiles[unit].append(
            Profile(
                page.key,
                page.final_url or page.url,
                page.title,
                given,
                any(map(FUNCTIONS.search, names)) or self._presents(page, unit),
                page.kind in OWN_KINDS,
            )
        )


def _given(page: PageDigest) -> tuple[str, ...]:
    """The particulars of a unit that a page gives; () = it is about none."""
    found = page.get(UnitParticulars)
    return found.given if found else ()


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
