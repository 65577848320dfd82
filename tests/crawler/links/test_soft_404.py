"""Soft 404 needs two signs; a living page that merely resembles its neighbours never is one."""

from __future__ import annotations

import pytest

from crawler.links.answers import TargetAnswer
from crawler.links.soft_404 import Phrases, Sign, alike, decide, directory, is_home, made_up, signs
from plugins.facts.page.page import Redirect

BASE = "https://www.example.gov.cn"
URL = BASE + "/xxgk/a/t20260301_1.html"
HTML = {"content-type": "text/html; charset=utf-8"}
NAV = "首页 政务公开 办事服务 互动交流 " * 10
LIVE = f"<title>关于召开会议的通知</title><p>{NAV}</p><p>会议定于三月一日召开，请准时参加。</p>"
SHELL = "<title>某区政府网</title><div id=app></div><script src=/app.js></script>"
GONE = "<title>页面不存在-某区政府网</title><p>抱歉，您访问的页面不存在</p>"
GONE_WITH_MENU = f"<title>某区政府网</title><p>{NAV[:100]}</p><p>该信息不存在或已删除</p>"


def page(text, url=URL, status=200, **more):
    return TargetAnswer(url, status=status, headers=HTML, start=text.encode(), **more)


def home(url=URL, text=LIVE):
    return page(text, url, final_url=BASE + "/", redirects=(Redirect(url, 302),))


HONEST = page("<title>404</title>", made_up(URL, "s"), 404)


def test_the_signs_of_one_answer():
    assert signs(page(LIVE)) == frozenset()
    assert signs(page(SHELL)) == frozenset()
    assert signs(page(GONE)) == {Sign.TITLE, Sign.TEXT}
    assert signs(page(GONE_WITH_MENU)) == {Sign.TEXT}
    assert signs(home()) == {Sign.HOME}
    error = page(LIVE, final_url=BASE + "/error/404.html", redirects=(Redirect(URL, 302),))
    assert signs(error) == {Sign.ERROR_PAGE}
    assert signs(page(GONE, status=404)) == frozenset()


def test_a_page_that_sends_its_reader_home_by_itself_shows_the_sign():
    for jump in (
        '<meta http-equiv="refresh" content="3;url=/">页面不见了',
        "<script>window.location.href='/'</script>",
        "<script>\n setTimeout(function(){location.replace('/index.html')},3000)</script>",
    ):
        assert Sign.HOME in signs(page(jump))


def test_a_long_page_about_missing_pages_shows_no_sign():
    article = (
        "<title>我区集中整治网站“页面不存在”问题</title><p>"
        + "部分网站提示该页面不存在，影响使用。" * 40
    )
    assert signs(page(article)) == frozenset()


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404-某市人民政府",
        "某市人民政府_页面不存在",
        "页面未找到！",
        "404 Not Found",
        "Not Found",
    ],
)
def test_titles_that_say_not_found(title):
    assert Sign.TITLE in signs(page(f"<title>{title}</title>{LIVE}"))


@pytest.mark.parametrize(
    "title",
    [
        "第404号文件",
        "404项办事事项清单公布",
        "出错了怎么办：办税常见问题解答",
        "关于链接已失效问题的通报及整改要求的函",
        "",
    ],
)
def test_titles_that_merely_contain_such_words(title):
    assert Sign.TITLE not in signs(page(f"<title>{title}</title>{LIVE[30:]}"))


def test_an_honest_directory_clears_all_but_title_and_text_together():
    assert not decide(page(GONE_WITH_MENU), HONEST)[0]
    assert not decide(home(), HONEST)[0]
    assert decide(page(GONE), HONEST)[0]


def test_a_made_up_name_that_gets_the_same_answer_is_the_second_sign():
    invented = made_up(URL, "s")
    assert decide(page(GONE_WITH_MENU), page(GONE_WITH_MENU, invented))[0]
    assert decide(home(), home(invented))[0]


def test_likeness_alone_is_never_enough():
    invented = page(LIVE.replace("三月一日", "四月二日"), made_up(URL, "s"))
    assert alike(page(LIVE), invented)
    assert not decide(page(LIVE), invented)[0]
    assert not decide(page(SHELL), page(SHELL, made_up(URL, "s")))[0]


def test_a_made_up_name_without_a_usable_answer_leaves_the_suspect_alone():
    for invented in (None, page("", made_up(URL, "s"), 503), page("", made_up(URL, "s"), 403)):
        assert not decide(page(GONE_WITH_MENU), invented)[0]
        assert decide(page(GONE), invented)[0]


def test_a_file_that_comes_as_the_same_page_as_a_made_up_file_is_missing():
    url = BASE + "/P0202603011.pdf"
    assert decide(page(SHELL, url), page(SHELL, made_up(url, "s")))[0]
    assert not decide(page(SHELL, url), HONEST)[0]


@pytest.mark.parametrize(
    ("url", "start", "end"),
    [
        (BASE + "/a/b/t1.html", BASE + "/a/b/t", ".html"),
        (BASE + "/a/b/x.PDF", BASE + "/a/b/gk", ".pdf"),
        (BASE + "/col/col12/", BASE + "/col/gk", "/"),
        (BASE + "/show.jsp?site=3&id=77", BASE + "/show.jsp?site=3&id=9", ""),
        (BASE + "/x", BASE + "/gk", ""),
    ],
)
def test_the_made_up_name_stands_in_the_same_directory_with_the_same_extension(url, start, end):
    invented = made_up(url, "seed")
    assert invented != url
    assert invented.startswith(start)
    assert invented.endswith(end)
    assert directory(invented) == directory(url)
    assert invented == made_up(url, "seed")
    assert invented != made_up(url, "another seed")


def test_home_pages_are_known_by_address_or_by_key():
    assert is_home(BASE)
    assert is_home(BASE + "/index.shtml")
    assert not is_home(BASE + "/?id=3")
    assert not is_home(BASE + "/a/")
    assert is_home(BASE + "/web/home/", [BASE + "/web/home/"])


def test_the_offices_list_is_read_with_its_places(tmp_path):
    path = tmp_path / "phrases.txt"
    path.write_text("# 说明\n\n两处\n标题:只在标题\n正文:只在正文\n", "utf-8")
    phrases = Phrases.read(path)
    assert phrases.title == ("两处", "只在标题")
    assert phrases.text == ("两处", "只在正文")
