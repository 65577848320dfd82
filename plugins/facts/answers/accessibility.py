"""What axe-core said of one rendered page (answer of the page probe ``axe``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from plugins.values import build


@dataclass(frozen=True, slots=True)
class AxeNode:
    """One element: a CSS selector, and the start of its HTML (untrusted text of the page)."""

    selector: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class AxeResult:
    """One axe rule on one page: ``count`` elements, the first few in ``nodes``.

    ``impact`` is minor, moderate, serious, critical or ""; ``help`` axe's own Chinese text.
    """

    rule: str
    impact: str = ""
    help: str = ""
    tags: tuple[str, ...] = ()
    count: int = 0
    nodes: tuple[AxeNode, ...] = ()


@dataclass(frozen=True, slots=True)
class AxeAnswer:
    """``violations`` are sure; ``incomplete`` is what axe leaves to a person, never an error.

    ``passed`` names the rules that found something to test and no fault in it.
    """

    version: str = ""
    violations: tuple[AxeResult, ...] = ()
    incomplete: tuple[AxeResult, ...] = ()
    passed: tuple[str, ...] = ()

    @classmethod
    def of(cls, answer: Any) -> Self:
        """The probe's answer, also where a fixture gives it as a table.

        Raises:
            MisfitError: it is neither.
        """
        return answer if isinstance(answer, cls) else build(cls, answer)
