"""A report as values: everything that a template or an export may show, ready to be shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from findings.office.neutral import safe_href, shorten
from findings.records.pictures import Picture
from findings.records.records import (
    COVERAGE_NAMES,
    RUN_STATE_NAMES,
    VERDICT_NAMES,
    CheckError,
    Decision,
    RunRecord,
    State,
    StoredFinding,
    Verdict,
)
from findings.records.traces import FindingTrace
from findings.schemes.scheme import Scheme
from findings.scoring.judge import CategoryScore, Line, Scorecards, UnitCard
from findings.scoring.scored import Bearers
from findings.store.trend import Tick
from plugins import Evidence, Severity
from plugins.rule import FAMILY_NAMES, SEVERITY_NAMES

PLACE = ZoneInfo("Asia/Shanghai")
SHOWN_EVIDENCE = 3
SHOWN_ERRORS = 5

REGION_NAMES = {
    "header": "页头",
    "nav": "导航",
    "list": "列表",
    "article": "正文",
    "footer": "页脚",
    "home": "首页",
    "other": "页面其他位置",
}

# What a crawler cannot see (domain.md §11.3): a report that is silent on it would look complete.
BEYOND = (
    "政务公开专区建设、村（居）公开栏等线下场所",
    "依申请公开的办理文书（文号、公章、救济渠道告知）",
    "台账归档、业务培训、领导听取汇报和“三同步”的审签过程",
    "政务新媒体、新闻发布会等网站以外的渠道",
)


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: ``href`` is empty where the address must not become a link."""

    url: str
    href: str
    text: str
    region: str


@dataclass(frozen=True, slots=True)
class Item:
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
class Group:
    """Findings that one and the same remedy mends."""

    remedy: str
    titles: str
    codes: str
    severity: str
    severity_name: str
    why: str
    source: str
    points: float
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One unit's part: its score, and what it should do."""

    anchor: str
    name: str
    card: UnitCard
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    reviews: tuple[Group, ...]
    fixed: tuple[Item, ...]
    aside: tuple[Item, ...]
    warnings: tuple[Item, ...]
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many findings are open."""
        return sum(len(group.items) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Ranking:
    """One table of the overview."""

    title: str
    categories: Mapping[str, float]
    full: float
    rows: tuple[tuple[Section, tuple[CategoryScore, ...]], ...]


@dataclass(frozen=True, slots=True)
class GapLine:
    """Something that was not looked at, on one site."""

    site: str
    families: str
    state: str
    state_name: str
    why: str
    gaps: tuple[tuple[str, int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A rule that failed: how often, how, and on what."""

    code: str
    title: str
    message: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One run under one scheme."""

    title: str
    label: str
    scheme: Scheme
    run: RunRecord
    state: str
    written: str
    sites: tuple[tuple[str, str, str, str], ...]
    counts: Mapping[str, int]
    rankings: tuple[Ranking, ...]
    sections: tuple[Section, ...]
    unranked: tuple[Section, ...]
    coverage: tuple[GapLine, ...]
    unmeasured: tuple[str, ...]
    errors: tuple[Failed, ...]
    beyond: tuple[str, ...]
    scorecards: Scorecards
    findings: tuple[StoredFinding, ...]
    warnings: tuple[StoredFinding, ...]
    points: Mapping[str, float]
    trend: tuple[Tick, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    traces: Mapping[str, tuple[FindingTrace, ...]] = field(default_factory=dict)


def build_report(
    run: RunRecord,
    findings: Sequence[StoredFinding],
    scheme: Scheme,
    scorecards: Scorecards,
    *,
    errors: Sequence[CheckError] = (),
    decisions: Sequence[Decision] = (),
    written: datetime,
    trend: Sequence[Tick] = (),
    pictures: Mapping[str, Picture] | None = None,
) -> Report:
    """Put a report together from what the store and the judge say of one run.

    Args:
        run: the run; its day is the report's day.
        findings: as of that run, gone ones too.
        scheme: the assessment used.
        scorecards: what ``judge`` made of it.
        errors: rules that failed.
        decisions: the verdict log, from which the reasons of exemptions are quoted.
        written: when the report was made.
        trend: the last runs, oldest first.
        pictures: those that were taken of findings, by fingerprint.
    """
    points = {
        name: cost
        for card in scorecards.units
        for line in card.lines
        for name, cost in line.each.items()
    }
    reasons = {decision.fingerprint: decision for decision in decisions}
    by_unit: dict[str, list[StoredFinding]] = defaultdict(list)
    bearers = Bearers(scheme, run.units, run.sites)
    for finding in findings:
        by_unit[bearers.of(finding)].append(finding)
    cards = list(scorecards.units)
    sections = tuple(
        _section(card, by_unit[card.unit], run, points, reasons, f"u{number}")
        for number, card in enumerate(cards, 1)
    )
    return Report(
        title=scheme.title,
        label=scheme.label,
        scheme=scheme,
        run=run,
        state=RUN_STATE_NAMES[run.state],
        written=written.astimezone(PLACE).strftime("%Y-%m-%d %H:%M"),
        sites=tuple(
            (
                item.site.name or item.site.host,
                item.site.host,
                RUN_STATE_NAMES[item.state],
                item.why,
            )
            for item in run.sites
        ),
        counts=_counts(findings, run, errors),
        rankings=_rankings(scheme, sections),
        sections=sections,
        unranked=tuple(item for item in sections if item.card.note),
        coverage=_coverage(run),
        unmeasured=_unmeasured(sections),
        errors=_errors(errors, run),
        beyond=BEYOND,
        scorecards=scorecards,
        findings=tuple(item for item in findings if not item.warning),
        warnings=_warnings(findings, run),
        points=points,
        trend=tuple(trend),
        pictures=pictures or {},
    )


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


def _item(
    finding: StoredFinding,
    run: RunRecord,
    points: Mapping[str, float],
    reasons: Mapping[str, Decision],
) -> Item:
    states = finding.states(run.as_of)
    proofs = tuple(map(_proof, finding.evidence))
    return Item(
        fingerprint=finding.fingerprint,
        code=finding.code,
        title=finding.rule.title,
        message=shorten(finding.message),
        subject=shorten(finding.subject.ref, 300),
        href=safe_href(finding.subject.ref),
        marks=tuple(
            name
            for state, name in (
                (State.NEW, "新增"),
                (State.BACK, "复发"),
                (State.OVERDUE, "豁免到期"),
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


def _groups(
    findings: Sequence[StoredFinding],
    run: RunRecord,
    points: Mapping[str, float],
    reasons: Mapping[str, Decision],
) -> tuple[Group, ...]:
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
) -> Group:
    rules = {finding.code: finding.rule for finding in findings}
    first = next(iter(rules.values()))
    worst = min(
        (rule.severity for rule in rules.values()),
        key=lambda name: [*Severity].index(Severity(name)) if name in set(Severity) else 9,
    )
    items = [_item(finding, run, points, reasons) for finding in findings]
    return Group(
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


def _section(
    card: UnitCard,
    findings: Sequence[StoredFinding],
    run: RunRecord,
    points: Mapping[str, float],
    reasons: Mapping[str, Decision],
    anchor: str,
) -> Section:
    day = run.as_of
    open_ones = [item for item in findings if State.OPEN in item.states(day) and not item.to_tell()]
    to_tell = [item for item in findings if State.OPEN in item.states(day) and item.to_tell()]
    warnings = _warnings(findings, run)
    aside = [
        item
        for item in findings
        if item.present and not item.states(day) & {State.OPEN, State.WARNING}
    ]
    fixed = [item for item in findings if item.mended]
    states = Counter(state.value for item in open_ones for state in item.states(day))
    return Section(
        anchor=anchor,
        name=card.unit,
        card=card,
        lines=(*card.vetoes, *card.lines),
        groups=_groups(open_ones, run, points, reasons),
        reviews=_groups(to_tell, run, points, reasons),
        fixed=tuple(_item(item, run, points, reasons) for item in fixed),
        aside=tuple(_item(item, run, points, reasons) for item in aside),
        warnings=tuple(_item(item, run, points, reasons) for item in warnings),
        counts={
            "open": len(open_ones),
            "new": states["new"],
            "back": states["back"],
            "fixed": len(fixed),
            "review": len(to_tell),
            "aside": len(aside),
            "warning": len(warnings),
        },
    )


def _warnings(findings: Sequence[StoredFinding], run: RunRecord) -> tuple[StoredFinding, ...]:
    """The early warnings that stand, the one that is due first standing first."""
    standing = [item for item in findings if State.WARNING in item.states(run.as_of)]
    return tuple(
        sorted(standing, key=lambda item: (item.due or run.as_of, item.code, item.subject))
    )


def _counts(
    findings: Sequence[StoredFinding], run: RunRecord, errors: Sequence[CheckError]
) -> dict[str, int]:
    states = Counter(
        state
        for item in findings
        for state in item.states(run.as_of)
        if not item.to_tell() and (State.OPEN in item.states(run.as_of) or not item.present)
    )
    return {
        "open": states[State.OPEN],
        "new": states[State.NEW],
        "back": states[State.BACK],
        "fixed": sum(item.mended for item in findings),
        "review": sum(item.to_tell() and State.OPEN in item.states(run.as_of) for item in findings),
        "errors": len(errors),
        "warning": len(_warnings(findings, run)),
    }


def _rankings(scheme: Scheme, sections: Sequence[Section]) -> tuple[Ranking, ...]:
    tables = []
    for kind in scheme.kinds:
        own = [item for item in sections if item.card.kind == kind.name and not item.card.note]
        rows = tuple(
            (item, tuple(item.card.categories[name] for name in kind.categories)) for item in own
        )
        if rows:
            tables.append(Ranking(kind.title, kind.categories, kind.full, rows))
    return tuple(tables)


def _unmeasured(sections: Sequence[Section]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            name
            for item in sections
            for name, score in item.card.categories.items()
            if not score.measured and not score.waived
        )
    )


def _coverage(run: RunRecord) -> tuple[GapLine, ...]:
    """Families of one site that share one outcome stand in one line; the complete ones too."""
    lines = []
    for item in run.sites:
        together: dict[tuple[str, str, tuple[tuple[str, int, tuple[str, ...]], ...]], list[str]] = (
            defaultdict(list)
        )
        for family, covered in item.coverage.items():
            gaps = tuple(
                (shorten(gap.why, 300), gap.count, tuple(shorten(one, 200) for one in gap.examples))
                for gap in covered.gaps
            )
            together[covered.state, covered.why, gaps].append(FAMILY_NAMES.get(family, family))
        lines += [
            GapLine(
                site=item.site.name or item.site.host,
                families="、".join(families),
                state=state,
                state_name=COVERAGE_NAMES.get(state, state),
                why=shorten(why, 300),
                gaps=gaps,
            )
            for (state, why, gaps), families in together.items()
        ]
    order = {"failed": 0, "partial": 1, "complete": 2}
    return tuple(sorted(lines, key=lambda line: (line.site, order.get(line.state, 0))))


def _errors(errors: Sequence[CheckError], run: RunRecord) -> tuple[Failed, ...]:
    titles = {rule.code: rule.title for rule in run.rules}
    together: dict[tuple[str, str], list[CheckError]] = defaultdict(list)
    for error in errors:
        together[error.code, error.message].append(error)
    return tuple(
        Failed(
            code=code,
            title=titles.get(code, ""),
            message=shorten(message, 300),
            count=len(found),
            examples=tuple(shorten(error.subject.ref, 200) for error in found[:SHOWN_ERRORS]),
        )
        for (code, message), found in together.items()
    )
