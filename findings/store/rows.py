"""Between rows and values: what a finding looks like in the database and outside of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from findings.records.reconcile import Look, Memory
from findings.records.records import (
    LONGEST_EVIDENCE,
    FamilyCoverage,
    Observed,
    Presence,
    RuleRecord,
    StoredFinding,
    Verdict,
)
from plugins import Evidence, Gap, Subject, SubjectKind, Unit, fingerprint

Row = Mapping[str, Any]

LOOK_COLUMNS = ("message", "evidence", "review", "traits", "unit", "due")
PAST_COLUMNS = (
    *LOOK_COLUMNS,
    "presence",
    "last_run",
    "last_seen",
    "gone_run",
    "gone_on",
    "times_back",
    "back_run",
    "breach_run",
    "breached_on",
    "warned_run",
)


def clean(text: str) -> str:
    """Text of audited pages, without what no database stores: NUL and half characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def subject_id(subject: Subject) -> str:
    """A short name of a subject; the same for every rule."""
    return fingerprint("", Subject(subject.kind, clean(subject.site), clean(subject.ref)))


def staged(run: int, observed: Observed) -> dict[str, Any]:
    """A sighting as a row of the staging table."""
    sighting = observed.sighting
    found = sighting.finding
    return {
        "run_id": run,
        "fingerprint": sighting.fingerprint,
        "code": sighting.code,
        "kind": sighting.subject.kind.value,
        "site": clean(sighting.subject.site),
        "ref": clean(sighting.subject.ref),
        "key": clean(found.key),
        "message": clean(found.message),
        "evidence": [
            {"url": clean(item.url), "text": clean(item.text), "selector": clean(item.selector)}
            for item in found.evidence[:LONGEST_EVIDENCE]
        ],
        "review": found.review,
        "traits": [clean(trait) for trait in found.traits],
        "unit": clean(observed.unit),
        "due": found.due,
    }


def look_of(row: Row) -> Look:
    """The look that a row of sightings, findings or changes describes."""
    return Look(
        message=row["message"],
        evidence=tuple((item["url"], item["text"], item["selector"]) for item in row["evidence"]),
        review=row["review"],
        traits=tuple(row["traits"]),
        unit=row["unit"],
        due=row["due"],
    )


def memory_of(row: Row) -> Memory:
    """The machine's part of a row of findings."""
    return Memory(
        look=look_of(row),
        presence=Presence(row["presence"]),
        first_run=row["first_run"],
        first_seen=row["first_seen"],
        last_run=row["last_run"],
        last_seen=row["last_seen"],
        gone_run=row["gone_run"],
        gone_on=row["gone_on"],
        times_back=row["times_back"],
        back_run=row["back_run"],
        breach_run=row["breach_run"],
        breached_on=row["breached_on"],
        warned_run=row["warned_run"],
    )


def memory_columns(memory: Memory) -> dict[str, Any]:
    """The columns of a finding that hold the machine's part, and only these."""
    look = memory.look
    return {
        "message": look.message,
        "evidence": [
            {"url": url, "text": text, "selector": selector}
            for url, text, selector in look.evidence
        ],
        "review": look.review,
        "traits": list(look.traits),
        "unit": look.unit,
        "due": look.due,
        "presence": memory.presence.value,
        "first_run": memory.first_run,
        "first_seen": memory.first_seen,
        "last_run": memory.last_run,
        "last_seen": memory.last_seen,
        "gone_run": memory.gone_run,
        "gone_on": memory.gone_on,
        "times_back": memory.times_back,
        "back_run": memory.back_run,
        "breach_run": memory.breach_run,
        "breached_on": memory.breached_on,
        "warned_run": memory.warned_run,
    }


def touched_columns(memory: Memory) -> dict[str, Any]:
    """The columns that move while a fault stays as it is."""
    columns = memory_columns(memory)
    return {name: columns[name] for name in ("message", "last_run", "last_seen")}


def past_columns(memory: Memory, until_run: int) -> dict[str, Any]:
    """A row of changes: what was true before ``until_run``."""
    columns = memory_columns(memory)
    return {"until_run": until_run, **{name: columns[name] for name in PAST_COLUMNS}}


def finding_of(row: Row, rule: RuleRecord, *, run: int, previous: int) -> StoredFinding:
    """A row of findings (or one overlaid with its past) as a value."""
    return StoredFinding(
        fingerprint=row["fingerprint"],
        subject=Subject(SubjectKind(row["kind"]), row["site"], row["ref"]),
        key=row["key"],
        message=row["message"],
        rule=rule,
        evidence=tuple(
            Evidence(item["url"], item["text"], item["selector"]) for item in row["evidence"]
        ),
        review=row["review"],
        traits=tuple(row["traits"]),
        unit=row["unit"],
        due=row["due"],
        presence=Presence(row["presence"]),
        verdict=Verdict(row["verdict"]),
        verdict_until=row["verdict_until"],
        first_run=row["first_run"],
        first_seen=row["first_seen"],
        last_run=row["last_run"],
        last_seen=row["last_seen"],
        gone_run=row["gone_run"],
        gone_on=row["gone_on"],
        times_back=row["times_back"],
        back_run=row["back_run"],
        breach_run=row["breach_run"],
        breached_on=row["breached_on"],
        warned_run=row["warned_run"],
        run=run,
        previous=previous,
    )


def digest_of(content: Any) -> str:
    """A name for stored JSON by its content, so that the same content is stored once."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def rule_rows(rules: Sequence[RuleRecord]) -> list[dict[str, Any]]:
    """A rulebook as JSON, in the order of the codes."""
    return [asdict(rule) for rule in sorted(rules, key=lambda rule: rule.code)]


def rules_of(content: Sequence[Mapping[str, Any]]) -> tuple[RuleRecord, ...]:
    """A rulebook from JSON."""
    return tuple(RuleRecord(**item) for item in content)


def unit_rows(units: Sequence[Unit]) -> list[dict[str, Any]]:
    """A register of units as JSON, in its own order."""
    return [
        {"name": unit.name, "kind": unit.kind, "fields": unit.fields, "aliases": list(unit.aliases)}
        for unit in units
    ]


def units_of(content: Sequence[Mapping[str, Any]]) -> tuple[Unit, ...]:
    """A register of units from JSON."""
    return tuple(
        Unit(item["name"], item["kind"], item["fields"], tuple(item["aliases"])) for item in content
    )


def coverage_rows(
    coverage: Mapping[str, FamilyCoverage], examined: Mapping[str, int]
) -> dict[str, Any]:
    """A coverage sheet as JSON."""
    families = {
        clean(family): {
            "state": covered.state,
            "why": clean(covered.why),
            "gaps": [
                {
                    "kind": gap.kind,
                    "why": clean(gap.why),
                    "count": gap.count,
                    "examples": [clean(example) for example in gap.examples],
                }
                for gap in covered.gaps
            ],
        }
        for family, covered in coverage.items()
    }
    return {"families": families, "examined": {clean(name): n for name, n in examined.items()}}


def coverage_of(content: Mapping[str, Any] | None) -> dict[str, FamilyCoverage]:
    """A coverage sheet from JSON."""
    return {
        family: FamilyCoverage(
            item["state"],
            item["why"],
            tuple(
                Gap(gap["kind"], gap["why"], gap["count"], tuple(gap["examples"]))
                for gap in item["gaps"]
            ),
        )
        for family, item in (content or {}).get("families", {}).items()
    }


def moment(value: datetime) -> datetime:
    """A point in time from the database: SQLite forgets the zone, and all are UTC."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
