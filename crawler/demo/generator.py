"""The district in miniature, made for one day: the same day gives the same bytes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from crawler.demo.annual_reports import build_reports
from crawler.demo.answers import Answer, Maker, Question
from crawler.demo.civil_affairs import build_civil_affairs
from crawler.demo.dialogue import build_dialogue
from crawler.demo.education import build_education
from crawler.demo.figures import build_data
from crawler.demo.finance import build_finance
from crawler.demo.ground import Ground, Registered
from crawler.demo.health import build_health
from crawler.demo.lists import build_lists
from crawler.demo.news import build_news
from crawler.demo.open_government import build_about, build_open_government
from crawler.demo.outside import build_outside, build_services
from crawler.demo.papers import build_papers, link_papers
from crawler.demo.platform import build_platform, plant_quirks, survey_links, unit_friends
from crawler.demo.policies import build_policies
from crawler.demo.portal import (
    FRAME,
    HOST,
    build_footer_pages,
    build_home,
    build_login,
    build_static,
    build_topics,
)
from crawler.demo.quotas import build_quotas
from crawler.demo.references import FRIENDS, planted_links, topics_with_links
from crawler.demo.sites import (
    FIGURES,
    JOBS,
    TRADE,
    bare_page,
    build_figures,
    build_jobs,
    build_trade,
)
from crawler.demo.streets import build_lakeside, build_willow
from crawler.demo.texts import build_texts
from crawler.demo.unit_pages import build_catalogues, plant_unit_pages
from crawler.demo.warnings import build_warnings

# For tests that change the district between nights (``changes``): faults that can be mended and
# planted back without touching any other, and a page that can be made unreachable.
MEND_PLACEHOLDER = "mend:col102-no-news"
MEND_DEAD_LINK = "mend:lnk101-page"
MEND_STATUS_LABEL = "mend:dlg101-no-label"
UNREACHABLE_PAGE = "unreachable:/zwgk/zcwj/gf_806.html"
UNREACHABLE_COLUMN = "unreachable:/xwdt/jddt/"


class DemoDistrict:
    """The whole district: a :class:`crawler.demo.answers.Respondent`.

    ``today`` is the day of the audit; every date is counted from it. ``changes`` are described at
    :class:`crawler.demo.ground.Ground`; ids are those of ``truth.toml``.
    """

    def __init__(self, today: date, changes: Collection[str] = frozenset()) -> None:
        self.today = today
        self.changes = frozenset(changes)

    @cached_property
    def ground(self) -> Ground:
        """Everything that is served and registered, built at first use."""
        ground = Ground(self.today, self.changes)
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
        build_data(ground)
        build_services(ground)
        special, topics = topics_with_links(ground)
        build_topics(ground, special)
        build_login(ground)
        units = tuple(unit.home.item for unit in (*offices, lakeside, willow))
        build_footer_pages(ground, replace(FRAME, menu=units))
        build_home(ground, news, notices[:5], units, (*FRIENDS, *unit_friends(ground)), topics)
        build_jobs(ground)
        build_trade(ground)
        build_figures(ground)
        build_outside(ground)
        build_catalogues(ground, (*offices, lakeside, willow))
        build_texts(ground)
        build_papers(ground)
        build_platform(ground)
        return ground

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """Every host that is served, the portal first."""
        served = sorted({host for host, _ in self.ground.answers})
        return (HOST, *(host for host in served if host != HOST))

    @property
    def answers(self) -> Mapping[tuple[str, str], Answer | Maker]:
        """What is served, by host and target."""
        return self.ground.answers

    @property
    def registered(self) -> tuple[Registered, ...]:
        """The rows of the inventory's column register."""
        return tuple(self.ground.registered)

    def answer(self, question: Question) -> Answer:
        """Answer one request; what is not served is an honest 404."""
        found = self.ground.respond(question, self.hosts)
        if found is not None:
            return found
        return Answer(bare_page(None, "404 Not Found", "您访问的地址不存在。").encode(), 404)
