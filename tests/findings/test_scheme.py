"""Schemes: the ones that ship are sound, and broken ones are refused with every problem at once."""

from __future__ import annotations

import pytest

from findings.scheme_file import find_scheme, read_scheme, scheme_names
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
    for indicator in scheme.indicators:
        assert indicator.clause, indicator.code
        assert indicator.editable or indicator.points is not None
    for kind in scheme.kinds:
        assert kind.full == 100
        assert set(kind.ties) == set(kind.categories)


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


def test_every_rule_of_the_six_families_is_scored_or_says_why_not():
    codes = {
        *("COL101", "COL102", "COL103", "COL201", "COL202", "COL203", "COL204", "COL205"),
        *("LNK101", "LNK102", "LNK103", "LNK104", "LNK105", "LNK106"),
        *("DLG101", "DLG102", "DLG103", "DLG104"),
        *("POL101", "POL102", "POL103", "POL104"),
        *("PLT101", "PLT102", "PLT103", "PLT104", "PLT201", "PLT202", "PLT203"),
    }
    scheme = find_scheme("district-2022")
    assert scheme.codes() >= codes
    assert all(scheme.unscored.values())


def test_a_sound_scheme_is_read():
    scheme = read_scheme(("\ufeff" + GOOD).encode(), "x.toml")
    assert scheme.indicators[0].cap == 10
    assert scheme.unscored == {"COL103": "须人工核实"}


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
