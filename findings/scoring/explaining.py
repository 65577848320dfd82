"""Why a score is what it is: every point of one card down to the findings that cost it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from findings.records.records import StoredFinding
from findings.scoring.scorecards import Scorecards

Json = Mapping[str, Any]


def brief_json(finding: StoredFinding) -> dict[str, Any]:
    """What is kept of a finding beside a score: enough to know it again when it is long gone."""
    return {
        "code": finding.code,
        "title": finding.rule.title,
        "site": finding.site,
        "unit": finding.unit,
        "subject": {"kind": finding.subject.kind.value, "ref": finding.subject.ref},
        "key": finding.key,
        "message": finding.message,
        "verdict": finding.verdict.value,
        "verdict_until": finding.verdict_until.isoformat() if finding.verdict_until else None,
        "due": finding.due.isoformat() if finding.due else None,
    }


def briefs(scores: Scorecards, findings: Iterable[StoredFinding]) -> dict[str, dict[str, Any]]:
    """The findings that the cards name."""
    named = {
        name
        for card in scores.units
        for names in (
            card.reviews,
            card.exempt,
            card.unscored,
            *(line.findings for line in (*card.vetoes, *card.lines)),
            *(near.findings for near in card.near),
        )
        for name in names
    }
    return {
        finding.fingerprint: brief_json(finding)
        for finding in findings
        if finding.fingerprint in named
    }


def explanation(score: Json, unit: str, findings: Mapping[str, Json]) -> dict[str, Any] | None:
    """One card of ``score_json`` with its findings spelt out; None where there is no such card.

    Args:
        score: scores as ``score_json`` gives them, of today or as once published.
        unit: the name of a unit or site.
        findings: fingerprint → ``brief_json``.
    """
    card = next((item for item in score["units"] if item["unit"] == unit), None)
    if card is None:
        return None

    def told(names: Iterable[str], **more: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [
            {
                "fingerprint": name,
                **{key: values.get(name) for key, values in more.items()},
                **findings.get(name, {}),
            }
            for name in names
        ]

    return {
        **card,
        "vetoes": [{**line, "findings": told(line["findings"])} for line in card["vetoes"]],
        "lines": [
            {**line, "findings": told(line["findings"], points=line["each"])}
            for line in card["lines"]
        ],
        "warnings": [{**near, "findings": told(near["findings"])} for near in card["warnings"]],
        "reviews": told(card["reviews"]),
        "exempt": told(card["exempt"]),
        "unscored": told(card["unscored"], why=card["asides"]),
        "scheme": score["scheme"],
        "title": score["title"],
        "label": score["label"],
        "as_of": score["as_of"],
    }
