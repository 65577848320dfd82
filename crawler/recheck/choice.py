"""Which findings are looked at again, and the recheck that an inventory and these findings make."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.inventory.model import Inventory, RegisteredSite
from crawler.plan.config import AuditConfig
from crawler.plan.focus import Focus, about
from findings.fixlists.fixlist import last_claims
from findings.records.records import StoredFinding
from findings.store.store import Store
from plugins import Unit
from plugins.errors import ConfigurationError, Problem

SHORTEST = 8


@dataclass(frozen=True, slots=True)
class RecheckChoice:
    """What is to be looked at again: of a unit, by number, or on pages; ``claimed`` = said to be mended."""

    unit: str = ""
    fingerprints: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    claimed: bool = False


def choose(store: Store, wanted: RecheckChoice) -> list[StoredFinding]:
    """The findings that are meant, those said to be mended first; gone ones only where named by number.

    Raises:
        ConfigurationError: nobody is meant, or a number or a unit is not known.
    """
    named = bool(wanted.unit or wanted.fingerprints or wanted.pages)
    if not named and not wanted.claimed:
        raise ConfigurationError(
            [Problem("命令行", "请用 --unit、--finding、--page 或 --claimed 指明复查哪些问题")]
        )
    present = [one for one in store.find(state="all") if one.present]
    done = {name for name, claim in last_claims(store.claims()).items() if claim.done}
    problems: list[Problem] = []
    found = _numbered(store, wanted.fingerprints, problems)
    if wanted.unit:
        # Of warnings only those whose duty is said to be done.
        mine = _of_unit(store, wanted.unit, present, problems)
        found += [one for one in mine if not one.warning or one.fingerprint in done]
    if wanted.pages:
        found += about(present, wanted.pages)
    if problems:
        raise ConfigurationError(problems)
    chosen = {one.fingerprint: one for one in (found if named else present)}
    return sorted(
        (one for name, one in chosen.items() if name in done or not wanted.claimed),
        key=lambda one: (one.fingerprint not in done, one.unit, one.code, one.fingerprint),
    )


def _numbered(store: Store, numbers: Iterable[str], problems: list[Problem]) -> list[StoredFinding]:
    """The findings of these numbers or beginnings of numbers."""
    found = []
    for number in numbers:
        named = store.named(number.lower()) if len(number) >= SHORTEST else []
        if len(named) == 1:
            found += named
            continue
        short = len(number) < SHORTEST
        why = f"至少写{SHORTEST}位" if short else "有多条，请多写几位" if named else "没有这条问题"
        problems.append(Problem("--finding", f"“{number}”：{why}"))
    return found


def _of_unit(
    store: Store, name: str, present: Iterable[StoredFinding], problems: list[Problem]
) -> list[StoredFinding]:
    """The findings of the unit of that name or alias."""
    newest = store.latest()
    units: Sequence[Unit] = newest.units if newest is not None else ()
    own = next((one.name for one in units if name in (one.name, *one.aliases)), "")
    mine = [one for one in present if one.unit == (own or name)]
    if not own and not mine:
        known = "、".join(one.name for one in units) or "无"
        problems.append(Problem("--unit", f"没有单位“{name}”：有{known}"))
    return mine


def remembered_inventory(store: Store, findings: Collection[StoredFinding]) -> Inventory:
    """The sites and units of these findings as the last audit of each knew them; no columns."""
    sites: dict[str, RegisteredSite] = {}
    units: dict[str, Unit] = {}
    for number in sorted({one.run for one in findings}):
        run = store.run(number)
        units |= {unit.name: unit for unit in run.units}
        for one in run.sites:
            if one.site.host in {finding.site for finding in findings}:
                site = one.site
                sites[site.host] = RegisteredSite(
                    host=site.host, name=site.name, start=(site.url,), unit=site.unit
                )
    return Inventory(units=tuple(units.values()), sites=tuple(sites.values()))


def was_bare(store: Store, findings: Collection[StoredFinding]) -> bool:
    """Whether these sites were audited by their bare address: then no register is missing."""
    runs = [store.run(number) for number in {one.run for one in findings}]
    return all(
        not run.units and len(run.sites) == 1 and not (one.site.name or one.site.unit)
        for run in runs
        for one in run.sites
    )


def focused(
    config: AuditConfig, store: Store, findings: Collection[StoredFinding], *, given: bool
) -> AuditConfig:
    """The audit of an inventory turned into a recheck; ``given`` = the office's own inventory.

    Raises:
        ConfigurationError: a finding's site is not in the inventory, or the day lies before its audit.
    """
    hosts = {one.site for one in findings}
    rows = tuple(row for row in config.inventory.sites if row.host in hosts)
    missing = sorted(hosts - {row.host for row in rows})
    if missing:
        raise ConfigurationError(
            [
                Problem("--inventory", f"台账中没有网站“{host}”，复查的问题在那里")
                for host in missing
            ]
        )
    last = max(store.run(number).as_of for number in {one.run for one in findings})
    if config.as_of < last:
        raise ConfigurationError(
            [Problem("--as-of", f"{config.as_of}早于上次检查的基准日{last}，不能倒着复查")]
        )
    settings: Mapping[str, str] = {}
    if not given:
        settings = {one.site: store.run(one.run).options for one in findings}
    return replace(
        config,
        inventory=replace(config.inventory, sites=rows),
        focus=Focus(
            findings=tuple(findings),
            registered=given or was_bare(store, findings),
            settings=settings,
        ),
    )
