"""A scheme: how an assessment turns findings into points, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class IndicatorKind(StrEnum):
    """What an indicator does to a score."""

    VETO = "veto"
    DEDUCT = "deduct"
    BONUS = "bonus"


@dataclass(frozen=True)
class UnitKind:
    """One table of the assessment: which categories its units have, and how equals are ordered."""

    name: str
    title: str
    categories: Mapping[str, float]
    ties: tuple[str, ...] = ()

    @property
    def full(self) -> float:
        """The points of a unit without a fault."""
        return sum(self.categories.values())


@dataclass(frozen=True)
class Indicator:
    """One line of the assessment.

    ``points`` per finding (None = the rule's own suggestion); ``traits`` overrides them by the
    first trait that the finding has, ``other`` for the rest. ``cap`` is the most that it can cost
    one unit. Indicators of one ``exclusive`` group never charge one subject twice, the earlier in
    the file goes first. ``when``/``unless`` choose findings by traits. A veto strikes from
    ``at_least`` findings on. ``editable`` = the sources do not state the points.
    """

    code: str
    title: str
    category: str
    kind: IndicatorKind
    checks: tuple[str, ...]
    points: float | None = None
    traits: Mapping[str, float] = field(default_factory=dict)
    cap: float | None = None
    exclusive: str = ""
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    at_least: int = 1
    clause: str = ""
    editable: bool = False
    valid_from: date | None = None
    valid_until: date | None = None

    def valid(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    def picks(self, code: str, traits: Iterable[str]) -> bool:
        """Whether a finding of that code with those traits falls under it."""
        has = set(traits)
        return (
            code in self.checks
            and (not self.when or bool(has & set(self.when)))
            and not has & set(self.unless)
        )

    def price(self, traits: Iterable[str], suggested: float) -> float:
        """What one finding costs, before the cap."""
        for trait in traits:
            if trait in self.traits and trait != "other":
                return self.traits[trait]
        if self.traits:
            return self.traits.get("other", self.points if self.points is not None else suggested)
        return self.points if self.points is not None else suggested


@dataclass(frozen=True)
class Waiver:
    """A category that does not apply to some units: left out, and the rest rescaled."""

    category: str
    why: str
    units: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    fields: str = ""


@dataclass(frozen=True)
class Scheme:
    """An assessment: unit kinds, indicators, and what is left unscored on purpose."""

    id: str
    title: str
    source: str
    kinds: tuple[UnitKind, ...]
    indicators: tuple[Indicator, ...]
    unscored: Mapping[str, str]
    label: str = "预评估"
    portal: str = "门户网站（未归属单位）"
    bonus_from: float = 0
    valid_from: date | None = None
    valid_until: date | None = None
    waivers: tuple[Waiver, ...] = ()

    def kind(self, name: str) -> UnitKind | None:
        """The table for units of that kind."""
        return next((kind for kind in self.kinds if kind.name == name), None)

    def codes(self) -> frozenset[str]:
        """Every rule code that the scheme speaks of."""
        return frozenset(self.unscored).union(*(item.checks for item in self.indicators))

    def suggestion(self, code: str, traits: Iterable[str], deduct: float, day: date) -> float:
        """What one finding costs by itself, whichever unit it belongs to; 0 where it is unscored."""
        has = tuple(traits)
        for indicator in self.indicators:
            if (
                indicator.kind is IndicatorKind.DEDUCT
                and indicator.valid(day)
                and indicator.picks(code, has)
            ):
                return indicator.price(has, deduct)
        return 0
