"""Who is scored: the units of the register, or the sites of the run, and whose a finding is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from findings.records.records import RunState, SiteRun, StoredFinding
from findings.schemes.scheme import Scheme, Scored, UnitKind
from plugins import Unit


@dataclass(frozen=True, slots=True)
class Bearer:
    """One who is scored; ``table`` None = the scheme has no table for it.

    ``host`` "" = a unit. ``unit`` is the unit itself, or the one that a site belongs to. ``note``
    says why it is not ranked, "" = it is.
    """

    name: str
    kind: str
    table: UnitKind | None
    subject: Scored
    host: str = ""
    unit: str = ""
    fields: str = ""
    note: str = ""


class Bearers:
    """All who are scored under a scheme, in the order of the register or of the run."""

    def __init__(
        self, scheme: Scheme, units: Sequence[Unit], sites: Sequence[SiteRun] = ()
    ) -> None:
        self.nobody = scheme.portal
        self._by_site = scheme.scores_sites
        if self._by_site:
            self.all = _sites(scheme, sites)
            self._names = {bearer.host: bearer.name for bearer in self.all}
        else:
            self.all = tuple(
                Bearer(
                    name=unit.name,
                    kind=unit.kind,
                    table=scheme.kind(unit.kind),
                    subject=Scored.UNIT,
                    unit=unit.name,
                    fields=unit.fields,
                )
                for unit in units
            )
            self._names = {name: unit.name for unit in units for name in (unit.name, *unit.aliases)}

    def of(self, finding: StoredFinding) -> str:
        """The name of whoever answers for a finding; ``nobody`` where none is registered."""
        return self._names.get(finding.site if self._by_site else finding.unit, self.nobody)


def _sites(scheme: Scheme, sites: Sequence[SiteRun]) -> tuple[Bearer, ...]:
    names = Counter(item.site.name for item in sites)
    bearers = []
    for item in sites:
        site = item.site
        table = next(
            (kind for kind in scheme.kinds if kind.takes(site.host, site.name, site.unit)), None
        )
        finished = item.state is RunState.FINISHED
        bearers.append(
            Bearer(
                name=site.name if site.name and names[site.name] == 1 else site.host,
                kind=table.name if table else "site",
                table=table,
                subject=Scored.SITE,
                host=site.host,
                unit=site.unit,
                note="" if finished else "本次没有完成对该网站的检查，不参加排名。",
            )
        )
    return tuple(bearers)
