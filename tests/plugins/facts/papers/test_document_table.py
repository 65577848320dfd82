"""The table of particulars of a paper, read from pages of every shape."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.facts.page.page import Page
from plugins.facts.papers.particulars import read_particulars

WANTED = {
    "index": "01234567X/2025-00012",
    "number": "样政规〔2025〕2号",
    "issued": "2025年4月30日",
    "posted": "2025-05-06",
    "issuer": "样例区人民政府",
    "validity": "有效",
    "theme": "城乡建设",
}
NAMES = {
    "index": "索引号",
    "number": "发文字号",
    "issued": "成文日期",
    "posted": "发布日期",
    "issuer": "发布机构",
    "validity": "有效性",
    "theme": "主题分类",
}
TEXT = "<p>各街道办事处，区政府各部门：</p><p>现将《样例区养犬管理办法》印发给你们，请结合实际认真贯彻执行，执行中的问题请及时报告。</p>"
TITLE = "样例区人民政府关于印发《样例区养犬管理办法》的通知"


def page(table: str, body: str = TEXT) -> Page:
    markup = (
        f'<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><div class="nav"><a href="/">首页</a></div>'
        f'{table}<h1>{TITLE}</h1><div class="article_con">{body * 3}</div></body></html>'
    )
    return Page("http://site.test/zc/t20250506_1.html", 200, markup.encode())


def pairs(shape: str, values: dict[str, str] = WANTED) -> str:
    return "".join(shape.format(NAMES[key], values[key]) for key in NAMES)


SHAPES = {
    "cells": "<table>" + pairs("<tr><th>{}</th><td>{}</td></tr>") + "</table>",
    "cells with colons": "<table><tr>" + pairs("<td><b>{}：</b></td><td>{}</td>") + "</tr></table>",
    "one line": '<p class="info">' + pairs("<span>{}：{}</span> ") + "</p>",
    "lines": "<ul>" + pairs("<li>{}：<span>{}</span></li>") + "</ul>",
    "brackets": "<div>" + pairs("<p>[{}] {}</p>") + "</div>",
    "definitions": "<dl>" + pairs("<dt>{}</dt><dd>{}</dd>") + "</dl>",
    "spaced labels": "<table>"
    + pairs("<tr><td>{}</td><td>{}</td></tr>").replace("索引号", "索 引 号").replace("有效性", "有&nbsp;效&nbsp;性")
    + "</table>",
    "heads above values": "<table><tr>"
    + "".join(f"<th>{name}</th>" for name in NAMES.values())
    + "</tr><tr>"
    + "".join(f"<td>{value}</td>" for value in WANTED.values())
    + "</tr></table>",
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_particulars(shape):
    document = page(SHAPES[shape]).document
    assert document is not None
    assert document.index == WANTED["index"]
    assert document.number == WANTED["number"]
    assert document.issued == date(2025, 4, 30)
    assert document.posted == date(2025, 5, 6)
    assert document.issuer == WANTED["issuer"]
    assert document.validity == "有效"
    assert document.theme == WANTED["theme"]
    assert set(document.shown) == set(WANTED)
    assert document.blank == ()
    assert document.in_force


@pytest.mark.parametrize("empty", ["number", "validity", "issuer", "index"])
@pytest.mark.parametrize(
    "shape", ["<tr><th>{}：</th><td>{}</td></tr>", "<tr><th>{}</th><td>{}</td></tr>"]
)
def test_an_empty_cell_takes_no_neighbours_value(shape, empty):
    table = "<table>" + pairs(shape, {**WANTED, empty: ""}) + "</table>"
    document = page(table).document
    assert document is not None
    assert empty in document.blank
    assert set(document.shown) == set(WANTED) - {empty}


def test_the_title_behind_an_empty_last_cell_is_no_value():
    found = read_particulars(f"索引号\n01234567X/2025-1\n有效性\n{TITLE}\n")
    assert found.values == {"index": "01234567X/2025-1"}
    assert found.blank == ("validity",)


def test_a_number_that_is_declared_none_is_shown():
    found = read_particulars("索引号：01234567X/2025-1\n发文字号：无\n成文日期：2025-04-30\n")
    assert found.values["number"] == "无"
    assert found.blank == ()


def test_running_text_is_no_table():
    text = "区政府办公室印发通知，要求各单位在信息中写明索引号和发文字号，" * 8
    assert read_particulars(text).values == {}
    assert page("", f"<p>{text}</p>").document is None


def test_a_head_line_alone_is_no_table():
    assert read_particulars("发布时间：2025-05-06　来源：区财政局\n") == read_particulars("")


def test_the_closing_date_is_found_behind_the_publishing_mark():
    body = TEXT + "<p>样例区人民政府</p><p>2025年4月30日</p><p>（此件公开发布）</p>"
    document = page(
        "<table>" + pairs("<tr><th>{}</th><td>{}</td></tr>") + "</table>", body
    ).document
    assert document is not None
    assert document.signed == date(2025, 4, 30)


def test_the_date_below_a_notice_is_found_before_the_rules_that_it_issues():
    body = (
        TEXT
        + "<p>样例区人民政府</p><p>2025年4月30日</p><p>样例区养犬管理办法</p>"
        + "<p>第一条　为规范养犬行为，制定本办法。</p>" * 30
    )
    markup = f'<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div class="article_con"><p>样政规〔2025〕2号</p>{body}</div></body></html>'
    document = Page("http://site.test/zc/t20250506_1.html", 200, markup.encode()).document
    assert document is not None
    assert document.signed == date(2025, 4, 30)
