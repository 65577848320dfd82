"""The judge: a pure function from a scheme, findings and units to scores that can answer "why?"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import fsum

from findings.records import FamilyCoverage, StoredFinding, Verdict, family_of
from findings.scheme import Indicator, IndicatorKind, Scheme, UnitKind
from plugins import Unit

Coverage = Mapping[str, Mapping[str, FamilyCoverage]]
"""Site → rule family → how much was looked at."""

PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class Line:
    """What one indicator did to one unit, and the findings that made it do so.

    ``points`` is what it cost (for a bonus: what it gave), ``uncapped`` what it would have without
    the cap. ``each`` tells, finding by finding, its share before the cap.
    """

    indicator: str
    title: str
    category: str
    kind: IndicatorKind
    points: float
    findings: tuple[str, ...]
    uncapped: float = 0
    each: Mapping[str, float] = field(default_factory=dict)
    clause: str = ""
    editable: bool = False


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """Points of one category; ``measured`` is false where no rule in force looks at it."""

    max: float
    got: float
    measured: bool = True
    waived: str = ""


@dataclass(frozen=True, slots=True)
class UnitCard:
    """One unit's score. ``rank`` is None where the unit is shown but not ranked."""

    unit: str
    kind: str
    total: float
    total_without_exemptions: float
    rank: int | None
    categories: Mapping[str, CategoryScore]
    vetoes: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
    unscored: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scorecards:
    """Everybody's scores under one scheme on one day, with how much was looked at."""

    scheme: str
    title: str
    label: str
    as_of: date
    coverage: Coverage
    units: tuple[UnitCard, ...]

    def card(self, unit: str) -> UnitCard | None:
        """The card of a unit."""
        return next((card for card in self.units if card.unit == unit), None)


def judge(
    scheme: Scheme,
    findings: Sequence[StoredFinding],
    units: Sequence[Unit],
    *,
    coverage: Coverage,
    as_of: date,
    in_force: Collection[str] | None = None,
    examined: Mapping[str, int] | None = None,
) -> Scorecards:
    """Score every unit.

    Args:
        scheme: the assessment.
        findings: what is remembered; findings that are gone cost nothing.
        units: the register, in its order. Findings of no unit, or of one that is not registered,
            go to the portal, which is shown and not ranked.
        coverage: what was looked at; handed through, and used to tell unmeasured categories.
        as_of: the day on which exemptions and the validity of indicators are weighed.
        in_force: rule codes that were in force; None = all.
        examined: columns or pages looked at per unit; a unit with none is not ranked. None = not
            counted, so everybody is ranked.

    A finding that a person must look at costs nothing until confirmed, a rejected one never, an
    exempt one not while its exemption holds (``total_without_exemptions`` says what it would).
    """
    known = {name: unit.name for unit in units for name in (unit.name, *unit.aliases)}
    belongs: dict[str, list[StoredFinding]] = defaultdict(list)
    for finding in findings:
        if finding.present and finding.verdict is not Verdict.REJECTED:
            belongs[known.get(finding.unit, "")].append(finding)
    traits = frozenset(trait for finding in findings for trait in finding.traits)
    looks = _Measures(coverage, in_force, traits)
    cards = []
    for unit in units:
        card = _card(scheme, unit, belongs[unit.name], as_of, looks)
        if examined is not None and not examined.get(unit.name) and not belongs[unit.name]:
            card = replace(card, note="本次没有检查到该单位的栏目或页面，不参加排名。")
        cards.append(card)
    if belongs[""] or not units:
        cards.append(_portal(scheme, belongs[""], as_of))
    return Scorecards(
        scheme.id, scheme.title, scheme.label, as_of, coverage, tuple(_ranked(scheme, cards))
    )


@dataclass(frozen=True, slots=True)
class _Measures:
    coverage: Coverage
    in_force: Collection[str] | None
    traits: Collection[str]

    def indicator(self, indicator: Indicator) -> bool:
        """Whether anything was looked at that could fall under it.

        An indicator that chooses by a trait needs a rule that gives this trait; as long as no
        finding ever had it, full marks would claim what nobody has checked.
        """
        return (
            not indicator.when or any(trait in self.traits for trait in indicator.when)
        ) and any(self._code(code) for code in indicator.checks)

    def _code(self, code: str) -> bool:
        """Whether a rule was in force, and its family was looked at on some site at least."""
        if self.in_force is not None and code not in self.in_force:
            return False
        family = family_of(code)
        states = [sheet[family].state for sheet in self.coverage.values() if family in sheet]
        return not states or any(state != "failed" for state in states)


def _card(
    scheme: Scheme,
    unit: Unit,
    findings: Sequence[StoredFinding],
    as_of: date,
    looks: _Measures,
) -> UnitCard:
    table = scheme.kind(unit.kind)
    if table is None:
        shown = _portal(scheme, findings, as_of)
        return replace(
            shown,
            unit=unit.name,
            kind=unit.kind,
            note="考评方案没有这一类单位的成绩表，不参加排名。",
        )
    waived = {
        waiver.category: waiver.why
        for waiver in scheme.waivers
        if waiver.category in table.categories
        and (
            unit.name in waiver.units
            or unit.kind in waiver.kinds
            or (waiver.fields and waiver.fields == unit.fields)
        )
    }
    lines, vetoes = _lines(scheme, table, findings, as_of, exemptions=True)
    strict, strict_vetoes = _lines(scheme, table, findings, as_of, exemptions=False)
    charged = {name for line in (*lines, *vetoes) for name in line.findings}
    aside = _aside(findings, charged, as_of)
    costs = _by_category(table, lines)
    categories = {
        name: CategoryScore(
            full,
            0 if name in waived else _round(full - costs[name]),
            measured=any(
                looks.indicator(indicator)
                for indicator in scheme.indicators
                if indicator.category == name and indicator.valid(as_of)
            ),
            waived=waived.get(name, ""),
        )
        for name, full in table.categories.items()
    }
    return UnitCard(
        unit=unit.name,
        kind=unit.kind,
        total=_total(scheme, table, lines, vetoes, waived),
        total_without_exemptions=_total(scheme, table, strict, strict_vetoes, waived),
        rank=None,
        categories=categories,
        vetoes=vetoes,
        lines=lines,
        unscored=aside["unscored"],
        reviews=aside["reviews"],
        exempt=aside["exempt"],
    )


def _portal(scheme: Scheme, findings: Sequence[StoredFinding], as_of: date) -> UnitCard:
    """What no unit answers for: every indicator applies, no category has an upper end."""
    lines, vetoes = _lines(scheme, None, findings, as_of, exemptions=True)
    strict, _ = _lines(scheme, None, findings, as_of, exemptions=False)
    charged = {name for line in (*lines, *vetoes) for name in line.findings}
    aside = _aside(findings, charged, as_of)
    return UnitCard(
        unit=scheme.portal,
        kind=PORTAL,
        total=_round(-_cost(lines)),
        total_without_exemptions=_round(-_cost(strict)),
        rank=None,
        categories={},
        vetoes=vetoes,
        lines=lines,
        unscored=aside["unscored"],
        reviews=aside["reviews"],
        exempt=aside["exempt"],
        note="不归任何单位的问题，只列出应扣分值，不参加排名。",
    )


def _aside(
    findings: Sequence[StoredFinding], charged: Collection[str], as_of: date
) -> dict[str, tuple[str, ...]]:
    """The findings that cost nothing, by why: exempt, not to be told, or without an indicator."""
    aside: dict[str, list[str]] = {"exempt": [], "reviews": [], "unscored": []}
    for finding in findings:
        if finding.exempt(as_of):
            aside["exempt"].append(finding.fingerprint)
        elif finding.to_tell():
            aside["reviews"].append(finding.fingerprint)
        elif finding.fingerprint not in charged:
            aside["unscored"].append(finding.fingerprint)
    return {name: tuple(found) for name, found in aside.items()}


def _lines(
    scheme: Scheme,
    table: UnitKind | None,
    findings: Sequence[StoredFinding],
    as_of: date,
    *,
    exemptions: bool,
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Deductions and bonuses, and vetoes."""
    counted = sorted(
        (
            finding
            for finding in findings
            if not finding.to_tell() and not (exemptions and finding.exempt(as_of))
        ),
        key=lambda finding: (finding.code, finding.subject, finding.key),
    )
    lines: list[Line] = []
    vetoes: list[Line] = []
    # 不重复扣分: within a group of indicators each subject is charged once, by the first of them.
    taken: dict[str, dict[object, str]] = defaultdict(dict)
    for indicator in scheme.indicators:
        if not indicator.valid(as_of):
            continue
        if table is not None and indicator.category not in table.categories:
            continue
        group = taken[indicator.exclusive] if indicator.exclusive else {}
        struck = []
        spent = 0.0
        for finding in counted:
            if not indicator.picks(finding.code, finding.traits):
                continue
            if group.get(finding.subject, indicator.code) != indicator.code:
                continue
            struck.append(finding)
            # What the cap swallows was not charged: it stays open to the next indicator. Otherwise
            # one more fault could raise a score.
            if indicator.cap is None or _round(spent) < indicator.cap:
                group[finding.subject] = indicator.code
            spent += indicator.price(finding.traits, finding.rule.deduct)
        line = _line(indicator, struck)
        if line is None:
            continue
        (vetoes if indicator.kind is IndicatorKind.VETO else lines).append(line)
    return tuple(lines), tuple(vetoes)


def _line(indicator: Indicator, struck: Sequence[StoredFinding]) -> Line | None:
    if not struck or (indicator.kind is IndicatorKind.VETO and len(struck) < indicator.at_least):
        return None
    veto = indicator.kind is IndicatorKind.VETO
    each = {
        finding.fingerprint: 0.0 if veto else indicator.price(finding.traits, finding.rule.deduct)
        for finding in struck
    }
    uncapped = _round(fsum(each.values()))
    points = uncapped if indicator.cap is None else min(uncapped, indicator.cap)
    return Line(
        indicator=indicator.code,
        title=indicator.title,
        category=indicator.category,
        kind=indicator.kind,
        points=points,
        findings=tuple(each),
        uncapped=uncapped,
        each=each,
        clause=indicator.clause,
        editable=indicator.editable,
    )


def _by_category(table: UnitKind, lines: Sequence[Line]) -> dict[str, float]:
    """What each category lost, never more than it has."""
    costs = dict.fromkeys(table.categories, 0.0)
    for name, full in table.categories.items():
        lost = fsum(
            line.points
            for line in lines
            if line.category == name and line.kind is IndicatorKind.DEDUCT
        )
        costs[name] = min(lost, full)
    return costs


def _cost(lines: Sequence[Line]) -> float:
    return fsum(line.points for line in lines if line.kind is IndicatorKind.DEDUCT)


def _total(
    scheme: Scheme,
    table: UnitKind,
    lines: Sequence[Line],
    vetoes: Sequence[Line],
    waived: Collection[str],
) -> float:
    if vetoes:
        return 0
    costs = _by_category(table, lines)
    kept = {name: full for name, full in table.categories.items() if name not in waived}
    got = fsum(full - costs[name] for name, full in kept.items())
    full = fsum(kept.values())
    # A category that does not apply is left out, and the rest stands for the whole.
    scored = got * table.full / full if full else table.full
    bonus = fsum(line.points for line in lines if line.kind is IndicatorKind.BONUS)
    return _round(scored + (bonus if scored >= scheme.bonus_from else 0))


def _ranked(scheme: Scheme, cards: Sequence[UnitCard]) -> list[UnitCard]:
    """Cards by table and rank; what is not ranked stands last.

    As in the published tables, equals are numbered on, in the order of the scheme's ``ties``. Who
    is equal in these too shares a rank: nothing tells them apart.
    """
    ordered: list[UnitCard] = []
    for table in scheme.kinds:
        own = [card for card in cards if card.kind == table.name and not card.note]

        def standing(card: UnitCard, table: UnitKind = table) -> tuple[float, ...]:
            return (
                bool(card.vetoes),
                -card.total,
                *(-card.categories[tie].got for tie in table.ties),
            )

        rank, last = 0, None
        for place, card in enumerate(sorted(own, key=standing), 1):
            if standing(card) != last:
                rank, last = place, standing(card)
            ordered.append(replace(card, rank=rank))
    return ordered + [card for card in cards if card.note]


def _round(points: float) -> float:
    return round(points, 2) + 0.0
