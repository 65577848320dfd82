"""On the demo district's own pages, documents and solicitations are judged exactly as planted."""

from __future__ import annotations

import importlib
from datetime import date

import pytest

from crawler.demo.answers import Question
from plugins import Column, Page, Site
from plugins.addresses.urls import url_key
from plugins.facts.site.digest import digest
from tests.district.generator import TruthDistrict, truth
from tests.district.papers.warnings import seasons

pytestmark = pytest.mark.demo

HOST = "www.gongkai-demo.gov.cn"
RULES = (
    "policy.unlinked_document",
    "policy.unlinked_interpretation",
    "policy.uninterpreted_document",
    "policy.off_topic_interpretation",
    "dialogue.solicitations.unlabelled_solicitation",
    "dialogue.solicitations.contradicting_label",
    "dialogue.solicitations.overdue_result",
    "dialogue.solicitations.short_period",
)


@pytest.fixture(scope="module")
def site():
    """What a whole crawl of the district would know, without the crawl."""
    district = TruthDistrict(date(2026, 11, 20))
    bare = Site(host=HOST, today=district.today, url=f"http://{HOST}/", name="明湖区人民政府")
    pages, digests = {}, {}
    for host, target in district.ground.answers:
        answer = district.answer(Question(host, target))
        if host.endswith("gongkai-demo.gov.cn") and "html" in answer.content_type:
            headers = {"content-type": answer.content_type}
            page = Page(
                f"http://{host}{target}", status=answer.status, body=answer.body, headers=headers
            )
            pages[page.key], digests[page.key] = page, digest(page, bare)
    return Site(
        host=HOST,
        today=district.today,
        url=bare.url,
        name=bare.name,
        pages=digests,
        columns=tuple(_columns(district, pages)),
    )


def _columns(district, pages):
    for row in district.registered:
        page = pages.get(url_key(row.url))
        if page is None:
            continue
        further = [pages.get(url_key(url)) for url in page.pager.urls] if page.pager else []
        rows = (*page.rows, *(entry for one in further if one for entry in one.rows))
        yield Column(
            url=row.url, key=page.key, name=row.name, unit=row.unit, type=row.type, entries=rows
        )


@pytest.mark.parametrize("name", RULES)
def test_what_is_planted_is_found_and_nothing_else(site, name):
    check = importlib.import_module(f"checks.{name}")
    given = {"options": check.RULE.options} if check.RULE.options else {}
    if hasattr(check, "check_site"):
        findings = list(check.check_site(site=site, **given))
    else:
        findings = [
            finding
            for column in site.columns
            for finding in check.check_column(column=column, site=site, **given)
        ]
    planted = [
        fault
        for fault in truth().faults
        if fault.code == check.RULE.code and (not fault.warning or fault.due(seasons(site.today)))
    ]
    assert planted
    assert sorted((one.of.ref, one.review, bool(one.due)) for one in findings if one.of) == sorted(
        (fault.ref, fault.review, fault.warning) for fault in planted
    )
    assert all(one.of for one in findings)
