"""Documents and interpretations of a site find each other, and near-misses do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins import Document, PageDigest
from plugins.facts.papers.pairs import How
from plugins.facts.site.pairing import pair_up

HOST = "https://www.example.gov.cn"


def page(path, title, **more):
    url = HOST + path
    return PageDigest(url=url, key=url, status=200, kind="article", title=title, **more)


def paper(path, title, number="", **more):
    return page(path, title, facts={"Document": Document(number=number)}, **more)


def keys(pairing):
    return [
        (pair.document.key.removeprefix(HOST), pair.interpretation.key.removeprefix(HOST))
        for pair in pairing.pairs
    ]


RULES = paper(
    "/zc/1.html", "区人民政府办公室关于印发《青山区养犬管理办法》的通知", "青政办发〔2024〕3号"
)
READING = page("/jd/1.html", "《青山区养犬管理办法》政策解读")


def test_a_pair_is_found_by_the_name_in_the_marks():
    pairing = pair_up([RULES, READING])
    assert keys(pairing) == [("/zc/1.html", "/jd/1.html")]
    (pair,) = pairing.pairs
    assert (pair.how, pair.sure, pair.forward, pair.back) == (How.TITLE, True, False, False)


def test_a_pair_is_found_by_number_when_the_title_names_nothing():
    reading = page("/jd/2.html", "养犬新规图解", numbers=("青政办发[2024]3号",))
    (pair,) = pair_up([RULES, reading]).pairs
    assert pair.how is How.NUMBER


def test_words_may_stick_to_a_number_in_running_text():
    reading = page("/jd/2.html", "养犬新规图解", numbers=("印发的青政办发〔2024〕3号",))
    assert [pair.how for pair in pair_up([RULES, reading]).pairs] == [How.NUMBER]
    other = page("/jd/2.html", "养犬新规图解", numbers=("江青政办函〔2024〕3号",))
    assert not pair_up([RULES, other]).pairs


def test_papers_that_a_text_rests_on_are_not_what_it_interprets():
    base = paper("/zc/2.html", "关于加强基层治理工作的实施意见", "青政发〔2020〕1号")
    reading = page(
        "/jd/2.html", "养犬新规图解", numbers=("青政办发〔2024〕3号", "青政发〔2020〕1号")
    )
    pairing = pair_up([RULES, base, reading])
    assert not pairing.pairs
    assert {RULES.key, base.key, reading.key} <= pairing.perhaps


def test_an_interpretation_of_one_paper_that_cites_another_is_no_pair_with_that():
    base = paper("/zc/2.html", "关于加强基层治理工作的实施意见", "青政发〔2020〕1号")
    reading = replace(READING, numbers=("青政发〔2020〕1号",), document_links=(base.url,))
    assert keys(pair_up([base, reading])) == []


def test_a_pair_is_found_by_a_link_in_either_direction():
    untitled = page("/jd/3.html", "养犬新规图解")
    forward = replace(RULES, interpretation_links=(untitled.url,))
    (pair,) = pair_up([forward, untitled]).pairs
    assert (pair.how, pair.forward, pair.back) == (How.LINK, True, False)
    back = replace(untitled, document_links=(RULES.url,))
    (pair,) = pair_up([RULES, back]).pairs
    assert (pair.how, pair.forward, pair.back) == (How.LINK, False, True)


def test_a_block_of_several_interpretations_does_not_pair_with_all():
    others = [page(f"/jd/{n}.html", f"养犬新规图解之{n}") for n in (4, 5)]
    document = replace(RULES, interpretation_links=tuple(one.url for one in others))
    assert keys(pair_up([document, *others])) == []


def test_links_count_in_http_and_https_and_before_a_redirect():
    reading = replace(READING, url=HOST + "/old/1.html", final_url=READING.url)
    document = replace(RULES, out=("http://www.example.gov.cn/old/1.html",))
    (pair,) = pair_up([document, reading]).pairs
    assert pair.forward


def test_years_batches_levels_and_numbers_must_agree():
    near_misses = [
        ("青山区2023年政务公开工作要点", "《青山区2024年政务公开工作要点》解读"),
        ("关于公布第二批行政许可事项清单的通知", "《关于公布第三批行政许可事项清单的通知》解读"),
        ("武汉市养犬管理办法", "《青山区养犬管理办法》解读"),
        ("关于修改《青山区养犬管理办法》的决定", "《青山区养犬管理办法》解读"),
        ("青山区2024年小学招生工作方案", "《青山区2024年初中招生工作方案》解读"),
    ]
    for document, reading in near_misses:
        assert not pair_up([paper("/zc/1.html", document), page("/jd/1.html", reading)]).pairs, (
            document
        )


def test_a_reading_without_the_place_or_year_pairs_with_the_only_near_paper():
    one = paper("/zc/1.html", "青山区2024年政务公开工作要点", published=date(2024, 4, 1))
    old = paper("/zc/0.html", "青山区2023年政务公开工作要点", published=date(2023, 4, 1))
    reading = page("/jd/1.html", "《政务公开工作要点》解读", published=date(2024, 4, 3))
    assert keys(pair_up([one, old, reading])) == [("/zc/1.html", "/jd/1.html")]


def test_editions_of_one_name_are_told_apart_by_their_days():
    old = paper("/zc/0.html", "青山区养犬管理办法", "青政发〔2012〕1号", published=date(2012, 5, 1))
    new = paper("/zc/1.html", "青山区养犬管理办法", "青政发〔2024〕1号", published=date(2024, 5, 1))
    reading = page("/jd/1.html", "《青山区养犬管理办法》解读", published=date(2024, 5, 2))
    assert keys(pair_up([old, new, reading])) == [("/zc/1.html", "/jd/1.html")]
    # Without a day nobody can say which edition is meant: no pair, but a sign.
    undated = replace(reading, published=None)
    pairing = pair_up([old, new, undated])
    assert not pairing.pairs
    assert pairing.perhaps == {old.key, new.key, undated.key}


def test_five_streets_with_papers_of_one_name_are_told_apart_by_unit():
    streets = [
        paper(
            f"/{n}/zc.html", "2024年防汛工作实施方案", unit=f"{n}街道", published=date(2024, 5, 1)
        )
        for n in "甲乙丙"
    ]
    reading = page(
        "/乙/jd.html", "《2024年防汛工作实施方案》解读", unit="乙街道", published=date(2024, 5, 1)
    )
    assert keys(pair_up([*streets, reading])) == [("/乙/zc.html", "/乙/jd.html")]


def test_a_copy_of_the_paper_under_another_address_is_the_same_paper():
    copy = replace(RULES, url=HOST + "/tzgg/9.html", key=HOST + "/tzgg/9.html")
    pairing = pair_up([RULES, copy, READING])
    assert len(pairing.pairs) == 2
    assert [one.key for one in pairing.copies(pairing.documents[RULES.key])] == [
        copy.key,
        RULES.key,
    ]


def test_drafts_their_explanations_and_unreadable_pages_are_left_out():
    draft = paper("/zj/1.html", "青山区养犬管理办法（征求意见稿）")
    explained = page("/zj/2.html", "《青山区养犬管理办法（征求意见稿）》起草说明")
    dead = replace(RULES, status=404)
    assert not pair_up([draft, explained, RULES]).pairs
    assert not pair_up([dead, READING]).pairs


def test_likeness_alone_asks_a_person():
    misspelt = page("/jd/1.html", "《青山区养犬登记管理实施方法》解读")
    document = paper("/zc/1.html", "青山区养犬登记管理实施办法")
    (pair,) = pair_up([document, misspelt]).pairs
    assert (pair.how, pair.sure) == (How.LIKENESS, False)


TITLES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "青山区", "武汉市", "区人民政府办公室关于印发《"]),
    st.sampled_from(["2023年", "2024年", ""]),
    st.sampled_from(["养犬管理办法", "政务公开工作要点", "防汛抗旱应急预案", "养犬登记管理办法"]),
    st.sampled_from(["》的通知", "解读", "（征求意见稿）", "", "》政策解读", "图解"]),
)
PAGES = st.lists(
    st.builds(
        lambda number, title, marked, link, day: page(
            f"/{number}.html",
            title,
            facts={"Document": Document()} if marked else {},
            interpretation_links=(f"{HOST}/{link}.html",) if marked else (),
            document_links=() if marked else (f"{HOST}/{link}.html",),
            published=date(2024, 1, 1) + timedelta(day),
        ),
        st.integers(0, 8),
        TITLES,
        st.booleans(),
        st.integers(0, 9),
        st.integers(0, 900),
    ),
    max_size=9,
    unique_by=lambda one: one.key,
)


@given(PAGES, st.randoms())
def test_pairs_are_mirrored_never_with_oneself_and_do_not_depend_on_order(pages, random):
    pairing = pair_up(pages)
    for pair in pairing.pairs:
        assert pair.document.key != pair.interpretation.key
        assert pair in pairing.of_interpretation[pair.interpretation.key]
        assert pair.document.key in pairing.documents
        assert pair.interpretation.key in pairing.interpretations
    mirrored = sum(map(len, pairing.of_interpretation.values()))
    assert mirrored == len(pairing.pairs)
    assert not set(pairing.documents) & set(pairing.interpretations)
    shuffled = list(pages)
    random.shuffle(shuffled)
    again = pair_up(shuffled)
    assert (again.of_document, again.perhaps) == (pairing.of_document, pairing.perhaps)


@pytest.mark.slow
def test_twenty_thousand_pages_need_few_comparisons():
    matters = [
        "养犬",
        "防汛",
        "招商引资",
        "就业补助",
        "停车收费",
        "物业服务",
        "河道采砂",
        "户外广告",
        "人才引进",
        "燃气安全",
    ]
    kinds = ["管理办法", "实施细则", "专项资金使用规定", "三年行动计划", "应急处置预案"]
    pages = []
    for n in range(10_000):
        name = f"{chr(0x4E00 + n % 97)}{chr(0x4F00 + n // 97)}{matters[n % 10]}{kinds[n // 10 % 5]}"
        pages.append(paper(f"/zc/{n}.html", f"关于印发《青山区{name}》的通知"))
        # Every second one is misspelt by a letter, so that likeness has to find it.
        told = f"青山区{name}" if n % 2 else f"青山区{name[:-1]}"
        pages.append(page(f"/jd/{n}.html", f"《{told}》解读"))
    pairing = pair_up(pages)
    assert pairing.compared <= 6 * len(pages)
    assert len(pairing.pairs) >= 9_990
    assert all(
        pair.document.key.rpartition("/")[2] == pair.interpretation.key.rpartition("/")[2]
        for pair in pairing.pairs
    )
