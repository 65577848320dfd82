"""The fields of a scheme's tables, and what each of them holds."""

from __future__ import annotations

from datetime import date

MATCHERS = ("hosts", "named", "unowned")
TOP_FIELDS = {
    "id": str,
    "title": str,
    "source": str,
    "extends": str,
    "version": str,
    "label": str,
    "portal": str,
    "pass_mark": float,
    "bonus_above": float,
    "bonus_cap": float,
    "subject_traits": list,
    "valid_from": date,
    "valid_until": date,
    "kind": list,
    "indicator": list,
    "unscored": list,
    "waiver": list,
}
KIND_FIELDS = {
    "name": str,
    "title": str,
    "categories": dict,
    "ties": list,
    "subject": str,
    "hosts": list,
    "named": list,
    "unowned": bool,
    "veto_only": bool,
    "note": str,
    "recalled": dict,
}
PICKING_FIELDS = {
    "checks": list,
    "when": list,
    "unless": list,
    "at_least": int,
    "warn_at": int,
    "confirmed": bool,
    "unmeasured": str,
}
INDICATOR_FIELDS = {
    "code": str,
    "title": str,
    "category": str,
    "kind": str,
    **PICKING_FIELDS,
    "points": float,
    "prices": dict,
    "traits": dict,
    "cap": float,
    "exclusive": str,
    "clause": str,
    "editable": bool,
    "recalled": str,
    "valid_from": date,
    "valid_until": date,
    "way": list,
    "drop": str,
}
WAY_FIELDS = {"title": str, **PICKING_FIELDS}
UNSCORED_FIELDS = {"checks": list, "rest": bool, "why": str}
WAIVER_FIELDS = {
    "category": str,
    "why": str,
    "units": list,
    "kinds": list,
    "fields": str,
    "sites": list,
    "unmeasured": bool,
}
WHOM = ("units", "kinds", "fields", "sites", "unmeasured")
