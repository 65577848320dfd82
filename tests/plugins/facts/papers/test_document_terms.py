"""Until when a paper is in force, by its own words."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.facts.language.terms import expires_on

ISSUED = date(2020, 3, 5)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("第四条　本文件自印发之日起施行，有效期五年。", date(2025, 3, 5)),
        ("本办法自2019年5月1日起施行，有效期至2024年4月30日。", date(2024, 4, 30)),
        ("本通知自2021年1月1日起执行，有效期2年。", date(2023, 1, 1)),
        ("本办法自发布之日起30日后施行，有效期5年。", date(2025, 4, 4)),
        ("本规定自2020年1月1日起实施，至2022年12月31日止。", date(2022, 12, 31)),
        ("本细则自公布之日起施行，有效期为十八个月。", date(2021, 9, 5)),
        ("本意见有效期3年，自2020年2月29日起施行。", date(2023, 2, 28)),
        # Said twice, the same.
        ("本办法自2020年5月1日起施行，有效期5年。本办法有效期至2025年5月1日。", date(2025, 5, 1)),
    ],
)
def test_what_is_said_is_read(text, last):
    assert expires_on(text, ISSUED) == last


@pytest.mark.parametrize(
    "text",
    [
        "取得的资格证书有效期5年，施行前取得的继续使用。",
        "建设项目自2020年1月1日起至2022年12月31日执行完毕。",
        "合同有效期三年。",
        "本办法自印发之日起施行。",
        "原办法有效期已满，本通知自印发之日起执行。",
        # Two terms that contradict each other.
        "本办法自2020年5月1日起施行，有效期5年。本通知自2020年5月1日起施行，有效期2年。",
    ],
)
def test_what_is_not_said_is_not_guessed(text):
    assert expires_on(text, ISSUED) is None


def test_years_without_a_start_say_nothing():
    assert expires_on("本办法自印发之日起施行，有效期五年。", None) is None


def test_the_table_has_the_word():
    assert expires_on("本办法自印发之日起施行，有效期五年。", ISSUED, "2026-01-01") == date(
        2026, 1, 1
    )
