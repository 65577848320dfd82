"""Doubts are a value: they join, say themselves in the forms that messages need, and are nothing where there are none."""

from __future__ import annotations

import re
from datetime import date

from plugins import Column, Coverage, Site, Unread
from plugins.facts.site.doubts import UNSEEN, Doubts, doubt, is_unread, unread, unseen, when

WORDS = re.compile("收费")


def site(coverage: Coverage) -> Site:
    return Site("site.test", date(2026, 6, 30), coverage=coverage)


def test_without_reasons_there_is_nothing_to_say():
    none = doubt("", "") + "" + Doubts()
    assert not none
    assert (none.aside(), none.after(), none.sentence(), none.clause()) == ("", "", "", "")


def test_they_join_and_end_a_sentence():
    both = doubt("甲") + "乙" + when({"丙": True, "丁": False})
    assert both.reasons == ("甲", "乙", "丙")
    assert both.aside() == "（甲；乙；丙，请人工核实）"
    assert both.after() == "；甲，乙，丙，请人工核实"
    assert both.sentence() == "甲，乙，丙，请人工核实。"
    assert both.without("乙").clause("、") == "甲、丙，请人工核实"


def test_a_page_that_was_not_read_hides_only_what_its_links_may_lead_to():
    partial = Coverage("partial", unread=(Unread("/a", ("某某通知",), leaf=True),), listed=True)
    assert not unseen(site(Coverage()), WORDS)
    assert not unseen(site(partial), WORDS)
    assert unseen(site(partial), lambda words: "通知" in words).reasons == (UNSEEN,)
    assert unseen(site(Coverage("failed")), WORDS, "没看全").reasons == ("没看全",)


def test_columns_that_could_not_be_read_are_named():
    assert not unread(())
    assert unread("甲乙丙丁").reasons == ("栏目“甲”“乙”“丙”未能读取",)
    assert unread("甲乙丙丁", most=None).reasons == ("栏目“甲”“乙”“丙”“丁”未能读取",)
    assert is_unread(Column("/a", "a", "收费", empty=None))
    assert not is_unread(Column("/a", "a", "收费", empty=True))
