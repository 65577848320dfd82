"""Letters and their answers, as pages and rows print them."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.facts.papers.letters import Letter, read_letter, read_row


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        (
            "来信时间：2026-03-02\n来信内容：路灯不亮。\n答复单位：区城管局\n答复时间：2026-03-05\n答复内容：已修复。",
            Letter(date(2026, 3, 2), date(2026, 3, 5), "区城管局"),
        ),
        (
            "留言人\n李**\n留言时间\n2026年3月2日\n回复部门\n区教育局\n回复时间\n2026年3月9日",
            Letter(date(2026, 3, 2), date(2026, 3, 9), "区教育局"),
        ),
        (
            "信件编号：12\n提交时间：2026/3/2 08:30\n办理状态：未答复\n来信内容：停车难。",
            Letter(date(2026, 3, 2), pending="未答复"),
        ),
        (
            "来信日期：2026-03-02\n来信内容：停车难。\n答复内容：暂无回复",
            Letter(date(2026, 3, 2), pending="暂无回复"),
        ),
    ],
)
def test_the_particulars_of_a_letter_are_read(text: str, letter: Letter) -> None:
    assert read_letter(text) == letter


def test_an_empty_label_does_not_take_the_next_ones_day() -> None:
    found = read_letter("来信时间：\n答复时间：2026-03-05\n答复内容：已修复。")

    assert found == Letter(answered=date(2026, 3, 5))


def test_an_answer_ends_whatever_state_is_printed() -> None:
    found = read_letter(
        "来信时间：2026-03-02\n办理状态：办理中\n答复时间：2026-03-05\n答复内容：已修复。"
    )

    assert found is not None
    assert found.pending == ""


@pytest.mark.parametrize(
    "text",
    [
        "区长接听热线，群众反映的问题当场交办，答复时间不超过五个工作日。",
        "来信内容：路灯不亮。\n答复内容：已修复。",
        "",
    ],
)
def test_what_prints_no_particulars_is_no_letter(text: str) -> None:
    assert read_letter(text) is None


@pytest.mark.parametrize(
    ("status", "text", "letter"),
    [
        ("[未答复]", "路灯不亮 2026-03-02 [未答复]", Letter(pending="[未答复]")),
        ("", "路灯不亮 办理中 2026-03-02", Letter(pending="办理中")),
        (
            "已回复",
            "路灯不亮 来信时间：2026-03-02 回复时间：2026-03-04 已回复",
            Letter(date(2026, 3, 2), date(2026, 3, 4)),
        ),
        # As a real county prints its rows: one day, a state, a number.
        ("已回复", "2025-12-21 已回复 我要咨询 20251221001 雨露计划补助", None),
    ],
)
def test_a_row_tells_its_state_and_labelled_days(
    status: str, text: str, letter: Letter | None
) -> None:
    found = read_row(status, text)

    assert (found and (found.asked, found.answered, found.pending.strip("[]"))) == (
        letter and (letter.asked, letter.answered, letter.pending.strip("[]"))
    )
