"""What clean-ups, decisions and newer papers say of the fate of others."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.facts.attachments import Contents, Part, State
from plugins.facts.kept.clean_up import read_page
from plugins.facts.language.clean_up_titles import is_result
from plugins.facts.page.page import Page
from plugins.facts.papers.clean_ups import Fate, Named, read_list, same_paper

WORDS = "<p>为维护法制统一，区政府对现行规范性文件进行了全面清理，现将有关事项公布如下，请遵照执行，执行中的问题及时报告区司法局。</p>"


def read(title: str, body: str):
    markup = (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><div class="nav"><a href="/">首页</a></div>'
        f"<h1>{title}</h1><p>发布时间：2025-02-03　来源：区政府办</p><div class='article_con'>{WORDS}{body}</div></body></html>"
    )
    return read_page(Page("http://site.test/ql/t20250203_1.html", 200, markup.encode()))


def fates(title: str, body: str) -> dict[tuple[str, str], str]:
    found = read(title, body)
    assert found is not None
    return {(one.title, one.number): one.fate.value for one in found.named}


@pytest.mark.parametrize(
    "title",
    [
        "样例区人民政府关于公布规范性文件清理结果的通知",
        "关于公布继续有效、修改、废止和失效规范性文件目录的通知",
        "样例区人民政府关于宣布失效一批文件的决定",
        "关于废止《样例区停车管理办法》的公告",
        "样例区现行有效行政规范性文件目录",
        "规范性文件清理情况的通报",
    ],
)
def test_results_are_known_by_their_title(title):
    assert is_result(title)


@pytest.mark.parametrize(
    "title",
    [
        "关于开展规范性文件清理工作的通知",
        "关于楼道清理的公告",
        "关于清理“页面不存在”等失效网页的公告",
        "样例区规范性文件管理办法",
        "关于《废止部分规范性文件的决定（征求意见稿）》公开征求意见的公告",
        "关于身份证失效的公告",
        "样例区规范性文件制定计划目录",
        "政府信息公开目录",
        "《关于废止部分文件的决定》解读",
    ],
)
def test_other_titles_are_not(title):
    assert not is_result(title)


def test_a_table_with_heads():
    body = (
        "<table><tr><th>序号</th><th>文件名称</th><th>文号</th><th>清理结果</th></tr>"
        "<tr><td>1</td><td>样例区养犬管理办法</td><td>样政规〔2015〕3号</td><td>继续有效</td></tr>"
        "<tr><td>2</td><td>关于印发《样例区停车管理办法》的通知</td><td>样政规〔2012〕1号</td><td>废止</td></tr>"
        "<tr><td>3</td><td>样例区公园管理规定</td><td>样政发[2011]7号</td><td>修改</td></tr>"
        "<tr><td>4</td><td>样例区广告管理规定</td><td>样政发〔2011〕8号</td><td>拟废止</td></tr></table>"
    )
    assert fates("样例区规范性文件清理结果公告", body) == {
        ("样例区养犬管理办法", "样政规[2015]3号"): "kept",
        ("关于印发《样例区停车管理办法》的通知", "样政规[2012]1号"): "ended",
        ("样例区公园管理规定", "样政发[2011]7号"): "changed",
        ("样例区广告管理规定", "样政发[2011]8号"): "",
    }


def test_a_table_below_a_heading_without_a_column_of_fates():
    body = (
        "<p>附件1　宣布失效的规范性文件目录</p>"
        "<table><tr><td>序号</td><td>文件标题</td><td>文号</td></tr>"
        "<tr><td>1</td><td>样例区停车管理办法</td><td>样政规〔2012〕1号</td></tr></table>"
        "<p>附件2　继续有效的规范性文件目录</p>"
        "<table><tr><td>序号</td><td>文件标题</td><td>文号</td></tr>"
        "<tr><td>1</td><td>样例区养犬管理办法</td><td>样政规〔2015〕3号</td></tr></table>"
    )
    assert fates("关于公布规范性文件清理结果的通知", body) == {
        ("样例区停车管理办法", "样政规[2012]1号"): "ended",
        ("样例区养犬管理办法", "样政规[2015]3号"): "kept",
    }


def test_numbered_lines_below_headings():
    body = (
        "<p>一、继续有效的规范性文件（2件）</p><p>1.《样例区养犬管理办法》（样政规〔2015〕3号）</p>"
        "<p>2.关于印发样例区绿化管理办法的通知（样政发〔2016〕4号）</p>"
        "<p>二、废止的规范性文件（1件）</p><p>1、《样例区停车管理办法》（样政规〔2012〕1号）</p>"
    )
    assert fates("关于公布规范性文件清理结果的通知", body) == {
        ("样例区养犬管理办法", "样政规[2015]3号"): "kept",
        ("关于印发样例区绿化管理办法的通知", "样政发[2016]4号"): "kept",
        ("样例区停车管理办法", "样政规[2012]1号"): "ended",
    }


def test_the_title_of_a_decision_tells_the_fate_of_its_list():
    body = "<p>决定废止以下文件：</p><p>一、《甲乙管理办法》（样政发〔2010〕3号）；</p><p>二、《丙丁暂行规定》（样政发〔2011〕5号）。</p>"
    assert fates("样例区人民政府关于废止部分规范性文件的决定", body) == {
        ("甲乙管理办法", "样政发[2010]3号"): "ended",
        ("丙丁暂行规定", "样政发[2011]5号"): "ended",
    }


def test_a_decision_that_ends_and_changes_says_nothing_by_its_title():
    body = "<p>1.《甲乙管理办法》（样政发〔2010〕3号）</p>"
    found = fates("样例区人民政府关于废止和修改部分规范性文件的决定", body)
    assert found == {("甲乙管理办法", "样政发[2010]3号"): ""}


def test_running_text_ends_one_paper():
    body = (
        "<p>经研究，决定废止《样例区停车管理办法》（样政规〔2012〕1号），自公布之日起停止执行。</p>"
    )
    found = fates("关于废止《样例区停车管理办法》的通知", body)
    assert found[("样例区停车管理办法", "样政规[2012]1号")] == "ended"
    assert set(found.values()) == {"ended"}


def test_a_newer_paper_replaces_an_older_one_from_its_first_day():
    body = "<p>本办法自2026年9月1日起施行。2015年2月1日印发的《样例区养犬管理办法》（样政规〔2015〕3号）同时废止。</p>"
    found = read("样例区犬只管理规定", body)
    assert found is not None
    assert not found.result
    assert found.since == date(2026, 9, 1)
    assert found.named == (Named("样例区养犬管理办法", "样政规[2015]3号", Fate.ENDED),)


def test_a_workbook_whose_sheets_are_the_headings():
    rows = (("序号", "文件名称", "文号"), ("1", "样例区停车管理办法", "样政规〔2012〕1号"))
    kept = (("序号", "文件名称", "文号"), ("1", "样例区养犬管理办法", "样政规〔2015〕3号"))
    parts = (Part("宣布失效", "", rows), Part("继续有效", "", kept))
    found = read_list(Contents("xlsx", State.READ, parts=parts), "规范性文件清理结果目录.xlsx")
    assert found is not None
    assert found.named == (
        Named("样例区停车管理办法", "样政规[2012]1号", Fate.ENDED),
        Named("样例区养犬管理办法", "样政规[2015]3号", Fate.KEPT),
    )


def test_a_document_with_another_name_is_no_list():
    parts = (Part("1", "样例区停车管理办法\n第一条　为规范停车，制定本办法。"),)
    assert read_list(Contents("pdf", State.READ, parts=parts), "样例区停车管理办法.pdf") is None


def test_a_pdf_that_names_itself_in_its_first_line():
    text = "废止的规范性文件目录\n1.《样例区停车管理办法》（样政规〔2012〕1号）"
    found = read_list(Contents("pdf", State.READ, parts=(Part("1", text),)), "附件1.pdf")
    assert found is not None
    assert found.named == (Named("样例区停车管理办法", "样政规[2012]1号", Fate.ENDED),)


def test_an_article_that_ends_nothing_says_nothing():
    assert (
        read("样例区养犬管理办法", "<p>违反规定的，依照《中华人民共和国治安管理处罚法》处理。</p>")
        is None
    )


def test_a_list_is_bounded():
    rows = "".join(
        f"<tr><td>{n}</td><td>第{n}类事项管理办法</td><td>样政发〔2010〕{n}号</td></tr>"
        for n in range(900)
    )
    found = read("关于宣布失效一批规范性文件的决定", f"<table>{rows}</table>")
    assert found is not None
    assert len(found.named) == 400


@pytest.mark.parametrize(
    ("named", "title", "number", "same"),
    [
        (Named("关于印发停车管理办法的通知", "样政规[2012]1号"), "样例区停车管理办法", "样政规[2012]1号", True),
        (Named("停车管理办法", "样政规[2012]1号"), "停车管理办法", "样政规[2019]1号", False),
        (Named("样例区停车管理办法"), "关于印发《样例区停车管理办法》的通知", "样政规[2012]1号", True),
        (Named("样例区2019年扶持资金管理办法"), "样例区2024年扶持资金管理办法", "", False),
        (Named("样例区养犬管理办法"), "样例区养老管理办法", "", False),
        # One number, and not one word in common: a row that slipped.
        (Named("粮食收购规定", "样政规[2012]1号"), "户外广告细则", "样政规[2012]1号", None),
    ],
)  # fmt: skip
def test_one_paper_under_two_names(named, title, number, same):
    assert same_paper(named, title, number) is same
