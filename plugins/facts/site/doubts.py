"""What is not known and why: the value in which a rule of absence carries its doubts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from plugins.facts.columns.column import Column, ColumnKind
from plugins.facts.site import limits
from plugins.facts.site.site import Site

UNSEEN = "全站没有巡查完整"
NOT_ALL = "本次没有看完全站"


@dataclass(frozen=True, slots=True)
class Doubts:
    """Why "there is none here" may be wrong, each reason a Chinese clause; without any it is certain.

    Doubts are added up, with one another and with single reasons ("" = none). A finding with doubts is
    for review; ``aside``, ``after`` and ``sentence`` say them at the end of its message, and say nothing
    where there are none.
    """

    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reasons)

    def __add__(self, more: Doubts | str) -> Doubts:
        if isinstance(more, Doubts):
            return Doubts((*self.reasons, *more.reasons))
        return Doubts((*self.reasons, more)) if more else self

    def without(self, words: str) -> Doubts:
        """Those whose reason does not hold ``words``."""
        return Doubts(tuple(one for one in self.reasons if words not in one))

    def clause(self, mark: str = "；") -> str:
        """All reasons, and that a person must look."""
        return f"{mark.join(self.reasons)}，请人工核实" if self.reasons else ""

    def aside(self, mark: str = "；") -> str:
        """In brackets, before the full stop of a sentence."""
        return f"（{self.clause(mark)}）" if self.reasons else ""

    def after(self, mark: str = "，") -> str:
        """As the last part of a sentence, before its full stop."""
        return f"；{self.clause(mark)}" if self.reasons else ""

    def sentence(self, mark: str = "，") -> str:
        """As a sentence of its own."""
        return f"{self.clause(mark)}。" if self.reasons else ""


def doubt(*reasons: str) -> Doubts:
    """Doubts for these reasons; "" among them = none."""
    return Doubts(tuple(filter(None, reasons)))


def when(reasons: Mapping[str, bool]) -> Doubts:
    """Doubts for those of these reasons that hold."""
    return Doubts(tuple(words for words, true in reasons.items() if true))


def unseen(
    site: Site, telling: re.Pattern[str] | Callable[[str], object], said: str = UNSEEN
) -> Doubts:
    """Whether what is missed may stand on a page that was not read.

    ``telling`` = which words of links to such a page could lead to it; ``said`` = how to say it.
    """
    search = telling if callable(telling) else telling.search
    hidden = site.coverage.may_hide(lambda words: bool(search(words)))
    return Doubts((said,)) if hidden else Doubts()


def unread(columns: Iterable[str], most: int | None = limits.NAMED) -> Doubts:
    """Columns, by name, that may hold it and could not be read; at most so many are named."""
    names = tuple(columns)[:most]
    return Doubts((f"栏目“{'”“'.join(names)}”未能读取",)) if names else Doubts()


def is_unread(column: Column) -> bool:
    """Whether a column that may be a list could not be read."""
    lists = column.kind in (ColumnKind.LIST, ColumnKind.UNKNOWN)
    return lists and column.empty is None and not column.entries
