"""What a solicitation (意见征集) page says: when it runs, whether it is closed, why so short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Solicitation:
    """Facts of one solicitation article; None or "" where the page does not say.

    ``opens``/``closes`` first and last day for comments; ``label`` the status word as printed at the
    head of the article; ``reason`` the sentence that explains a short period; ``result`` True when
    the page itself carries the result (采纳情况, 结果反馈 with text) ; ``result_links`` addresses of
    result pages; ``quote`` the sentence in which the dates were found.
    """

    opens: date | None = None
    closes: date | None = None
    label: str = ""
    reason: str = ""
    result: bool = False
    result_links: tuple[str, ...] = ()
    quote: str = ""
