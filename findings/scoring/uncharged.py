"""The findings of a card that cost nothing, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from findings.records.records import StoredFinding
from findings.schemes.scheme import Scheme, UnitKind
from findings.scoring.charging import Charges
from findings.scoring.scorecards import UnitCard


def with_asides(
    card: UnitCard,
    scheme: Scheme,
    table: UnitKind | None,
    findings: Sequence[StoredFinding],
    charges: Charges,
    as_of: date,
) -> UnitCard:
    """The card with the findings that cost nothing: exempt, not to be told, or uncharged and why."""
    exempt, reviews, asides = [], [], {}
    charged = charges.charged
    for finding in sorted(findings, key=lambda one: (one.code, one.subject, one.key)):
        if finding.warning:
            continue
        if finding.exempt(as_of):
            exempt.append(finding.fingerprint)
        elif finding.to_tell():
            reviews.append(finding.fingerprint)
        elif finding.fingerprint not in charged:
            asides[finding.fingerprint] = _why_uncharged(scheme, table, finding, charges, as_of)
    return replace(
        card,
        exempt=tuple(exempt),
        reviews=tuple(reviews),
        unscored=tuple(asides),
        asides=asides,
    )


def _why_uncharged(
    scheme: Scheme,
    table: UnitKind | None,
    finding: StoredFinding,
    charges: Charges,
    as_of: date,
) -> str:
    titles = {indicator.code: indicator.title for indicator in scheme.indicators}
    if holder := charges.blocked.get(finding.fingerprint):
        return f"已按指标{holder}“{titles[holder]}”扣分，不重复扣分"
    if why := scheme.why_unscored(finding.code):
        return f"方案列为不计分：{why}"
    if finding.code not in scheme.codes():
        return "方案没有提到这条规则，不计分"
    fitting = [one for one in scheme.indicators if one.picks(finding.code, finding.traits)]
    if not fitting:
        return "方案没有相应的指标"
    current = [one for one in fitting if one.valid(as_of)]
    if not current:
        return "相应的指标在检查当天不生效"
    if not any(one.concerns(table) for one in current):
        return f"本表没有“{current[0].shown_category}”一类"
    return "没有达到单项否决的数量"
