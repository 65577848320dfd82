"""Schemes that build on one another: what they write wins, the rest is the other's, and mistakes know their file."""

from __future__ import annotations

import pytest

from findings.schemes.scheme_file import find_scheme, scheme_names
from plugins.errors import ConfigurationError

BASE = """\
id = "base"
title = "上级方案"
source = "上级文件"
version = "3"
pass_mark = 60

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

[[indicator]]
code = "2"
title = "栏目不更新"
kind = "veto"

[[indicator.way]]
title = "空白栏目"
checks = ["COL102"]
at_least = 5

[[indicator.way]]
title = "首页"
checks = ["COL203"]

[[indicator]]
code = "3"
title = "链接"
category = "乙"
kind = "deduct"
checks = ["LNK101"]
points = 1

[[unscored]]
checks = ["COL103", "COL204"]
why = "须人工核实"

[[unscored]]
rest = true
why = "上级没有这一项"

[[waiver]]
category = "乙"
why = "没有对外服务"
units = ["区统计局"]
"""
OWN = """\
id = "own"
title = "本区方案"
extends = "base.toml"

[[indicator]]
code = "1"
points = 4

[[indicator]]
code = "9"
title = "外文版内容过少"
category = "乙"
kind = "deduct"
checks = ["ENG901", "COL204"]
cap = 2

[[indicator]]
code = "3"
drop = "本区不考"

[[unscored]]
checks = ["TXT101"]
why = "另有专项"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "base.toml").write_text(BASE, encoding="utf-8")
    return tmp_path


def laid(folder, text, name="own.toml"):
    (folder / name).write_text(text, encoding="utf-8")
    return find_scheme(str(folder / name))


def problems(folder, text):
    with pytest.raises(ConfigurationError) as refused:
        laid(folder, text)
    return [
        (one.file.removeprefix(f"{folder}/"), one.row, one.field, one.message)
        for one in refused.value.problems
    ]


def test_what_is_written_wins_and_the_rest_is_the_others(folder):
    base, scheme = find_scheme(str(folder / "base.toml")), laid(folder, OWN)
    assert (scheme.id, scheme.title, scheme.source, scheme.pass_mark) == (
        "own",
        "本区方案",
        "上级文件",
        60,
    )
    assert scheme.version == ""
    assert [one.code for one in scheme.indicators] == ["1", "2", "9"]
    first, veto, new = scheme.indicators
    assert (first.points, first.cap, first.title) == (4, 10, "空白")
    assert veto == base.indicators[1]
    assert (new.points, new.price("ENG901", (), 0.5)) == (None, 0.5)
    assert scheme.kinds == base.kinds
    assert scheme.waivers == base.waivers
    # COL204 is scored here, LNK101 went with its indicator, and what nobody names is the other's word.
    assert scheme.unscored == {"TXT101": "另有专项", "COL103": "须人工核实", "LNK101": "本区不考"}
    assert scheme.rest == "上级没有这一项"
    assert (scheme.why_unscored("LNK101"), scheme.why_unscored("XYZ001")) == (
        "本区不考",
        "上级没有这一项",
    )
    assert scheme.why_unscored("COL204") == ""


def test_both_texts_are_kept_and_name_the_scheme(folder):
    scheme = laid(folder, OWN)
    assert OWN.strip() in scheme.text
    assert BASE in scheme.text
    (folder / "base.toml").write_text(BASE.replace("cap = 10", "cap = 9"), encoding="utf-8")
    assert find_scheme(str(folder / "own.toml")).digest != scheme.digest


def test_tables_and_waivers_are_laid_over_as_well(folder):
    text = OWN + (
        '\n[[kind]]\nname = "department"\ncategories = { "甲" = 50, "乙" = 50 }\n'
        '\n[[waiver]]\ncategory = "甲"\nwhy = "无"\nkinds = ["department"]\n'
    )
    scheme = laid(folder, text)
    assert scheme.kinds[0].categories == {"甲": 50, "乙": 50}
    assert (scheme.kinds[0].title, scheme.kinds[0].ties) == ("区直部门", ("乙",))
    assert [one.category for one in scheme.waivers] == ["甲"]


def test_schemes_build_on_schemes_that_build_on_schemes(folder):
    laid(folder, OWN)
    third = laid(
        folder,
        'id = "third"\ntitle = "街道方案"\nextends = "own.toml"\n[[indicator]]\ncode = "9"\npoints = 2\n',
        "third.toml",
    )
    assert [one.code for one in third.indicators] == ["1", "2", "9"]
    assert (third.indicators[2].points, third.indicators[2].cap) == (2, 2)
    assert third.unscored["LNK101"] == "本区不考"


@pytest.mark.parametrize("name", scheme_names())
def test_a_scheme_that_adds_nothing_judges_as_what_it_builds_on(tmp_path, name):
    scheme = laid(tmp_path, f'id = "own"\ntitle = "本区"\nextends = "{name}"\n')
    base = find_scheme(name)
    assert (scheme.kinds, scheme.indicators, scheme.waivers) == (
        base.kinds,
        base.indicators,
        base.waivers,
    )
    assert (scheme.unscored, scheme.rest) == (base.unscored, base.rest)
    assert (scheme.label, scheme.portal, scheme.subject_traits) == (
        base.label,
        base.portal,
        base.subject_traits,
    )


@pytest.mark.parametrize(
    ("old", "new", "file", "row", "field", "words"),
    [
        ('"base.toml"', '"nowhere"', "own.toml", 3, "extends", "district-2022"),
        ('"base.toml"', '"nowhere.toml"', "own.toml", 3, "extends", "没有“"),
        ('"base.toml"', '"own.toml"', "own.toml", 3, "extends", "成了一圈"),
        ('"base.toml"', "3", "own.toml", 3, "extends", "应为文字"),
        ('id = "own"\n', "", "own.toml", None, "id", "也要自己写"),
        ("points = 4", "points = -4", "own.toml", 7, "points", "不得小于0"),
        ("points = 4", "point = 4", "own.toml", 7, "point", "没有这个字段"),
        ('code = "9"', 'code = "1"', "own.toml", 10, "code", "重复"),
        ('code = "3"', 'code = "4"', "own.toml", 19, "drop", "没有这个指标"),
        ('drop = "本区不考"', "drop = true", "own.toml", 19, "drop", "应为文字"),
        ('drop = "本区不考"', 'drop = "不考"\ncap = 1', "own.toml", 19, "drop", "不再写别的"),
        ('title = "外文版内容过少"\n', "", "own.toml", 9, "title", "缺少"),
        ('"TXT101"', '"COL101"', "own.toml", 22, "checks", "已在别处"),
        (
            'why = "另有专项"',
            'why = "另有"\n[[kind]]\nname = "department"\ncategories = { "丙" = 100 }',
            "base.toml",
            11,
            "ties",
            "不是本表的类别",
        ),
        (
            'why = "另有专项"',
            'why = "另有"\n[[kind]]\nname = "department"\ncategories = { "丙" = 100 }',
            "base.toml",
            16,
            "category",
            "没有名为",
        ),
        (
            'extends = "base.toml"',
            'extends = "base.toml"\nindicator = 3',
            "own.toml",
            4,
            "indicator",
            "应为列表",
        ),
    ],
)
def test_each_mistake_is_named_with_its_file_line_and_field(
    folder, old, new, file, row, field, words
):
    assert old in OWN
    text = OWN.replace(old, new, 1)
    if field == "indicator":
        text = text[: text.index("[[indicator]]")]
    found = problems(folder, text)
    assert (file, row, field) in [one[:3] for one in found]
    assert any(words in message for at, line, _, message in found if (at, line) == (file, row))


def test_a_fault_of_what_it_builds_on_is_told_there(folder):
    (folder / "base.toml").write_text(BASE.replace("points = 5", 'points = "5"'), encoding="utf-8")
    ((file, row, field, _),) = problems(folder, OWN)
    assert (file, row, field) == ("base.toml", 19, "points")


def test_a_way_that_contradicts_is_told_where_it_stands(folder):
    text = OWN + '\n[[indicator]]\ncode = "2"\nkind = "bonus"\n'
    told = problems(folder, text)
    assert [one[:3] for one in told] == [("base.toml", 22, "way"), ("base.toml", 30, "at_least")]
    assert "只有否决指标" in told[0][3]
    inner = BASE.replace('title = "首页"\n', 'title = "首页"\nat_least = 0\n')
    (folder / "base.toml").write_text(inner, encoding="utf-8")
    ((file, row, field, _),) = problems(folder, OWN)
    assert (file, row, field) == ("base.toml", 34, "at_least")


def test_a_circle_over_several_files_names_them(folder):
    (folder / "a.toml").write_text('id = "a"\ntitle = "甲"\nextends = "b.toml"\n')
    (folder / "b.toml").write_text('id = "b"\ntitle = "乙"\nextends = "a.toml"\n')
    with pytest.raises(ConfigurationError) as refused:
        find_scheme(str(folder / "a.toml"))
    (problem,) = refused.value.problems
    assert (problem.row, problem.field) == (3, "extends")
    assert problem.message.count("→") == 2


def test_without_a_base_nothing_can_be_dropped(tmp_path):
    text = BASE.replace("cap = 10", 'cap = 10\ndrop = "不考"')
    (problem,) = problems(tmp_path, text)
    assert problem[1:3] == (21, "drop")


@pytest.mark.parametrize(
    "table",
    [
        'rest = true\nwhy = "又一次"',
        'rest = false\nwhy = "不"',
        'rest = true\nwhy = "不"\nchecks = ["TXT101"]',
    ],
)
def test_rest_is_said_once_and_alone(tmp_path, table):
    text = BASE + f"\n[[unscored]]\n{table}\n"
    if "又一次" not in table:
        text = text.replace(
            'rest = true\nwhy = "上级没有这一项"', 'checks = ["COL205"]\nwhy = "无"', 1
        )
    (problem,) = problems(tmp_path, text)
    assert problem[2] == "rest"
