"""Lines break as Chinese is set, whatever the pages' text is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from crawler.terminal.tables import fold


def test_no_line_begins_with_a_closing_mark_nor_ends_with_an_opening_one():
    lines = fold("栏目建设中，敬请期待！（见《通知》第3条）。", 10)
    assert not any(line[0] in "，。！》）" or line[-1] in "（《" for line in lines)
    assert "".join(lines) == "栏目建设中，敬请期待！（见《通知》第3条）。"


def test_words_and_dates_stay_whole_and_long_addresses_are_cut():
    assert fold("最迟应于2026-02-28更新", 12) == ["最迟应于", "2026-02-28更", "新"]
    assert fold("见http://www.a.cn/long", 8) == ["见", "http://w", "ww.a.cn/", "long"]


@given(st.text(), st.integers(4, 80))
def test_no_line_is_wider_than_asked_and_no_sign_is_lost(text, width):
    lines = fold(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
