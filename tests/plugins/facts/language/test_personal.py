"""Personal data is recognised by its check digits and never leaves the function in full."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from plugins.facts.language.personal import (
    CHECKS,
    WEIGHTS,
    bank_cards,
    check_digit,
    hide,
    identity_numbers,
    luhn,
    mobiles,
    private_mobiles,
)

TODAY = date(2026, 6, 30)
BIRTHS = st.dates(date(1930, 1, 1), TODAY - timedelta(days=1))


def identity(birth: date, turn: int, area: str = "420000") -> str:
    number = f"{area}{birth:%Y%m%d}{turn:03}"
    return number + CHECKS[sum(int(a) * b for a, b in zip(number, WEIGHTS, strict=True)) % 11]


def card(turn: int) -> str:
    number = f"622202{turn:012}"
    return next(number + digit for digit in "0123456789" if luhn(number + digit))


@given(BIRTHS, st.integers(0, 999), st.sampled_from(["，", "身份证号码：", "\n", "（", "证"]))
def test_a_whole_number_is_found_and_only_its_masked_form_is_told(
    birth: date, turn: int, before: str
) -> None:
    number = identity(birth, turn)
    (find,) = identity_numbers(f"甲{before}{number}，乙", TODAY)
    assert number not in repr(find)
    assert number[3:17] not in repr(find)
    assert find.masked == number[:3] + "*" * 14 + number[-1]


@given(BIRTHS, st.integers(0, 999), st.integers(1, 10))
def test_a_wrong_check_digit_is_no_identity_number(birth: date, turn: int, off: int) -> None:
    number = identity(birth, turn)
    wrong = number[:17] + CHECKS[(CHECKS.index(number[17]) + off) % 11]
    assert not check_digit(wrong)
    assert identity_numbers(wrong, TODAY) == ()


@given(BIRTHS, st.integers(0, 999), st.sampled_from(["05", "10", "24", "55", "72", "80"]))
def test_a_province_that_does_not_exist_is_no_identity_number(
    birth: date, turn: int, province: str
) -> None:
    assert identity_numbers(identity(birth, turn, province + "0101"), TODAY) == ()


def test_a_birth_to_come_is_no_identity_number() -> None:
    assert identity_numbers(identity(date(2026, 7, 1), 1), TODAY) == ()


def test_one_number_twice_is_one_find() -> None:
    number = identity(date(1980, 1, 1), 1)
    assert len(identity_numbers(f"{number}；{number}", TODAY)) == 1


@given(st.integers(1000, 10**9))
def test_a_card_is_found_where_the_text_speaks_of_cards_and_told_masked(turn: int) -> None:
    number = card(turn)
    assume(len(set(number)) >= 4)  # fewer are made-up numbers, and are passed over
    (find,) = bank_cards(f"农户甲，一卡通卡号：{number}")
    assert number[3:-1] not in repr(find)
    assert bank_cards(f"批次{number}") == ()


def test_two_numbers_side_by_side_are_both_masked_in_each_quotation() -> None:
    one, other = identity(date(1970, 2, 3), 7), identity(date(1990, 4, 5), 8)
    finds = identity_numbers(f"{one} {other} 手机13800000001", TODAY)
    assert len(finds) == 2
    assert not any(number[4:] in repr(finds) for number in (one, other, "13800000001"))


def test_record_numbers_and_telephones_are_no_mobiles() -> None:
    text = "公安机关备案号：15081599004-00001，电话0851-25820893，id=13800000001，ABC13800000001"
    assert mobiles(text) == ()


def test_a_line_of_contact_is_not_private() -> None:
    assert len(mobiles("联系电话：13800000001")) == 1
    assert private_mobiles("联系电话：13800000001") == ()
    assert len(private_mobiles("联系电话见下\n甲 13800000001")) == 1


@given(st.text(max_size=200))
def test_no_long_number_survives_hiding(text: str) -> None:
    hidden = hide(f"{text} 13800000001 {text}")
    assert "13800000001" not in hidden
