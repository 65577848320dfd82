"""What changed between two scorings: two runs, two schemes, or today and "what if these were fixed"."""

from __future__ import annotations

from typing import Any

from findings.scoring.score_json import number
from findings.scoring.scorecards import Line, Scorecards, UnitCard


def comparison_json(before: Scorecards, after: Scorecards) -> dict[str, Any]:
    """Both scorings card by card: totals, ranks, categories, and the lines that differ with their findings.

    Lines belong together by indicator and title. ``gone`` are findings that cost something before
    and not after, ``come`` the other way round. Cards without any change are left out and counted.
    """
    names = list(dict.fromkeys(card.unit for card in (*after.units, *before.units)))
    units = [_card(name, before.card(name), after.card(name)) for name in names]
    changed = [unit for unit in units if _differs(unit)]
    return {
        "before": _head(before),
        "after": _head(after),
        "units": changed,
        "unchanged": len(units) - len(changed),
    }


def _head(scores: Scorecards) -> dict[str, Any]:
    return {
        "scheme": scores.scheme,
        "title": scores.title,
        "version": scores.version,
        "digest": scores.digest,
        "as_of": scores.as_of.isoformat(),
        "subject": scores.tables[0].subject.value if scores.tables else "unit",
    }


def _pair(before: Any, after: Any) -> dict[str, Any]:
    return {"before": before, "after": after}


def _card(name: str, before: UnitCard | None, after: UnitCard | None) -> dict[str, Any]:
    cards = (before, after)
    categories = dict.fromkeys(category for card in cards if card for category in card.categories)
    return {
        "unit": name,
        "kind": _pair(*(card.kind if card else None for card in cards)),
        "total": _pair(*(number(card.total) if card else None for card in cards)),
        "total_without_exemptions": _pair(
            *(number(card.total_without_exemptions) if card else None for card in cards)
        ),
        "rank": _pair(*(card.rank if card else None for card in cards)),
        "passed": _pair(*(card.passed if card else None for card in cards)),
        "categories": {
            category: _pair(
                *(
                    number(card.categories[category].got)
                    if card and category in card.categories
                    else None
                    for card in cards
                )
            )
            for category in categories
        },
        "lines": _lines(before, after),
    }


def _lines(before: UnitCard | None, after: UnitCard | None) -> list[dict[str, Any]]:
    one, other = (
        {(line.indicator, line.title): line for line in (*card.vetoes, *card.lines)} if card else {}
        for card in (before, after)
    )
    found = []
    for key in dict.fromkeys((*one, *other)):
        old, new = one.get(key), other.get(key)
        line = new or old
        assert line is not None
        gone = _missing(old, new)
        come = _missing(new, old)
        if gone or come or not old or not new or old.points != new.points:
            found.append(
                {
                    "indicator": line.indicator,
                    "title": line.title,
                    "category": line.category,
                    "kind": line.kind.value,
                    "points": _pair(
                        number(old.points) if old else 0, number(new.points) if new else 0
                    ),
                    "gone": gone,
                    "come": come,
                }
            )
    return found


def _missing(here: Line | None, there: Line | None) -> list[str]:
    """The findings of a line that the other one has not."""
    others = set(there.findings) if there else set()
    return [name for name in here.findings if name not in others] if here else []


def _differs(unit: dict[str, Any]) -> bool:
    pairs = [unit[name] for name in ("kind", "total", "total_without_exemptions", "rank", "passed")]
    pairs += unit["categories"].values()
    return bool(unit["lines"]) or any(pair["before"] != pair["after"] for pair in pairs)
