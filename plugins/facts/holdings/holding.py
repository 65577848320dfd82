"""One thing that a site shows: a column, page, list row, document or link to another site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from plugins.facts.holdings import limits
from plugins.facts.language.title_words import NUMBER
from plugins.facts.language.titles import plain
from plugins.facts.site.site import Unit
from plugins.finding import Evidence

PAGE = "page"
ENTRY = "entry"
ATTACHMENT = "attachment"
COLUMN = "column"
OUTSIDE = "outside"
KINDS = frozenset({PAGE, ENTRY, ATTACHMENT, COLUMN, OUTSIDE})
# Single things, not the columns in which they stand.
THINGS = frozenset({PAGE, ENTRY, ATTACHMENT, OUTSIDE})

YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
SPAN = re.compile(r"(?<!\d)(20[0-4]\d)年?[-—–~至](20[0-4]\d)(?!\d)")
# 黄石港区财政局 is 区财政局 in most titles.
LONG_NAME = re.compile(r"^[\u4e00-\u9fff]{2,6}?([区县市])(?=[\u4e00-\u9fff]{3,})")


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing that the site shows.

    ``title`` is normalised (``titles.plain``); ``names`` are other titles under which it is linked.
    ``unit`` answers for it; ``units`` are all to whose credit it goes; ``named`` those of them that its
    title, the row or the source names. ``column`` is the key of the
    column in which it stands, ``above`` the names over it (breadcrumb without 首页, of a
    document also the title of its page), outermost first.
    ``years`` are named in the title, those of 文号 left out. ``kind``: page (read), entry (a row whose
    page was not read), attachment, column, outside (a link that leads to another site).
    """

    key: str
    url: str
    title: str
    kind: str
    published: date | None = None
    unit: str = ""
    column: str = ""
    column_name: str = ""
    above: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()
    units: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()

    @property
    def evidence(self) -> Evidence:
        """Where it can be seen."""
        return Evidence(self.url, self.title, "list" if self.kind == ENTRY else "")

    def called(self, pattern: re.Pattern[str]) -> bool:
        """Whether its title, or another name of it, holds the pattern."""
        return bool(pattern.search(self.title)) or any(map(pattern.search, self.names))

    def about(self, year: int) -> bool:
        """Whether it is of a year: names it, or names none and was published in it."""
        if self.years:
            return year in self.years
        return self.published is not None and self.published.year == year

    @property
    def owners(self) -> frozenset[str]:
        """The units it is of: those that are named, else those to whose credit it goes."""
        return self.named or self.units

    @property
    def place(self) -> str:
        """The names over it and that of its column, as one text to search in."""
        return "/".join((*self.above, self.column_name))


def years_of(title: str) -> frozenset[int]:
    """The years that a normalised title names, spans filled in; those of 文号 left out."""
    bare = NUMBER.sub("", title)
    found = {int(year) for year in YEAR.findall(bare)}
    for first, last in SPAN.findall(bare):
        if 0 < int(last) - int(first) <= limits.LONGEST_SPAN:
            found.update(range(int(first), int(last)))
    return frozenset(found)


def names_of(unit: Unit) -> tuple[str, ...]:
    """The names under which titles speak of a unit: as registered, and without the district's own."""
    names = [plain(name) for name in (unit.name, *unit.aliases) if name]
    names += [LONG_NAME.sub(r"\1", name) for name in names]
    return tuple(dict.fromkeys(name for name in names if len(name) >= limits.SHORTEST_UNIT))
