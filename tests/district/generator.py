"""The truth district, made for one day: the same day gives the same bytes.

What hangs on days before the audit alone is data (``pages/``, read by the demo's own reader), and what
a rule brings beside its fixtures (``tests/checks/…/_district.toml``) is read with it. What hangs on the
calendar (quarters that have ended, reports of a year, seasons) and whatever else is not data yet is
made by the modules of ``portal/``, ``units/`` and ``papers/``, before the data, so that rows of both
stand in one list.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

from crawler.demo.district import District
from crawler.demo.ground import Ground
from crawler.demo.pages import Pages
from crawler.demo.truth import Truth, read_truth
from tests.district.papers.annual_reports import build_reports
from tests.district.papers.dialogue import build_dialogue
from tests.district.papers.lists import build_lists
from tests.district.papers.policies import build_policies
from tests.district.papers.quotas import build_quotas
from tests.district.papers.warnings import build_warnings, seasons
from tests.district.portal.news import build_news
from tests.district.portal.open_government import build_about, build_open_government
from tests.district.portal.outside import TOUR, build_outside, build_services
from tests.district.portal.platform import build_platform, plant_quirks, survey_links, unit_friends
from tests.district.portal.portal import (
    FRAME,
    HOST,
    build_footer_pages,
    build_home,
    build_login,
    build_static,
    build_topics,
    link_papers,
)
from tests.district.portal.references import FRIENDS, planted_links, topics_with_links
from tests.district.portal.sites import (
    FIGURES,
    JOBS,
    TRADE,
    behave,
)
from tests.district.units.civil_affairs import build_civil_affairs
from tests.district.units.education import build_education
from tests.district.units.finance import build_finance
from tests.district.units.health import build_health
from tests.district.units.streets import build_lakeside, build_willow
from tests.district.units.unit_pages import build_catalogues, plant_unit_pages

# The inventory but for its columns. 就业 has no AAAA record, and neither has one outside host, which
# is none of the district's.
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
        _build(ground)
        Pages(ground, seasons(today)).build([*sorted(PAGES.glob("*.toml")), *brought()])
        behave(ground)
        without = {JOBS, TOUR} if ground.planted("plt101-no-aaaa") else {TOUR}
        super().__init__(ground, HOST, REGISTER.read_text("utf-8"), without)


def _build(ground: Ground) -> None:
    plant_quirks(ground)
    link_papers(ground)
    plant_unit_pages(ground)
    build_static(ground, (HOST, JOBS, TRADE, FIGURES))
    build_warnings(ground)
    build_quotas(ground)
    build_lists(ground)
    build_reports(ground)
    extras = {**planted_links(ground), **survey_links(ground)}
    offices = (
        build_finance(ground, extras),
        build_education(ground, extras),
        build_civil_affairs(ground, extras),
        build_health(ground, extras),
    )
    lakeside = build_lakeside(ground, extras)
    street_rows = lakeside.rows["/content/column/6791502"]
    office_rows = [row for unit in offices for row in unit.rows[unit.columns[2].path][:7]]
    news, notices = build_news(ground, office_rows, street_rows)
    willow = build_willow(ground, extras, news)
    documents, _ = build_policies(ground)
    build_about(ground)
    build_open_government(ground, documents, news)
    build_dialogue(ground)
    build_services(ground)
    special, topics = topics_with_links(ground)
    build_topics(ground, special)
    build_login(ground)
    units = tuple(unit.home.item for unit in (*offices, lakeside, willow))
    build_footer_pages(ground, replace(FRAME, menu=units))
    build_home(ground, news, notices[:5], units, (*FRIENDS, *unit_friends(ground)), topics)
    build_outside(ground)
    build_catalogues(ground, (*offices, lakeside, willow))
    build_platform(ground)
