"""Footer marks, accessibility entries, navigation, links: what the digest and the site rules rest on."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.facts.markup.links import Region
from plugins.facts.page.page import Page
from plugins.facts.site.digest import digest
from plugins.facts.site.site import Site, Unit

HOST = "http://www.example.test"
ARTICLE = HOST + "/zwgk/tzgg/202503/t20250301_1.html"
FOOTER = """<div class="foot"><p>主办单位：某区人民政府办公室 承办：某区大数据中心</p><p>网站标识码：4299000001
<a href="https://beian.miit.gov.cn/">鄂ICP备05004981号-1</a> 鄂公网安备 42990002000001号 联系电话：0714-0000000</p>{more}</div>"""
BODY = '<h1>关于开展春季安全检查的通知</h1><p>发布时间：2025-03-01 来源：区应急局</p><div class="con"><p>各街道、各部门：定于近期开展检查，请认真组织实施，确保取得实效，按时报送情况，不得延误。</p></div>'


def page(html: str, url: str = HOST + "/") -> Page:
    return Page(url, 200, html.encode())


def test_footer_marks_are_read_from_words_links_and_scripts() -> None:
    escaped = "<script>document.write(unescape(\"%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript src='http://dcs.conac.test/js/1.js'%3E%3C/script%3E\"));</script>"
    error = '<script id="_jiucuo_" sitecode="4299000001" src="/exposure/jiucuo.js"></script>'
    marks = page(FOOTER.format(more=escaped + error)).footer
    assert marks["site_code"] == "4299000001"
    assert marks["icp"] == "鄂ICP备05004981号-1"
    assert marks["police"] == "鄂公网安备 42990002000001号"
    assert marks["sponsor"] == "某区人民政府办公室"
    assert marks["contact"] is not None
    assert marks["party_badge"]
    assert marks["error_report"]


def test_comments_are_no_footer_marks() -> None:
    marks = page(
        "<p>x</p><!-- 网站标识码：4299000001 鄂ICP备05004981号 --><!--a href='http://bszs.conac.cn/'>标识</a-->"
    ).footer
    assert set(marks.values()) == {None}


@pytest.mark.parametrize(
    "said", ["网站标识码bm27000004", "政府网站标识码：1508000002", "网站标识码 4400000131"]
)
def test_the_code_is_read_in_any_wording(said: str) -> None:
    assert page(f"<p>{said}</p>").footer["site_code"] in said


def test_a_script_that_may_write_the_footer_is_named_until_it_is_read() -> None:
    html = '<p>x</p><script src="/static/js/footer.js"></script><script src="/static/js/jquery.js"></script>'
    asked = page(html)
    assert asked.footer_scripts == (HOST + "/static/js/footer.js",)
    body = "document.write('<p>网站标识码：4299000001</p>')".encode()
    read = Page(HOST + "/", 200, html.encode(), scripts_read={HOST + "/static/js/footer.js": body})
    assert read.footer["site_code"] == "4299000001"
    assert read.footer_scripts == ()


def test_accessibility_entries_and_tools_are_digested() -> None:
    html = '<a href="/wza/">无障碍浏览</a><a href="javascript:;" onclick="aria.oldFixedStart()">长辈版</a><a id="toolbarSwitch">辅助</a><!-- <script src="/wza.js"></script> -->'
    made = digest(page(html))
    assert made.accessibility_links == (HOST + "/wza/", "长辈版")
    assert set(made.accessibility_scripts) == {"aria.oldFixedStart", "toolbarSwitch"}


def test_news_about_accessibility_is_no_entry() -> None:
    made = digest(
        page(
            '<a href="/n.html">我区召开无障碍环境建设工作推进会议</a><a href="/m.html">老年大学开学</a>'
        )
    )
    assert made.accessibility_links == ()
    assert made.accessibility_scripts == ()


def test_columns_are_found_in_menus_and_beside_more_links() -> None:
    html = """<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="http://other.test/">外站栏目</a><a href="/login">登录</a></div>
    <div class="b"><h3>通知公告</h3><a href="/tzgg/">更多&gt;&gt;</a><ul><li><a href="/tzgg/202503/t20250301_1.html">关于开展检查的通知</a><span>03-01</span></li></ul></div>
    <a href="/f.pdf">办事指南</a>"""
    assert [column.name for column in page(html).nav_columns] == ["政务公开", "通知公告"]


def test_links_know_their_region_and_their_spellings() -> None:
    html = (
        '<div class="nav"><a href="/zwgk/">政务公开</a></div><ul><li><a href="./a.html#x" title="关于开展春季检查的通知">关于开展…</a><span>2025-03-01</span></li><li><a href="javascript:;">关于公布清单的公告</a><span>2025-02-01</span></li></ul><div style="display:none"><a href="http://spam.test/">外站</a></div><p>网址：http://www.example.test/b.html。</p>'
        + FOOTER.format(more="")
    )
    found = page(html, HOST + "/tzgg/").links
    assert [(link.raw, link.region) for link in found[:3]] == [
        ("/zwgk/", Region.NAV), ("./a.html#x", Region.LIST), ("javascript:;", Region.LIST),
    ]  # fmt: skip
    assert found[1].url == HOST + "/tzgg/a.html"
    assert found[1].words == "关于开展春季检查的通知"
    assert found[2].url == ""
    assert [link.url for link in found if link.hidden] == ["http://spam.test/"]
    assert [link.url for link in found if link.plain] == [HOST + "/b.html"]
    assert [link.region for link in found if "miit" in link.url] == [Region.FOOTER]


def test_relative_links_follow_the_base_element() -> None:
    html = '<head><base href="/zwgk/"></head><body><a href="a.html">关于开展检查的通知</a></body>'
    assert page(html, HOST + "/x/y/").links[0].url == HOST + "/zwgk/a.html"


def test_an_article_is_digested_with_unit_column_and_template() -> None:
    html = f'<div>当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/zwgk/tzgg/">通知公告</a></div>{BODY}'
    site = Site(
        "www.example.test", date(2025, 3, 2), units=(Unit("区应急管理局", aliases=("区应急局",)),)
    )
    made = digest(Page(ARTICLE, 200, html.encode(), depth=2), site)
    assert made.kind == "article"
    assert made.title == "关于开展春季安全检查的通知"
    assert made.published == date(2025, 3, 1)
    assert made.unit == "区应急管理局"
    assert made.column == HOST + "/zwgk/tzgg/"
    assert made.crumbs == ("首页", "政务公开", "通知公告")
    assert made.template == digest(Page(ARTICLE.replace("_1", "_2"), 200, html.encode())).template
    assert made.depth == 2
