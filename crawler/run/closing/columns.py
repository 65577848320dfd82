"""Columns put together from the pages that were read: who owns them, what type, which rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.inventory.model import RegisteredColumn
from crawler.run.closing.attribution import UnitAttribution
from crawler.workfile.file import Workfile
from crawler.workfile.listings import Listing
from crawler.workfile.pages import PageView
from plugins import Column, ColumnKind, Entry, Obtained, PageKind, Site
from plugins.addresses.urls import url_key
from plugins.facts.columns.duty import default_duty

KINDS = {
    PageKind.LIST.value: ColumnKind.LIST,
    PageKind.DATA.value: ColumnKind.LIST,
    PageKind.SINGLE.value: ColumnKind.SINGLE,
    PageKind.PORTAL.value: ColumnKind.PORTAL,
    PageKind.FORM.value: ColumnKind.FORM,
}
# Names of columns by which their national type is guessed where neither inventory nor tag tells.
TYPE_WORDS = (
    ("征集调查", ("征集", "征求意见", "网上调查", "民意")),
    ("政策解读", ("解读",)),
    ("政策文件", ("规范性文件", "政策文件", "政府文件", "政策法规")),
    ("工作动态", ("动态", "要闻")),
    ("负责人信息", ("领导之窗", "领导信息", "领导简介")),
    ("机构职能", ("机构职能", "机构设置", "单位职能")),
    ("信息公开指南", ("公开指南",)),
    ("信息公开年报", ("年报", "年度报告")),
    ("依申请公开", ("依申请公开",)),
    ("回应关切", ("回应关切",)),
    ("咨询投诉", ("区长信箱", "领导信箱", "来信选登", "咨询投诉")),
    ("在线访谈", ("在线访谈",)),
)


def guess_type(name: str) -> str:
    """The ColumnType that a column's name speaks of, "" where it speaks of none."""
    return next((kind for kind, words in TYPE_WORDS if any(word in name for word in words)), "")


def same_page(url: str, key: str, pages: PageView) -> str:
    """The key under which an address was read (an alias leads to the page itself)."""
    found = pages.get(key)
    return found.key if found is not None else url_key(url)


class ColumnBuilder:
    """Joins listings to columns, for one site.

    ``owners`` maps further pages to their columns; ``whole`` = every page was read, so that a page
    which nobody links to is known to be left.
    """

    def __init__(
        self,
        file: Workfile,
        site: Site,
        rows: tuple[RegisteredColumn, ...],
        owners: Mapping[str, str],
        *,
        whole: bool = False,
    ) -> None:
        self.file = file
        self.site = site
        self.pages = PageView(file.path, site.host)
        self.owners = owners
        self.whole = whole
        self.attribution = UnitAttribution(site, rows)
        self.nav = {
            same_page(url, key, self.pages): name
            for key, (name, url) in file.listings.nav(site.host).items()
        }
        self.registered = {same_page(row.url, url_key(row.url), self.pages): row for row in rows}

    def columns(self) -> Iterator[Column]:
        """Every column of the site: those that were read, by key, then the registered ones that were not."""
        seen = set()
        for listing in self.file.listings.of_site(self.site.host):
            if self._is_column(listing):
                seen.add(listing.key)
                yield self._column(listing)
        for key, row in self.registered.items():
            if key not in seen:
                yield self._unread(key, row)

    def _unread(self, key: str, row: RegisteredColumn) -> Column:
        """A registered column of which nothing is known but its row."""
        digest = self.pages.get(key)
        read = digest is not None and digest.kind != PageKind.ERROR.value
        return Column(
            url=row.url,
            key=key,
            name=row.name,
            unit=row.unit or self.site.unit,
            type=row.type,
            kind=ColumnKind.UNKNOWN,
            duty=row.duty,
            exempt=row.reason,
            since=row.valid_from,
            how=Obtained.NONE,
            empty=None,
            empty_why="栏目页既不是列表也不是单篇内容" if read else "栏目页未能打开",
            registered=True,
        )

    def _is_column(self, listing: Listing) -> bool:
        if listing.key in self.registered:
            return True
        if self.owners.get(listing.key):
            return False
        if self.whole and self.file.frontier.only_remembered(
            self.site.host, listing.key, listing.url
        ):
            # Taken out of the navigation: no visitor comes here any more.
            return False
        if listing.kind == PageKind.LIST.value:
            return True
        # A single text or a block page is a column only where navigation says so: any article
        # looks like a single text.
        return listing.key in self.nav and listing.kind != PageKind.DATA.value

    def _column(self, listing: Listing) -> Column:
        row = self.registered.get(listing.key)
        name = (
            (row.name if row else "")
            or listing.name
            or self.nav.get(listing.key, "")
            or (listing.crumbs[-1] if listing.crumbs else "")
            or self._title(listing)
        )
        kind = (row.type if row else "") or listing.type or guess_type(name)
        further = [part for part in self._further(listing) if part.entries]
        entries, first = self._entries(listing, further)
        duty = row.duty if row else default_duty(name, listing.type)
        return Column(
            url=listing.url,
            key=listing.key,
            name=name,
            unit=(row.unit if row else "")
            or self.attribution.unit(listing.url, (*listing.crumbs, listing.name)),
            type=kind,
            kind=KINDS.get(listing.kind, ColumnKind.UNKNOWN),
            duty=duty,
            exempt=row.reason if row else "",
            entries=entries,
            first_page=first,
            pages=1 + len(further),
            how=self._how(listing, further),
            empty=False if entries else listing.empty,
            empty_why=listing.empty_why,
            placeholder="" if entries else listing.placeholder,
            crumbs=listing.crumbs,
            registered=row is not None,
            since=row.valid_from if row else None,
        )

    def _further(self, listing: Listing) -> Iterator[Listing]:
        for url in listing.pager:
            part = self.file.listings.get(self.site.host, url_key(url))
            if part is not None and part.key != listing.key:
                yield part

    def _entries(self, listing: Listing, further: list[Listing]) -> tuple[tuple[Entry, ...], int]:
        first = list(listing.entries)
        rest = list(further)
        if not first and rest:
            # The page itself has no rows because a data interface fills it: its first answer is
            # what a visitor sees as page 1.
            first = list(rest[0].entries)
            rest = rest[1:]
        seen = {entry.key for entry in first}
        entries = [*first]
        for part in rest:
            for entry in part.entries:
                if entry.key not in seen:
                    seen.add(entry.key)
                    entries.append(entry)
        return tuple(self._dated(entry) for entry in entries), len(first)

    def _dated(self, entry: Entry) -> Entry:
        """A row that links to an alias carries the key of the page itself."""
        digest = self.pages.get(entry.key)
        return (
            replace(entry, key=digest.key)
            if digest is not None and digest.key != entry.key
            else entry
        )

    def _how(self, listing: Listing, further: list[Listing]) -> Obtained:
        if listing.rendered:
            return Obtained.RENDERED
        if not listing.entries and further:
            return Obtained.DATA
        if further:
            return Obtained.PAGER
        return Obtained.STATIC if listing.entries else Obtained.NONE

    def _title(self, listing: Listing) -> str:
        digest = self.pages.get(listing.key)
        title = digest.title if digest is not None else ""
        return title or urlsplit(listing.url).path
