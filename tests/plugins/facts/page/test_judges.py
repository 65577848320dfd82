"""Judges of a page: each test of its kind decides some page, and says what it saw and by which limit."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from plugins import Page, PageKind
from plugins.facts.markup.outline import draw
from plugins.facts.markup.sight import path_of
from plugins.facts.page.bodies import STATES, WHOLENESS
from plugins.facts.page.kinds import SIGNS
from plugins.kit.kinds_table import MEANINGS, OTHERS, kinds_table
from plugins.why import listening

ROOT = Path(__file__).parents[4]
ROOMS = (
    "answers",
    "attachments",
    "census",
    "columns",
    "holdings",
    "kept",
    "language",
    "lists",
    "markup",
    "page",
    "papers",
    "site",
)
COLUMN = "http://www.q.gov.cn/zwgk/tzgg/"
ARTICLE = "http://www.q.gov.cn/zwgk/t20260301_123.html"
PLAIN = "http://www.q.gov.cn/zwgk/about.html"
LONG = "各单位要认真组织开展监督检查工作，及时报告检查情况。" * 10


def rows(count: int, dated: bool = True, start: int = 0) -> str:
    date = "<span>2026-02-{:02d}</span>" if dated else ""
    return "".join(
        f"<li><a href='/a{n}.html'>关于第{n}次专项监督检查情况的通报</a>{date.format(n % 27 + 1)}</li>"
        for n in range(start, start + count)
    )


def lists(*counts: int, dated: bool = True) -> str:
    blocks = enumerate(counts)
    return "".join(
        f"<div class='b{n}'><h3>第{n}栏目名称</h3><ul>{rows(count, dated, 30 * n)}</ul></div>"
        for n, count in blocks
    )


PAGER = "<div class='p'><a href='index_1.html'>下一页</a><a href='index_9.html'>尾页</a></div>"
META = "<meta name='{}' content='{}'>"
CASES: dict[str, tuple[str, str]] = {
    "回答是数据，不是网页": (COLUMN, '{"list":[]}'),
    "页面很短，标题写的是出错、拦截或关停": (COLUMN, "<title>404 Not Found</title>"),
    "页面极短，正文写的是出错、拦截或关停": (
        COLUMN,
        "<title>提示</title><p>您访问的页面不存在</p>",
    ),
    "地址是首页的写法": ("http://www.q.gov.cn/index.html", "<p>你好</p>"),
    "ColumnType 标签写的是首页": (COLUMN, META.format("ColumnType", "首页")),
    "地址是检索页的写法，并带有检索词": (
        "http://www.q.gov.cn/search/result?q=1",
        "<p>什么也没有</p>",
    ),
    "地址是检索页的写法，标题或开头写有检索结果": (
        "http://www.q.gov.cn/search/",
        "<title>站内搜索</title>",
    ),
    "标题写的是网站地图，链接多而文字少": (
        PLAIN,
        "<title>网站地图</title>" + "".join(f"<a href='/c{n}/'>栏目{n}</a>" for n in range(30)),
    ),
    "像文章，但没有正文，只有多个列表": (ARTICLE, lists(2, 2, 2, 2, 2, dated=False)),
    "有 ArticleTitle 标签，内容不是列表": (COLUMN, META.format("ArticleTitle", "关于检查的通知")),
    "地址是文章的写法，内容不是列表": (ARTICLE, f"<p>{LONG}</p>"),
    "有 PubDate 标签，地址不是栏目的写法，内容不是列表": (
        PLAIN,
        META.format("PubDate", "2026-03-01") + f"<p>{LONG}</p>",
    ),
    "正文前写有发布时间，并有来源或较长正文，地址不是栏目的写法，内容不是列表": (
        PLAIN,
        f"<h1>机构职能情况</h1><p>发布时间：2026-03-01 来源：区政府办</p><div><p>{LONG}</p></div>",
    ),
    "主要是一段文字，只有一两个带日期的链接": (
        COLUMN,
        f"<div><p>{LONG}</p></div><ul>{rows(2)}</ul>",
    ),
    "有带日期的行，列表只有一两个": (COLUMN, f"<ul>{rows(8)}</ul>"),
    "有带日期的行，并且可以翻页": (COLUMN, lists(4, 4, 4) + PAGER),
    "多个列表，但大多数行在其中一个列表里": (COLUMN, lists(20, 2, 2)),
    "多个带日期的列表，没有一个占大多数": (COLUMN, lists(4, 4, 4)),
    "没有带日期的行，但可以翻页": (COLUMN, f"<ul>{rows(6, dated=False)}</ul>" + PAGER),
    "页内数据中有带日期的信息": (
        COLUMN,
        '<script>var rows=[{"title":"关于开展监督检查的通知","url":"/a.html","date":"2026-03-01"}]</script>',
    ),
    "有供填写的表单，文字和行都少": (
        COLUMN,
        "<form><input name=a><input name=b><input name=c><textarea name=d></textarea></form>",
    ),
    "内嵌框架的地址是表单的写法，文字和行都少": (COLUMN, "<iframe src='/ysq/apply.jsp'></iframe>"),
    "主要是长篇文字，其中有少量不带日期的链接": (
        COLUMN,
        f"<div><p>{LONG * 3}</p><ul>{rows(3, dated=False)}</ul></div>",
    ),
    "不带日期的列表有多个，或者都很短": (COLUMN, lists(4, 4, 4, dated=False)),
    "只有一个不带日期的列表": (COLUMN, f"<ul>{rows(8, dated=False)}</ul>"),
    "没有列表，链接多而文字少": (
        COLUMN,
        "<div>" + "".join(f"<a href='/c{n}/'>领导{n}</a>" for n in range(12)) + "</div>",
    ),
    "没有列表，有一段文字": (COLUMN, f"<div><p>{LONG}</p></div>"),
    "页内数据中有不带日期的信息": (
        COLUMN,
        '<script>var rows=[{"title":"关于开展监督检查的通知","url":"/a.html"}]</script>',
    ),
    "列表容器是空的，或者有翻页": (COLUMN, "<h2>通知</h2><ul></ul>"),
    "以上都不是": (COLUMN, "<p>通知</p>"),
}


def test_every_test_of_the_kind_has_a_page_that_it_decides() -> None:
    assert {sign.name for sign in SIGNS} - set(CASES) == {"没有回答，或状态码不是成功"}


@pytest.mark.parametrize("name", CASES)
def test_a_test_of_the_kind_decides(name: str) -> None:
    url, body = CASES[name]
    wanted = next(sign for sign in SIGNS if sign.name == name)
    page = Page(url, status=200, body=f"<html><body>{body}</body></html>".encode())
    if wanted.kind is PageKind.DATA:
        page = Page(url, status=200, body=body.encode())
    with listening() as trace:
        kind = page.kind
    last = trace.steps["kind"][-1]
    assert (last.test, last.answer, kind) == (name, wanted.kind.value, wanted.kind)


TEXT = "<title>{0}</title><h1>{0}</h1><p>发布时间：2026-03-01</p><div class='TRS_Editor'>{1}</div>"
DRAWN = "<script>$('.TRS_Editor').html(body);</script>"
BODIES: dict[str, tuple[str, str]] = {
    "不是文章页，或者回答是数据": ("通知", f"<ul>{rows(8)}</ul>"),
    "正文短，其中或旁边有图片、视频、表格、框架或附件": (
        "一图读懂养老政策",
        "<img src='/p.jpg'>",
    ),
    "正文没有自己的文字，可能由脚本写入": ("数据发布情况", DRAWN),
    "正文只有一两行，重复了标题": ("关于修改节水条例的决定", "<p>关于修改节水条例的决定</p>"),
    "正文没有自己的文字": ("关于开展检查的通知", "<p></p>"),
    "正文短，写有附件或文件名": ("面试成绩公示", "<p>面试成绩.xls</p>"),
    "正文只有标题或文件抬头，可能由脚本写入": (
        "人才津贴考核办法",
        f"<p>明水区人才津贴考核办法</p>{DRAWN}",
    ),
    "正文只有标题或文件抬头": ("人才津贴考核办法", "<p>明水区人才津贴考核办法</p>"),
    "正文只有一行对收文者的称呼": ("关于开展检查的意见", "<p>区直各部门，各街道财政所：</p>"),
    "最后一行以句末标点结束，或写有附件、文件名": ("关于开展检查的意见", f"<p>{LONG}</p>"),
    "最后一行以残缺的字符代码结束": ("行为规范", "<p>勤政为民 依法行政 &amp;nbs</p>"),
    "最后一行的书名号、引号或括号没有闭合": (
        "关于开展检查的意见",
        "<p>各单位要按照工作分工抓好落实，具体按照《明水区机关工勤人员聘用管理</p>",
    ),
    "最后一行以逗号、顿号或“的、和、与、及”一类的字结束": (
        "关于开展检查的意见",
        "<p>各街道要落实责任，加强巡查，做好人员转移和</p>",
    ),
    "短文的最后一行是句子，却没有句末标点，也不是常见的结尾": (
        "关于开展检查的意见",
        "<p>有关问题请及时报告组织部门，由组织部门会同人力资源部门依照本规定</p>",
    ),
    "以上都不是：正文是完整的": ("停水公告", "<p>3月3日停水八小时，特此公告</p>"),
}


def test_every_test_of_the_body_has_a_page_that_it_decides() -> None:
    assert list(BODIES) == [test.name for test in WHOLENESS.tests]


@pytest.mark.parametrize("name", BODIES)
def test_a_test_of_the_body_decides(name: str) -> None:
    page = Page(ARTICLE, status=200, body=TEXT.format(*BODIES[name]).encode())
    if name.startswith("不是文章页"):
        page = Page(COLUMN, status=200, body=BODIES[name][1].encode())
    with listening() as trace:
        state = page.wholeness.state
    last = trace.steps["whole"][-1]
    assert (last.test, last.answer) == (name, STATES[state])


@pytest.mark.parametrize("status", [None, 404, 500])
def test_what_did_not_answer_is_an_error(status: int | None) -> None:
    with listening() as trace:
        assert Page(COLUMN, status=status).kind is PageKind.ERROR
    (step,) = trace.steps["kind"]
    assert step.limit == "ERROR_STATUS=400"


def test_names_are_chinese_and_stand_once_in_their_table() -> None:
    tables = {"kind": [sign.name for sign in SIGNS]}
    tables |= {f"{question} {title}": list(names) for question, title, names in OTHERS}
    for table, names in tables.items():
        assert max(Counter(names).values()) == 1, table
        assert all(re.search("[\u4e00-\u9fff]{2}", name) for name in names), table


def test_the_generated_page_of_kinds_is_fresh() -> None:
    assert set(MEANINGS) == set(PageKind)
    page = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")
    assert page == kinds_table(), "run: python -m plugins.kit.kinds_table > docs/kinds.md"


def test_a_list_that_is_left_out_says_why() -> None:
    side = f"<div class='side'><h3>热门推荐</h3><ul>{rows(5, start=40)}</ul></div>"
    page = Page(COLUMN, status=200, body=f"<div class='m'><ul>{rows(8)}</ul></div>{side}".encode())
    with listening() as trace:
        assert len(page.rows) == 8
    left = [step for step in trace.steps["rows"] if step.answer == "略去"]
    assert len(left) == 1
    assert left[0].saw.startswith("body>div.side>ul 5行：")


def test_what_was_seen_is_told_with_its_place() -> None:
    outline = draw(
        LexborHTMLParser(
            "<div class='main wide'><div id=list><ul><li><a>甲</a></li></ul></div></div>"
        )
    )
    link = next(element for element in outline.elements if element.tag == "a")
    assert path_of(link) == "body>div.main>div#list>ul>li>a"
    assert path_of(link.parent) == "body>div.main>div#list>ul>li"
    deep = draw(LexborHTMLParser("<div>" * 9 + "<p>甲</p>" + "</div>" * 9))
    inner = next(element for element in deep.elements if element.tag == "p")
    assert path_of(inner) == "body>…>div>div>div>p"


@pytest.mark.parametrize("room", ROOMS)
def test_every_limit_has_its_reason_and_is_used(room: str) -> None:
    folder = ROOT / "plugins" / "facts" / room
    lines = (folder / "limits.py").read_text(encoding="utf-8").split("\n")
    names = {}
    for place, line in enumerate(lines):
        if match := re.match(r"([A-Z_]+): Final = ", line):
            names[match[1]] = lines[place - 1]
    module = import_module(f"plugins.facts.{room}.limits")
    assert {name for name in vars(module) if name.isupper()} == set(names)
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in folder.rglob("*.py")
        if path.name != "limits.py"
    )
    above = ""
    for name, reason in names.items():
        # A pair of limits may share the reason of the first.
        assert reason.startswith(("# ", f"{above}: ")), name
        assert re.search(rf"\b{name}\b", code), name
        above = name
