"""A small vocabulary for nights."""

from __future__ import annotations

from datetime import date

from findings.records.records import Batch, Observed, RuleFailure, RuleRecord, SiteRecord
from plugins import Evidence, Finding, Sighting, Subject, SubjectKind, Unit

HOST = "demo.example"
DAY = date(2026, 3, 1)


def page(ref, host=HOST):
    return Subject(SubjectKind.PAGE, host, ref)


def rule(code, deduct=1.0, severity="minor"):
    family = {"COL": "columns", "LNK": "links", "POL": "policy", "DLG": "dialogue"}.get(
        code[:3], "platform"
    )
    return RuleRecord(
        code, f"{code}的标题", family, severity, deduct, "请整改。", "依据。", "为什么。"
    )


RULES = tuple(rule(code) for code in ("COL101", "COL201", "LNK101", "POL101"))
UNITS = (Unit("区教育局"), Unit("花湖街道", "street"))
CODES = tuple(item.code for item in RULES)


def sight(
    code,
    subject,
    message="有问题。",
    *,
    key="",
    unit="区教育局",
    review=False,
    traits=(),
    where=(),
    due=None,
):
    places = where or (Evidence(f"http://{HOST}/", "原文", "nav"),)
    finding = Finding(message, key=key, where=places, review=review, traits=traits, due=due)
    return Observed(Sighting(code, subject, finding), unit)


def night(
    store,
    *,
    seen=(),
    examined=(),
    errors=(),
    in_force=CODES,
    not_judged=(),
    day=DAY,
    host=HOST,
    rules=RULES,
    units=UNITS,
    coverage=None,
    pages=(),
    end="finished",
):
    """One whole run over one site; gives its number."""
    run = store.start_run(
        as_of=day, sites=[SiteRecord(host, "示范区", f"http://{host}/")], units=units, rules=rules
    )
    subjects = (*examined, *(item.sighting.subject for item in seen))
    store.record(
        run,
        Batch(
            tuple(seen),
            tuple(subjects),
            tuple(RuleFailure(code, subject, "坏了") for code, subject in errors),
            tuple(pages),
        ),
    )
    if end == "finished":
        store.finish_site(
            run,
            host,
            in_force=in_force,
            not_judged=not_judged,
            coverage=coverage or {"columns": ("complete", "")},
        )
    elif end == "aborted":
        store.abort_site(run, host, "中途停止")
    store.finish_run(run, end)
    return run
