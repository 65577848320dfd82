"""The truth district, made for one day: the same day gives the same bytes.

What hangs on days before the audit alone is data (``pages/``, read by the demo's own reader), and what
a rule brings beside its fixtures (``tests/checks/…/_district.toml``) is read with it. What hangs on the
calendar (quarters that have ended, reports of a year, seasons) is made by the modules of ``papers/``,
before the data, so that rows of both stand in one list.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from crawler.demo.district import District
from crawler.demo.ground import Ground
from crawler.demo.pages import Pages
from crawler.demo.truth import Truth, read_truth
from tests.district.papers.accounts import build_accounts
from tests.district.papers.annual_reports import build_reports
from tests.district.papers.dialogue import build_dialogue
from tests.district.papers.portal import HOST
from tests.district.papers.quotas import build_quotas
from tests.district.papers.warnings import build_warnings, seasons

# An outside host without an AAAA record, which is none of the district's concern.
TOUR = "www.minghu-tour.example"
# The inventory but for its columns.
REGISTER = Path(__file__).with_name("register.toml")
TRUTH = Path(__file__).with_name("truth")
PAGES = Path(__file__).with_name("pages")
# A rule may bring pages and truth of its own, beside its fixtures.
CHECKS = Path(__file__).parents[1] / "checks"
# For tests that change the district between nights (``changes``): faults that can be mended and
# planted back without touching any other, and a page that can be made unreachable.
MEND_PLACEHOLDER = "mend:col102-no-news"
MEND_DEAD_LINK = "mend:lnk101-page"
MEND_STATUS_LABEL = "mend:dlg101-no-label"
UNREACHABLE_PAGE = "unreachable:/zwgk/zcwj/gf_806.html"
UNREACHABLE_COLUMN = "unreachable:/xwdt/jddt/"


def truth() -> Truth:
    """Everything that is planted in the district, and what only looks as if it were."""
    return read_truth(*sorted(TRUTH.glob("*.toml")), *brought())


def brought() -> list[Path]:
    """The files that rules bring beside their fixtures."""
    return sorted(CHECKS.glob("**/_district.toml"))


class TruthDistrict(District):
    """The whole district with every fault planted but those that ``changes`` mend.

    ``today`` is the day of the audit; every date is counted from it. ``changes`` are described at
    :class:`crawler.demo.ground.Ground`; ids are those of the truth.
    """

    def __init__(self, today: date, changes: Collection[str] = frozenset()) -> None:
        ground = Ground(today, frozenset(changes))
        for build in (build_warnings, build_quotas, build_accounts, build_reports, build_dialogue):
            build(ground)
        pages = Pages(ground, seasons(today))
        pages.build([*sorted(PAGES.glob("*.toml")), *brought()])
        super().__init__(ground, HOST, REGISTER.read_text("utf-8"), {*pages.ipv4_only, TOUR})
