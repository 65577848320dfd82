"""The question that a site's own search is asked, and what its answers mean."""

from __future__ import annotations

import pytest

from plugins import Failure, FailureKind, Page
from plugins.facts.answers.site_search import SearchAnswer, judge_results, question, search_form

HOME = "http://www.search.test/"
TITLE = "关于公布区级名录的公告"
KEY = "http://www.search.test/gg/1.html"


def page(body: str, url: str = HOME, status: int = 200, encoding: str = "utf-8") -> Page:
    text = f"<!doctype html><html><head><meta charset='{encoding}'><title>样例</title></head><body>{body}</body></html>"
    return Page(
        url,
        status=status,
        body=text.encode(encoding),
        headers={"content-type": f"text/html; charset={encoding}"},
    )


def test_hidden_fields_are_sent_along():
    home = page(
        '<form action="/so/index.jsp"><input type="hidden" name="siteId" value="7">'
        '<input name="searchword" type="text"><button>搜索</button></form>'
    )
    url, why = question(home, "公告 一", ["www.search.test"])
    assert (
        url
        == "http://www.search.test/so/index.jsp?siteId=7&searchword=%E5%85%AC%E5%91%8A+%E4%B8%80"
    )
    assert why == ""


def test_the_question_is_in_the_page_s_charset():
    home = page('<form action="/ss/"><input name="q"><button>搜索</button></form>', encoding="gbk")
    assert question(home, "公告", ["www.search.test"])[0].endswith("?q=%B9%AB%B8%E6")


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ('<form action="/ss/" method="post"><input name="q">搜索</form>', "POST"),
        ('<form action="http://so.test/"><input name="q">搜索</form>', "其他主机"),
        ("<p>没有检索框</p>", "没有能够直接提交的检索框"),
        ('<form action="/in/"><input name="user"><input type="password" name="p"></form>', "没有"),
    ],
)
def test_what_cannot_be_asked_is_said(form, why):
    url, said = question(page(form), TITLE, ["www.search.test"])
    assert url == ""
    assert why in said


def test_a_login_form_is_no_search_box():
    login = '<form action="/in/"><input name="user"><input type="password" name="p">登录</form>'
    assert search_form(page(login)) is None


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<ul><li><a href="/gg/1.html">关于公布…</a></li></ul>', True),
        (f'<ul><li><a href="/x/9.html"><em>关于公布</em>{TITLE[4:]}</a></li></ul>', True),
        ('<a href="/r?u=1">关于公布区级名录的公告...</a>', True),
        (f"<p>您搜索的是“{TITLE}”，没有找到相关结果</p>", False),
        (f"<p>为您找到0条与“{TITLE}”有关的结果</p>", False),
        (f"<p>关键词：{TITLE}</p><div id='list'>正在加载</div>", None),
        ("<p>为您找到10条结果</p>", None),
    ],
)
def test_results_are_judged_with_three_answers(body, found):
    assert judge_results(page(body, HOME + "ss/?q=1"), TITLE, KEY)[0] is found


def test_other_rows_on_page_one_are_no_hit():
    rows = "".join(
        f'<li><a href="/xw/{n}.html">样例区第{n}次工作会议召开</a><span>2026-01-0{n}</span></li>'
        for n in range(1, 8)
    )
    assert judge_results(page(f"<ul>{rows}</ul>", HOME + "ss/?q=1"), TITLE, KEY)[0] is False


def test_a_search_that_fails_says_nothing():
    assert judge_results(page("", status=502), TITLE, KEY)[0] is None
    lost = Page(HOME, failure=Failure(FailureKind.TIMEOUT))
    assert judge_results(lost, TITLE, KEY)[0] is None


def test_answers_are_read_from_tables():
    answer = SearchAnswer.of({"tries": [{"title": "一", "url": "http://a/", "found": True}]})
    assert answer.tries[0].found is True
    assert SearchAnswer.of(answer) is answer
