"""Schemes: the ones that ship are sound, and broken ones are refused with every problem at once."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from findings.schemes import scheme_fields
from findings.schemes.scheme import IndicatorKind, Recalled, Scored
from findings.schemes.scheme_file import find_scheme, read_scheme, scheme_names
from plugins.engine.manager import Plugins
from plugins.errors import ConfigurationError

GOOD = """\
id = "x"
title = "方案"
source = "出处"

[[kind]]
name = "department"
title = "区直部门"
categories = { "甲" = 60, "乙" = 40 }
ties = ["乙"]

[[indicator]]
code = "1"
title = "空白"
category = "甲"
kind = "deduct"
checks = ["COL101"]
points = 5
cap = 10

[[unscored]]
checks = ["COL103"]
why = "须人工核实"
"""


def problems(text):
    with pytest.raises(ConfigurationError) as refused:
        read_scheme(text.encode() if isinstance(text, str) else text, "x.toml")
    return [(item.row, item.field, item.message) for item in refused.value.problems]


@pytest.mark.parametrize("name", scheme_names())
def test_the_schemes_that_ship_are_sound(name):
    scheme = find_scheme(name)
    assert scheme.id == name
    assert scheme.version
    for indicator in scheme.indicators:
        assert indicator.clause, indicator.code
        if indicator.kind is IndicatorKind.DEDUCT and indicator.checks:
            assert indicator.points is not None or "other" in indicator.traits
    for kind in scheme.kinds:
        assert kind.full == 100
        assert set(kind.ties) == set(kind.categories)


@pytest.mark.parametrize("name", scheme_names())
def test_every_rule_is_scored_or_says_why_not(name):
    """In each scheme: a rule that nobody thought of would cost nothing in silence."""
    scheme = find_scheme(name)
    plugins = Plugins.discover(packages=("checks",)).plugins
    codes = {one.rule.code for one in plugins if one.rule and not one.foreign}
    scored = {code for indicator in scheme.indicators for code in indicator.checks}
    assert scheme.codes() - codes == set()
    assert [code for code in codes - scored if not scheme.why_unscored(code)] == []


def test_the_national_scheme_has_its_vetoes_with_their_counts():
    scheme = find_scheme("national-2019")
    vetoes = {one.title: one for one in scheme.indicators if one.kind is IndicatorKind.VETO}
    assert list(vetoes) == [
        "安全、泄密事故等严重问题",
        "站点无法访问",
        "首页不更新",
        "栏目不更新",
        "互动回应差",
        "服务不实用",
    ]
    ways = vetoes["栏目不更新"].all_ways
    assert [(way.at_least, way.warn_at) for way in ways] == [(5, 3), (10, 6), (5, 2)]
    assert vetoes["站点无法访问"].unmeasured
    assert (scheme.pass_mark, scheme.bonus_above, scheme.bonus_cap) == (60, 80, 30)
    assert scheme.scores_sites
    for kind in scheme.kinds:
        assert kind.categories["办事服务"] == 25
        assert set(kind.recalled) == set(kind.categories) - {"办事服务"}


def test_figures_that_are_not_verified_are_marked():
    """Points that domain.md gives as read in the text bear no mark, all others do."""
    scheme = find_scheme("national-2019")
    deductions = [one for one in scheme.indicators if one.kind is IndicatorKind.DEDUCT]
    assert {one.code for one in deductions if one.checks and not one.recalled} == {"1.4"}
    assert all(one.editable for one in deductions if one.checks and one.recalled)


def test_the_district_scheme_has_the_two_published_tables():
    street, department = find_scheme("district-2022").kinds
    assert dict(street.categories) == {
        "基础信息": 35,
        "依申请办理答复": 5,
        "解读回应": 40,
        "能力保障": 20,
    }
    assert dict(department.categories) == {
        "基础信息": 25,
        "公开领域": 40,
        "依申请办理答复": 5,
        "解读回应": 20,
        "能力保障": 10,
    }


def test_a_sound_scheme_is_read():
    scheme = read_scheme(("\ufeff" + GOOD).encode(), "x.toml")
    assert scheme.indicators[0].cap == 10
    assert scheme.unscored == {"COL103": "须人工核实"}
    assert scheme.text == GOOD
    assert len(scheme.digest) == 32
    assert scheme.digest != read_scheme((GOOD + "# 改\n").encode(), "x.toml").digest


WAYS = """\
id = "x"
title = "方案"
source = "出处"
pass_mark = 60

[[kind]]
name = "site"
title = "网站"
subject = "site"
named = ["政府"]
categories = { "甲" = 100 }
recalled = { "甲" = "low" }

[[indicator]]
code = "0"
title = "不更新"
kind = "veto"

[[indicator.way]]
title = "空白"
checks = ["COL101"]
at_least = 5
warn_at = 2

[[indicator.way]]
title = "打不开"
unmeasured = "没有监测记录"

[[indicator]]
code = "1"
title = "陈旧"
category = "甲"
kind = "deduct"
checks = ["COL201", "COL202"]
points = 1
prices = { COL202 = 2 }
recalled = "medium"

[[waiver]]
category = "甲"
why = "不适用"
kinds = ["site"]
"""


def test_a_scheme_with_ways_is_read():
    scheme = read_scheme(WAYS.encode(), "x.toml")
    veto, line = scheme.indicators
    assert veto.checks == ("COL101",)
    assert [way.title for way in veto.ways] == ["空白", "打不开"]
    assert (line.recalled, line.price("COL202", (), 9), line.price("COL201", (), 9)) == (
        Recalled.MEDIUM,
        2,
        1,
    )
    assert scheme.kinds[0].subject is Scored.SITE


@pytest.mark.parametrize(
    ("old", "new", "row", "field", "words"),
    [
        ("pass_mark = 60", "pass_mark = -1", 4, "pass_mark", "小于0"),
        ('subject = "site"', 'subject = "city"', 9, "subject", "不是考评对象"),
        ('{ "甲" = "low" }', '{ "乙" = "low" }', 12, "recalled", "不是本表的类别"),
        ('{ "甲" = "low" }', '{ "甲" = "maybe" }', 12, "recalled", "不是把握程度"),
        ('kind = "veto"', 'kind = "veto"\nchecks = ["COL101"]', 18, "checks", "写在各情形之下"),
        ('kind = "veto"', 'kind = "bonus"', 14, "way", "只有否决指标"),
        ("warn_at = 2", "warn_at = 5", 23, "warn_at", "应小于否决数"),
        ("at_least = 5", "at_least = 0", 22, "at_least", "不得小于1"),
        ('title = "空白"', 'titel = "空白"', 20, "titel", "没有这个字段"),
        ('unmeasured = "没有监测记录"', "", 25, "checks", "缺少"),
        (
            'unmeasured = "没有监测记录"',
            'unmeasured = "没有"\nchecks = ["COL101"]',
            27,
            "unmeasured",
            "不应再写",
        ),
        ("{ COL202 = 2 }", "{ COL203 = 2 }", 36, "prices", "不在本指标"),
        ('recalled = "medium"', 'recalled = "sure"', 37, "recalled", "不是把握程度"),
        ('recalled = "medium"', "confirmed = true", 37, "confirmed", "只用于否决指标"),
        ('category = "甲"\nkind', "kind", 29, "category", "缺少"),
        ('kinds = ["site"]', 'kinds = ["town"]', 42, "kinds", "没有名为"),
        ('kinds = ["site"]', "", 39, "units", "须写明对谁不适用"),
    ],
)
def test_mistakes_in_ways_sites_and_marks_are_named(old, new, row, field, words):
    assert old in WAYS
    found = problems(WAYS.replace(old, new))
    assert (row, field) in [(at, name) for at, name, _ in found]
    assert any(words in message for at, _, message in found if at == row)


def test_a_scheme_scores_units_or_sites_not_both():
    mixed = WAYS + '\n[[kind]]\nname = "unit"\ntitle = "单位"\ncategories = { "甲" = 1 }\n'
    ((row, field, message),) = problems(mixed)
    assert (row, field) == (44, "subject")
    assert "都以单位或都以网站" in message
    sites = GOOD.replace('title = "区直部门"', 'title = "区直部门"\nnamed = ["局"]')
    ((row, field, _),) = problems(sites)
    assert (row, field) == (8, "named")


def test_an_inline_way_is_told_at_its_indicator():
    inline = WAYS.replace('kind = "veto"', 'kind = "veto"\nway = [{ title = "甲", at_least = 0 }]')
    start, end = inline.index("[[indicator.way]]"), inline.index('[[indicator]]\ncode = "1"')
    found = problems(inline[:start] + inline[end:])
    assert {row for row, _, _ in found} == {14}


@pytest.mark.parametrize(
    ("old", "new", "row", "field", "words"),
    [
        ('id = "x"', 'id = ""', 1, "id", "不得为空"),
        ('source = "出处"', "", None, "source", "缺少"),
        ('source = "出处"', "source = 3", 3, "source", "文字"),
        ('ties = ["乙"]', 'ties = ["丙"]', 9, "ties", "不是本表的类别"),
        ('"甲" = 60', '"甲" = -1', 8, "categories", "不小于0"),
        ('"甲" = 60', '"甲" = nan', 8, "categories", "不小于0"),
        ('category = "甲"', 'category = "丙"', 14, "category", "没有名为"),
        ('kind = "deduct"', 'kind = "gift"', 15, "kind", "指标种类"),
        ('checks = ["COL101"]', "checks = []", 16, "checks", "不得为空"),
        ('checks = ["COL101"]', 'checks = ["col1"]', 16, "checks", "不是规则代码"),
        ('checks = ["COL101"]', 'checks = ["COL101", "COL101"]', 16, "checks", "重复"),
        ('checks = ["COL101"]', 'checks = ["COL103"]', 21, "checks", "已在别处"),
        ("points = 5", 'points = "5"', 17, "points", "数字"),
        ("points = 5", "points = true", 17, "points", "数字"),
        ("points = 5", "points = -5", 17, "points", "小于0"),
        ("points = 5", "point = 5", 17, "point", "没有这个字段"),
        (
            "cap = 10",
            "valid_from = 2022-01-02\nvalid_until = 2022-01-01",
            19,
            "valid_until",
            "早于",
        ),
        ("cap = 10", "at_least = 0", 18, "at_least", "小于1"),
        ('why = "须人工核实"', "", 20, "why", "缺少"),
    ],
)
def test_each_mistake_is_named_with_its_line_and_field(old, new, row, field, words):
    assert old in GOOD
    ((at, name, message),) = problems(GOOD.replace(old, new))
    assert (at, name) == (row, field)
    assert words in message


def test_all_mistakes_come_at_once():
    text = GOOD.replace("points = 5", "point = 5").replace('"乙" = 40', '"乙" = "x"')
    text = text.replace('kind = "deduct"', 'kind = "gift"')
    assert [row for row, _, _ in problems(text)] == [8, 15, 17]


@pytest.mark.parametrize(
    ("raw", "words"), [(b"\xff\xfe", "UTF-8"), (b"a = [", "TOML"), (b"kind = 3", "列表")]
)
def test_what_is_no_scheme_at_all_is_refused(raw, words):
    assert any(words in message for _, _, message in problems(raw))


def test_twice_the_same_indicator_is_refused():
    block = GOOD[GOOD.index("[[indicator]]") : GOOD.index("[[unscored]]")]
    ((_, field, message),) = problems(GOOD + "\n" + block)
    assert field == "code"
    assert "重复" in message


def test_an_unknown_scheme_names_the_known_ones(tmp_path):
    with pytest.raises(ConfigurationError, match="district-2022"):
        find_scheme("nowhere")
    with pytest.raises(ConfigurationError, match="无法读取"):
        find_scheme(str(tmp_path / "none.toml"))
    (tmp_path / "x.toml").write_text(GOOD, encoding="utf-8")
    assert find_scheme(str(tmp_path / "x.toml")).title == "方案"


def test_the_page_on_schemes_explains_every_field_and_no_other():
    page = (Path(__file__).parents[3] / "docs" / "schemes.md").read_text(encoding="utf-8")
    known = {
        name
        for table in (
            scheme_fields.TOP_FIELDS,
            scheme_fields.KIND_FIELDS,
            scheme_fields.INDICATOR_FIELDS,
            scheme_fields.WAY_FIELDS,
            scheme_fields.UNSCORED_FIELDS,
            scheme_fields.WAIVER_FIELDS,
        )
        for name in table
    }
    assert {
        name for name in known if not re.search(rf"[`\[.]{name}\b|^{name} = ", page, re.MULTILINE)
    } == set()
    blocks = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    used = {name for block in blocks for name in re.findall(r"^(\w+) = ", block, re.MULTILINE)}
    assert used - known == set()
    for block in blocks:
        tomllib.loads(block)


@pytest.mark.parametrize("value", ["3", "-1", "true", '"x"', "[]", "[3]", "{}", "{ a = 1 }", "nan"])
def test_a_wrong_value_anywhere_is_refused_or_read_but_never_breaks(value):
    """Every line of a whole scheme with another value: a scheme, or problems each with its line."""
    lines = WAYS.split("\n")
    for number, line in enumerate(lines):
        if " = " not in line:
            continue
        name = line.split(" = ")[0]
        text = "\n".join([*lines[:number], f"{name} = {value}", *lines[number + 1 :]])
        told = ()
        try:
            read_scheme(text.encode(), "x.toml")
        except ConfigurationError as refused:
            told = refused.problems
        assert all(item.row and item.message for item in told), (line, value)
