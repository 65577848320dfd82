"""Puts a report together from what the store and the judge say of one run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from findings.office.neutral import shorten
from findings.records.pictures import Picture
from findings.records.records import (
    COVERAGE_NAMES,
    RUN_STATE_NAMES,
    Decision,
    FindingState,
    RuleFailure,
    RunRecord,
    StoredFinding,
)
from findings.reports.report import Failed, GapLine, Ranking, Report, Section
from findings.reports.rows import groups_of, item_of
from findings.schemes.scheme import Scheme
from findings.scoring.judge import Scorecards, UnitCard
from findings.scoring.scored import Bearers
from findings.store.trend import Tick
from plugins.rule import family_name

PLACE = ZoneInfo("Asia/Shanghai")
SHOWN_ERRORS = 5

# What a crawler cannot see (domain.md §11.3): a report that is silent on it would look complete.
BEYOND = (
    "政务公开专区建设、村（居）公开栏等线下场所",
    "依申请公开的办理文书（文号、公章、救济渠道告知）",
    "台账归档、业务培训、领导听取汇报和“三同步”的审签过程",
    "政务新媒体、新闻发布会等网站以外的渠道",
)


def build_report(
    run: RunRecord,
    findings: Sequence[StoredFinding],
    scheme: Scheme,
    scorecards: Scorecards,
    *,
    errors: Sequence[RuleFailure] = (),
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


def _section(
    card: UnitCard,
    findings: Sequence[StoredFinding],
    run: RunRecord,
    points: Mapping[str, float],
    reasons: Mapping[str, Decision],
    anchor: str,
) -> Section:
    day = run.as_of
    open_ones = [
        item for item in findings if FindingState.OPEN in item.states(day) and not item.to_tell()
    ]
    to_tell = [
        item for item in findings if FindingState.OPEN in item.states(day) and item.to_tell()
    ]
    warnings = _warnings(findings, run)
    aside = [
        item
        for item in findings
        if item.present and not item.states(day) & {FindingState.OPEN, FindingState.WARNING}
    ]
    fixed = [item for item in findings if item.mended]
    states = Counter(state.value for item in open_ones for state in item.states(day))
    return Section(
        anchor=anchor,
        name=card.unit,
        card=card,
        lines=(*card.vetoes, *card.lines),
        groups=groups_of(open_ones, run, points, reasons),
        reviews=groups_of(to_tell, run, points, reasons),
        fixed=tuple(item_of(item, run, points, reasons) for item in fixed),
        aside=tuple(item_of(item, run, points, reasons) for item in aside),
        warnings=tuple(item_of(item, run, points, reasons) for item in warnings),
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
    standing = [item for item in findings if FindingState.WARNING in item.states(run.as_of)]
    return tuple(
        sorted(standing, key=lambda item: (item.due or run.as_of, item.code, item.subject))
    )


def _counts(
    findings: Sequence[StoredFinding], run: RunRecord, errors: Sequence[RuleFailure]
) -> dict[str, int]:
    states = Counter(
        state
        for item in findings
        for state in item.states(run.as_of)
        if not item.to_tell() and (FindingState.OPEN in item.states(run.as_of) or not item.present)
    )
    return {
        "open": states[FindingState.OPEN],
        "new": states[FindingState.NEW],
        "back": states[FindingState.BACK],
        "fixed": sum(item.mended for item in findings),
        "review": sum(
            item.to_tell() and FindingState.OPEN in item.states(run.as_of) for item in findings
        ),
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
            together[covered.state, covered.why, gaps].append(family_name(family))
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


def _errors(errors: Sequence[RuleFailure], run: RunRecord) -> tuple[Failed, ...]:
    titles = {rule.code: rule.title for rule in run.rules}
    together: dict[tuple[str, str], list[RuleFailure]] = defaultdict(list)
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
