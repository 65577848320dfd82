"""The fix lists of a run under a scheme, with what units said before."""

from __future__ import annotations

from findings.fixlists.fixlist import FixList, Terms, build_fixlists
from findings.people.feedback import remember
from findings.people.reporting import report_of
from findings.records.records import RunRecord
from findings.schemes.default import DEFAULT_SCHEME
from findings.schemes.scheme_file import find_scheme
from findings.store.store import Store
from plugins.errors import ConfigurationError, Problem


def fix_lists(
    store: Store,
    seen: RunRecord,
    scheme: str,
    terms: Terms,
    *,
    issuer: str = "",
    units: tuple[str, ...] = (),
) -> tuple[FixList, ...]:
    """The fix lists of a run under a scheme, of all units or of those named.

    Raises:
        ConfigurationError: the scheme scores sites, so its sections belong to no unit.
    """
    rules = find_scheme(scheme)
    if rules.scores_sites:
        # A site's section holds the findings of all units: a unit may see its own only.
        why = f"方案“{rules.id}”按网站计分，而整改清单按单位出：请用按单位计分的方案，如{DEFAULT_SCHEME}"
        raise ConfigurationError([Problem("--scheme", why)])
    report = report_of(store, seen, rules)
    return build_fixlists(report, remember(store, report), terms, issuer=issuer, units=units)
