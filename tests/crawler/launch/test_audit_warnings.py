"""Night after night, the real command: a duty is told of, breached, and done; or done in time."""

from __future__ import annotations

from datetime import date

import pytest

from findings.records.records import FindingState
from tests.crawler.audits import Desk, column
from tests.crawler.small_site import SmallSite, article, page, rows

pytestmark = pytest.mark.audit

WARNED, BREACHED, DONE = "2026-07-03", "2026-07-07", "2026-07-08"
PATH = "/dcdb/"


# Nothing else of the site shall decide about the exit status.
ALONE = [
    word
    for family in ("links", "policy", "dialogue", "disclosure", "platform", "text")
    for word in ("--without", family)
]


def listed() -> dict:
    return {f"/a{number}.html": f"关于第{number}件事情的通知" for number in range(6)}


def pages() -> dict:
    fresh = {f"/b{number}.html": f"关于第{number}次会议的消息" for number in range(6)}
    return {
        "/": page("某区人民政府", f"<a href='{PATH}'>督查督办</a><a href='/xw/'>新闻</a>"),
        PATH: page("督查督办", rows(listed(), "2026-06-0")),
        "/xw/": page("新闻", rows(fresh, "2026-06-2")),
        **{path: article(title) for path, title in (listed() | fresh).items()},
    }


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Three nights over one list: due in days, overdue, brought up to date."""
    desk = Desk(tmp_path_factory.mktemp("warned"))
    with SmallSite(pages()) as served:
        register = "".join(
            column(served.host, name, path, unit="区政府办", duty="27")
            for name, path in (("督查督办", PATH), ("新闻", "/xw/"))
        )
        inventory = desk.inventory(served.host, more=register)
        told = []
        for day in (WARNED, BREACHED, DONE):
            if day == DONE:
                served.pages[PATH] = page("督查督办", rows(listed(), "2026-06-2"))
            audited = desk.audit(
                "--inventory", inventory, "--as-of", day, "--fail-on", "major", *ALONE
            )
            told.append((audited, desk.remembered(served.host)["COL201", PATH]))
        yield told


def test_a_warning_is_listed_apart_and_costs_nothing(nights):
    audited, known = nights[0]
    assert audited.found("COL201") == []
    (warning,) = [one for one in audited.told["warnings"] if one["code"] == "COL201"]
    assert (warning["due"], warning["points"], warning["unit"]) == ("2026-07-07", 0, "区政府办")
    assert "最迟应于2026-07-06更新" in warning["message"]
    assert known.states(date(2026, 7, 3)) == {FindingState.WARNING}
    assert not any(
        known.fingerprint in line["findings"]
        for unit in audited.told["score"]["units"]
        for line in unit["lines"]
    )


def test_only_a_fault_decides_about_the_exit_status(nights):
    assert [audited.status for audited, _ in nights] == [0, 1, 0]


def test_when_its_day_has_come_the_same_finding_is_a_new_fault(nights):
    (_, warned), (audited, known) = nights[:2]
    assert known.fingerprint == warned.fingerprint
    assert known.states(date(2026, 7, 7)) == {FindingState.OPEN, FindingState.NEW}
    assert [one["due"] for one in audited.found("COL201")] == [None]
    assert "COL201" not in {one["code"] for one in audited.told["warnings"]}


def test_when_the_duty_is_done_it_is_mended(nights):
    audited, known = nights[2]
    assert audited.found("COL201") == []
    assert known.states(date(2026, 7, 8)) == {FindingState.FIXED}
    assert known.mended
