"""Every form in which ``gongkai report`` writes a run."""

from __future__ import annotations

from collections.abc import Mapping

from findings.bulletin.bulletin import Bulletin, Heading, build_bulletin
from findings.bulletin.files import bulletin_docx, bulletin_xlsx
from findings.reports.exports import FORMATS, Format
from findings.reports.report import Report


def _bulletin(report: Report) -> Bulletin:
    day = report.run.as_of
    return build_bulletin(report, Heading(year=day.year, day=day))


REPORTS: Mapping[str, Format] = {
    **FORMATS,
    # For paper and for reckoning: the bulletin of the run, as ``gongkai bulletin`` writes it.
    "docx": lambda report: bulletin_docx(_bulletin(report)),
    "xlsx": lambda report: bulletin_xlsx(_bulletin(report)),
}
