"""When an early warning is in place: the breach is near, and not nearer than the duty's own rhythm allows."""

from __future__ import annotations

from datetime import date, timedelta

from plugins.facts.columns import limits


def soon(due: date, today: date, days: int) -> bool:
    """Whether ``due``, the first day of a breach, is one of the next ``days`` days; 0 = never."""
    return 0 < (due - today).days <= days


def soon_again(due: date, today: date, days: int, last: date) -> bool:
    """The same for a duty that comes round, done on ``last``: in the second half of its time only.

    A duty that comes round in less than a week is never told of: one would hear of nothing else.
    """
    length = (due - last).days
    return length > limits.SHORTEST_ROUND and soon(due, today, min(days, length // 2))


def ahead(due: date, today: date) -> str:
    """The end of a warning's sentence: how many days until the breach."""
    return f"距逾期还有{(due - today).days}天"


def day_after(last: date) -> date:
    """The first day of a breach, after the last day of a time limit."""
    return last + timedelta(days=1)
