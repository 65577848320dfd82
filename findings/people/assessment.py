"""Judges a stored run: the findings as of it, its register and coverage, under one scheme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from findings.records.records import Presence, RunRecord, StoredFinding
from findings.schemes.scheme import Scheme
from findings.scoring.judge import Scorecards, judge
from findings.store.store import Store


@dataclass(frozen=True, slots=True)
class Assessment:
    """One run, what was remembered after it, and the scores."""

    run: RunRecord
    findings: tuple[StoredFinding, ...]
    scores: Scorecards


def assess(
    store: Store, run: RunRecord, scheme: Scheme, *, fixed: Collection[str] = ()
) -> Assessment:
    """Score a run under a scheme; any run, under any scheme, as often as one likes.

    ``fixed`` names findings that are taken for mended: what would the score be then?
    """
    findings = tuple(
        replace(finding, presence=Presence.GONE) if finding.fingerprint in fixed else finding
        for finding in store.find(run=run.id, state="all")
    )
    coverage = {item.site.host: item.coverage for item in run.sites if item.coverage}
    scores = judge(
        scheme,
        findings,
        run.units,
        coverage=coverage,
        as_of=run.as_of,
        in_force={rule.code for rule in run.rules} or None,
        examined=_examined(run),
        sites=run.sites,
    )
    return Assessment(run, findings, scores)


def suggested_points(
    findings: list[StoredFinding], scheme: Scheme, run: RunRecord | None
) -> Mapping[str, float]:
    """What each finding costs by itself under a scheme; caps and exclusions are the judge's."""
    points = {}
    for finding in findings:
        day = run.as_of if run else finding.last_seen
        costs = (
            finding.present
            and not finding.warning
            and finding.verdict != "rejected"
            and not finding.to_tell()
            and not finding.exempt(day)
        )
        rule = finding.rule
        points[finding.fingerprint] = (
            scheme.suggestion(rule.code, finding.traits, rule.deduct, day) if costs else 0
        )
    return points


def _examined(run: RunRecord) -> Mapping[str, int] | None:
    """How much was looked at of each unit; None where no site of the run counted it."""
    total: Counter[str] = Counter()
    for item in run.sites:
        total.update(item.examined)
    return total or None
