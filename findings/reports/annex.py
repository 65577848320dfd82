"""What each indicator cost one unit, and why (失分明细): bulletin and fix lists show the same rows."""

from __future__ import annotations

from dataclasses import dataclass

from findings.office.neutral import shorten
from findings.office.wording import figure
from findings.reports.report import Report, Section
from findings.reports.rows import ListedFinding
from findings.schemes.scheme import IndicatorKind
from findings.scoring.judge import Line

ANNEX_HEAD = ("测评指标", "分值", "扣分", "失分原因", "整改情况")
REASONS = 5  # quoted in one row
LONG = 160


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """测评指标 | 分值 | 扣分 | 失分原因 | 整改情况."""

    indicator: str
    full: str
    lost: str
    why: str
    state: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as a table has it."""
        return (self.indicator, self.full, self.lost, self.why, self.state)


def annex_rows(section: Section, report: Report) -> tuple[AnnexRow, ...]:
    """What each indicator cost a unit, and why: 测评指标 | 分值 | 扣分 | 失分原因 | 整改情况."""
    items = {item.fingerprint: item for group in section.groups for item in group.items}
    return tuple(_annex_row(line, items, report) for line in section.lines)


def _annex_row(line: Line, items: dict[str, ListedFinding], report: Report) -> AnnexRow:
    told = [shorten(items[name].message, LONG) for name in line.findings if name in items]
    why = [f"{number}. {text}" for number, text in enumerate(told[:REASONS], 1)]
    if len(line.findings) > len(why):
        why.append(f"……共{len(line.findings)}处，详见整改清单。")
    indicator = next((one for one in report.scheme.indicators if one.code == line.indicator), None)
    full = indicator.cap if indicator is not None else None
    lost = "单项否决" if line.kind is IndicatorKind.VETO else figure(line.points)
    return AnnexRow(
        indicator=f"{line.indicator} {line.title}",
        full="—" if full is None else figure(full),
        lost=f"+{lost}" if line.kind is IndicatorKind.BONUS else lost,
        why="\n".join(why) or line.title,
        state="待整改",
    )
