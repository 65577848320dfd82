"""What the indicators of a scheme make of one card's findings: deductions, bonuses and vetoes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import fsum

from findings.records.records import StoredFinding, Verdict
from findings.schemes.scheme import Indicator, IndicatorKind, Scheme, UnitKind, Way
from findings.scoring.scorecards import Line, NearVeto, rounded
from plugins import SubjectKind


@dataclass
class Charges:
    """All lines of one card, vetoes that are near, and why a finding was not charged."""

    lines: list[Line] = field(default_factory=list)
    vetoes: list[Line] = field(default_factory=list)
    near: list[NearVeto] = field(default_factory=list)
    blocked: dict[str, str] = field(default_factory=dict)

    @property
    def charged(self) -> frozenset[str]:
        """The findings that stand in some line."""
        return frozenset(name for line in (*self.lines, *self.vetoes) for name in line.findings)


def charge(
    scheme: Scheme,
    table: UnitKind | None,
    findings: Iterable[StoredFinding],
    as_of: date,
    *,
    exemptions: bool,
) -> Charges:
    """Run every indicator that is in force over the findings of one card.

    Args:
        scheme: the assessment.
        table: the card's table; None = every indicator applies.
        findings: present and not rejected; warnings may be among them, they only warn.
        as_of: the day on which exemptions and the validity of indicators are weighed.
        exemptions: whether exempt findings are left out.
    """
    counted = sorted(
        (
            finding
            for finding in findings
            if not finding.to_tell() and not (exemptions and finding.exempt(as_of))
        ),
        key=lambda finding: (finding.code, finding.subject, finding.key),
    )
    by_code: dict[str, list[StoredFinding]] = defaultdict(list)
    for finding in counted:
        by_code[finding.code].append(finding)
    charges = Charges()
    # 不重复扣分: within a group of indicators each place is charged once, by the first of them; and
    # no finding is deducted under two indicators.
    taken: dict[str, dict[object, str]] = defaultdict(dict)
    for indicator in scheme.indicators:
        if not indicator.valid(as_of) or not indicator.concerns(table):
            continue
        concerned = [one for code in sorted(set(indicator.checks)) for one in by_code.get(code, ())]
        if indicator.kind is IndicatorKind.VETO:
            _veto(indicator, concerned, charges)
            continue
        faults = [one for one in concerned if not one.warning]
        struck = _struck(indicator, faults, taken, charges)
        if struck:
            charges.lines.append(_line(indicator, struck))
    return charges


def place(finding: StoredFinding) -> object:
    """What is charged once: the subject; of a finding on the whole site, what its key names."""
    if finding.subject.kind is SubjectKind.SITE:
        return (finding.subject, finding.code, finding.key)
    return finding.subject


def _struck(
    indicator: Indicator,
    faults: Sequence[StoredFinding],
    taken: dict[str, dict[object, str]],
    charges: Charges,
) -> list[StoredFinding]:
    """The findings that an indicator charges, and has not been charged before it."""
    group = taken[f"group {indicator.exclusive}"] if indicator.exclusive else {}
    once = taken[indicator.kind.value]
    struck = []
    spent = 0.0
    for finding in faults:
        if not indicator.picks(finding.code, finding.traits):
            continue
        holder = group.get(place(finding)) or once.get(finding.fingerprint) or indicator.code
        if holder != indicator.code:
            charges.blocked.setdefault(finding.fingerprint, holder)
            continue
        struck.append(finding)
        # What the cap swallows was not charged: it stays open to the next indicator. Otherwise
        # one more fault could raise a score.
        if indicator.cap is None or rounded(spent) < indicator.cap:
            group[place(finding)] = indicator.code
            once[finding.fingerprint] = indicator.code
        spent += indicator.price(finding.code, finding.traits, finding.rule.deduct)
    return struck


def _line(
    indicator: Indicator, struck: Sequence[StoredFinding], ways: tuple[str, ...] = ()
) -> Line:
    veto = indicator.kind is IndicatorKind.VETO
    each = {
        finding.fingerprint: 0.0
        if veto
        else indicator.price(finding.code, finding.traits, finding.rule.deduct)
        for finding in struck
    }
    by_unit: dict[str, list[float]] = defaultdict(list)
    for finding in struck:
        by_unit[finding.unit].append(each[finding.fingerprint])
    uncapped = rounded(fsum(each.values()))
    return Line(
        indicator=indicator.code,
        title=indicator.title,
        category=indicator.shown_category,
        kind=indicator.kind,
        points=uncapped if indicator.cap is None else min(uncapped, indicator.cap),
        findings=tuple(each),
        uncapped=uncapped,
        each=each,
        clause=indicator.clause,
        editable=indicator.editable,
        recalled=indicator.recalled or "",
        shares={unit: rounded(fsum(points)) for unit, points in by_unit.items()},
        ways=ways,
    )


def _veto(indicator: Indicator, findings: Sequence[StoredFinding], charges: Charges) -> None:
    """Strike in every way that is met; else warn in those that are near."""
    struck: dict[str, StoredFinding] = {}
    ways = []
    near = []
    for way in indicator.all_ways:
        found = [one for one in findings if way.picks(one.code, one.traits)]
        faults = [one for one in found if not one.warning]
        certain = [one for one in faults if not way.confirmed or one.verdict is Verdict.CONFIRMED]
        count = len(set(map(place, certain)))
        if count >= way.at_least:
            struck.update({one.fingerprint: one for one in certain})
            if words := _struck_words(way, count):
                ways.append(words)
        else:
            near += _near(indicator, way, certain, [one for one in found if one not in certain])
    if struck:
        charges.vetoes.append(_line(indicator, list(struck.values()), tuple(ways)))
    else:
        charges.near += near


def _struck_words(way: Way, count: int) -> str:
    if way.at_least == 1:
        return way.title
    counted = f"{count}处，达到{way.at_least}处"
    return f"{way.title}：{counted}" if way.title else counted


def _near(
    indicator: Indicator,
    way: Way,
    certain: Sequence[StoredFinding],
    others: Sequence[StoredFinding],
) -> list[NearVeto]:
    """A warning where the count has come to the early line, or coming faults would reach the veto.

    ``others`` are early warnings, and what has not been confirmed where that is asked for.
    """
    now = set(map(place, certain))
    dues: dict[object, date | None] = {}
    for one in others:
        spot = place(one)
        if spot not in now and (spot not in dues or _sooner(one.due, dues[spot])):
            dues[spot] = one.due
    waiting = sum(due is None for due in dues.values())
    coming = sorted(due for due in dues.values() if due)
    missing = way.at_least - len(now) - waiting
    reached = len(now) + len(dues) >= way.at_least
    if not reached and (way.warn_at is None or len(now) < way.warn_at):
        return []
    due = coming[missing - 1] if reached and missing > 0 else None
    words = [f"现有{len(now)}处，达到{way.at_least}处即单项否决"] if now else []
    if waiting:
        words.append(f"{waiting}处待人工确认，确认后计入单项否决")
    if coming:
        words.append(f"另有{len(coming)}处将到期" if now else f"{len(coming)}处将到期")
    if due:
        words.append(f"如不处理，{due}起单项否决")
    title = f"{indicator.title}（{way.title}）" if way.title else indicator.title
    return [
        NearVeto(
            indicator=indicator.code,
            title=title,
            words="；".join(words) + "。",
            count=len(now),
            at_least=way.at_least,
            findings=tuple(one.fingerprint for one in (*certain, *others)),
            due=due,
            clause=indicator.clause,
        )
    ]


def _sooner(one: date | None, other: date | None) -> bool:
    return other is not None and (one is None or one < other)
