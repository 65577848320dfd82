"""Units that published fewer pieces of a kind in a window than they have to, or are about to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from plugins.facts.census import limits
from plugins.facts.census.census import Census, PieceKind, UnitTally, tallies
from plugins.facts.columns.column import Column
from plugins.facts.columns.foresight import ahead
from plugins.facts.language.periods import Window
from plugins.facts.site.known import known
from plugins.facts.site.site import Site, Unit
from plugins.finding import Evidence

LOADS = {"many": "多", "few": "少"}


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One unit with too few; ``due`` = the window is not over, and this is the day after it."""

    tally: UnitTally
    least: int
    due: date | None
    site: Site
    columns: tuple[Column, ...] = ()

    @property
    def unit(self) -> Unit:
        """The unit that has too few."""
        return self.tally.unit

    @property
    def load(self) -> str:
        """多 or 少: how many public fields the unit bears (承担公开领域)."""
        return LOADS.get(self.unit.fields, "")

    def found(self, measure: str) -> str:
        """What was found, as the end of a Chinese sentence without its full stop."""
        if self.due:
            return f"本站目前只有{self.tally.count}{measure}，{ahead(self.due, self.site.today)}"
        return f"本站只找到{self.tally.count}{measure}{self.tally.doubts.aside()}"

    @property
    def where(self) -> tuple[Evidence | str, ...]:
        """The unit's columns of that kind (all of them, where it has none), then its pieces."""
        mine = [one for one in self.columns if one.unit == self.unit.name] or self.columns
        pieces = (
            Evidence(one.url, f"{one.title} {one.day}", "article") for one in self.tally.pieces
        )
        shown = (*(Evidence(one.url, one.name, "list") for one in mine[: limits.PLACES]), *pieces)
        return shown or (self.site.url,)

    @property
    def review(self) -> bool:
        """Whether there may be more than was found."""
        return bool(self.tally.doubts)


def shortfalls(
    site: Site,
    kind: PieceKind,
    window: Window,
    telling: re.Pattern[str],
    least: Callable[[Unit], int],
    due: date | None = None,
) -> Iterator[Shortfall]:
    """The units that have fewer than ``least(unit)`` in the window (0 = nothing is asked of it).

    ``telling`` says which words of unread links could lead to more. With ``due`` the window is still
    running: units of which one cannot be sure are left out then, a warning must be certain.
    """
    columns = tuple(known(Census, site).places.get(kind, ()))
    for tally in tallies(site, kind, window, telling):
        wanted = least(tally.unit)
        if tally.count < wanted and not (due and tally.doubts):
            yield Shortfall(tally, wanted, due, site, columns)


def by_load(many: int, few: int) -> Callable[[Unit], int]:
    """How many a unit owes by the number of public fields that it bears; 0 where that is not known."""
    return lambda unit: {"many": many, "few": few}.get(unit.fields, 0)
