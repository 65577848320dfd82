"""Writes findings, scores and reports: JSON, CSV for spreadsheets, and one self-contained page."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from findings.records import STATE_NAMES, VERDICT_NAMES, FamilyCoverage, State, StoredFinding
from findings.reports import Report, region_name
from findings.scoring import Line, Scorecards
from plugins import Severity
from plugins.errors import ConfigurationError, Problem
from plugins.reasons import system_reason
from plugins.rule import FAMILY_NAMES, SEVERITY_NAMES

Format = Callable[[Report], str | bytes]

KIND_NAMES = {"page": "页面", "column": "栏目", "site": "网站", "link": "链接"}
# A spreadsheet takes a cell that begins so for a formula; the minus sign (and, by NFKC, full-width
# forms) included, as some programs fold them on import.
_FORMULA = frozenset("=+-@\N{MINUS SIGN}")
_CELL = 32_000  # Excel holds 32,767 characters in a cell and mangles the file beyond


def number(points: float) -> float | int:
    """Points without a needless ``.0``."""
    rounded = round(points, 2)
    return int(rounded) if rounded == int(rounded) else rounded


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
    }


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
    }


def score_json(scores: Scorecards) -> dict[str, Any]:
    """Scores in the shape of design §10; further keys only at the end."""
    return {
        "scheme": scores.scheme,
        "as_of": scores.as_of.isoformat(),
        "coverage": coverage_json(scores.coverage),
        "units": [
            {
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
            }
            for card in scores.units
        ],
        "title": scores.title,
        "label": scores.label,
    }


def json_text(value: Any) -> str:
    """JSON as files and terminals get it."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = "".join(sign for sign in text if sign in "\t\r\n" or sign.isprintable() or sign == "　")
    text = text[:_CELL]
    first = text.lstrip("\t\r\n \u00a0\u3000\u200b\ufeff")[:1]
    if text[:1] in {"\t", "\r", "\n"} or unicodedata.normalize("NFKC", first) in _FORMULA:
        return "'" + text
    return text


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
        ]
    )
    for finding in findings:
        states = finding.states(day)
        cells = (
            finding.fingerprint,
            finding.code,
            finding.rule.title,
            FAMILY_NAMES.get(finding.rule.family, finding.rule.family),
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
            "、".join(STATE_NAMES[state] for state in State if state in states),
            VERDICT_NAMES[finding.verdict],
            finding.first_seen.isoformat(),
            finding.last_seen.isoformat(),
        )
        writer.writerow(
            (*map(neutral, cells), finding.times_back, number(points.get(finding.fingerprint, 0)))
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
    """A whole report's findings as CSV."""
    return csv_text(report.findings, report.points, report.run.as_of)


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
    templates = files("findings.templates")
    script = (templates / "report.js").read_text(encoding="utf-8")
    style = (templates / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    # Only these two are not escaped: they are files of this package.
    return environment.get_template("report.html.j2").render(
        report=report,
        script=Markup(script),  # noqa: S704
        style=Markup(style),  # noqa: S704
        script_hash=f"'sha256-{digest}'",
    )


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
        raise ConfigurationError(
            [Problem("命令行", f"没有“{format}”格式：可用{known}。", field="--format")]
        )
    text = formats[format](report)
    raw = text.encode("utf-8", "replace") if isinstance(text, str) else text
    path = out_dir / f"gongkai-{report.run.as_of}-run{report.run.id}.{format}"
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        _write_whole(path, raw)
    except OSError as error:
        raise ConfigurationError(
            [Problem(str(path), f"无法写入：{system_reason(error)}。", field="--out")]
        ) from error
    return path


def _write_whole(path: Path, raw: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
