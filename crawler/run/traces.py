"""Keeps, with a site's findings, why their pages were taken for what they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from crawler.workfile.traces import TraceTable
from findings.records.records import StoredFinding
from findings.records.traces import PAGES_EACH, FindingTrace, pages_of_finding
from findings.store.store import Store

# One site's findings with traces; with more, what costs points comes first. About 2 kB each.
MOST = 5000


def keep_traces(store: Store, pages: TraceTable, run: int, host: str) -> None:
    """Hand over to the store what the run has seen of the pages of a site's findings."""
    seen = [one for one in store.present(host) if one.last_run == run]
    seen.sort(key=lambda one: (one.to_tell() or one.warning, one.code, one.fingerprint))
    store.keep_traces(host, _traces(seen[:MOST], pages, run))


def _traces(
    findings: Iterable[StoredFinding], pages: TraceTable, run: int
) -> Iterator[FindingTrace]:
    now = datetime.now(UTC)
    for finding in findings:
        kept = (pages.get(finding.site, key) for key in pages_of_finding(finding))
        # Two addresses may be one page.
        found = list(dict.fromkeys(data for data in kept if data is not None))[:PAGES_EACH]
        for place, data in enumerate(found):
            yield FindingTrace(finding.fingerprint, finding.site, place, run, now, data)
