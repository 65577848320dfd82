"""What a library of papers lets people search by."""

from __future__ import annotations

import pytest

from plugins.facts.kept.library import Library, is_library, read_library
from plugins.facts.page.page import Page


def page(body: str, title: str = "政策文件库") -> Page:
    markup = (
        f'<html><head><meta charset="utf-8"><title>{title}</title><meta name="ColumnName" content="{title}"></head>'
        f'<body><div class="nav"><a href="/">首页</a><a href="/zw/">政务公开</a></div><h1>{title}</h1>{body}'
        "<p>收录区政府及区政府办公室印发的政策文件，可按条件查询浏览。</p></body></html>"
    )
    return Page("http://site.test/zwgk/wjk/", 200, markup.encode())


def criteria(body: str) -> tuple[str, ...]:
    found = read_library(page(body))
    assert found is not None
    assert found.named
    return found.criteria


FIELDS = '<input name="q" type="text">'


def test_labels_before_fields():
    body = f"<form>文件类型：<select name='a'><option>通知</option></select>成文日期：<input name='b'>主题分类：<select name='c'></select>{FIELDS}</form>"
    assert criteria(body) == ("type", "date", "theme")


def test_names_of_fields():
    body = f"<form><input name='wjlx'><input name='startDate'><input id='ztfl'>{FIELDS}</form>"
    assert criteria(body) == ("type", "date", "theme")


def test_choices_within_fields():
    body = f"<select><option>请选择主题分类</option></select><select><option>请选择年份</option></select>{FIELDS}"
    assert criteria(body) == ("date", "theme")


def test_placeholders():
    body = f"<input placeholder='开始时间'><input placeholder='公文种类'>{FIELDS}"
    assert criteria(body) == ("type", "date")


def test_rows_of_choices():
    body = "<dl><dt>主题：</dt><dd><a href='?t=1'>全部</a><a href='?t=2'>农业</a></dd><dt>文种：</dt><dd><a href='?w=1'>通知</a></dd><dt>年份：</dt><dd><a href='?y=1'>2025</a></dd></dl>"
    found = read_library(page(body))
    assert found is not None
    assert found.criteria == ("type", "date", "theme")
    assert found.searchable


def test_words_of_menus_and_texts_are_no_criteria():
    body = f"<ul><li><a href='/1'>主题教育</a></li><li><a href='/2'>年度报告</a></li><li><a href='/3'>类型化改革试点工作</a></li></ul>{FIELDS}"
    assert criteria(body) == ()


def test_nothing_to_search_with():
    assert read_library(page("")) == Library(named=True, unsure=True)


def test_a_column_of_papers_is_one_only_with_fields():
    assert read_library(page("", "政策文件")) is None
    found = read_library(
        page("<form>文种<select name='wz'></select><input name='q'></form>", "政策文件")
    )
    assert found is not None
    assert not found.named


@pytest.mark.parametrize(
    "name", ["政策文件库", "样例区政策文件库", "规范性文件库", "政策检索", "公文查询系统"]
)
def test_names(name):
    assert is_library(name)


@pytest.mark.parametrize(
    "name",
    ["国务院政策文件库", "惠企政策库", "政策问答库", "图书检索", "政策文件", "办事查询", "规章库"],
)
def test_other_names(name):
    assert not is_library(name)
