"""The rows of a report: one finding, and the findings that one and the same remedy mends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from findings.office.neutral import safe_href, shorten
from findings.records.records import (
    VERDICT_NAMES,
    Decision,
    FindingState,
    RunRecord,
    StoredFinding,
    Verdict,
)
from plugins import Evidence, Severity
from plugins.rule import SEVERITY_NAMES

SHOWN_EVIDENCE = 3

REGION_NAMES = {
    "header": "页头",
    "nav": "导航",
    "list": "列表",
    "article": "正文",
    "footer": "页脚",
    "home": "首页",
    "other": "页面其他位置",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: ``href`` is empty where the address must not become a link."""

    url: str
    href: str
    text: str
    region: str


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """One finding as a row."""

    fingerprint: str
    code: str
    title: str
    message: str
    subject: str
    href: str
    marks: tuple[str, ...]
    verdict: str
    points: float
    first_seen: str
    last_seen: str
    times_back: int
    proofs: tuple[Proof, ...]
    more: tuple[Proof, ...]
    why_aside: str = ""
    due: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class RemedyGroup:
    """Findings that one and the same remedy mends."""

    remedy: str
    titles: str
    codes: str
    severity: str
    severity_name: str
    why: str
    source: str
    points: float
    items: tuple[ListedFinding, ...]


def region_name(selector: str) -> str:
    """The part of a page in words; a selector as it is."""
    return REGION_NAMES.get(selector, shorten(selector, 120))


def _proof(evidence: Evidence) -> Proof:
    return Proof(
        url=shorten(evidence.url, 300),
        href=safe_href(evidence.url),
        text=shorten(evidence.text, 300),
        region=region_name(evidence.selector),
    )


def item_of(
    finding: StoredFinding,
    run: RunRecord,
    points: Mapping[str, float],
    reasons: Mapping[str, Decision],
) -> ListedFinding:
    """A finding as a row of the report of a run.

    ``points`` are what each finding cost; ``reasons`` what was decided of each last.
    """
    states = finding.states(run.as_of)
    proofs = tuple(map(_proof, finding.evidence))
    return ListedFinding(
        fingerprint=finding.fingerprint,
        code=finding.code,
        title=finding.rule.title,
        message=shorten(finding.message),
        subject=shorten(finding.subject.ref, 300),
        href=safe_href(finding.subject.ref),
        marks=tuple(
            name
            for state, name in (
                (FindingState.NEW, "新增"),
                (FindingState.BACK, "复发"),
                (FindingState.OVERDUE, "豁免到期"),
            )
            if state in states
        ),
        verdict="" if finding.verdict is Verdict.UNTRIAGED else VERDICT_NAMES[finding.verdict],
        points=points.get(finding.fingerprint, 0),
        first_seen=finding.first_seen.isoformat(),
        last_seen=finding.last_seen.isoformat(),
        times_back=finding.times_back,
        proofs=proofs[:SHOWN_EVIDENCE],
        more=proofs[SHOWN_EVIDENCE:],
        why_aside=_why_aside(finding, reasons.get(finding.fingerprint)),
        due=finding.due.isoformat() if finding.due else "",
        # Its day has passed, and nothing was learned of it since.
        overdue=finding.due is not None and finding.due <= run.as_of,
    )


def _why_aside(finding: StoredFinding, decision: Decision | None) -> str:
    if finding.verdict not in {Verdict.EXEMPT, Verdict.REJECTED} or decision is None:
        return ""
    term = f"（至{finding.verdict_until}）" if finding.verdict_until else ""
    who = f"，{decision.by}" if decision.by else ""
    return shorten(f"{VERDICT_NAMES[finding.verdict]}{term}：{decision.why}{who}")


def groups_of(
    findings: Sequence[StoredFinding],
    run: RunRecord,
    points: Mapping[str, float],
    reasons: Mapping[str, Decision],
) -> tuple[RemedyGroup, ...]:
    """Findings put together by remedy, the dearest group first; arguments as in :func:`item_of`."""
    by_remedy: dict[str, list[StoredFinding]] = defaultdict(list)
    for finding in findings:
        by_remedy[finding.rule.remedy or finding.code].append(finding)
    groups = [_group(found, run, points, reasons) for found in by_remedy.values()]
    return tuple(sorted(groups, key=lambda group: (-group.points, -len(group.items), group.codes)))


def _group(
    findings: Sequence[StoredFinding],
    run: RunRecord,
    points: Mapping[str, float],
    reasons: Mapping[str, Decision],
) -> RemedyGroup:
    rules = {finding.code: finding.rule for finding in findings}
    first = next(iter(rules.values()))
    worst = min(
        (rule.severity for rule in rules.values()),
        key=lambda name: [*Severity].index(Severity(name)) if name in set(Severity) else 9,
    )
    items = [item_of(finding, run, points, reasons) for finding in findings]
    return RemedyGroup(
        remedy=first.remedy,
        titles="；".join(dict.fromkeys(rule.title for rule in rules.values())),
        codes="、".join(sorted(rules)),
        severity=worst,
        severity_name=SEVERITY_NAMES[Severity(worst)] if worst in set(Severity) else worst,
        why="".join(dict.fromkeys(rule.why for rule in rules.values())),
        source="；".join(dict.fromkeys(rule.source for rule in rules.values() if rule.source)),
        points=round(sum(item.points for item in items), 2),
        items=tuple(sorted(items, key=lambda item: (-item.points, item.subject))),
    )
