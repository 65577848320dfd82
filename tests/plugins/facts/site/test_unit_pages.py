"""What a page says of a unit, and which pages are about one."""

from __future__ import annotations

import pytest

from plugins.facts.kept.particulars import is_about, particulars
from plugins.facts.page.page import Page


def page(title: str, text: str, column: str = "") -> Page:
    crumb = f"<div class='position'>当前位置：<a href='/'>首页</a> &gt; <a href='/jyj/'>区教育局</a> &gt; {column or title}</div>"
    foot = "<div class='footer'>主办单位：某区　联系电话：0000-0000000　地址：某路1号</div>"
    html = f"<html><head><title>{title}</title></head><body>{crumb}<h1>{title}</h1><div class='TRS_Editor'>{text}</div>{foot}</body></html>"
    return Page("http://site.test/jyj/jgzn/", status=200, body=html.encode())


LONG = "<p>区教育局是区人民政府工作部门，贯彻执行党和国家的教育方针，主管全区教育工作，履行下列职责。</p>"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LONG, ("机构职能",)),
        (LONG + "<p>地址：湖心路1号　电话：0714-6351111</p>", ("机构职能", "办公地址", "联系电话")),
        (LONG + "<p>上午8:30—12:00，下午14:30—17:30</p>", ("机构职能", "办公时间")),
        (LONG + "<p>局长：周明</p>", ("机构职能", "负责人")),
        (LONG + "<p>拟订学校成长规划，维护校长期权。</p>", ("机构职能",)),
        ("<p>见图</p>", ("",)),
    ],
)
def test_the_text_of_the_page_counts_and_not_its_footer(text: str, found: tuple[str, ...]) -> None:
    assert particulars(page("机构职能", text)) == found


def test_a_page_that_bears_only_the_name_of_an_office_is_about_it() -> None:
    assert particulars(page("区教育局", LONG, "部门")) == ("机构职能",)


def test_a_page_of_leaders_gives_leaders() -> None:
    assert "负责人" in particulars(
        page(
            "领导信息",
            "<p>周明，男，汉族，1970年生，大学学历，主持全面工作，分管办公室、人事科。</p>",
        )
    )


@pytest.mark.parametrize(
    "name",
    [
        "机构职能",
        "主要职责",
        "单位简介",
        "中心概况",
        "政府机构",
        "职能配置、内设机构和人员编制规定",
        "区教育局机构设置",
        "领导之窗",
        "联系方式",
    ],
)
def test_names_of_pages_about_a_unit(name: str) -> None:
    assert is_about(name)


@pytest.mark.parametrize(
    "name",
    [
        "县人社局领导班子到棕坪乡蹲点调研",
        "关于召开机构职能调整会议的通知",
        "通知公告",
        "关于进一步明确全区各学校联系方式填报口径的说明函",
    ],
)
def test_names_of_other_pages(name: str) -> None:
    assert not is_about(name)
    assert particulars(page(name, LONG, "通知公告")) == ()
