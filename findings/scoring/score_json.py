"""Scores as JSON: the shape that programs read, that is kept when published, and that is shown again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from findings.records.records import FamilyCoverage
from findings.scoring.scorecards import Line, Scorecards, UnitCard


def number(points: float) -> float | int:
    """Points without a needless ``.0``."""
    rounded = round(points, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def json_text(value: Any) -> str:
    """JSON as files and terminals get it."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def coverage_json(coverage: Mapping[str, Mapping[str, FamilyCoverage]]) -> dict[str, Any]:
    """Coverage by site and rule family."""
    return {
        site: {
            family: {
                "state": covered.state,
                "why": covered.why,
                "gaps": [
                    {
                        "kind": gap.kind,
                        "why": gap.why,
                        "count": gap.count,
                        "examples": list(gap.examples),
                    }
                    for gap in covered.gaps
                ],
            }
            for family, covered in families.items()
        }
        for site, families in coverage.items()
    }


def score_json(scores: Scorecards) -> dict[str, Any]:
    """Scores in the shape of design §10; further keys only at the end."""
    return {
        "scheme": scores.scheme,
        "as_of": scores.as_of.isoformat(),
        "coverage": coverage_json(scores.coverage),
        "units": [_card_json(card) for card in scores.units],
        "title": scores.title,
        "label": scores.label,
        "version": scores.version,
        "digest": scores.digest,
        "note": scores.note,
        "tables": [
            {
                "kind": table.name,
                "title": table.title,
                "subject": table.subject.value,
                "categories": {name: number(full) for name, full in table.categories.items()},
                "note": table.note,
                "recalled": dict(table.recalled),
            }
            for table in scores.tables
        ],
    }


def _card_json(card: UnitCard) -> dict[str, Any]:
    return {
        "unit": card.unit,
        "kind": card.kind,
        "total": number(card.total),
        "rank": card.rank,
        "categories": {
            name: {
                "max": number(score.max),
                "got": number(score.got),
                "measured": score.measured,
                "waived": score.waived,
            }
            for name, score in card.categories.items()
        },
        "vetoes": [_line_json(line) for line in card.vetoes],
        "lines": [_line_json(line) for line in card.lines],
        "total_without_exemptions": number(card.total_without_exemptions),
        "reviews": list(card.reviews),
        "exempt": list(card.exempt),
        "unscored": list(card.unscored),
        "note": card.note,
        "subject": card.subject.value,
        "site": card.site,
        "passed": card.passed,
        "why_failed": card.why_failed,
        "total_without_vetoes": number(card.total_without_vetoes),
        "warnings": [
            {
                "indicator": near.indicator,
                "title": near.title,
                "words": near.words,
                "count": near.count,
                "at_least": near.at_least,
                "due": near.due.isoformat() if near.due else None,
                "findings": list(near.findings),
                "clause": near.clause,
            }
            for near in card.near
        ],
        "untested": [
            {
                "indicator": one.indicator,
                "title": one.title,
                "category": one.category,
                "kind": one.kind.value,
                "why": one.why,
            }
            for one in card.untested
        ],
        "asides": dict(card.asides),
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "indicator": line.indicator,
        "category": line.category,
        "points": number(line.points),
        "findings": list(line.findings),
        "title": line.title,
        "kind": line.kind.value,
        "uncapped": number(line.uncapped),
        "clause": line.clause,
        "editable": line.editable,
        "recalled": line.recalled,
        "each": {name: number(points) for name, points in line.each.items()},
        "shares": {unit: number(points) for unit, points in line.shares.items()},
        "ways": list(line.ways),
    }
