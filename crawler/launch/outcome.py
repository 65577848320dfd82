"""What a person gets from an audit: progress while it runs, then ranking, notes and the report."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from crawler.launch.audit import Summary, Watcher, run_audit
from crawler.plan.config import AuditConfig
from crawler.run.audit import Audit
from crawler.terminal.score_tables import show_rankings
from findings.people.assessment import Assessment, assess, suggested_points
from findings.people.reporting import report_of
from findings.records.records import RUN_STATE_NAMES, RunState
from findings.reports.exports import finding_json, write_report
from findings.schemes.scheme import Scheme
from findings.schemes.scheme_file import find_scheme
from findings.scoring.score_json import json_text, score_json
from findings.store.store import Store
from plugins import Severity
from plugins.errors import ConfigurationError, Problem

STAGES = {
    "probes": "探测网站",
    "pages": "抓取页面",
    "samples": "无障碍抽样",
    "targets": "核实链接",
    "second opinions": "复核可疑链接",
    "judging": "检查栏目与全站",
    "pictures": "拍摄问题截图",
}
GRAVITY = [Severity.ADVICE, Severity.MINOR, Severity.MAJOR, Severity.VETO]
EXIT_FOUND = 1
EXIT_UNFINISHED = 3
T = TypeVar("T")


@dataclass(frozen=True)
class AuditResult:
    """An audit that is over, judged, with its reports written (none where no site was finished)."""

    summary: Summary
    database: str
    assessment: Assessment | None
    scheme: Scheme
    reports: tuple[Path, ...] = ()
    findings: tuple[dict[str, Any], ...] = ()
    warnings: tuple[dict[str, Any], ...] = ()
    grave: bool = False

    @classmethod
    def of_audit(
        cls, config: AuditConfig, *, fail_on: str = "", quiet: bool = False
    ) -> AuditResult:
        """Run an audit and judge it.

        Raises:
            ConfigurationError: wrong scheme or severity; nothing was fetched.
        """
        scheme = find_scheme(config.scheme)
        if fail_on and fail_on not in list(Severity):
            names = "、".join(Severity)
            raise ConfigurationError([Problem("--fail-on", f"“{fail_on}”无效，可选{names}")])
        summary = watched(lambda watch: run_audit(config, watch), quiet=quiet)
        result = cls(summary, config.database, None, scheme)
        # One site that is down must not cost a district its report: its coverage says so there.
        if summary.state == "aborted" or "finished" not in summary.sites.values():
            return result
        return result.judged(config, fail_on)

    def judged(self, config: AuditConfig, fail_on: str) -> AuditResult:
        """The same with scores, findings and reports from the store."""
        with Store.open(config.database) as store:
            run = store.run(self.summary.run)
            found = assess(store, run, self.scheme)
            present = [item for item in found.findings if item.present and not item.warning]
            points = suggested_points(present, self.scheme, run)
            report = report_of(store, run, self.scheme, judged=found)
        folder = config.out / "reports"
        grave = False
        if fail_on:
            least = GRAVITY.index(Severity(fail_on))
            grave = any(
                GRAVITY.index(Severity(item.rule.severity)) >= least and not item.to_tell()
                for item in present
            )
        return replace(
            self,
            assessment=found,
            reports=tuple(write_report(report, kind, folder) for kind in ("html", "json", "csv")),
            findings=tuple(finding_json(item, points[item.fingerprint]) for item in present),
            warnings=tuple(finding_json(item, 0) for item in report.warnings),
            grave=grave,
        )

    @property
    def exit_status(self) -> int:
        """0 done, 1 something grave with ``--fail-on``, 3 not finished or unhealthy."""
        if self.summary.state != "finished":
            return EXIT_UNFINISHED
        return EXIT_FOUND if self.grave else 0

    def print(self, *, as_json: bool) -> None:
        """Tell the office, or a program."""
        if as_json:
            sys.stdout.write(json_text(self.as_json()))
            return
        for note in self.summary.notes:
            sys.stderr.write(f"注意：{note}\n")
        if self.assessment is None:
            state = RUN_STATE_NAMES[RunState(self.summary.state)]
            sys.stderr.write(
                f"第{self.summary.run}次检查没有正常完成（{state}）：问题记录保持不变，没有评分和报告。"
                f"{self.summary.problem}\n"
            )
            return
        show_rankings(score_json(self.assessment.scores))
        counted = sum(not item["review"] for item in self.findings)
        review = len(self.findings) - counted
        sys.stdout.write(
            f"检查了{self.summary.pages}个页面，现存问题{counted}条，另有{review}条需人工核实（不扣分）。\n"
        )
        if self.warnings:
            first = min(item["due"] for item in self.warnings)
            sys.stdout.write(
                f"预警：将到期事项{len(self.warnings)}项（不扣分），最早的{first}起逾期，"
                "列在报告各单位名下。\n"
            )
        for path in self.reports:
            sys.stdout.write(f"报告：{path}\n")

    def as_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        return {
            "run": self.summary.run,
            "state": self.summary.state,
            "problem": self.summary.problem,
            "database": self.database.partition("@")[2] or self.database,
            "pages": self.summary.pages,
            "sites": self.summary.sites,
            "notes": list(self.summary.notes),
            "reports": [str(path) for path in self.reports],
            "stats": self.summary.stats,
            "score": score_json(self.assessment.scores) if self.assessment else None,
            "findings": list(self.findings),
            "warnings": list(self.warnings),
        }


def watched(work: Callable[[Watcher | None], T], *, quiet: bool) -> T:
    """Do the work of an audit with progress on a terminal, with plain lines elsewhere."""
    console = Console(stderr=True)
    if quiet:
        return work(None)
    if not console.is_terminal or console.is_dumb_terminal:
        return work(lambda _, stage, detail: _line(stage, detail))
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task("准备")

        def watch(audit: Audit, stage: str, detail: str) -> None:
            pages = sum(state.asked for state in audit.sites.values())
            words = f"{STAGES.get(stage, stage)} {detail}".strip()
            progress.update(task, description=f"{words} · 已抓取{pages}页")

        return work(watch)


def _line(stage: str, detail: str) -> None:
    sys.stderr.write(f"{STAGES.get(stage, stage)} {detail}".rstrip() + "\n")
    sys.stderr.flush()
