"""Menus: neighbours with one name or one target, and what is no menu at all."""

from __future__ import annotations

import pytest

from plugins.facts.kept.menu_twins import menu_twins
from plugins.facts.page.menus import called_by_menus, menus
from plugins.facts.page.page import Page


def page(body: str, url: str = "http://site.test/a/") -> Page:
    foot = "<div class='footer'>主办单位：某区　网站标识码：0000000000</div>"
    return Page(url, status=200, body=f"<html><body>{body}{foot}</body></html>".encode())


def items(*pairs: tuple[str, str], tag: str = "li") -> str:
    return "".join(f"<{tag}><a href='{url}'>{name}</a></{tag}>" for name, url in pairs)


FOUR = (("机构职能", "/a/"), ("通知公告", "/b/"), ("工作动态", "/c/"), ("政策文件", "/d/"))


@pytest.mark.parametrize(
    "markup",
    [
        f"<ul class='leftmenu'>{items(*FOUR)}</ul>",
        "<dl><dt>栏目</dt>{}</dl>".format(items(*FOUR, tag="dd")),
        "<div>{}</div>".format(items(*FOUR, tag="p")),
        "<div>{}</div>".format("".join(f"<a href='{url}'>{name}</a>" for name, url in FOUR)),
        "<table>{}</table>".format(
            "".join(f"<tr><td><a href='{url}'>{name}</a></td></tr>" for name, url in FOUR)
        ),
    ],
)
def test_a_menu_is_told_by_its_neighbours(markup: str) -> None:
    (found,) = menus(page(markup))
    assert [entry.name for entry in found] == [name for name, _ in FOUR]
    assert called_by_menus(page(markup)) == ("机构职能",)


def test_one_name_with_two_targets_and_two_names_with_one() -> None:
    markup = items(*FOUR, ("通知公告", "/e/"), ("单位文件", "/d/"))
    first, second = menu_twins(page(f"<ul>{markup}</ul>"))
    assert first.same_name
    assert (first.first.url, first.second.url) == ("http://site.test/b/", "http://site.test/e/")
    assert not second.same_name
    assert (second.first.name, second.second.name) == ("政策文件", "单位文件")


@pytest.mark.parametrize(
    "markup",
    [
        # A main entry that leads to the first column below it.
        "<ul><li><a href='/a/'>政务公开</a><ul>{}</ul></li>{}</ul>".format(
            items(*FOUR), items(("新闻", "/n/"), ("互动", "/h/"))
        ),
        # The same name below two main entries.
        "<ul><li><a href='/x/'>甲局</a><ul>{}</ul></li><li><a href='/y/'>乙局</a><ul>{}</ul></li></ul>".format(
            items(*FOUR), items(("通知公告", "/y/b/"), ("政策文件", "/y/d/"), ("领导", "/y/e/"))
        ),
        # Tabs of one page, and entries that are not built yet.
        "<ul>{}</ul>".format(items(("甲", "/a/#1"), ("乙二", "/a/#2"), ("丙三", "/a/#3"))),
        "<ul>{}</ul>".format(items(("甲一", "/"), ("乙二", "/"), ("丙三", "/"))),
        # The same menu twice, for telephones and for screens.
        f"<ul>{items(*FOUR)}</ul><div class='m'><ul>{items(*FOUR)}</ul></div>",
        # Other hosts and documents.
        "<ul>{}</ul>".format(
            items(("甲网", "http://x.test/"), ("乙网", "http://x.test/"), ("丙表", "/1.docx"))
        ),
    ],
)
def test_what_is_no_twin(markup: str) -> None:
    assert menu_twins(page(markup, "http://site.test/z/")) == ()
