"""Whose yearly reports on openness a site holds, of which year: pages, rows and documents put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from plugins.addresses.urls import url_key
from plugins.facts.attachments import AttachmentDigest, State
from plugins.facts.holdings import limits
from plugins.facts.holdings.holding import ATTACHMENT, COLUMN, OUTSIDE, Holding, names_of
from plugins.facts.holdings.holdings import Holdings
from plugins.facts.language.text import solid
from plugins.facts.papers.annual_reports import (
    NOT_ONE,
    TITLE,
    AnnualReport,
    names_report,
    year_named,
)
from plugins.facts.site.known import known
from plugins.facts.site.site import PageDigest, Site
from plugins.finding import Evidence, Subject, SubjectKind

PORTAL = re.compile(r"(?:人民政府|管委会|管理委员会)(?:门户网站|政府门户网站|网站|网)?$")
# Columns and links by which one gets to yearly reports.
LEADS = re.compile(r"年报|年度报告|信息公开.{0,6}报告")
ORGAN = re.compile(
    r"^(?:附件\d*[:.、]?|[《\"])?(?:20\d\d年?(?:度|年度)?|二[〇○零]\S{2}年度?)?(.*?)(?:20\d\d|二[〇○零]\S{2}年|关于|\(|年度|政府信息|政务公开|信息公开).*"
)
PLACE = re.compile(r"(?:省|市|区|县|州|旗|盟|政府|管委会|管理委员会)$")
TOWN = re.compile(r"[乡镇](?:人民)?政府$")
OFFICE = re.compile(r"办(?:公室|公厅)?$")


@dataclass(frozen=True, slots=True)
class Filing:
    """One place where a report stands: a page, a row whose page was not read, or a document.

    ``owner`` is the unit that it is of ("" = a body that is not registered, or nobody known), and
    ``government`` says that it is the government's own. ``day`` is a date that is shown, never one
    taken from the address. ``credit`` are units that it may be counted for.
    """

    owner: str
    government: bool
    year: int | None
    title: str
    url: str
    key: str
    day: date | None = None
    report: AnnualReport | None = None
    page: bool = True
    credit: frozenset[str] = frozenset()

    @property
    def evidence(self) -> Evidence:
        """Where it can be seen."""
        return Evidence(self.url, self.title)

    def subject(self, host: str) -> Subject:
        """What a finding on this report is about."""
        return Subject(SubjectKind.PAGE if self.page else SubjectKind.LINK, host, self.key)


@dataclass(frozen=True, slots=True)
class Dossier:
    """The report of one owner on one year, in all places where it stands, pages first."""

    owner: str
    government: bool
    year: int
    filings: tuple[Filing, ...]

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return f"{self.year}年政府信息公开工作年度报告"

    def whose(self, site: Site) -> str:
        """Its owner by name; the government's is the site's."""
        return self.owner if self.owner and not self.government else site.name

    @property
    def day(self) -> date | None:
        """The first day on which it was published, as far as shown."""
        return min((one.day for one in self.filings if one.day), default=None)

    def unread(self, site: Site) -> str:
        """Why a part of it may stand where it was not read (附件, 图片, 内嵌页面); "" = all was read."""
        for one in self.filings:
            report = one.report
            if report is None:
                return "附件" if not one.page else "未打开的页面"
            if not report.elsewhere:
                continue
            documents = [site.attachments.get(key) for key in report.files]
            if not documents or any(
                one is None or one.state is not State.READ for one in documents
            ):
                return report.elsewhere
        return ""

    @property
    def read(self) -> tuple[Filing, ...]:
        """Where its text could be read."""
        return tuple(one for one in self.filings if one.report is not None and one.report.read)


@dataclass(frozen=True)
class Filings:
    """All reports that a site holds; ``since`` is the first year from which a unit's things are seen."""

    all: tuple[Filing, ...]
    since: dict[str, int]

    @cached_property
    def dossiers(self) -> tuple[Dossier, ...]:
        """The reports by owner and year; those of nobody or of no known year are left out."""
        found: dict[tuple[str, bool, int], list[Filing]] = {}
        for one in self.all:
            if one.year is not None and (one.owner or one.government):
                found.setdefault((one.owner, one.government, one.year), []).append(one)
        return tuple(
            Dossier(*who, tuple(sorted(held, key=lambda one: (not one.page, one.key))))
            for who, held in sorted(found.items())
        )

    def latest(self, today: date) -> Iterator[Dossier]:
        """The newest report of each owner, where it is not older than what may be due."""
        newest: dict[tuple[str, bool], Dossier] = {}
        for one in self.dossiers:
            newest[one.owner, one.government] = one
        oldest = today.year - limits.YEARS_BACK
        return (one for one in newest.values() if oldest <= one.year < today.year)

    @classmethod
    def of(cls, site: Site) -> Self:
        """Gather the reports, in one pass over what the site holds and one over its documents."""
        held = known(Holdings, site).all
        found = {one.key: one for holding in held if (one := _filing(site, holding))}
        for document in site.attachments.values():
            if document.key not in found and (one := _offered(site, document, found)):
                found[document.key] = one
        return cls(tuple(found.values()), _since(site))

    def of_unit(self, unit: str, year: int) -> tuple[Filing, ...]:
        """What may count as a unit's report on a year."""
        return tuple(
            one
            for one in self.all
            if one.year == year and (one.owner == unit or unit in one.credit)
        )

    def of_government(self, year: int) -> tuple[Filing, ...]:
        """The government's own report on a year."""
        return tuple(one for one in self.all if one.year == year and one.government)


def _offered(site: Site, document: AttachmentDigest, found: Mapping[str, Filing]) -> Filing | None:
    """A document that no list shows: it is dated by the page that offers it, and owned by the same."""
    title = solid(document.name)
    report = document.get(AnnualReport)
    if report is None and not names_report(title):
        return None
    keys = [url_key(place.page) for place in document.places]
    page = next((found[key] for key in keys if key in found), None)
    offering = page or next((one for key in keys if (one := site.pages.get(key))), None)
    if isinstance(offering, PageDigest) and NOT_ONE.search(solid(offering.title)):
        # What a notice encloses is the form, not a report.
        return None
    owner, government = _owner(site, title, document.unit)
    if page is not None and not organ_named(title):
        owner, government = page.owner, page.government
    year = year_named(title) or (report.year if report else None)
    if isinstance(offering, PageDigest):
        day = None if offering.published_from == "path" else offering.published
    else:
        day = offering.day if offering else None
    return Filing(
        owner=owner,
        government=government,
        year=year or (page.year if page else None),
        title=document.name,
        url=document.url,
        key=document.key,
        day=day,
        report=report,
        page=False,
        credit=page.credit if page else frozenset({document.unit} - {"", site.unit}),
    )


def _filing(site: Site, holding: Holding) -> Filing | None:
    # Looking a page up is dear; without this letter in a title there is no report.
    if not any("报" in name for name in (holding.title, *holding.names)):
        return None
    page = site.pages.get(holding.key)
    report = page.get(AnnualReport) if page else None
    if report is None and (document := site.attachments.get(holding.key)):
        report = document.get(AnnualReport)
    title = solid(holding.title)
    if report is None:
        # A row that leads to another site still shows that the report was published.
        if holding.kind == COLUMN or (holding.kind == OUTSIDE and not holding.column):
            return None
        # A title of another kind of paper is not redeemed by the words of a link.
        names = (title, *map(solid, holding.names))
        title = next((name for name in names if names_report(name)), "")
        if not title or (holding.title and NOT_ONE.search(solid(holding.title))):
            return None
    if holding.kind == ATTACHMENT and not title:
        return None
    owner, government = _owner(site, title, holding.unit)
    day = holding.published
    if page is not None and page.published_from == "path":
        day = None
    return Filing(
        owner=owner,
        government=government,
        year=_year(holding, report, title, day),
        title=holding.title,
        url=holding.url,
        key=holding.key,
        day=day,
        report=report,
        page=page is not None or holding.kind == "entry",
        credit=holding.units - {site.unit},
    )


def _year(
    holding: Holding, report: AnnualReport | None, title: str, day: date | None
) -> int | None:
    """The year a report is on: as named, else as its text says, else that before a spring."""
    if len(holding.years) == 1:
        return next(iter(holding.years))
    named = year_named(title) or (report.year if report else None)
    if named is None and day is not None and day.month <= limits.SPRING:
        return day.year - 1
    return named


def _owner(site: Site, title: str, unit: str) -> tuple[str, bool]:
    """Whose report it is, and whether it is the government's."""
    organ = organ_named(title)
    named = [(len(name), one.name) for one in site.units for name in names_of(one) if name in title]
    if named:
        owner = max(named)[1]
        return owner, owner == site.unit and not OFFICE.search(organ)
    portal = PORTAL.search(site.name) is not None
    if not organ:
        return unit, portal and unit == site.unit
    name = site.name.partition("政府")[0].removesuffix("人民")
    if portal and PLACE.search(organ) and not TOWN.search(organ):
        core = re.sub(r"(?:人民)?政府$", "", organ)
        if core and (core in site.name or (name and name in core)):
            return site.unit, True
    return "", False


def organ_named(title: str) -> str:
    """The body that a report's title names, "" = it names none."""
    match = ORGAN.match(title)
    return match[1] if match and TITLE.search(title) else ""


def _since(site: Site) -> dict[str, int]:
    """The year of the oldest dated thing of each unit."""
    found: dict[str, int] = {}
    for one in known(Holdings, site).all:
        if one.published is not None:
            for unit in one.units:
                found[unit] = min(found.get(unit, one.published.year), one.published.year)
    return found
