"""How long a column of a named sort has stood still, where nobody registered a duty for it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from plugins.facts.columns.column import Column, ColumnKind, Entry
from plugins.facts.language.titles import plain
from plugins.finding import Evidence


@dataclass(frozen=True, slots=True)
class Standstill:
    """The newest dated entry of a column, and how many days ago that was."""

    column: Column
    newest: Entry
    today: dt.date
    days: int

    @property
    def told(self) -> str:
        """The standstill as the beginning of a Chinese sentence, without its full stop."""
        return (
            f"栏目“{self.column.name}”最新一条发布于{self.newest.date}，"
            f"到检查日{self.today}已{self.days}天没有更新"
        )

    @property
    def where(self) -> tuple[Evidence, ...]:
        """The newest entry."""
        words = f"{self.newest.title} {self.newest.date}"
        return (Evidence(self.newest.url or self.column.url, words, "list"),)


def standstill(
    column: Column, today: dt.date, limit: int, named: re.Pattern[str], but: re.Pattern[str]
) -> Standstill | None:
    """The standstill of a list column whose name says that it is of a sort, if longer than ``limit`` days.

    None as well where ``but`` matches the name, where a duty or an exemption is registered (COL201
    judges these), and where no entry of page 1 has a date.
    """
    name = plain(column.name)
    if not named.search(name) or but.search(name) or column.kind is not ColumnKind.LIST:
        return None
    if column.duty is not None or column.exempt:
        return None
    newest = column.latest_by(today)
    if newest is None or newest.date is None:
        return None
    days = (today - newest.date).days
    return Standstill(column, newest, today, days) if days > limit else None
