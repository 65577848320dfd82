"""What became of a fix list since its audit: rows that are verified, claims that were found false."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from findings.fixlists.fixlist import Followup, Refuted, last_claims, pages_of
from findings.records.records import RUN_KIND_NAMES, Claim, RunRecord, StoredFinding
from findings.reports.report import Report
from findings.store.store import Store


def remember(store: Store, report: Report) -> Followup:
    """What the store knows of a report's findings today."""
    listed = (*report.findings, *report.warnings)
    now = {one.fingerprint: one for one in store.find(state="all", hosts=report.run.hosts)}
    claims = last_claims(store.claims())
    return Followup(
        places=store.whereabouts(pages_of(listed)),
        claims=claims,
        verified=frozenset(
            one.fingerprint
            for one in listed
            if (today := now.get(one.fingerprint)) is not None and not today.present
        ),
        refuted=_refuted(store, now, claims),
    )


def _refuted(
    store: Store, now: Mapping[str, StoredFinding], claims: Mapping[str, Claim]
) -> dict[str, Refuted]:
    """Claims that it is mended, where a run that began later has seen it."""

    @cache
    def run(number: int) -> RunRecord:
        return store.run(number)

    found: dict[str, Refuted] = {}
    for name, claim in claims.items():
        finding = now.get(name)
        if finding is None or not claim.done or not finding.present or finding.warning:
            continue
        looked = run(finding.last_run)
        if looked.started > claim.at:
            found[name] = Refuted(finding.last_seen, RUN_KIND_NAMES[looked.kind])
    return found
