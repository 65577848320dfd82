"""``gongkai findings --why``: one finding, its rule, and why its pages were taken for what they are."""

from __future__ import annotations

import sys

from crawler.terminal.tables import show
from crawler.terminal.why.tables import show_taken
from findings.people.assessment import suggested_points
from findings.people.triage import pick
from findings.records.records import RunRecord, StoredFinding
from findings.records.traces import FindingTrace, why_none
from findings.reports.exports import KIND_NAMES, finding_json, severity_name
from findings.schemes.scheme import Scheme
from findings.scoring.score_json import json_text
from findings.store.store import Store
from plugins.errors import ConfigurationError, Problem
from plugins.taken import ALL, Taken

FORMATS = ("table", "json")
EVIDENCE = 3


def tell_why(store: Store, beginning: str, seen: RunRecord, scheme: Scheme, form: str) -> None:
    """Print why there is a finding.

    Args:
        store: what is remembered.
        beginning: its fingerprint, or at least the first eight digits.
        seen: the run under which it is priced.
        scheme: what it costs.
        form: ``table`` or ``json``.

    Raises:
        ConfigurationError: no such finding, or a form that has no room for it.
    """
    if form not in FORMATS:
        raise ConfigurationError(
            [Problem("--format", f"与 --why 一起只能用{'、'.join(FORMATS)}，不能用{form}")]
        )
    finding = pick(store, beginning)
    traces = store.trace(finding.fingerprint)
    points = suggested_points([finding], scheme, seen)[finding.fingerprint]
    if form == "json":
        told = {
            **finding_json(finding, points),
            "pages": [_page_json(one) for one in traces],
            "why_none": "" if traces else why_none(finding),
        }
        sys.stdout.write(json_text(told))
        return
    _show(finding, traces, points)


def _page_json(trace: FindingTrace) -> dict[str, object]:
    return {"run": trace.run, "since": trace.since.isoformat(), **trace.page.told()}


def _show(finding: StoredFinding, traces: tuple[FindingTrace, ...], points: float) -> None:
    rule = finding.rule
    rows = [
        ("规则", f"{rule.code} {rule.title}"),
        ("程度", severity_name(rule.severity)),
        ("为什么", rule.why),
        ("依据", rule.source),
        ("单位", finding.unit),
        ("对象", f"{KIND_NAMES[finding.subject.kind.value]} {finding.subject.ref}"),
        ("说明", finding.message),
        *(("所在", f"{one.url} {one.text}".strip()) for one in finding.evidence[:EVIDENCE]),
        ("整改", rule.remedy),
        ("折合扣分", f"{points:g}分（预评估）" if points else "不扣分"),
    ]
    rows = [(name, text) for name, text in rows if text]
    show(("项目", "内容"), rows, title=f"问题 {finding.fingerprint}")
    if not traces:
        sys.stdout.write(f"\n{why_none(finding)}\n")
    for trace in traces:
        page = trace.page
        sys.stdout.write(f"\n页面自第{trace.run}次检查起是这样判断的：\n")
        show_taken(page, [ALL], unasked=False)
        if limits := limits_of(page):
            show(("用到的界限",), [(one,) for one in limits])


def limits_of(page: Taken) -> list[str]:
    """The thresholds that decided something on a page, each once."""
    return list(
        dict.fromkeys(
            part
            for question in page.why
            if (step := page.decisive(question)) is not None and step.limit
            for part in step.limit.split("；")
        )
    )
