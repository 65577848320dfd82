"""A recheck from the findings that it is about to what the office is told of each."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.launch.audit import Summary, Watcher, run_audit
from crawler.launch.outcome import EXIT_UNFINISHED, watched
from crawler.plan.config import AuditConfig
from crawler.recheck.closing import Rechecker
from crawler.recheck.judge import OUTCOME_NAMES, Recheck, RecheckOutcome
from crawler.run.audit import Audit, Closer
from crawler.terminal.tables import show_blocks
from findings.fixlists.fixlist import last_claims
from findings.records.records import RUN_STATE_NAMES, Claim, RunState, StoredFinding
from findings.scoring.score_json import json_text
from findings.store.store import Store

EARLIER = "此前已核实整改，本次没有再访问"


@dataclass(frozen=True)
class RecheckResult:
    """A recheck that is over; ``summary`` None where nothing had to be fetched."""

    rechecks: tuple[Recheck, ...]
    claims: Mapping[str, Claim]
    summary: Summary | None = None

    @classmethod
    def of(
        cls,
        config: AuditConfig | None,
        findings: Collection[StoredFinding],
        *,
        database: str,
        quiet: bool,
    ) -> RecheckResult:
        """Fetch what the present ones rest on and say what became of all; ``config`` None = nothing to fetch."""
        summary: Summary | None = None
        told: dict[str, Recheck] = {
            one.fingerprint: Recheck(one, RecheckOutcome.VERIFIED, _gone(one))
            for one in findings
            if not one.present
        }
        if config is not None:
            closers: list[Closer] = []

            def work(watch: Watcher | None) -> Summary:
                def keep(audit: Audit, stage: str, detail: str) -> None:
                    if not closers:
                        closers.append(audit.closer)
                    if watch is not None:
                        watch(audit, stage, detail)

                return run_audit(config, keep)

            summary = watched(work, quiet=quiet)
            made = [
                one
                for closer in closers
                if isinstance(closer, Rechecker)
                for one in closer.rechecks
            ]
            told |= {one.finding.fingerprint: one for one in made}
        with Store.open(database, create=False) as store:
            claims = last_claims(store.claims())
        done = tuple(
            told.get(one.fingerprint) or Recheck(one, RecheckOutcome.UNKNOWN, "复查没有正常完成")
            for one in findings
        )
        return cls(done, claims, summary)

    @property
    def exit_status(self) -> int:
        """0 done, 3 not finished or unhealthy."""
        return (
            EXIT_UNFINISHED if self.summary is not None and self.summary.state != "finished" else 0
        )

    def print(self, *, as_json: bool) -> None:
        """Tell the office, or a program."""
        if as_json:
            sys.stdout.write(json_text(self.as_json()))
            return
        if self.summary is not None and self.summary.state != "finished":
            state = RUN_STATE_NAMES[RunState(self.summary.state)]
            for note in self.summary.notes:
                sys.stderr.write(f"注意：{note}\n")
            sys.stderr.write(f"复查没有全部完成（{state}）。{self.summary.problem}\n")
        counts = Counter(one.outcome for one in self.rechecks)
        said = "，".join(f"{OUTCOME_NAMES[one]}{counts[one]}条" for one in RecheckOutcome)
        number = f"（第{self.summary.run}次）" if self.summary is not None else ""
        show_blocks(
            ("编号", "代码", "问题", "单位", "结论", "反馈", "对象", "说明"),
            [
                (
                    one.finding.fingerprint[:12],
                    one.finding.code,
                    one.finding.rule.title,
                    one.finding.unit,
                    OUTCOME_NAMES[one.outcome],
                    self._said(one),
                    one.finding.subject.ref,
                    "　".join(part for part in (one.why, _words(one)) if part),
                )
                for one in self.rechecks
            ],
            below=("对象", "说明"),
            title=f"复查{number}：{said}",
        )

    def _said(self, one: Recheck) -> str:
        claim = self.claims.get(one.finding.fingerprint)
        if claim is None:
            return ""
        if claim.done:
            return "称已整改，仍存在" if one.outcome is RecheckOutcome.STILL else "称已整改"
        return claim.text[:20]

    def as_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        counts = Counter(one.outcome for one in self.rechecks)
        summary = self.summary
        return {
            "run": summary.run if summary else None,
            "state": summary.state if summary else "finished",
            "problem": summary.problem if summary else "",
            "sites": summary.sites if summary else {},
            "pages": summary.pages if summary else 0,
            "notes": list(summary.notes) if summary else [],
            "counts": {one.value: counts[one] for one in RecheckOutcome},
            "findings": [self._finding(one) for one in self.rechecks],
        }

    def _finding(self, one: Recheck) -> dict[str, Any]:
        finding = one.finding
        claim = self.claims.get(finding.fingerprint)
        seen = one.observed.sighting.finding.evidence if one.observed else ()
        return {
            "fingerprint": finding.fingerprint,
            "code": finding.code,
            "title": finding.rule.title,
            "site": finding.site,
            "unit": finding.unit,
            "subject": {"kind": finding.subject.kind.value, "ref": finding.subject.ref},
            "key": finding.key,
            "outcome": one.outcome.value,
            "outcome_name": OUTCOME_NAMES[one.outcome],
            "why": one.why,
            "message": one.message,
            "evidence": [
                {"url": place.url, "text": place.text, "selector": place.selector}
                for place in (seen or finding.evidence)
            ],
            "claim": None
            if claim is None
            else {
                "text": claim.text,
                "done": claim.done,
                "by": claim.by,
                "at": claim.at.isoformat(),
            },
        }


def _gone(finding: StoredFinding) -> str:
    return f"{EARLIER}（{finding.gone_on}）" if finding.gone_on else EARLIER


def _words(one: Recheck) -> str:
    """What is still wrong, with the words of the page."""
    if one.outcome is RecheckOutcome.VERIFIED:
        return ""
    if one.outcome is RecheckOutcome.UNKNOWN:
        return f"原问题：{one.finding.message}"
    quote = next(
        (
            place.text
            for place in (one.observed.sighting.finding.evidence if one.observed else ())
            if place.text
        ),
        "",
    )
    return one.message + (f"　原文：“{quote[:80]}”" if quote and quote not in one.message else "")
