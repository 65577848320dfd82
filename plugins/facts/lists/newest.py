"""The newest date of a page's rows."""

from __future__ import annotations

from datetime import date

from plugins.facts.columns.column import Entry
from plugins.facts.language.dates import path_day


def newest_of(rows: tuple[Entry, ...], home: bool) -> date | None:
    """The greatest date of some rows.

    ``home``: rows that print month and day only count where their address has the same month and
    day, with its year. The date is then printed, only the year is taken from the address.
    """
    found = [entry.date for entry in rows if entry.date]
    if home:
        found += [day for entry in rows if (day := proved_day(entry))]
    return max(found, default=None)


def proved_day(entry: Entry) -> date | None:
    """The day of a row that prints ``MM-DD`` and whose address holds the same month and day."""
    day = path_day(entry.url) if entry.shown else None
    return day if day and day.strftime("%m-%d") == entry.shown else None
