"""The judge: a pure function from a scheme, findings and units to scores that can answer "why?"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import fsum

from findings.records.records import SiteRun, StoredFinding, Verdict
from findings.schemes.scheme import IndicatorKind, Scheme, UnitKind
from findings.scoring.charging import Charges, charge
from findings.scoring.measures import Measures
from findings.scoring.scorecards import (
    PORTAL,
    CategoryScore,
    Coverage,
    Line,
    NearVeto,
    Scorecards,
    ScoreTable,
    UnitCard,
    Untested,
    rounded,
)
from findings.scoring.scored import Bearer, Bearers
from findings.scoring.uncharged import with_asides
from plugins import Unit

__all__ = [
    "PORTAL",
    "CategoryScore",
    "Coverage",
    "Line",
    "NearVeto",
    "ScoreTable",
    "Scorecards",
    "UnitCard",
    "Untested",
    "judge",
]


def judge(
    scheme: Scheme,
    findings: Sequence[StoredFinding],
    units: Sequence[Unit],
    *,
    coverage: Coverage,
    as_of: date,
    in_force: Collection[str] | None = None,
    examined: Mapping[str, int] | None = None,
    sites: Sequence[SiteRun] = (),
) -> Scorecards:
    """Score every unit, or under a scheme for sites every site.

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
        sites: the sites of the run, which schemes for sites score.

    A finding that a person must look at costs nothing until confirmed, a rejected one never, an
    exempt one not while its exemption holds (``total_without_exemptions`` says what it would). An
    early warning costs nothing either; it may bring a veto near.
    """
    bearers = Bearers(scheme, units, sites)
    belongs: dict[str, list[StoredFinding]] = defaultdict(list)
    for finding in findings:
        if finding.present and finding.verdict is not Verdict.REJECTED:
            belongs[bearers.of(finding)].append(finding)
    traits = frozenset(trait for finding in findings for trait in finding.traits)
    cards = []
    for bearer in bearers.all:
        seen = coverage
        if bearer.host:
            seen = {host: sheet for host, sheet in coverage.items() if host == bearer.host}
        looks = Measures(seen, in_force, traits & set(scheme.subject_traits), scheme)
        card = _card(scheme, bearer, belongs[bearer.name], as_of, looks)
        missed = examined is not None and not bearer.host and not examined.get(bearer.name)
        if missed and not belongs[bearer.name]:
            card = replace(card, note="本次没有检查到该单位的栏目或页面，不参加排名。")
        cards.append(card)
    if belongs[bearers.nobody] or not bearers.all:
        cards.append(_portal(scheme, belongs[bearers.nobody], as_of))
    return Scorecards(
        scheme.id,
        scheme.title,
        scheme.label,
        as_of,
        coverage,
        tuple(_ranked(scheme, cards)),
        version=scheme.version,
        digest=scheme.digest,
        tables=tuple(
            ScoreTable(
                kind.name,
                kind.title,
                kind.categories,
                kind.subject,
                kind.note,
                {name: str(certainty) for name, certainty in kind.recalled.items()},
            )
            for kind in scheme.kinds
        ),
        note="" if scheme.in_force(as_of) else _out_of_force(scheme, as_of),
    )


def _out_of_force(scheme: Scheme, as_of: date) -> str:
    since = f"自{scheme.valid_from}" if scheme.valid_from else ""
    until = f"至{scheme.valid_until}" if scheme.valid_until else ""
    return f"方案{since}{until}有效，检查日期{as_of}不在其内，得分仅供参照。"


def _card(
    scheme: Scheme,
    bearer: Bearer,
    findings: Sequence[StoredFinding],
    as_of: date,
    looks: Measures,
) -> UnitCard:
    table = bearer.table
    if table is None:
        return replace(
            _portal(scheme, findings, as_of),
            unit=bearer.name,
            kind=bearer.kind,
            subject=bearer.subject,
            site=bearer.host,
            note=f"考评方案没有这一类{'网站' if bearer.host else '单位'}的成绩表，不参加排名。",
        )
    indicators = [one for one in scheme.indicators if one.valid(as_of) and one.concerns(table)]
    measured = {one.category for one in indicators if looks.indicator(one)}
    waived = {
        waiver.category: waiver.why
        for waiver in scheme.waivers
        if waiver.category in table.categories
        and (
            (bearer.unit and bearer.unit in waiver.units)
            or bearer.kind in waiver.kinds
            or (bearer.host and bearer.host in waiver.sites)
            or (waiver.fields and waiver.fields == bearer.fields)
            or (waiver.unmeasured and waiver.category not in measured)
        )
    }
    charges = charge(scheme, table, findings, as_of, exemptions=True)
    strict = charge(scheme, table, findings, as_of, exemptions=False)
    costs = _by_category(table, charges.lines)
    base, scored = _points(scheme, table, charges, waived)
    passed, why = _passed(scheme, table, charges, scored)
    strict_base, _ = _points(scheme, table, strict, waived)
    card = UnitCard(
        unit=bearer.name,
        kind=bearer.kind,
        total=0 if charges.vetoes else base,
        total_without_exemptions=0 if strict.vetoes else strict_base,
        rank=None,
        categories={
            name: CategoryScore(
                full,
                0 if name in waived else rounded(full - costs[name]),
                measured=name in measured,
                waived=waived.get(name, ""),
            )
            for name, full in table.categories.items()
        },
        vetoes=tuple(charges.vetoes),
        lines=tuple(charges.lines),
        note=bearer.note,
        subject=bearer.subject,
        site=bearer.host,
        passed=passed,
        why_failed=why,
        total_without_vetoes=base,
        near=tuple(charges.near),
        untested=tuple(looks.untested(indicators, waived)),
    )
    return with_asides(card, scheme, table, findings, charges, as_of)


def _passed(
    scheme: Scheme, table: UnitKind, charges: Charges, scored: float
) -> tuple[bool | None, str]:
    """Whether a card passes, and why not."""
    if charges.vetoes:
        return False, "单项否决：" + "、".join(line.title for line in charges.vetoes)
    if table.veto_only:
        return True, ""
    if scheme.pass_mark is None:
        return None, ""
    if scored < scheme.pass_mark:
        return False, f"得分低于{scheme.pass_mark:g}分"
    return True, ""


def _portal(scheme: Scheme, findings: Sequence[StoredFinding], as_of: date) -> UnitCard:
    """What no table takes: every indicator applies, no category has an upper end."""
    charges = charge(scheme, None, findings, as_of, exemptions=True)
    strict = charge(scheme, None, findings, as_of, exemptions=False)
    card = UnitCard(
        unit=scheme.portal,
        kind=PORTAL,
        total=rounded(-_cost(charges.lines)),
        total_without_exemptions=rounded(-_cost(strict.lines)),
        rank=None,
        categories={},
        vetoes=tuple(charges.vetoes),
        lines=tuple(charges.lines),
        note="不归任何单位的问题，只列出应扣分值，不参加排名。",
        total_without_vetoes=rounded(-_cost(charges.lines)),
        near=tuple(charges.near),
    )
    return with_asides(card, scheme, None, findings, charges, as_of)


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


def _points(
    scheme: Scheme, table: UnitKind, charges: Charges, waived: Collection[str]
) -> tuple[float, float]:
    """The points with bonuses and without, whatever the vetoes say."""
    costs = _by_category(table, charges.lines)
    kept = {name: full for name, full in table.categories.items() if name not in waived}
    got = fsum(full - costs[name] for name, full in kept.items())
    full = fsum(kept.values())
    # A category that does not apply is left out, and the rest stands for the whole.
    scored = rounded(got * table.full / full if full else table.full)
    bonus = fsum(line.points for line in charges.lines if line.kind is IndicatorKind.BONUS)
    if scheme.bonus_cap is not None:
        bonus = min(bonus, scheme.bonus_cap)
    if scheme.bonus_above is not None and scored <= scheme.bonus_above:
        bonus = 0
    return rounded(scored + bonus), scored


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
