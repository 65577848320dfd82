"""Schemes that score sites: vetoes in several ways, early warnings, rescaling, passing, and bonuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from findings.records.records import (
    FamilyCoverage,
    RunState,
    SiteRecord,
    SiteRun,
    StoredFinding,
    Verdict,
)
from findings.schemes.scheme import Indicator, IndicatorKind, Scored, UnitKind, Way
from findings.schemes.scheme_file import find_scheme
from findings.scoring.judge import judge
from plugins import Subject, SubjectKind, Unit, fingerprint
from tests.findings.nights import DAY, HOST, rule

NATIONAL = find_scheme("national-2019")
PORTAL = SiteRun(
    SiteRecord(HOST, "明湖区人民政府", f"http://{HOST}/", "区政府办"), RunState.FINISHED
)
JOBS = SiteRun(SiteRecord("jobs.example", "就业服务网", "", "区人社局"), RunState.FINISHED)
NEWS, NOTICES, PAPERS, YEAR = "stale-news", "stale-notices", "stale-papers", "stale-year"


def fault(code, ref, *, host=HOST, unit="区教育局", kind=SubjectKind.COLUMN, key="", **more):
    subject = Subject(kind, host, host if kind is SubjectKind.SITE else f"http://{host}/{ref}")
    return StoredFinding(
        fingerprint=fingerprint(code, subject, key),
        subject=subject,
        key=key,
        message="有问题。",
        rule=rule(code),
        unit=unit,
        **more,
    )


def judged(findings, scheme=NATIONAL, sites=(PORTAL,), **more):
    return judge(
        scheme,
        findings,
        [Unit("区教育局"), Unit("花湖街道", "street")],
        **{"coverage": {}, "as_of": DAY, "sites": sites, **more},
    )


def portal(findings, **more):
    return judged(findings, **more).card("明湖区人民政府")


def stale(number, *traits, start=0):
    return [fault("COL201", f"s{n}", traits=traits) for n in range(start, start + number)]


def blank(number, code="COL101"):
    return [fault(code, f"b{code}{n}") for n in range(number)]


def vetoes(card):
    return [(line.indicator, line.title) for line in card.vetoes]


# ---- who is scored ----------------------------------------------------------------------------


def test_sites_are_scored_and_each_line_says_which_unit_caused_it():
    findings = [
        fault("PLT301", "", kind=SubjectKind.SITE, key="ICP备案编号", unit=""),
        fault("PLT301", "", kind=SubjectKind.SITE, key="公安备案", unit="花湖街道"),
        fault(
            "PLT301",
            "",
            host="jobs.example",
            kind=SubjectKind.SITE,
            key="公安备案",
            unit="区人社局",
        ),
    ]
    cards = judged(findings, sites=(PORTAL, JOBS))
    one, other = cards.card("明湖区人民政府"), cards.card("就业服务网")
    assert (one.kind, one.subject, one.site) == ("government-site", Scored.SITE, HOST)
    assert (other.kind, other.site) == ("department-site", "jobs.example")
    (line,) = one.lines
    assert (line.indicator, line.points, line.shares) == ("4.2", 2, {"": 1, "花湖街道": 1})
    assert other.lines[0].shares == {"区人社局": 1}
    assert len(cards.units) == 2


@pytest.mark.parametrize(
    ("name", "unit", "kind"),
    [
        ("明湖区人民政府", "区政府办", "government-site"),
        ("明湖区人民政府门户网站", "区政府办", "government-site"),
        ("明湖高新区管委会", "管委会办公室", "government-site"),
        ("", "", "government-site"),
        ("明湖区人民政府教育督导网", "区教育局", "department-site"),
        ("", "区教育局", "department-site"),
    ],
)
def test_a_portal_is_known_by_its_name_or_by_having_no_unit(name, unit, kind):
    site = SiteRun(SiteRecord(HOST, name, "", unit), RunState.FINISHED)
    (card,) = judged([], sites=(site,)).units
    assert (card.kind, card.unit) == (kind, name or HOST)


def test_two_sites_of_one_name_are_told_apart_by_their_hosts():
    twin = SiteRun(SiteRecord("b.example", "明湖区人民政府"), RunState.FINISHED)
    assert {card.unit for card in judged([], sites=(PORTAL, twin)).units} == {HOST, "b.example"}


def test_a_site_that_was_not_finished_is_not_ranked():
    broken = replace(PORTAL, state=RunState.ABORTED)
    card = portal([], sites=(broken,))
    assert card.rank is None
    assert "没有完成" in card.note


def test_findings_of_a_site_outside_the_run_stand_apart():
    cards = judged([fault("COL101", 1, host="old.example")])
    assert cards.units[-1].unit == "未列入本次检查的网站"
    assert cards.card("明湖区人民政府").total == 100


def test_a_scheme_for_units_takes_no_notice_of_sites():
    cards = judged([fault("COL101", 1)], find_scheme("district-2022"))
    assert cards.card("区教育局").total == 95


# ---- 栏目不更新: three ways of one veto -----------------------------------------------------------


@pytest.mark.parametrize(
    ("findings", "ways"),
    [
        (stale(4, NEWS), 0),
        (stale(5, NEWS), 1),
        (stale(3, NEWS) + stale(1, NOTICES, start=3) + stale(1, PAPERS, start=4), 1),
        (stale(3, NEWS) + blank(2), 0),
        (stale(9, YEAR), 0),
        (stale(10, YEAR), 1),
        (stale(40), 0),
        (blank(4), 0),
        (blank(4) + blank(1, "COL102"), 1),
        (stale(10, NEWS, YEAR) + blank(5), 3),
    ],
)
def test_columns_that_do_not_move_veto_in_three_ways(findings, ways):
    card = portal(findings)
    assert vetoes(card) == ([("否决4", "栏目不更新")] if ways else [])
    assert [len(line.ways) for line in card.vetoes] == ([ways] if ways else [])
    if ways:
        assert (card.total, card.passed) == (0, False)
        assert "栏目不更新" in card.why_failed
        assert card.total_without_vetoes > 0
        assert card.lines


def test_one_column_counts_once_however_many_rules_speak_of_it():
    both = [fault(code, f"b{n}") for n in range(4) for code in ("COL101", "COL102")]
    assert portal(both).vetoes == ()


def test_what_a_person_must_look_at_or_rejected_does_not_veto():
    five = blank(5)
    assert portal([*five[:4], replace(five[4], review=True)]).vetoes == ()
    assert portal([*five[:4], replace(five[4], verdict=Verdict.REJECTED)]).vetoes == ()
    assert portal([*five[:4], replace(five[4], review=True, verdict=Verdict.CONFIRMED)]).vetoes
    exempt = [*five[:4], replace(five[4], verdict=Verdict.EXEMPT)]
    card = portal(exempt)
    assert card.vetoes == ()
    assert (card.total > 0, card.total_without_exemptions) == (True, 0)


# ---- the other vetoes -------------------------------------------------------------------------


def test_a_home_page_that_stands_still_and_a_letter_without_answer_veto():
    assert vetoes(portal([fault("COL203", "", kind=SubjectKind.SITE)])) == [("否决3", "首页不更新")]
    assert vetoes(portal([fault("DLG210", 1, kind=SubjectKind.PAGE)])) == [("否决5", "互动回应差")]
    assert vetoes(portal([fault("TXT301", 1)])) == [("否决1", "安全、泄密事故等严重问题")]


def test_personal_data_vetoes_only_when_a_person_has_confirmed_it():
    leak = fault("TXT101", 1, kind=SubjectKind.PAGE)
    card = portal([leak])
    assert card.vetoes == ()
    (near,) = card.near
    assert "待人工确认" in near.words
    assert near.findings == (leak.fingerprint,)
    assert vetoes(portal([replace(leak, verdict=Verdict.CONFIRMED)]))[0][0] == "否决1"


def test_vetoes_that_nothing_can_measure_are_said_to_be_unmeasured():
    untested = {one.indicator: one for one in portal([]).untested}
    assert "1周" in untested["否决2"].why
    assert "否决6" in untested
    assert "加分" in untested
    assert "否决3" not in untested


def test_a_rule_that_was_not_in_force_is_said_so():
    card = portal([], in_force=["COL101"])
    assert "否决3" in {one.indicator for one in card.untested}
    assert card.categories["发布解读"].measured
    failed = {HOST: {"platform": FamilyCoverage("failed")}, "b": {"platform": FamilyCoverage()}}
    # What another site's run looked at proves nothing for this one.
    assert "4.9" in {one.indicator for one in portal([], coverage=failed).untested}


# ---- early warning ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("findings", "warned"),
    [
        (blank(1), []),
        (blank(2), ["栏目不更新（空白栏目）"]),
        (stale(5, YEAR), []),
        (stale(6, YEAR), ["栏目不更新（应更新但长期（超过一年）未更新的栏目）"]),
        (blank(5), []),
    ],
)
def test_a_card_warns_before_the_line_and_the_warning_costs_nothing(findings, warned):
    card = portal(findings)
    assert [near.title for near in card.near] == warned
    if warned:
        assert f"现有{card.near[0].count}处，达到{card.near[0].at_least}处" in card.near[0].words
        assert card.passed


def test_a_home_page_that_is_due_warns_with_the_day_and_costs_nothing():
    due = DAY + timedelta(days=4)
    card = portal([fault("COL203", "", kind=SubjectKind.SITE, due=due)])
    (near,) = card.near
    assert (near.due, near.count, near.at_least) == (due, 0, 1)
    assert str(due) in near.words
    assert (card.total, card.vetoes, card.lines, card.unscored) == (100, (), (), ())


def test_coming_faults_are_counted_to_the_day_on_which_the_veto_would_strike():
    first, second, third = (DAY + timedelta(days=n) for n in (1, 3, 9))
    coming = [
        fault("COL201", f"d{n}", traits=(NEWS,), due=due)
        for n, due in enumerate((third, first, second))
    ]
    (near,) = portal([*stale(3, NEWS), *coming]).near
    assert (near.due, near.count) == (second, 3)
    assert len(near.findings) == 6
    assert portal([*stale(1, NEWS), *coming]).near == ()


# ---- points -----------------------------------------------------------------------------------


def test_services_are_left_out_and_the_rest_is_rescaled():
    card = portal([fault("PLT501", "", kind=SubjectKind.SITE)])
    assert card.categories["办事服务"].waived
    assert card.total == pytest.approx(70 * 4 / 3, abs=0.01)
    # A rule of one's own for services makes them count again.
    own = tuple(
        replace(one, checks=("XYZ101",), points=5, unmeasured="") if one.code == "2.1" else one
        for one in NATIONAL.indicators
    )
    card = portal([fault("XYZ101", 1)], scheme=replace(NATIONAL, indicators=own))
    assert (card.total, card.categories["办事服务"].waived) == (95, "")


def test_a_blank_or_stale_column_is_charged_once():
    card = portal([fault("COL201", 1, traits=(PAPERS,)), fault("COL101", 1), fault("COL101", 2)])
    assert [(line.indicator, line.points) for line in card.lines] == [("1.4", 5), ("1.7", 2)]
    (aside,) = card.asides.values()
    assert aside == "已按指标1.4“政策文件一级栏目六个月未更新”扣分，不重复扣分"


def test_recalled_points_are_marked_and_verified_ones_are_not():
    lines = {
        line.indicator: line.recalled
        for line in portal([*stale(1, PAPERS), fault("POL101", 3), fault("COL101", 4)]).lines
    }
    assert lines == {"1.4": "", "1.5": "medium", "1.7": "low"}


def test_prices_differ_by_rule():
    card = portal([fault("PLT501", "", kind=SubjectKind.SITE), fault("PLT405", 1)])
    assert {line.indicator: line.points for line in card.lines} == {"4.5": 5, "4.7": 0.2}


def test_below_sixty_fails_and_departments_hang_on_vetoes_alone():
    scheme = replace(
        NATIONAL,
        indicators=tuple(replace(one, cap=None) for one in NATIONAL.indicators),
    )
    lost = [fault("COL102", f"l{n}") for n in range(4)]
    lost += [fault("POL103", n) for n in range(40)]
    lost += [fault("PLT301", n, kind=SubjectKind.PAGE) for n in range(10)]
    here = portal(lost, scheme=scheme)
    assert (here.total < 60, here.passed, here.why_failed) == (True, False, "得分低于60分")
    there = [
        replace(one, subject=replace(one.subject, site="jobs.example"), fingerprint=f"{n}")
        for n, one in enumerate(lost)
    ]
    card = judged(there, scheme, sites=(JOBS,)).card("就业服务网")
    assert (card.total, card.passed) == (here.total, True)


def test_bonuses_come_only_above_eighty_and_have_a_ceiling():
    bonus = Indicator("加", "加分", "", IndicatorKind.BONUS, ("BON101",), points=20)
    scheme = replace(NATIONAL, indicators=(*NATIONAL.indicators, bonus), waivers=())
    merits = [fault("BON101", n) for n in range(2)]
    assert portal(merits, scheme=scheme).total == 130
    twenty = [fault("POL101", n) for n in range(9)] + [fault("POL103", n) for n in range(9)]
    twenty += [fault("PLT501", "", kind=SubjectKind.SITE), fault("COL201", "x", traits=(NEWS,))]
    assert portal(twenty, scheme=scheme).total == 80
    assert portal([*twenty, *merits], scheme=scheme).total == 80
    assert portal([*twenty[1:], *merits], scheme=scheme).total == 80  # the cap holds the rest
    assert portal([*twenty[:-1], *merits], scheme=scheme).total == 115


def test_a_scheme_out_of_force_says_so():
    assert judged([]).note == ""
    assert "2019-04-01" in judged([], as_of=date(2019, 3, 31)).note


def test_no_finding_is_deducted_under_two_indicators():
    table = UnitKind("site", "网站", {"甲": 100.0}, subject=Scored.SITE)
    twice = tuple(
        Indicator(code, code, "甲", IndicatorKind.DEDUCT, ("COL101",), points=5, cap=cap)
        for code, cap in (("1", 5.0), ("2", None))
    )
    scheme = replace(NATIONAL, kinds=(table,), indicators=twice, waivers=())
    assert portal([fault("COL101", 1)], scheme=scheme).total == 95
    # What the cap swallows stays open to the next indicator.
    assert portal([fault("COL101", n) for n in range(2)], scheme=scheme).total == 90


def test_a_veto_without_ways_counts_places():
    veto = Indicator("0", "否决", "", IndicatorKind.VETO, ("COL101",), at_least=2, warn_at=1)
    scheme = replace(NATIONAL, indicators=(veto,))
    (near,) = portal(blank(1), scheme=scheme).near
    assert (near.title, near.count) == ("否决", 1)
    assert portal(blank(2), scheme=scheme).vetoes[0].ways == ("2处，达到2处",)
    assert veto.all_ways == (Way("", ("COL101",), at_least=2, warn_at=1),)


faults = st.lists(
    st.builds(
        fault,
        st.sampled_from([*sorted(NATIONAL.codes()), *["COL101", "COL201"] * 12]),
        st.integers(0, 8),
        unit=st.sampled_from(["区教育局", "花湖街道", ""]),
        review=st.booleans(),
        verdict=st.sampled_from(Verdict),
        traits=st.sampled_from([(), ("home",), (NEWS,), (PAPERS, YEAR), (YEAR,)]),
        due=st.sampled_from([None, None, DAY + timedelta(days=3)]),
    ),
    unique_by=lambda item: item.fingerprint,
    max_size=40,
)


@settings(max_examples=200, deadline=None)
@given(faults, faults)
def test_one_more_fault_never_helps_a_site_and_order_never_matters(some, more):
    names = {item.fingerprint for item in some}
    both = [*some, *(item for item in more if item.fingerprint not in names)]
    less, forth, back = portal(some), portal(both), portal(both[::-1])
    assert 0 <= forth.total <= less.total <= 100
    assert forth.total_without_vetoes <= less.total_without_vetoes
    assert forth == back
    assert forth.total_without_exemptions <= forth.total
    assert not (less.vetoes and not forth.vetoes)
    warned = {item.fingerprint for item in both if item.warning}
    charged = {name for line in (*forth.lines, *forth.vetoes) for name in line.findings}
    assert not warned & charged
