"""What a pager is: how a list goes on, and where on the page that stands."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.facts.markup.outline import Element

MOST = 200


@dataclass(frozen=True, slots=True)
class Pager:
    """How a list goes on.

    ``kind`` names the family, ``total`` is the number of pages (None = unknown), ``urls`` the
    addresses of the FURTHER pages (absolute, same host, at most 200).
    """

    kind: str
    total: int | None = None
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPager:
    """A pager and the element at which it stands (None where it cannot be told)."""

    pager: Pager
    element: Element | None = None

    def __str__(self) -> str:
        """The pager in words."""
        total = "页数不明" if self.pager.total is None else f"共{self.pager.total}页"
        return f"{self.pager.kind}，{total}，{len(self.pager.urls)}个地址"
