"""Columns (栏目) and their entries (rows)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.facts.columns.duty import Duty


# The first crumb, whatever it is called.
ROOT = re.compile(
    r"首页|主页|^(?:您|你)?(?:的|所在|现在|当前)*位置|网站$|门户$|^home$", re.IGNORECASE
)
# What separates crumbs sticks to them.
MARKS = " \u00a0\u3000-–—>》»|/·:："
# Names under which portals file the 公开领域 (domain.md §10.1).
FIELD = re.compile("重点领域|试点领域|公开领域|标准化规范化|标准化目录")


# What stands at the end of an article's crumbs instead of its title.
TAIL = frozenset({"正文", "内容", "详情", "信息详情", "文章详情", "详细内容", "查看详情"})


def trail(crumbs: Iterable[str], own: str = "") -> tuple[str, ...]:
    """Breadcrumbs as names of columns: without 首页, marks, and what they lead to itself (``own``)."""
    names = (one.strip(MARKS) for one in crumbs)
    return tuple(
        one for one in names if one and one != own and one not in TAIL and not ROOT.search(one)
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list.

    ``date`` is the row's own publishing date, None where it shows none (a period or a date without
    a year is not one). ``status`` is the solicitation or handling label as printed, "" = none.
    ``period`` is a printed "A 至 B". ``links`` are other addresses inside the row (相关解读, 文件,
    查看结果). ``text`` is the row's whole text. ``shown`` is a date printed without its year
    (``MM-DD``): the row has a date of its own, but which day it means cannot be told from it.
    """

    url: str
    key: str
    title: str
    date: dt.date | None = None
    status: str = ""
    text: str = ""
    period: tuple[dt.date, dt.date] | None = None
    links: tuple[str, ...] = ()
    shown: str = ""

    @property
    def published(self) -> dt.date | None:
        """The same as ``date``, by the name that pages use."""
        return self.date


class Obtained(StrEnum):
    """How a column's rows were obtained."""

    STATIC = "static"
    PAGER = "pager"
    DATA = "data"
    RENDERED = "rendered"
    NONE = "none"


class ColumnKind(StrEnum):
    """What kind of page a column is; only LIST columns can be empty lists or stale."""

    LIST = "list"
    SINGLE = "single"
    PORTAL = "portal"
    FORM = "form"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Column:
    """One column with the entries of all its pages that were read.

    ``url``/``key`` its first page; ``type`` a ColumnType value (domain.md §3.1), from the inventory,
    the meta tag or guessed from the name, "" = not known; ``duty`` its update duty (None = none
    known); ``exempt`` why it has no duty, as registered;
    ``since`` the day from which the duty holds (None = always). ``first_page`` counts the entries that
    stand on page 1 (``entries[:first_page]``): freshness is judged on these only.
    ``empty``: True = nothing in it, False = something, None = could not tell; ``empty_why`` says
    why in Chinese; ``placeholder`` is the sentence that stands in for content.
    ``crumbs`` are the names above it, outermost first. ``registered`` = stands in the inventory.
    ``page_dates`` maps an entry's key to the date shown in its article, for rows without their own.
    """

    url: str
    key: str
    name: str
    unit: str = ""
    type: str = ""
    kind: ColumnKind = ColumnKind.LIST
    duty: Duty | None = None
    exempt: str = ""
    entries: tuple[Entry, ...] = ()
    first_page: int = 0
    pages: int = 1
    how: Obtained = Obtained.STATIC
    empty: bool | None = None
    empty_why: str = ""
    placeholder: str = ""
    crumbs: tuple[str, ...] = ()
    registered: bool = False
    since: dt.date | None = None

    @property
    def path(self) -> str:
        """Its name behind that of the column above it ("监察大队－工作动态"): names repeat on a site."""
        return f"{self.above[-1]}－{self.name}" if self.above else self.name

    @property
    def above(self) -> tuple[str, ...]:
        """The names of the columns above it, without 首页 and its own."""
        return trail(self.crumbs, self.name)

    @property
    def traits(self) -> tuple[str, ...]:
        """``("field",)`` for a column of a 公开领域 (domain.md §10.1), which schemes may price apart."""
        above = " ".join((*self.crumbs, self.name))
        return ("field",) if FIELD.search(above) else ()

    @property
    def recent(self) -> tuple[Entry, ...]:
        """The entries of page 1."""
        return self.entries[: self.first_page] if self.first_page else self.entries

    @property
    def latest(self) -> Entry | None:
        """The entry of page 1 with the greatest date of its own; None when none has one.

        Dates after the audit day are not removed here: ``latest_by(today)`` does that.
        """
        return max(
            (entry for entry in self.recent if entry.date),
            key=lambda entry: entry.date or dt.date.min,
            default=None,
        )

    def latest_by(self, today: dt.date) -> Entry | None:
        """As ``latest``, leaving out dates after ``today``, which prove nothing."""
        return max(
            (entry for entry in self.recent if entry.date and entry.date <= today),
            key=lambda entry: entry.date or dt.date.min,
            default=None,
        )
