"""What is planted in the demo district, and how an audit's findings compare with it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ALWAYS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fault:
    """One planted fault: what must be found.

    ``id`` names it in the generator and in ``mend:<id>``; ``code``, ``kind``, ``ref`` and, where it
    is not "", ``key`` and ``site`` are those of the finding (a key that ends in ``*`` begins so). ``review`` = a person must look.
    ``needs`` are the abilities without which it cannot be told: ``browser``, ``ipv6``, ``dns``;
    with a ``!`` in front, those whose *absence* makes the finding. ``unit`` answers for it. ``by``
    names the fault with which it was planted and is mended, where one planting makes several.
    ``warning`` = an early warning and no fault: matched by warnings only, and a fault by faults only.
    """

    id: str
    code: str
    kind: str
    ref: str
    why: str
    unit: str = ""
    key: str = ""
    site: str = ""
    review: bool = False
    needs: tuple[str, ...] = ()
    by: str = ""
    warning: bool = False

    def due(self, have: Collection[str]) -> bool:
        """Whether it must be found by an audit with these abilities."""
        return all(
            need[1:] not in have if need.startswith("!") else need in have for need in self.needs
        )

    def matches(self, finding: Mapping[str, Any]) -> bool:
        """Whether a finding (design §10: code, subject {kind, ref}, key, site) is this fault."""
        subject = finding["subject"]
        return (
            finding["code"] == self.code
            and subject["kind"] == self.kind
            and subject["ref"] == self.ref
            and (not self.key or self._key_fits(finding.get("key", "")))
            and (not self.site or finding.get("site", "") == self.site)
            and bool(finding.get("due")) is self.warning
        )

    def _key_fits(self, key: str) -> bool:
        return key.startswith(self.key[:-1]) if self.key.endswith("*") else key == self.key


@dataclass(frozen=True)
class NearMiss:
    """Something that looks like a fault and is none: ``code`` must stay silent on ``ref``."""

    id: str
    code: str
    ref: str
    why: str


@dataclass(frozen=True)
class Truth:
    """All planted faults and near-misses."""

    faults: tuple[Fault, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    _by_id: Mapping[str, Fault] = field(default_factory=dict, repr=False)

    def fault(self, name: str) -> Fault:
        """The fault with this id; KeyError without one."""
        return self._by_id[name]

    def without(self, mended: Iterable[str]) -> Truth:
        """The truth of a district in which these faults (ids) were mended."""
        gone = set(mended)
        return _truth(
            [fault for fault in self.faults if (fault.by or fault.id) not in gone], self.near_misses
        )


def read_truth(*paths: Path) -> Truth:
    """Read files of planted faults (``[[fault]]``) and near misses (``[[near_miss]]``).

    Raises:
        TypeError: a row has a key that is not known, or lacks one.
    """
    tables = [tomllib.loads(path.read_text("utf-8")) for path in paths]
    rows = [row for table in tables for row in table.get("fault", ())]
    faults = [Fault(**{**row, "needs": tuple(row.get("needs", ()))}) for row in rows]
    misses = [NearMiss(**row) for table in tables for row in table.get("near_miss", ())]
    return _truth(faults, misses)


def _truth(faults: Iterable[Fault], near_misses: Iterable[NearMiss]) -> Truth:
    listed = tuple(faults)
    return Truth(listed, tuple(near_misses), {fault.id: fault for fault in listed})


def compare(
    findings: Iterable[Mapping[str, Any]],
    truth: Truth,
    have: Collection[str] = ALWAYS,
    warnings: Iterable[Mapping[str, Any]] | None = None,
) -> tuple[list[Fault], list[Mapping[str, Any]]]:
    """(missing, unexpected): due faults without a finding, and findings that no fault explains.

    ``findings`` as ``gongkai findings --format json`` prints them; ``have`` names the abilities of
    the audit (``browser``, ``ipv6``, ``dns``). Faults that are not due are left out on both sides:
    finding them all the same is no mistake. A second finding for the same fault is unexpected,
    unless the fault names no key; ``review`` must agree where the finding says it. ``warnings`` are
    what ``--state warning`` prints; None = they are not compared.
    """
    asked = [fault for fault in truth.faults if warnings is not None or not fault.warning]
    missing = {fault.id: fault for fault in asked if fault.due(have)}
    seen: set[str] = set()
    unexpected = []
    for finding in (*findings, *(warnings or ())):
        fault = next((one for one in truth.faults if one.matches(finding)), None)
        if fault is None or (fault.key and fault.id in seen):
            unexpected.append(finding)
            continue
        if fault.due(have) and bool(finding.get("review", fault.review)) != fault.review:
            unexpected.append(finding)
            continue
        seen.add(fault.id)
        missing.pop(fault.id, None)
    return list(missing.values()), unexpected
