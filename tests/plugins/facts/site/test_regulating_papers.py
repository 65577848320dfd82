"""Which pages of a site are 规范性文件 of its own body."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.facts.columns.column import Column, Entry
from plugins.facts.papers.documents import Document
from plugins.facts.site.papers import Papers, regulating
from plugins.facts.site.site import PageDigest, Site


def site(*pages: PageDigest, columns: tuple[Column, ...] = ()) -> Site:
    return Site(
        "site.test",
        date(2026, 6, 30),
        name="样例区人民政府",
        pages={one.key: one for one in pages},
        columns=columns,
    )


def page(title: str, number: str = "", crumbs: tuple[str, ...] = (), **more) -> PageDigest:
    key = f"site.test/{abs(hash(title))}"
    facts = {"Document": Document(number=number)} if number else {}
    return PageDigest(
        f"http://{key}", key, 200, "article", title, crumbs=crumbs, facts=facts, **more
    )


def test_by_breadcrumb_by_row_and_by_number():
    first = page("样例区养犬管理办法", crumbs=("首页", "政策", "规范性文件", "2025年"))
    second = page("样例区公园管理规定")
    third = page("样例区停车管理办法", "样政规〔2025〕3号")
    fourth = page("样例区停车收费通知", "样政发〔2025〕3号")
    column = Column(
        "http://site.test/gf/",
        "site.test/gf",
        "行政规范性文件",
        entries=(Entry(second.url, second.key, second.title),),
    )
    found = Papers.of(site(first, second, third, fourth, columns=(column,))).papers
    assert {one.page.title: (one.filed, one.numbered) for one in found.values()} == {
        first.title: (True, False),
        second.title: (True, False),
        third.title: (False, True),
    }
    assert found[second.key].columns == ("行政规范性文件",)


@pytest.mark.parametrize(
    "title",
    [
        "区政府召开规范性文件审查工作会议",
        "关于公布规范性文件清理结果的公告",
        "《样例区养犬管理办法》政策解读",
        "国务院办公厅关于加强规范性文件管理的通知",
        "虚构省人民政府关于印发湿地保护办法的通知",
        "转发省财政厅关于资金管理办法的通知",
        "样例区养犬管理办法（征求意见稿）",
        "拟废止文件名单公示",
    ],
)
def test_what_stands_among_them_and_is_none(title):
    assert not Papers.of(site(page(title, crumbs=("首页", "规范性文件")))).papers


def test_the_source_tells_whose_paper_it_is():
    one = page("关于加强养老服务的若干规定", crumbs=("首页", "规范性文件"), source="国务院办公厅")
    assert not Papers.of(site(one)).papers


def test_a_number_of_planning_is_no_number_of_rules():
    assert not Papers.of(site(page("样例区控制性详细规划批复办法", "样规划〔2025〕3号"))).papers


@pytest.mark.parametrize(
    "name", ["规范性文件", "行政规范性文件库", "现行有效规范性文件", "区政府规范性文件"]
)
def test_columns(name):
    assert regulating(name)


@pytest.mark.parametrize(
    "name", ["规范性文件清理", "规范性文件解读", "规范性文件管理办法", "上级规范性文件", "政策文件"]
)
def test_other_columns(name):
    assert not regulating(name)
