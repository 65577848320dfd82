"""Why a page was taken for what it is: recorded while somebody listens, and never otherwise."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from plugins import Page
from plugins.facts.page.describe import describe
from plugins.taken import HEAVIEST, QUESTIONS, Taken, packed, unpacked
from plugins.why import MOST_SEEN, Judge, Step, Test, Trace, limit, listening, note, saw

ROWS = "".join(
    f"<li><a href='/a{n}.html'>关于第{n}件事情的通知</a><span>2026-06-2{n}</span></li>"
    for n in range(6)
)
LIST = (
    f"<html><head><title>动态</title></head><body><div class=nav><a href='/'>首页</a></div>"
    f"<ul class=list>{ROWS}</ul></body></html>"
)
ARTICLE = (
    "<html><head><title>关于开展检查的通知</title></head><body><h1>关于开展检查的通知</h1>"
    f"<div>{'<p>各单位要认真组织开展检查工作。</p>' * 20}</div></body></html>"
)
JUDGE = Judge(
    "颜色",
    (
        Test("太短", lambda text: "短" if _short(text) else None),
        Test("总是蓝", lambda _: "蓝"),
    ),
)


def _short(text):
    saw(text)
    limit("最少字数", 3)
    return len(text) < 3


def page(markup=LIST):
    return Page("http://site.test/dt/", status=200, body=markup.encode())


@pytest.fixture
def counted(monkeypatch):
    """How often a step was recorded, by anybody."""
    steps = []
    add = Trace.add

    def counting(trace, question, step):
        steps.append((question, step))
        add(trace, question, step)

    monkeypatch.setattr(Trace, "add", counting)
    return steps


def test_nothing_is_recorded_when_nobody_listens(counted):
    assert JUDGE("一段文字") == "蓝"
    note("颜色", "随口一说", "红")
    for markup in (LIST, ARTICLE, ""):
        describe(page(markup))
    assert counted == []
    with listening() as trace:
        JUDGE("一段文字")
    JUDGE("一段文字")
    assert len(counted) == len(trace.steps["颜色"]) == 2


@pytest.mark.parametrize("markup", [LIST, ARTICLE, ""])
def test_listening_changes_no_fact(markup):
    told = describe(page(markup))
    with listening():
        assert describe(page(markup)) == told
    taken = Taken.again(page(markup))
    assert (taken.kind, taken.rows, taken.empty) == (told["kind"], len(told["rows"]), told["empty"])
    assert (taken.title, taken.newest) == (told["title"], told["newest"] or "")


def test_facts_that_were_drawn_before_are_drawn_anew():
    read = page()
    describe(read)
    again, fresh = Taken.again(read), Taken.again(page())
    assert again == fresh


def test_steps_tell_what_was_seen_and_which_limit_was_used():
    with listening() as trace:
        JUDGE("一段文字")
    taken = replace(Taken.of(page(), Trace()), why={"颜色": tuple(trace.steps["颜色"])})
    assert taken.told()["why"]["颜色"] == [
        {"test": "太短", "answer": "-", "saw": "一段文字", "limit": "最少字数=3"},
        {"test": "总是蓝", "answer": "蓝", "saw": "", "limit": ""},
    ]
    assert taken.decisive("颜色").test == "总是蓝"
    assert taken.decisive("kind") is None
    assert list(taken.only(["all"])) == [*QUESTIONS, "颜色"]
    assert taken.only(["kind"]) == {"kind": ()}
    lines = list(taken.lines())
    assert "类型：列表页（list）" in lines[0]
    assert "标题：“动态”" in lines[0]
    assert lines[1:] == [
        "  颜色：",
        "    – 太短  看到：一段文字  界限：最少字数=3",
        "    ✓ 总是蓝  → 蓝",
    ]


def test_a_question_that_every_test_passed_on_has_no_decisive_step():
    with listening() as trace:
        assert Judge("颜色", (Test("太短", lambda _: None),))("x") is None
    assert replace(Taken.of(page(), Trace()), why=trace.steps).decisive("颜色") is None


def test_many_values_are_counted_and_long_ones_cut():
    with listening() as trace:
        note("rows", "列表块", tuple(range(1000)), "字" * 100_000)
    (step,) = trace.steps["rows"]
    assert step.answer == "1000项"
    assert len(step.saw) == 60


def test_personal_numbers_are_masked():
    with listening() as trace:
        note("document", "落款", "联系人13812345678", "身份证420281199001011234")
        taken = Taken.of(page(LIST.replace("<title>动态", "<title>电话13812345678")), trace)
    told = str(taken.told())
    assert "13812345678" not in told
    assert "420281199001011234" not in told


@pytest.mark.parametrize("before", range(MOST_SEEN - 20, MOST_SEEN + 1))
def test_a_number_is_never_cut_before_it_is_masked(before):
    number = "110101199003074477"
    with listening() as trace:
        note("kind", "看到身份证号", "是", "文" * before + number + "，" + "文" * MOST_SEEN)
    (step,) = Taken.of(Page("http://site.test/", 200, b""), trace).why["kind"]
    assert re.search(r"\d{7}", step.saw) is None


def test_what_is_kept_comes_back_whole():
    with listening() as trace:
        JUDGE("一段文字\ud800")
        taken = Taken.of(page(), trace)
    assert unpacked(packed(taken)).why["颜色"][1] == Step("总是蓝", "蓝")
    assert replace(unpacked(packed(taken)), why={}) == replace(taken, why={})


def test_what_is_kept_is_bounded_and_keeps_what_decided():
    chance = random.Random(7)
    with listening() as trace:
        for question in QUESTIONS:
            for number in range(200):
                word = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(60))
                note(question, f"第{number}项判断", word, word, word)
        taken = Taken.of(page(), trace)
    data = packed(taken)
    assert len(data) <= HEAVIEST
    kept = unpacked(data)
    assert all(kept.decisive(name) == taken.decisive(name) for name in QUESTIONS)
