"""Writes findings, scores and reports: JSON, CSV for spreadsheets, and one self-contained page."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from findings.office.files import write_file
from findings.office.neutral import neutral
from findings.records.pictures import chosen
from findings.records.records import STATE_NAMES, VERDICT_NAMES, FindingState, StoredFinding
from findings.reports.report import Report
from findings.reports.report_charts import charts_of
from findings.reports.rows import region_name
from findings.reports.why import explained
from findings.schemes.scheme import RECALLED_NAMES, Recalled
from findings.scoring.score_json import json_text, number, score_json
from plugins import Severity
from plugins.errors import ConfigurationError, Problem
from plugins.rule import SEVERITY_NAMES, family_name

Format = Callable[[Report], str | bytes]

KIND_NAMES = {"page": "页面", "column": "栏目", "site": "网站", "link": "链接"}


def finding_json(finding: StoredFinding, points: float) -> dict[str, Any]:
    """A finding in the shape of design §10; further keys only at the end."""
    return {
        "fingerprint": finding.fingerprint,
        "code": finding.code,
        "title": finding.rule.title,
        "family": finding.rule.family,
        "severity": finding.rule.severity,
        "site": finding.site,
        "unit": finding.unit,
        "subject": {"kind": finding.subject.kind.value, "ref": finding.subject.ref},
        "key": finding.key,
        "message": finding.message,
        "remedy": finding.rule.remedy,
        "evidence": [
            {"url": item.url, "text": item.text, "selector": item.selector}
            for item in finding.evidence
        ],
        "review": finding.review,
        "presence": finding.presence.value,
        "verdict": finding.verdict.value,
        "first_seen": finding.first_seen.isoformat(),
        "last_seen": finding.last_seen.isoformat(),
        "times_back": finding.times_back,
        "points": number(points),
        "traits": list(finding.traits),
        "source": finding.rule.source,
        "verdict_until": finding.verdict_until.isoformat() if finding.verdict_until else None,
        "gone_on": finding.gone_on.isoformat() if finding.gone_on else None,
        "due": finding.due.isoformat() if finding.due else None,
        "breached_on": finding.breached_on.isoformat() if finding.breached_on else None,
    }


def csv_text(findings: Iterable[StoredFinding], points: Mapping[str, float], day: Any) -> str:
    """Findings for a spreadsheet: UTF-8 with BOM, every cell quoted, formulas neutralised."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(
        [
            "问题编号",
            "代码",
            "问题",
            "类别",
            "严重程度",
            "站点",
            "单位",
            "对象",
            "地址",
            "标识",
            "说明",
            "整改办法",
            "依据",
            "所在页面",
            "原文",
            "位置",
            "须人工核实",
            "状态",
            "核实结论",
            "首次发现",
            "最近发现",
            "复发次数",
            "应扣分值",
            "逾期日",
        ]
    )
    for finding in findings:
        states = finding.states(day)
        cells = (
            finding.fingerprint,
            finding.code,
            finding.rule.title,
            family_name(finding.rule.family),
            severity_name(finding.rule.severity),
            finding.site,
            finding.unit,
            KIND_NAMES[finding.subject.kind.value],
            finding.subject.ref,
            finding.key,
            finding.message,
            finding.rule.remedy,
            finding.rule.source,
            "\n".join(item.url for item in finding.evidence),
            "\n".join(item.text for item in finding.evidence),
            "\n".join(region_name(item.selector) for item in finding.evidence),
            "是" if finding.review else "否",
            "、".join(STATE_NAMES[state] for state in FindingState if state in states),
            VERDICT_NAMES[finding.verdict],
            finding.first_seen.isoformat(),
            finding.last_seen.isoformat(),
        )
        writer.writerow(
            (
                *map(neutral, cells),
                finding.times_back,
                number(points.get(finding.fingerprint, 0)),
                finding.due.isoformat() if finding.due else "",
            )
        )
    return out.getvalue()


def severity_name(severity: str) -> str:
    """The severity in words."""
    return SEVERITY_NAMES[Severity(severity)] if severity in set(Severity) else severity


def report_json(report: Report) -> str:
    """A whole report as JSON."""
    run = report.run
    return json_text(
        {
            "run": run.id,
            "as_of": run.as_of.isoformat(),
            "state": run.state.value,
            "counts": dict(report.counts),
            "score": score_json(report.scorecards),
            "findings": [
                finding_json(item, report.points.get(item.fingerprint, 0))
                for item in report.findings
            ],
            "warnings": [finding_json(item, 0) for item in report.warnings],
            "unmeasured": list(report.unmeasured),
            "errors": [
                {
                    "code": failed.code,
                    "message": failed.message,
                    "count": failed.count,
                    "examples": list(failed.examples),
                }
                for failed in report.errors
            ],
        }
    )


def report_csv(report: Report) -> str:
    """A whole report's findings as CSV, the warnings at the end."""
    listed = (*report.findings, *report.warnings)
    return csv_text(listed, report.points, report.run.as_of)


def report_html(report: Report) -> str:
    """A whole report as one page that needs nothing else and runs no script but its own."""
    environment = Environment(
        loader=PackageLoader("findings", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = number
    # A chart is markup of this package's own, in which all that comes from outside is escaped.
    environment.filters["drawn"] = lambda chart: Markup(chart.svg)  # noqa: S704
    environment.filters["recalled"] = lambda certainty: RECALLED_NAMES[Recalled(certainty)]
    templates = files("findings.templates")
    script = (templates / "report.js").read_text(encoding="utf-8")
    style = (templates / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    # Only these two are not escaped: they are files of this package.
    return environment.get_template("report.html.j2").render(
        report=report,
        pictures=chosen(report.pictures, _shown(report)),
        why=explained(report.traces, _shown(report)),
        charts=charts_of(report),
        script=Markup(script),  # noqa: S704
        style=Markup(style),  # noqa: S704
        script_hash=f"'sha256-{digest}'",
    )


def _shown(report: Report) -> Iterator[str]:
    """Findings in the order of their claim to a picture: what has to be mended, the dearest first."""
    items = [
        item for section in report.sections for group in section.groups for item in group.items
    ]
    yield from (item.fingerprint for item in sorted(items, key=lambda item: -item.points))
    for section in report.sections:
        yield from (item.fingerprint for group in section.reviews for item in group.items)


FORMATS: Mapping[str, Format] = {"html": report_html, "json": report_json, "csv": report_csv}


def write_report(
    report: Report,
    format: str,  # noqa: A002 - the word of the command line
    out_dir: Path,
    formats: Mapping[str, Format] = FORMATS,
) -> Path:
    """Write a report and give its path; a reader never meets half a file.

    Raises:
        ConfigurationError: when there is no such format, or the folder cannot be written.
    """
    if format not in formats:
        known = "、".join(formats)
        raise ConfigurationError([Problem("--format", f"没有“{format}”格式：可用{known}。")])
    name = f"gongkai-{report.run.as_of}-run{report.run.id}.{format}"
    return write_file(out_dir / name, formats[format](report), "--out")
