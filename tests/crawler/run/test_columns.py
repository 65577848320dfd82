"""Columns put together from the pages that were read, and who answers for them."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.inventory.model import RegisteredColumn
from crawler.run.closing.attribution import UnitAttribution
from crawler.run.closing.columns import ColumnBuilder, guess_type
from crawler.workfile.file import Workfile
from crawler.workfile.listings import Listing
from plugins import Column, ColumnKind, Entry, Obtained, PageDigest, Site, Unit
from plugins.facts.columns.duty import Duty

HOST = "www.example.cn"
UNITS = (Unit("区政府办", aliases=("政府办",)), Unit("区教育局", aliases=("教育局",)))
SITE = Site(host=HOST, today=date(2026, 6, 30), unit="区政府办", hosts=(HOST,), units=UNITS)


def at(path: str) -> str:
    return f"http://{HOST}{path}"


def entry(path: str) -> Entry:
    return Entry(url=at(path), key=at(path), title=path, date=date(2026, 6, 1))


def listing(path: str, *entries: str, **more) -> Listing:
    given = {
        "key": at(path),
        "url": at(path),
        "kind": "list",
        "entries": tuple(map(entry, entries)),
        "empty": False if entries else None,
        "empty_why": "" if entries else "看不出",
        "placeholder": "",
        "pager": (),
        "rendered": False,
        "name": "",
        "type": "",
        "crumbs": (),
    }
    return Listing(**{**given, **more})


@pytest.fixture
def file(tmp_path):
    opened = Workfile(tmp_path / "work")
    yield opened
    opened.close()


def put(file: Workfile, *listings: Listing) -> None:
    for one in listings:
        file.listings.put(HOST, one)
        file.pages.put(HOST, PageDigest(one.url, one.key, 200, one.kind, title="页题"), one.key)


def build(
    file: Workfile, *rows: RegisteredColumn, owners=None, site: Site = SITE
) -> dict[str, Column]:
    builder = ColumnBuilder(file, site, rows, owners or {})
    found = {column.key.removeprefix(f"http://{HOST}"): column for column in builder.columns()}
    builder.pages.close()
    return found


def titles(column: Column) -> list[str]:
    return [one.title for one in column.entries]


# -- rows --------------------------------------------------------------------------------------


def test_further_pages_are_joined_in_the_pagers_order_and_page_one_is_known(file):
    put(
        file,
        listing("/xw/", "/1", "/2", pager=(at("/xw/i_2"), at("/xw/i_1"), at("/xw/never"))),
        listing("/xw/i_1", "/5"),
        listing("/xw/i_2", "/3", "/2", "/4"),
    )
    owners = {at("/xw/i_1"): at("/xw/"), at("/xw/i_2"): at("/xw/")}
    found = build(file, owners=owners)
    assert list(found) == ["/xw/"], "a further page is no column"
    column = found["/xw/"]
    assert titles(column) == ["/1", "/2", "/3", "/4", "/5"]
    assert [one.title for one in column.recent] == ["/1", "/2"]
    assert (column.first_page, column.pages, column.how) == (2, 3, Obtained.PAGER)
    assert column.empty is False


def test_the_first_answer_of_a_data_interface_is_page_one(file):
    put(
        file,
        listing("/xw/", pager=(at("/proxy?p=1"), at("/proxy?p=2"))),
        listing("/proxy?p=1", "/1", "/2", kind="data"),
        listing("/proxy?p=2", "/3", kind="data"),
    )
    column = build(file)["/xw/"]
    assert titles(column) == ["/1", "/2", "/3"]
    assert (column.first_page, column.pages, column.how) == (2, 3, Obtained.DATA)
    assert column.empty is False
    assert column.empty_why == "看不出"


def test_a_data_interface_is_no_column_of_its_own(file):
    put(file, listing("/proxy?p=1", "/1", kind="data"))
    file.listings.put_nav(HOST, [(at("/proxy?p=1"), "数据", at("/proxy?p=1"))])
    assert build(file) == {}


def test_a_rendered_list_says_so(file):
    put(file, listing("/xw/", "/1", rendered=True))
    assert build(file)["/xw/"].how is Obtained.RENDERED


def test_a_list_without_rows_stays_unknown_unless_its_page_said_that_it_is_empty(file):
    put(file, listing("/a/"), listing("/b/", empty=True, empty_why="空", placeholder="建设中"))
    found = build(file)
    assert (found["/a/"].empty, found["/a/"].how) == (None, Obtained.NONE)
    assert (found["/b/"].empty, found["/b/"].placeholder) == (True, "建设中")


def test_a_row_that_links_to_an_alias_carries_the_key_of_the_page(file):
    put(file, listing("/xw/", "/a/index.html", "/b.html"))
    file.pages.put(HOST, PageDigest(at("/a/"), at("/a/"), 200, "article"), "x")
    file.pages.put_alias(HOST, at("/a/index.html"), at("/a/"))
    column = build(file)["/xw/"]
    assert [one.key for one in column.entries] == [at("/a/"), at("/b.html")]
    assert column.entries[0].url == at("/a/index.html")


# -- which pages are columns --------------------------------------------------------------------


def test_a_single_text_is_a_column_only_where_navigation_says_so(file):
    put(
        file,
        listing("/lx.html", kind="single"),
        listing("/article.html", kind="single"),
        listing("/portal/", kind="portal"),
        listing("/form/", kind="form"),
        listing("/list/", "/1"),
    )
    nav = [(at(path), "名", at(path)) for path in ("/lx.html", "/portal/", "/form/")]
    file.listings.put_nav(HOST, nav)
    found = build(file)
    assert {path: column.kind for path, column in found.items()} == {
        "/form/": ColumnKind.FORM,
        "/list/": ColumnKind.LIST,
        "/lx.html": ColumnKind.SINGLE,
        "/portal/": ColumnKind.PORTAL,
    }


def test_navigation_may_name_a_page_by_its_alias(file):
    put(file, listing("/lx/", kind="single"))
    file.pages.put_alias(HOST, at("/lx/index.html"), at("/lx/"))
    file.listings.put_nav(HOST, [(at("/lx/index.html"), "联系方式", at("/lx/index.html"))])
    assert build(file)["/lx/"].name == "联系方式"


# -- names, units, duties -------------------------------------------------------------------------


def test_the_register_wins_over_the_page(file):
    put(file, listing("/xw/", "/1", name="页上的名字", type="工作动态", crumbs=("首页", "教育局")))
    row = RegisteredColumn(
        "登记的名字", at("/xw/"), unit="区政府办", type="政策文件", duty=Duty.read("30"),
        valid_from=date(2026, 1, 1),
    )  # fmt: skip
    column = build(file, row)["/xw/"]
    assert (column.name, column.unit, column.type) == ("登记的名字", "区政府办", "政策文件")
    assert (column.duty, column.since, column.registered) == (
        Duty.read("30"), date(2026, 1, 1), True,
    )  # fmt: skip


def test_a_registered_exemption_is_handed_on(file):
    put(file, listing("/xw/", "/1"))
    row = RegisteredColumn("新闻", at("/xw/"), duty=Duty.read("-1"), reason="停用")
    assert build(file, row)["/xw/"].exempt == "停用"


def test_a_column_may_be_registered_under_an_alias(file):
    put(file, listing("/xw/", "/1"))
    file.pages.put_alias(HOST, at("/xw/index.html"), at("/xw/"))
    found = build(file, RegisteredColumn("新闻", at("/xw/index.html"), duty=Duty.read("30")))
    assert list(found) == ["/xw/"]
    assert (found["/xw/"].name, found["/xw/"].duty) == ("新闻", Duty.read("30"))


def test_a_registered_column_that_was_not_read_is_there_and_unknown(file):
    file.pages.put(HOST, PageDigest(at("/read/"), at("/read/"), 200, "search"), "x")
    rows = (
        RegisteredColumn("甲", at("/never/"), unit="区教育局"),
        RegisteredColumn("乙", at("/read/")),
    )
    found = build(file, *rows)
    never, read = found["/never/"], found["/read/"]
    assert never.kind is read.kind is ColumnKind.UNKNOWN
    assert never.empty is read.empty is None
    assert (never.unit, read.unit) == ("区教育局", "区政府办")
    assert never.empty_why != read.empty_why


def test_a_registered_further_page_is_a_column(file):
    put(file, listing("/xw/", "/1"), listing("/xw/i_1", "/2"))
    found = build(file, RegisteredColumn("别栏", at("/xw/i_1")), owners={at("/xw/i_1"): at("/xw/")})
    assert set(found) == {"/xw/", "/xw/i_1"}


def test_names_come_from_the_tag_then_navigation_then_crumbs_then_title(file):
    put(
        file,
        listing("/a/", "/1", name="标签名", crumbs=("首页", "路径名")),
        listing("/b/", "/1", crumbs=("首页", "路径名")),
        listing("/c/", "/1", crumbs=("首页", "路径名")),
        listing("/d/", "/1"),
    )
    file.listings.put_nav(HOST, [(at(f"/{x}/"), "导航名", at(f"/{x}/")) for x in "ab"])
    names = {path: column.name for path, column in build(file).items()}
    assert names == {"/a/": "标签名", "/b/": "导航名", "/c/": "路径名", "/d/": "页题"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("意见征集", "征集调查"),
        ("政策文件解读", "政策解读"),
        ("规范性文件", "政策文件"),
        ("工作动态", "工作动态"),
        ("2024年度报告", "信息公开年报"),
        ("其他", ""),
    ],
)
def test_a_type_is_guessed_from_a_name(name, kind):
    assert guess_type(name) == kind


# -- who answers ----------------------------------------------------------------------------------


def test_the_register_says_who_answers_for_a_folder():
    rows = [
        RegisteredColumn("教育", at("/jyj/list/"), unit="区教育局"),
        RegisteredColumn("全站", at("/"), unit="区政府办"),
    ]
    who = UnitAttribution(Site(host=HOST, today=SITE.today, units=UNITS, hosts=(HOST,)), rows)
    assert who.unit(at("/jyj/list/2026/a.html")) == "区教育局"
    assert who.unit(at("/jyj/other.html")) == "区政府办"
    assert who.unit("http://other.example.cn/jyj/list/a.html") == ""


def test_the_root_names_nobody_where_the_site_has_an_owner():
    who = UnitAttribution(SITE, [RegisteredColumn("首页栏", at("/"), unit="区教育局")])
    assert who.unit(at("/a.html")) == "区政府办"


def test_crumbs_name_the_innermost_unit_then_the_source_then_the_site():
    who = UnitAttribution(SITE, [])
    assert who.unit(at("/a"), ("首页", "政府办", "教育局 信息公开")) == "区教育局"
    assert who.unit(at("/a"), ("首页", "动态"), "区教育局") == "区教育局"
    assert who.unit(at("/a"), ("首页", "动态"), "某报社") == "区政府办"
    nobody = UnitAttribution(Site(host=HOST, today=SITE.today), [])
    assert nobody.unit(at("/a"), ("首页",), "某报社") == ""
