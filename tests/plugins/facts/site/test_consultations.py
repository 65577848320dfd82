"""Solicitations are recognised among the rows of their columns, with labels, dates and results."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plugins import Column, Entry, PageDigest, Site, Solicitation
from plugins.facts.census.consultations import (
    LabelState,
    asks_opinions,
    consultations,
    month_after,
    read_label,
    without_label,
)
from plugins.facts.census.results import HasResult, find_results

HOST = "https://www.example.gov.cn"


def column(*entries, name="意见征集", **more):
    return Column(url=HOST + "/zj/", key=HOST + "/zj/", name=name, entries=entries, **more)


def entry(
    title="关于公开征求《青山区养犬管理办法（征求意见稿）》意见的公告", path="/zj/1.html", **more
):
    return Entry(url=HOST + path, key=HOST + path, title=title, **more)


def site(*columns, pages=()):
    return Site(
        host="www.example.gov.cn",
        today=date(2026, 3, 1),
        columns=columns,
        pages={page.key: page for page in pages},
    )


def article(path="/zj/1.html", title="", solicitation=None, **more):
    return PageDigest(
        url=HOST + path,
        key=HOST + path,
        status=200,
        kind="article",
        title=title,
        facts={} if solicitation is None else {"Solicitation": solicitation},
        **more,
    )


@pytest.mark.parametrize(
    "name", ["意见征集", "征集调查", "民意征集", "网上调查", "征求意见", "意见征集及结果反馈"]
)
def test_columns_that_ask_for_opinions(name):
    assert asks_opinions(column(name=name))


def test_type_and_breadcrumbs_tell_too():
    assert asks_opinions(column(name="往期回顾", crumbs=("互动交流", "意见征集")))
    assert asks_opinions(column(name="公众参与", type="征集调查"))


@pytest.mark.parametrize(
    "name",
    [
        "结果反馈",
        "征集结果",
        "意见采纳情况",
        "供应商征集",
        "征集志愿",
        "兵役征集",
        "通知公告",
        "在线访谈",
    ],
)
def test_columns_that_do_not(name):
    assert not asks_opinions(column(name=name, crumbs=("互动交流",)))


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("[进行中]", LabelState.OPEN),
        ("（征集中）", LabelState.OPEN),
        ("【已结束】", LabelState.CLOSED),
        ("征集结束", LabelState.CLOSED),
        ("未开始", LabelState.FUTURE),
        ("已反馈", LabelState.RESULT),
        ("未结束", LabelState.OPEN),
        ("未反馈", LabelState.OTHER),
        ("受理", LabelState.OTHER),
    ],
)
def test_labels_are_read_without_their_brackets(words, state):
    label = read_label(words, "列表")
    assert label
    assert label.state is state


@pytest.mark.parametrize("words", ["", " ", "[]", "截止2026-03-01", "5月1日截止"])
def test_what_is_no_label(words):
    assert read_label(words, "列表") is None


def test_label_is_taken_off_the_title():
    assert without_label("【进行中】关于甲的公告") == "关于甲的公告"
    assert without_label("关于甲的公告[已结束]") == "关于甲的公告"
    assert without_label("青山区养犬管理办法（试行）") == "青山区养犬管理办法（试行）"


@pytest.mark.parametrize(
    "title",
    [
        "《青山区养犬管理办法（征求意见稿）》公开征求意见采纳情况",
        "“十四五”规划意见征集结果反馈",
        "区司法局就《青山区养犬管理办法》征求意见答记者问",
        "我区民生实事项目意见征集活动圆满结束",
        "《青山区养犬管理办法（征求意见稿）》起草说明",
        "区长接听热线",
        "关于标准化委员会换届及征集委员的通知",
        "2026年住房保障资格公示",
    ],
)
def test_results_explanations_and_news_are_no_solicitations(title):
    one = column(entry(title))
    assert not list(consultations(one, site(one)))


def test_label_in_title_row_article_or_column_name_counts():
    titled = column(entry("【进行中】关于公开征求甲意见的公告"))
    (call,) = consultations(titled, site(titled))
    assert [label.where for label in call.labels] == ["标题"]
    plain = column(entry())
    labelled = article(solicitation=Solicitation(label="已结束"))
    (call,) = consultations(plain, site(plain, pages=[labelled]))
    assert [label.where for label in call.labels] == ["文章开头"]
    named = column(entry(), name="正在征集", crumbs=("意见征集",))
    (call,) = consultations(named, site(named))
    assert [label.where for label in call.labels] == ["栏目名称"]


def test_label_in_another_list_of_the_site_counts():
    bare, labelled = column(entry()), column(entry(status="已结束"), name="互动交流")
    (call,) = consultations(bare, site(bare, labelled))
    assert call.labels


def test_opening_day_is_doubtful_when_row_and_article_disagree():
    one = column(entry(date=date(2026, 1, 5)))
    same = article(published=date(2026, 1, 5), solicitation=Solicitation(closes=date(2026, 1, 20)))
    (call,) = consultations(one, site(one, pages=[same]))
    assert call.opens == date(2026, 1, 5)
    moved = replace(same, published=date(2025, 12, 2))
    (call,) = consultations(one, site(one, pages=[moved]))
    assert call.opens is None


def test_month_after_ends_with_the_month():
    assert month_after(date(2026, 1, 31)) == date(2026, 2, 28)
    assert month_after(date(2025, 12, 15)) == date(2026, 1, 15)


CLOSED = Solicitation(closes=date(2026, 1, 10))


def result_of(call_title, *others, solicitation=CLOSED, row=""):
    one = column(entry(call_title, text=row or call_title))
    whole = site(one, pages=[article(solicitation=solicitation), *others])
    (call,) = consultations(one, whole)
    return find_results(whole).of(call)


@pytest.mark.parametrize(
    ("call", "result"),
    [
        (
            "关于公开征求《青山区养犬管理办法（征求意见稿）》意见的公告",
            "《青山区养犬管理办法（征求意见稿）》公开征求意见采纳情况",
        ),
        (
            "关于公开征求《青山区养犬管理办法（草案）》意见的公告",
            "关于青山区养犬管理办法征求意见结果反馈的公告",
        ),
        ("关于征集2026年民生实事项目的公告", "2026年民生实事项目征集结果公示"),
        ("青山区停车收费方案公开征求意见", "停车收费方案意见征集情况的通报"),
    ],
)
def test_a_result_is_found_by_what_its_title_is_about(call, result):
    assert (
        result_of(call, article("/fk/1.html", result, published=date(2026, 2, 1))) is HasResult.YES
    )


@pytest.mark.parametrize(
    ("call", "result", "day"),
    [
        ("关于征集2026年民生实事项目的公告", "2025年民生实事项目征集结果公示", date(2026, 2, 1)),
        ("关于征集民生实事项目的公告", "民生实事项目征集结果公示", date(2025, 2, 1)),
        (
            "关于公开征求《青山区养犬管理办法》意见的公告",
            "《青山区停车收费办法》征求意见采纳情况",
            date(2026, 2, 1),
        ),
        ("关于公开征求《青山区养犬管理办法》意见的公告", "青山区养犬管理办法", date(2026, 2, 1)),
    ],
)
def test_results_of_other_years_and_matters_are_not_its_result(call, result, day):
    assert result_of(call, article("/fk/1.html", result, published=day)) is HasResult.NO


def test_a_result_that_names_nothing_may_be_the_one():
    other = article("/fk/1.html", "意见征集结果公示", published=date(2026, 2, 1))
    assert result_of("关于征集民生实事项目的公告", other) is HasResult.PERHAPS


def test_row_and_article_can_carry_the_result():
    title = "关于征集民生实事项目的公告"
    assert result_of(title, row=f"{title} 已结束 查看结果") is HasResult.YES
    assert result_of(title, solicitation=replace(CLOSED, result=True)) is HasResult.YES
    assert (
        result_of(title, solicitation=replace(CLOSED, result_links=(HOST + "/fk/9.html",)))
        is HasResult.YES
    )
    assert (
        result_of(
            "关于公开征求《结果公示办法》意见的公告",
            row="关于公开征求《结果公示办法》意见的公告 已结束",
        )
        is HasResult.NO
    )
