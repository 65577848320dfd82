"""Titles are taken apart so that papers of one matter meet and near-misses do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.facts.language.titles import (
    SIMILAR,
    TitleForm,
    agree,
    document_number,
    numeral,
    place_of,
    plain,
    quoted,
    read_title,
    similarity,
)


@pytest.mark.parametrize(
    "titles",
    [
        (
            "青山区人民政府办公室关于印发《青山区养犬管理办法》的通知",
            "《青山区养犬管理办法》政策解读",
            "一图读懂：《青山区养犬管理办法》",
            "【图解】青山区养犬管理办法（试行）",
            "关于《关于印发〈青山区养犬管理办法〉的通知》的解读",
            "区司法局负责人就《青山区养犬管理办法》答记者问",
            "青山区养犬管理办法起草说明",
            "关于公开征求《青山区养犬管理办法（征求意见稿）》意见的公告",
            "《青山区养犬管理办法（征求意见稿）》公开征求意见采纳情况",
            "关于青山区养犬管理办法公开征求意见的公告",
            "关于青山区养犬管理办法征求意见结果反馈的公告",
        ),
        (
            "区人民政府办公室关于印发青山区2024年政务公开工作要点的通知",
            "青山区2024年政务公开工作要点",
            "关于《青山区2024年政务公开工作要点》的政策问答",
            "图解｜青山区二〇二四年政务公开工作要点",
        ),
        (
            "关于贯彻落实《优化营商环境条例》的实施意见",
            "《关于贯彻落实〈优化营商环境条例〉的实施意见》解读",
            "关于贯彻落实《优化营商环境条例》的实施意见解读",
        ),
        (
            "青山区人力资源和社会保障局 青山区财政局关于做好稳岗返还工作的通知",
            "政策解读 | 关于做好稳岗返还工作的通知",
            "关于做好稳岗返还工作的解读（二）",
        ),
        ("关于开展“十四五”规划意见征集的公告", "“十四五”规划意见征集情况的通报"),
    ],
)
def test_titles_of_one_matter_have_one_core(titles):
    assert {read_title(title).core for title in titles} == {read_title(titles[0]).core}
    assert read_title(titles[0]).core


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("《青山区2024年政务公开工作要点》解读", "青山区2023年政务公开工作要点"),
        ("关于公布第二批行政许可事项清单的通知", "《关于公布第三批行政许可事项清单的通知》解读"),
        ("武汉市养犬管理办法", "《青山区养犬管理办法》解读"),
        ("关于废止《青山区养犬管理办法》的决定", "《青山区养犬管理办法》解读"),
        ("关于修改《青山区养犬管理办法》的决定", "青山区养犬管理办法"),
        ("青山区2024年小学招生工作方案", "青山区2024年初中招生工作方案"),
        ("青山区城市最低生活保障实施细则", "青山区农村最低生活保障实施细则"),
        ("青山区稳增长十条措施", "青山区稳增长二十条措施"),
        ("青山区部门预算编制办法实施细则", "青山区部门决算编制办法实施细则"),
        ("青政发〔2024〕3号关于做好防汛工作的通知", "青政发〔2024〕13号关于做好防汛工作的通知"),
    ],
)
def test_near_misses_stay_apart(one, other):
    first, second = read_title(one), read_title(other)
    same = agree(first, second) and similarity(first.core, second.core) >= SIMILAR
    assert not same


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("关于加强政策解读工作的通知", TitleForm.PLAIN),
        ("关于印发《政策解读工作制度》的通知", TitleForm.PLAIN),
        ("《政策解读工作制度》解读", TitleForm.INTERPRETATION),
        ("一图读懂2024年工作要点", TitleForm.INTERPRETATION),
        ("住房公积金提取问答", TitleForm.INTERPRETATION),
        ("重大行政决策听证办法", TitleForm.PLAIN),
        ("关于举行停车收费听证会的公告", TitleForm.CALL),
        ("青山区养犬管理办法（征求意见稿）", TitleForm.CALL),
        ("《青山区养犬管理办法（征求意见稿）》起草说明", TitleForm.INTERPRETATION),
        ("民生实事项目征集结果公示", TitleForm.RESULT),
        ("网民意见采纳情况", TitleForm.RESULT),
        ("关于《结果公示办法》公开征求意见的公告", TitleForm.CALL),
        ("区长就征求意见答记者问", TitleForm.INTERPRETATION),
        ("我区召开营商环境座谈会", TitleForm.PLAIN),
    ],
)
def test_form_is_read_from_the_words_outside_the_marks(title, form):
    assert read_title(title).form is form


def test_a_title_cut_with_an_ellipsis_names_nothing():
    assert read_title("青山区人民政府办公室关于印发青山区养犬管...").cores == ()
    assert read_title("《青山区养犬管理办法》解读：重点内容...").core == "青山区养犬管理办法"


def test_one_interpretation_of_two_papers_names_both():
    title = read_title("关于《青山区养犬管理办法》和《青山区养犬登记规定》的解读")
    assert title.cores == ("青山区养犬管理办法", "青山区养犬登记规定")


@pytest.mark.parametrize(
    ("core", "place"),
    [
        ("黄石市黄石港区养犬管理办法", "黄石市黄石港区"),
        ("城市更新实施办法", ""),
        ("社区矫正实施细则", ""),
        ("青山区老旧小区改造方案", "青山区"),
        ("规范市场秩序规定", ""),
        ("修改青山区养犬管理办法", ""),
    ],
)
def test_place_is_read_only_where_one_is_named(core, place):
    assert place_of(core) == place


def test_document_numbers_have_one_spelling():
    spellings = (
        "青政发〔2022〕3号",
        "青政发[2022]3号",
        "青政发（2022）第3号",
        "青政发 ﹝２０２２﹞ 3 号",
        "（青政发【2022】03号）",
    )
    assert {document_number(one) for one in spellings} == {"青政发[2022]3号"}
    assert document_number("2022年第3号") == ""


@pytest.mark.parametrize(
    ("text", "number"), [("十", "10"), ("十二", "12"), ("二十", "20"), ("03", "3"), ("七", "7")]
)
def test_ordinals_are_read(text, number):
    assert numeral(text) == number


def test_unclosed_marks_are_left_out():
    assert quoted("关于印发《青山区养犬管理办法的通知") == ()
    assert quoted("《甲《乙》丙》与《丁》") == ("甲《乙》丙", "丁")


WORDS = st.lists(
    st.sampled_from(
        [
            "《",
            "》",
            "关于",
            "的",
            "通知",
            "解读",
            "2024年",
            "第二批",
            "青山区",
            "养犬",
            "管理办法",
            "征求意见",
            "结果",
            "（试行）",
            " ",
            "〈",
            "…",
        ]
    ),
    max_size=9,
).map("".join)


@given(WORDS)
def test_any_title_can_be_read_and_reading_is_stable(text):
    title = read_title(text)
    assert read_title(text) == title
    assert plain(plain(text)) == plain(text)


@given(WORDS, WORDS)
def test_likeness_is_symmetric(one, other):
    first, second = read_title(one), read_title(other)
    assert agree(first, second) == agree(second, first)
    assert similarity(first.core, second.core) == similarity(second.core, first.core)
