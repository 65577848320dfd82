"""The judge: published numbers, caps, exclusions, verdicts, ranks, and a reason for every point."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from findings.records.records import FamilyCoverage, Presence, StoredFinding, Verdict
from findings.schemes.scheme import Indicator, IndicatorKind, Scheme, UnitKind, Waiver
from findings.schemes.scheme_file import find_scheme
from findings.scoring.judge import judge
from plugins import Subject, SubjectKind, Unit, fingerprint
from tests.findings.nights import DAY, HOST, rule

DISTRICT = find_scheme("district-2022")
OFFICE = Unit("区教育局")
STREET = Unit("花湖街道", "street", aliases=("花湖街道办事处",))

# The two tables of the 2022 bulletin: unit, points by category in the scheme's order, total.
STREETS = """\
沈家营街道办事处 33 5 40 20 98
黄石港街道办事处 32 5 35 19 91
胜阳港街道办事处 30 5 35 20 90
江北管理区 22 5 37 19 83
花湖街道办事处 30 5 24 15 74"""
DEPARTMENTS = """\
区统计局 25 40 5 15 10 95
区发改局 24 40 5 15 10 94
区文旅局 24 36 5 17 10 92
区应急管理局 24 40 5 12 10 91
区市场监督管理局 25 36 5 15 10 91
区教育局 22 34 5 20 10 91
区民政局 23 40 5 12 10 90
区人社局 25 38 5 12 10 90
区水利湖泊局 20 35 5 17 10 87
区司法局 24 35 5 12 9 85
区住保局 20 40 3 4 10 77
区卫健局 18 33 5 4 10 70"""


def fault(code, ref, *, unit="区教育局", kind=SubjectKind.COLUMN, deduct=1.0, **more):
    subject = Subject(kind, HOST, f"http://{HOST}/{ref}")
    return StoredFinding(
        fingerprint=fingerprint(code, subject),
        subject=subject,
        key="",
        message="有问题。",
        rule=rule(code, deduct),
        unit=unit,
        **more,
    )


def score(findings, units=(OFFICE,), scheme=DISTRICT, **more):
    return judge(scheme, findings, units, **{"coverage": {}, "as_of": DAY, **more})


def total(findings, **more):
    return score(findings, **more).card("区教育局").total


def own(*indicators, **more):
    kind = UnitKind("department", "部门", {"甲": 60.0, "乙": 40.0}, ("甲", "乙"))
    unscored = more.pop("unscored", {})
    return Scheme("own", "方案", "出处", (kind,), indicators, unscored, **more)


def deduct(code, *checks, category="甲", **more):
    return Indicator(code, code, category, more.pop("kind", IndicatorKind.DEDUCT), checks, **more)


@pytest.mark.parametrize(("kind", "table"), [("street", STREETS), ("department", DEPARTMENTS)])
def test_the_published_tables_come_out_with_their_totals_and_ranks(kind, table):
    """One fault a point: every lost point of the bulletin becomes a finding of its category."""
    categories = list(DISTRICT.kind(kind).categories)
    scheme = replace(
        DISTRICT,
        indicators=tuple(
            deduct(name, f"XXX{n:03}", category=name, points=1) for n, name in enumerate(categories)
        ),
    )
    lines = [line.split() for line in table.splitlines()]
    findings = []
    for unit, *points, _ in lines:
        for n, name in enumerate(categories):
            lost = int(DISTRICT.kind(kind).categories[name]) - int(points[n])
            findings += [fault(f"XXX{n:03}", f"{unit}/{n}/{i}", unit=unit) for i in range(lost)]
    # Registered in another order: the order of the result must come from the scores.
    units = [Unit(line[0], kind) for line in sorted(lines)]
    cards = score(findings, units, scheme).units
    assert [(card.unit, card.total) for card in cards] == [
        (unit, float(points[-1])) for unit, *points in lines
    ]
    assert [card.rank for card in cards] == list(range(1, len(lines) + 1))
    assert [int(score.got) for score in cards[0].categories.values()] == [
        int(n) for n in lines[0][1:-1]
    ]


def test_units_that_nothing_tells_apart_share_a_rank():
    units = [Unit("甲局"), Unit("乙局"), Unit("丙局"), Unit("丁局")]
    findings = [fault("COL101", "x", unit="甲局"), fault("COL101", "y", unit="丁局")]
    ranks = {card.unit: card.rank for card in score(findings, units).units}
    assert ranks == {"乙局": 1, "丙局": 1, "甲局": 3, "丁局": 3}


def test_nothing_wrong_is_the_full_mark():
    card = score([], [OFFICE, STREET]).card("区教育局")
    assert (card.total, card.rank, card.lines) == (100, 1, ())


def test_every_point_names_the_findings_that_cost_it():
    findings = [fault("COL101", n) for n in range(2)]
    card = score(findings).card("区教育局")
    (line,) = card.lines
    assert (line.indicator, line.category, line.points) == ("1.1", "基础信息", 10)
    assert set(line.findings) == {item.fingerprint for item in findings}
    assert card.categories["基础信息"].got == 15
    assert card.total == 90


def test_an_indicator_costs_no_more_than_its_cap():
    card = score([fault("COL101", n) for n in range(10)]).card("区教育局")
    assert (card.lines[0].points, card.lines[0].uncapped, card.total) == (15, 50, 85)
    assert len(card.lines[0].findings) == 10


def test_a_category_loses_no_more_than_it_has():
    scheme = own(deduct("1", "COL101", points=50), deduct("2", "COL201", points=50))
    card = score([fault("COL101", 1), fault("COL201", 2)], scheme=scheme).card("区教育局")
    assert card.categories["甲"].got == 0
    assert card.total == 40


def test_a_column_is_not_charged_twice():
    both = [fault("COL101", 1), fault("COL201", 1)]
    card = score(both).card("区教育局")
    assert [line.indicator for line in card.lines] == ["1.1"]
    assert card.unscored == (both[1].fingerprint,)
    other = score([fault("COL101", 1), fault("COL201", 2)]).card("区教育局")
    assert [line.indicator for line in other.lines] == ["1.1", "1.2"]


def test_one_indicator_may_charge_a_subject_for_two_faults_of_its_own():
    scheme = own(deduct("1", "COL101", "COL102", points=5, exclusive="x"))
    assert total([fault("COL101", 1), fault("COL102", 1)], scheme=scheme) == 90


def test_the_field_columns_of_a_department_belong_to_their_own_category():
    card = score([fault("COL101", 1, traits=("field",)), fault("COL101", 2)]).card("区教育局")
    assert (card.categories["公开领域"].got, card.categories["基础信息"].got) == (35, 20)


def test_home_page_links_cost_more():
    links = [fault("LNK101", n, kind=SubjectKind.LINK) for n in range(3)]
    assert total(links) == 99.7
    assert total([replace(links[0], traits=("home",)), *links[1:]]) == 98.8


def test_the_rules_own_suggestion_is_used_where_the_scheme_says_nothing():
    scheme = own(deduct("1", "COL101"))
    assert total([fault("COL101", 1, deduct=2.5)], scheme=scheme) == 97.5


@pytest.mark.parametrize(
    ("change", "costs"),
    [
        ({}, 5),
        ({"review": True}, 0),
        ({"review": True, "verdict": Verdict.CONFIRMED}, 5),
        ({"verdict": Verdict.CONFIRMED}, 5),
        ({"verdict": Verdict.REJECTED}, 0),
        ({"review": True, "verdict": Verdict.REJECTED}, 0),
        ({"presence": Presence.GONE}, 0),
        ({"due": DAY + timedelta(days=3)}, 0),
        ({"due": DAY + timedelta(days=3), "verdict": Verdict.CONFIRMED}, 0),
        ({"verdict": Verdict.EXEMPT, "verdict_until": DAY}, 0),
        ({"verdict": Verdict.EXEMPT, "verdict_until": DAY - timedelta(days=1)}, 5),
    ],
)
def test_what_people_decided_is_what_it_costs(change, costs):
    assert total([fault("COL101", 1, **change)]) == 100 - costs


def test_scores_are_given_with_and_without_exemptions():
    exempt = fault("COL101", 1, verdict=Verdict.EXEMPT, verdict_until=DAY)
    card = score([exempt, fault("COL101", 2)]).card("区教育局")
    assert (card.total, card.total_without_exemptions) == (95, 90)
    assert card.exempt == (exempt.fingerprint,)


def test_what_a_person_must_look_at_stands_apart():
    unsure = fault("COL103", 1, review=True)
    card = score([unsure]).card("区教育局")
    assert (card.reviews, card.lines, card.unscored) == ((unsure.fingerprint,), (), ())


def test_findings_of_nobody_go_to_the_portal_which_is_not_ranked():
    nobody = [fault("PLT101", 1, unit=""), fault("COL203", 2, unit="不在册的单位")]
    cards = score(nobody, [OFFICE, STREET])
    assert [card.rank for card in cards.units] == [1, 1, None]
    portal = cards.units[-1]
    assert portal.unit == "门户网站（未归属单位）"
    assert (portal.total, len(portal.lines)) == (-7, 2)
    assert cards.card("区教育局").total == 100


def test_an_alias_names_its_unit():
    findings = [fault("COL101", 1, unit="花湖街道办事处")]
    assert score(findings, [STREET]).card("花湖街道").total == 95


def test_a_category_of_another_table_does_not_charge():
    findings = [fault("COL101", 1, unit="花湖街道", traits=("field",))]
    card = score(findings, [STREET]).card("花湖街道")
    assert (card.total, card.unscored) == (100, (findings[0].fingerprint,))


def test_a_veto_beats_every_score_and_ranks_last():
    scheme = own(deduct("0", "COL101", kind=IndicatorKind.VETO, at_least=2), deduct("1", "COL201"))
    units = [OFFICE, Unit("区民政局")]
    findings = [fault("COL101", 1), *(fault("COL201", n, unit="区民政局") for n in range(9))]
    assert score(findings, units, scheme).card("区教育局").vetoes == ()
    cards = score([*findings, fault("COL101", 2)], units, scheme)
    vetoed = cards.card("区教育局")
    assert (vetoed.total, vetoed.rank, len(vetoed.vetoes[0].findings)) == (0, 2, 2)


def test_a_bonus_needs_a_good_score():
    bonus = deduct("9", "COL300", kind=IndicatorKind.BONUS, points=3, cap=5)
    scheme = own(deduct("1", "COL101", points=10), bonus, bonus_above=85)
    merits = [fault("COL300", n) for n in range(2)]
    assert total(merits, scheme=scheme) == 105
    assert total([*merits, fault("COL101", 8)], scheme=scheme) == 95
    assert total([*merits, fault("COL101", 8), fault("COL101", 9)], scheme=scheme) == 80


def test_what_does_not_apply_is_left_out_and_the_rest_rescaled():
    scheme = own(
        deduct("1", "COL101", points=12),
        deduct("2", "COL201", points=40, category="乙"),
        waivers=(Waiver("乙", "没有对外服务", fields="few"),),
    )
    findings = [fault("COL101", 1), fault("COL201", 2)]
    few = score(findings, [Unit("区教育局", fields="few")], scheme).card("区教育局")
    assert few.total == 80  # 48 of 60
    assert few.categories["乙"].waived == "没有对外服务"
    assert score(findings, [OFFICE], scheme).card("区教育局").total == 48


def test_indicators_count_while_they_are_valid():
    scheme = own(deduct("1", "COL101", points=5, valid_until=DAY - timedelta(days=1)))
    assert total([fault("COL101", 1)], scheme=scheme) == 100
    assert total([fault("COL101", 1)], scheme=scheme, as_of=date(2022, 1, 1)) == 95


def test_what_no_rule_looks_at_is_marked():
    fields = [one for one in DISTRICT.indicators if one.category == "公开领域" and one.when]
    others = [one for one in DISTRICT.indicators if one.category != "公开领域"]
    scheme = replace(DISTRICT, indicators=(*others, *fields))
    card = score([], scheme=scheme).card("区教育局")
    assert {name for name, item in card.categories.items() if not item.measured} == {"公开领域"}
    assert {one.indicator for one in card.untested} == {one.code for one in fields}
    seen = [fault("COL101", 1, traits=("field",))]
    card = score(seen, scheme=scheme).card("区教育局")
    assert card.categories["公开领域"].measured
    card = score([], in_force=["COL101"]).card("区教育局")
    assert not card.categories["解读回应"].measured
    assert card.categories["基础信息"].measured
    failed = {HOST: {"policy": FamilyCoverage("failed"), "dialogue": FamilyCoverage("failed")}}
    assert not score([], coverage=failed).card("区教育局").categories["解读回应"].measured
    half = {**failed, "b": {"policy": FamilyCoverage("partial")}}
    assert score([], coverage=half).card("区教育局").categories["解读回应"].measured


def test_what_costs_nothing_says_why():
    scheme = own(
        deduct("1", "COL101", points=5, exclusive="x"),
        deduct("2", "COL201", exclusive="x"),
        deduct("3", "COL205", valid_until=DAY - timedelta(days=1)),
        deduct("4", "COL301", category="丙"),
        unscored={"LNK106": "只作提示"},
    )
    findings = [
        fault(code, 1) for code in ("COL101", "COL201", "COL205", "COL301", "LNK106", "XYZ101")
    ]
    card = score(findings, scheme=scheme).card("区教育局")
    told = {item.code: card.asides.get(item.fingerprint) for item in findings}
    assert told == {
        "COL101": None,
        "COL201": "已按指标1“1”扣分，不重复扣分",
        "COL205": "相应的指标在检查当天不生效",
        "COL301": "本表没有“丙”一类",
        "LNK106": "方案列为不计分：只作提示",
        "XYZ101": "方案没有提到这条规则，不计分",
    }


def test_a_unit_that_nobody_looked_at_is_not_ranked_first():
    units = [OFFICE, Unit("区民政局")]
    cards = score([fault("COL101", 1)], units, examined={"区教育局": 3})
    assert cards.card("区教育局").rank == 1
    assert cards.card("区民政局").rank is None
    assert "没有检查到" in cards.card("区民政局").note


def test_a_unit_without_a_table_is_shown_and_not_ranked():
    card = score([fault("COL101", 1)], [Unit("区教育局", "enterprise")]).card("区教育局")
    assert (card.rank, card.total) == (None, -5)
    assert "没有这一类单位" in card.note


faults = st.lists(
    st.builds(
        fault,
        st.sampled_from([*sorted(DISTRICT.codes()), *["COL101", "COL201"] * 8]),
        st.integers(0, 5),
        unit=st.sampled_from(["区教育局", "花湖街道", ""]),
        review=st.booleans(),
        verdict=st.sampled_from(Verdict),
        traits=st.sampled_from([(), ("home",), ("field",)]),
    ),
    unique_by=lambda item: item.fingerprint,
    max_size=30,
)


def test_what_a_cap_swallows_may_be_charged_under_the_next_indicator():
    blank = [fault("COL101", n) for n in range(4)]
    stale = [fault("COL201", n) for n in range(4)]
    assert total([*blank[:3], *stale]) == 82
    assert total([*blank, *stale]) == 82


@settings(max_examples=300, deadline=None)
@given(faults, faults)
@pytest.mark.slow
def test_one_more_fault_never_helps_and_order_never_matters(some, more):
    names = {item.fingerprint for item in some}
    both = [*some, *(item for item in more if item.fingerprint not in names)]
    units = [OFFICE, STREET]
    less, forth = score(some, units), score(both, units)
    back = score(both[::-1], units)
    for unit in ("区教育局", "花湖街道"):
        assert 0 <= forth.card(unit).total <= less.card(unit).total <= 100
        assert forth.card(unit).total == back.card(unit).total
        assert forth.card(unit).total_without_exemptions <= forth.card(unit).total
