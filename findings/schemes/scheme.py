"""A scheme: how an assessment turns findings into points, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


class IndicatorKind(StrEnum):
    """What an indicator does to a score."""

    VETO = "veto"
    DEDUCT = "deduct"
    BONUS = "bonus"


class Scored(StrEnum):
    """Who gets a score: a unit of the register, or a site of the run."""

    UNIT = "unit"
    SITE = "site"


class Recalled(StrEnum):
    """How sure a figure is that was not checked against the published text."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


RECALLED_NAMES = {
    Recalled.HIGH: "转述，把握较大",
    Recalled.MEDIUM: "转述，把握一般",
    Recalled.LOW: "转述，把握较小",
}
# Vetoes and bonuses stand beside the categories, which share out the points of the deductions.
BESIDE = {IndicatorKind.VETO: "单项否决", IndicatorKind.BONUS: "加分指标"}


@dataclass(frozen=True)
class UnitKind:
    """One table of the assessment: which categories its members have, and how equals are ordered.

    Of a table of sites, ``hosts``, ``named`` (how their names end) and ``unowned`` (no unit is
    registered for them) say which sites stand in it; the first table that takes a site has it, and
    one that says nothing takes all. ``veto_only`` = passing hangs on the vetoes alone, the points
    are for orientation. ``recalled`` marks categories whose points the sources do not state.
    """

    name: str
    title: str
    categories: Mapping[str, float]
    ties: tuple[str, ...] = ()
    subject: Scored = Scored.UNIT
    hosts: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    unowned: bool = False
    veto_only: bool = False
    note: str = ""
    recalled: Mapping[str, Recalled] = field(default_factory=dict)

    @property
    def full(self) -> float:
        """The points of a member without a fault."""
        return sum(self.categories.values())

    def takes(self, host: str, name: str, unit: str) -> bool:
        """Whether a site stands in this table."""
        if not (self.hosts or self.named or self.unowned):
            return True
        return (
            host in self.hosts
            or bool(self.named and name.endswith(self.named))
            or (self.unowned and not unit)
        )


@dataclass(frozen=True)
class Way:
    """One of the ways in which a veto strikes: from ``at_least`` different places on.

    From ``warn_at`` places on the card warns. ``confirmed`` = only findings that a person has
    confirmed count. ``unmeasured`` says why no rule looks at it.
    """

    title: str
    checks: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    at_least: int = 1
    warn_at: int | None = None
    confirmed: bool = False
    unmeasured: str = ""

    def picks(self, code: str, traits: Iterable[str]) -> bool:
        """Whether a finding of that code with those traits falls under it."""
        return _picks(self, code, traits)


@dataclass(frozen=True)
class Indicator:
    """One line of the assessment.

    ``points`` per finding (None = the rule's own suggestion); ``prices`` overrides them by rule,
    ``traits`` both by the first trait that the finding has, ``other`` for the rest. ``cap`` is the
    most that it can cost one member. Indicators of one ``exclusive`` group never charge one place twice, the earlier in
    the file goes first. ``when``/``unless`` choose findings by traits. A veto strikes from
    ``at_least`` places on, or in one of several ``ways``. ``editable`` = the sources do not state
    the points; ``recalled`` = they were not checked against the published text. ``unmeasured``
    says why no rule looks at it.
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
    warn_at: int | None = None
    confirmed: bool = False
    unmeasured: str = ""
    recalled: Recalled | None = None
    ways: tuple[Way, ...] = ()
    prices: Mapping[str, float] = field(default_factory=dict)

    @property
    def shown_category(self) -> str:
        """The category as cards name it: vetoes and bonuses may have none of their own."""
        return self.category or BESIDE.get(self.kind, "")

    @property
    def all_ways(self) -> tuple[Way, ...]:
        """Its ways; without any, the indicator itself is the only one."""
        if self.ways:
            return self.ways
        return (
            Way(
                "",
                self.checks,
                self.when,
                self.unless,
                self.at_least,
                self.warn_at,
                self.confirmed,
                self.unmeasured,
            ),
        )

    def valid(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    def concerns(self, table: UnitKind | None) -> bool:
        """Whether it applies to the members of a table (None = to what stands in none)."""
        if table is None:
            return True
        return self.category in table.categories or (
            not self.category and self.kind is not IndicatorKind.DEDUCT
        )

    def picks(self, code: str, traits: Iterable[str]) -> bool:
        """Whether a finding of that code with those traits falls under it."""
        if self.ways:
            has = tuple(traits)
            return any(way.picks(code, has) for way in self.ways)
        return _picks(self, code, traits)

    def price(self, code: str, traits: Iterable[str], suggested: float) -> float:
        """What one finding of that code costs, before the cap."""
        for trait in traits:
            if trait in self.traits and trait != "other":
                return self.traits[trait]
        plain = self.prices.get(code, self.points if self.points is not None else suggested)
        return self.traits.get("other", plain)


def _picks(one: Indicator | Way, code: str, traits: Iterable[str]) -> bool:
    if code not in one.checks:
        return False
    has = set(traits)
    return (not one.when or bool(has & set(one.when))) and not has & set(one.unless)


@dataclass(frozen=True)
class Waiver:
    """A category that does not apply to some members: left out, and the rest rescaled.

    ``unmeasured`` = it is left out wherever no rule that was in force looks at it.
    """

    category: str
    why: str
    units: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    fields: str = ""
    sites: tuple[str, ...] = ()
    unmeasured: bool = False


@dataclass(frozen=True)
class Scheme:
    """An assessment: tables, indicators, and what is left unscored on purpose.

    Below ``pass_mark`` (before bonuses) a member fails; only above ``bonus_above`` are bonuses
    added, ``bonus_cap`` at the most. ``rest`` says why rules that the scheme does not name are not
    scored ("" = it says nothing of them). ``subject_traits`` are traits that tell what a thing is, not
    what is wrong with it: where none was ever seen, nobody has looked. ``text`` is the file it was
    read from, with those it builds on, and ``digest`` names that text.
    """

    id: str
    title: str
    source: str
    kinds: tuple[UnitKind, ...]
    indicators: tuple[Indicator, ...]
    unscored: Mapping[str, str]
    label: str = "预评估"
    portal: str = "门户网站（未归属单位）"
    valid_from: date | None = None
    valid_until: date | None = None
    waivers: tuple[Waiver, ...] = ()
    version: str = ""
    digest: str = ""
    text: str = ""
    pass_mark: float | None = None
    bonus_above: float | None = None
    bonus_cap: float | None = None
    subject_traits: tuple[str, ...] = ()
    rest: str = ""

    @property
    def scores_sites(self) -> bool:
        """Whether sites are scored, not units."""
        return any(kind.subject is Scored.SITE for kind in self.kinds)

    def in_force(self, day: date) -> bool:
        """Whether the scheme as a whole is valid on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    def kind(self, name: str) -> UnitKind | None:
        """The table of that name."""
        return next((kind for kind in self.kinds if kind.name == name), None)

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(self.unscored).union(*(item.checks for item in self.indicators))

    def codes(self) -> frozenset[str]:
        """Every rule code that the scheme speaks of."""
        return self._codes

    def why_unscored(self, code: str) -> str:
        """Why findings of that code cost nothing by the scheme's own word; "" where it says nothing."""
        if code in self.unscored:
            return self.unscored[code]
        return "" if code in self.codes() else self.rest

    def suggestion(self, code: str, traits: Iterable[str], deduct: float, day: date) -> float:
        """What one finding costs by itself, whoever it belongs to; 0 where it is unscored."""
        has = tuple(traits)
        for indicator in self.indicators:
            if (
                indicator.kind is IndicatorKind.DEDUCT
                and indicator.valid(day)
                and indicator.picks(code, has)
            ):
                return indicator.price(code, has, deduct)
        return 0
