"""A stored run's report, in one step: judged, put together, ready to be written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from findings.people.assessment import Assessment, assess
from findings.records.records import RunRecord
from findings.reports.building import build_report
from findings.reports.report import Report
from findings.schemes.scheme import Scheme
from findings.store.store import Store


def report_of(
    store: Store,
    run: RunRecord,
    scheme: Scheme,
    *,
    judged: Assessment | None = None,
    written: datetime | None = None,
) -> Report:
    """The report of a run under a scheme, with trend, pictures, and why pages are what they are.

    ``judged`` is that run under that scheme where it was judged already; ``written`` is when the
    report is made, by default now.
    """
    result = judged or assess(store, run, scheme)
    report = build_report(
        run,
        result.findings,
        scheme,
        result.scores,
        errors=store.errors(run.id),
        decisions=store.decisions(),
        written=written or datetime.now(UTC),
        trend=store.trend(run),
        pictures=store.pictures(run),
    )
    return replace(report, traces=store.traces(run))
