"""What a page is fitted with, and the Chinese item beside an axe rule."""

from __future__ import annotations

import pytest

from plugins import Page
from plugins.facts.answers.axe_items import ELDERLY, NATIONAL, item_of
from plugins.facts.kept.fittings import ADDRESS, HOURS, PHONE, fittings_of
from plugins.facts.page.site_codes import site_codes
from plugins.facts.site.home import unread_part

NAV = "".join(
    f'<a href="/{n}/">{w}</a>' for n, w in enumerate(("首页", "新闻", "公开", "数据", "专题"))
)


TEXT = "<p>样例区人民政府召开会议，研究部署下一阶段的重点工作，要求各单位认真抓好落实。</p>" * 6


def page(body: str, head: str = "", url: str = "http://www.fit.test/", **fields: object) -> Page:
    text = f"<!doctype html><html><head><meta charset='utf-8'><title>样例区</title>{head}</head><body>{NAV}<div>{TEXT}</div>{body}</body></html>"
    return Page(
        url, status=200, body=text.encode(), headers={"content-type": "text/html"}, **fields
    )


def test_absent_and_empty_tags_are_told_apart():
    fit = fittings_of(page("", '<meta name="sitename" content="样例"><meta name="SiteIDCode">'))
    assert "SiteName" not in fit.absent + fit.empty
    assert fit.empty == ("SiteIDCode",)
    assert "SiteDomain" in fit.absent


def test_a_mark_is_lacking_only_where_the_source_has_no_trace_of_it():
    assert set(fittings_of(page("<p>版权所有</p>")).lacks) == {
        "site_code",
        "party_badge",
        "error_report",
    }
    escaped = "<script>document.write(unescape(\"%3Cspan id='_ideConac'%3E\"))</script>"
    assert "party_badge" not in fittings_of(page(escaped)).lacks


def test_unread_footer_scripts_make_it_unsure():
    assert fittings_of(page('<script src="/js/footer.js"></script>')).unsure
    assert not fittings_of(page('<script src="/js/jquery.js"></script>')).unsure


def test_read_scripts_count():
    script = {
        "http://www.fit.test/js/footer.js": "document.write('网站标识码：9901000001')".encode()
    }
    whole = page('<script src="/js/footer.js"></script>', scripts_read=script)
    assert unread_part(page('<script src="/js/footer.js"></script>'))
    assert unread_part(whole) == ""
    assert site_codes(whole).printed == ("9901000001",)


def test_entries_are_found_by_their_whole_words():
    body = '<a href="/hd/">互动交流</a><a href="/zw/1.html">政务服务中心开展培训活动</a><a href="/in/">登录</a><a href="/y/">依申请公开</a>'
    fit = fittings_of(page(body))
    assert (fit.dialogue, fit.login, fit.request) == (
        "http://www.fit.test/hd/",
        "http://www.fit.test/in/",
        "http://www.fit.test/y/",
    )
    assert fit.services == ""


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (PHONE, "电话：0714-6224567", "邮编：435000"),
        (PHONE, "（0714）6224567", "文号2022〔12〕号"),
        (PHONE, "拨打12345热线", "2026-06-30"),
        (ADDRESS, "湖滨大道12号", "网络地图"),
        (ADDRESS, "通讯地址：样例区", "解决了问题"),
        (HOURS, "办公时间：工作日", "发布时间"),
        (HOURS, "周一至周五8:30", "工作日报"),
    ],
)
def test_words_of_a_guide(pattern, good, bad):
    assert pattern.search(good)
    assert not pattern.search(bad)


def test_every_axe_rule_has_something_to_show_and_recalled_items_say_so():
    for rule in (*NATIONAL, *ELDERLY):
        assert "转述" in item_of(rule)
    assert item_of("image-alt", ("wcag2a", "wcag111")).endswith("WCAG 1.1.1")
    assert item_of("aria-roles", ("wcag2a", "wcag412")) == "WCAG 4.1.2"
    assert item_of("unknown") == "国内标准对应条款不详"
