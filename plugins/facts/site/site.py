"""A site as the checks see it: what is registered of it, and what the crawl learned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from plugins.facts.attachments import AttachmentDigest
    from plugins.facts.columns.column import Column
    from plugins.facts.markup.links import LinkTarget

Form = TypeVar("Form")


@dataclass(frozen=True, slots=True)
class Unit:
    """A department (区直部门) or street (街道) that answers for columns.

    ``kind`` is ``department`` or ``street``; ``fields`` is ``many`` or ``few`` (承担公开领域多/少),
    "" where the office has not said. ``hosts`` are sites of its own, as registered: what is not on
    the portal may be there.
    """

    name: str
    kind: str = "department"
    fields: str = ""
    aliases: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageDigest:
    """What site-wide checks need to know of one page, small enough to keep for every page.

    Made by ``plugins.facts.site.digest.digest(page)``. ``kind`` is a PageKind value; ``status`` None =
    no answer. ``column`` is the key of the column it is filed under ("" = not known), ``crumbs``
    the names of its breadcrumbs. ``out`` holds the keys of its links outside navigation (and all
    of them on the home page). ``probes`` are answers of ``probe_page``.
    ``text_hash`` names the text of an article ("" = too short to tell). ``template`` groups pages made by
    one template (a path pattern). ``unit`` is the unit that answers for the page, settled by the
    register when the crawl is over. ``published_from`` says where the date comes from (``path`` = only
    from the address). ``facts`` are those found on it (``plugins/facts/kept``), by the names of their
    classes: ask ``get(Document)``.
    """

    url: str
    key: str
    status: int | None
    kind: str
    title: str = ""
    published: date | None = None
    depth: int = 0
    final_url: str = ""
    failure: str = ""
    rendered: bool = False
    column: str = ""
    crumbs: tuple[str, ...] = ()
    column_type: str = ""
    source: str = ""
    unit: str = ""
    template: str = ""
    text_length: int = 0
    interpretation_links: tuple[str, ...] = ()
    document_links: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    accessibility_links: tuple[str, ...] = ()
    accessibility_scripts: tuple[str, ...] = ()
    newest: date | None = None
    undated_rows: int = 0
    out: tuple[str, ...] = ()
    text_hash: str = ""
    published_from: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    probes: Mapping[str, Any] = field(default_factory=dict)

    def get(self, form: type[Form]) -> Form | None:
        """The fact of a class, as it was found on the page; None = the page has none."""
        found = self.facts.get(form.__name__)
        return found if isinstance(found, form) else None

    @property
    def readable(self) -> bool:
        """Whether the page answered with content, so that what is missing on it was looked for."""
        return (
            self.status is not None
            and HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES
            and not self.failure
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was not looked at: which kind, why (Chinese), how many addresses, examples."""

    kind: str
    why: str
    count: int = 0
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A page of the site that is linked but was not read; ``words`` are those of links to it.

    ``leaf`` = every link to it stands in a list or a text and reads like a title: it is a single
    document, not a column that would lead to further pages.
    """

    url: str
    words: tuple[str, ...] = ()
    leaf: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the site was looked at: ``state`` complete, partial or failed, with the gaps.

    ``unread`` names the pages that were not read; ``listed`` says that it names all of them.
    """

    state: str = "complete"
    pages: int = 0
    gaps: tuple[Gap, ...] = ()
    unread: tuple[Unread, ...] = ()
    listed: bool = False

    def may_hide(self, telling: Callable[[str], bool]) -> bool:
        """Whether a page that was not read may be the one that a check misses.

        "There is no such page" needs all pages; one page behind a wall whose links say plainly that
        it is something else does not spoil that. ``telling(words)`` says whether a link with these
        words could lead to what is missed.
        """
        if self.state == "complete":
            return False
        if self.state == "failed" or not self.listed:
            return True
        return any(not page.leaf or any(map(telling, page.words)) for page in self.unread)


@dataclass(frozen=True)
class Site:
    """One audited site.

    In ``check_page`` and ``check_attachment`` only the register's part is filled (host, name, hosts, units, today); in
    ``check_column`` and ``check_site`` everything is. ``host`` names the site in identities; it
    carries a port where that is not the default one. ``today`` is the day of the audit: checks
    never read a clock. ``pages`` maps page keys to digests and may be backed by a file: iterate,
    look up, never copy. ``targets`` yields every verified link target, and can be iterated anew.
    ``attachments`` maps keys of documents offered for download to what was read of each.
    ``probes`` maps a probe's name to its answer; a missing name = the probe did not answer.
    """

    host: str
    today: date
    name: str = ""
    url: str = ""
    unit: str = ""
    hosts: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    columns: tuple[Column, ...] = ()
    pages: Mapping[str, PageDigest] = field(default_factory=dict)
    targets: Iterable[LinkTarget] = ()
    attachments: Mapping[str, AttachmentDigest] = field(default_factory=dict)
    probes: Mapping[str, Any] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=Coverage)
    home: PageDigest | None = None

    @cached_property
    def memory(self) -> dict[type, Any]:
        """What ``known(fact, site)`` has found out of this site so far, by fact."""
        return {}

    def unit_named(self, text: str) -> Unit | None:
        """The unit whose name or alias is ``text`` (spaces ignored), or the only one it contains."""
        wanted = "".join(text.split())
        if not wanted:
            return None
        names = [(name, unit) for unit in self.units for name in (unit.name, *unit.aliases) if name]
        for name, unit in names:
            if name == wanted:
                return unit
        within = {unit.name: unit for name, unit in names if name in wanted}
        return next(iter(within.values())) if len(within) == 1 else None
