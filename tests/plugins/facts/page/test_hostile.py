"""Hostile markup costs bounded work and never an exception."""

from __future__ import annotations

import pickle
from time import process_time

import pytest

from plugins.facts.page.describe import describe
from plugins.facts.page.page import Failure, FailureKind, Page
from plugins.facts.site.digest import digest

pytestmark = pytest.mark.slow

ADDRESS = "http://www.example.test/zwgk/"
NEST = 20_000
ROW = '<li><a href="/a{n}.html">关于公布便民服务事项之{n}的公告</a><span>2025-01-01</span></li>'

HOSTILE = {
    "5000 links": "<ul>" + "".join(ROW.format(n=n) for n in range(5_000)) + "</ul>",
    "deep div": "<div>" * NEST
    + '<a href="x">关于公布便民服务事项的公告</a> 2025-01-01'
    + "</div>" * NEST,
    "deep links": "<a href=x><b>" * 5_000 + "关于公布便民服务",
    "deep tables": "<table><tr><td>" * 2_000
    + "2025-01-01 <a href=x>关于公布便民服务事项的公告</a>",
    "deep lists with dates": "<ul><li><a href=x>关于公布便民服务事项</a>2025-01-01" * 3_000,
    "flat dates": "<div>" + "<a href=x>关于公布便民服务事项</a>2025-01-01 " * 5_000 + "</div>",
    "only dates": "2025-01-01 " * 30_000,
    "date pieces": "<i>2025</i><i>-</i>" * 20_000,
    "digits": "1" * 500_000,
    "brackets": "《" * 100_000,
    "open brackets in a title": "<title>" + "(【" * 50_000 + "</title>",
    "unclosed": "<html><head><title><body <p <a href='x' <<<>>>" + "<" * 50_000,
    "labels": "发布时间：" * 30_000,
    "periods": "至 2025-01-01 " * 20_000,
    "script": "<script>" + "var a='x';document.write('<a href=\"b\">'+a+" * 5_000 + "</script>",
    "script calls": "<script>" + "createPageHTML(" * 20_000 + "</script>",
    "script numbers": "<script>countPage" + " " * 100_000 + "=1</script>",
    "script data": "<script>var x=" + "[{" * 30_000 + "</script>",
    "datastore": "<script type='text/xml'>" + "<record><![CDATA[" * 20_000 + "</script>",
    "json": "[" * 100_000,
    "json rows": '{"data":['
    + '{"title":"关于公布便民服务事项","pubDate":"2025-01-01"},' * 20_000
    + '{"title":"x"}]}',
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x</div>",
    "comments": "<!--" * 50_000,
    "metas": "".join(f'<meta name="n{n}" content="x">' for n in range(20_000)),
    "headings": "<h3>通知公告</h3>" * 20_000,
    "numbers of papers": "某政发〔2025〕" * 20_000,
    "solicitation": "<h1>关于征求意见的公告</h1><p>" + "征求意见请于反馈截止时间为2025年" * 10_000,
    "reasons": "<h1>关于征求意见的公告</h1><p>" + "因由于鉴于考虑到根据时间" * 10_000,
    "blanks": "发布" + "\u3000 " * 200_000 + "时间",
    "crumbs": "当前位置：" * 20_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=[name.replace(" ", "_") for name in HOSTILE])
def test_hostile_markup_is_survived_in_bounded_time(html: str) -> None:
    page = Page(ADDRESS, 200, html.encode(), {"content-type": "text/html"})
    started = process_time()
    facts = describe(page)
    digest(page)
    assert facts["empty_why"]
    assert process_time() - started < 6


def test_no_answer_is_a_fact() -> None:
    page = Page(ADDRESS, None, failure=Failure(FailureKind.TIMEOUT, "15 s"))
    facts = describe(page)
    assert facts["kind"] == "error"
    assert facts["status"] is None
    assert facts["empty"] is None
    assert digest(page).failure == "timeout"


def test_a_page_travels_raw() -> None:
    page = Page(ADDRESS, 200, HOSTILE["5000 links"].encode())
    assert len(page.rows) == 5_000
    again = pickle.loads(pickle.dumps(page))
    assert again == page
    assert set(vars(again)) == set(page.__dataclass_fields__)
    assert len(again.rows) == 5_000


@pytest.mark.parametrize(
    "body", [b"", b"\x00" * 1000, b"\xff\xfe", bytes(range(256)) * 20, b"<", b"&#x110000;&#0;&nbs"]
)
def test_any_bytes_make_a_page(body: bytes) -> None:
    page = Page(ADDRESS, 200, body)
    assert describe(page)["empty"] is not True
    digest(page)
