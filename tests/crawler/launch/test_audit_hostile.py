"""A site that does everything that bad sites do: each is recorded, and the pages beside it are audited."""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct
import time
from typing import Any

import pytest

from crawler.browser.chromium import find_browser
from tests.crawler.audits import Desk, by_path
from tests.crawler.small_site import Reply, SmallSite, article, moved, page, rows

pytestmark = pytest.mark.audit

HEAD = (
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n"
)
MEGA = 1 << 20
LONG = article("长文章").encode()
GOOD = [f"/good{number}.html" for number in range(8)]


def big(handler: Any) -> None:
    """200 MB."""
    with contextlib.suppress(OSError):
        handler.wfile.write(HEAD.format(200 * MEGA).encode())
        for _ in range(200):
            handler.wfile.write(b"a" * MEGA)


def drip(handler: Any) -> None:
    """One byte now and then."""
    with contextlib.suppress(OSError):
        handler.wfile.write(HEAD.format(10_000).encode())
        for _ in range(300):
            handler.wfile.write(b"x")
            time.sleep(0.1)


def reset(handler: Any) -> None:
    """Half a body, then RST."""
    with contextlib.suppress(OSError):
        handler.wfile.write(HEAD.format(2 * len(LONG)).encode() + LONG)
        handler.wfile.flush()
        time.sleep(0.1)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()


def silent(handler: Any) -> None:
    """No answer at all."""
    handler.connection.close()


def calendar(day: int) -> str:
    return article(f"第{day}天", f"<a href='/calendar/{day + 1}'>后一天</a>")


BAD = (
    "/loop/a", "/calendar/1", "/big", "/bomb", "/not-gzip", "/drip", "/reset", "/silent", "/charset.html",
    "/markup.html", "/many.html", "/schemes.html", "/script", "/nul.html",
)  # fmt: skip
MARKUP = (
    "<!doctype html><html><head><title>坏标记</title><body><table><tr><td>" + "<div><b>" * 3000
    + "<p>本页写坏了。<a href='/behind-markup.html'>仍然能读到的链接</a><a href=\"/gone-behind-markup.html>断开的引号</a></td>"
    + "</span></p>" * 50
)  # fmt: skip


def hostile() -> dict:
    links = "".join(f"<p><a href='{path}'>{path}页</a></p>" for path in BAD)
    pages = {
        "/": page("某区人民政府", "<ul class='nav'><li><a href='/list/'>动态</a></li><li><a href='/empty/'>空栏</a></li></ul>" + links),
        "/list/": page("动态", rows({path: f"关于{path}的通知" for path in GOOD})),
        "/empty/": page("空栏", "<ul class='list'></ul>"),
        **{path: article(f"关于{path}的通知", f"<a href='/dead{path}'>失效</a>") for path in GOOD},
        "/loop/a": moved("/loop/b"),
        "/loop/b": moved("/loop/a"),
        **{f"/calendar/{day}": calendar(day) for day in range(1, 200)},
        "/big": Reply(act=big),
        "/bomb": Reply(gzip.compress(bytes(64 * MEGA), 9), headers=(("Content-Encoding", "gzip"),)),
        "/not-gzip": Reply(article("没有压缩"), headers=(("Content-Encoding", "gzip"),)),
        "/drip": Reply(act=drip),
        "/reset": Reply(act=reset),
        "/silent": Reply(act=silent),
        "/charset.html": Reply(article("编码声明有误", "<a href='/behind-charset.html'>编码之后的链接</a>").encode("gb18030")),
        "/behind-charset.html": article("编码之后"),
        "/markup.html": MARKUP,
        "/behind-markup.html": article("坏标记之后"),
        "/many.html": article("五千个链接", "".join(f"<a href='/many?n={n}'>第{n}个</a>" for n in range(5000))),
        "/schemes.html": article(
            "各种地址",
            "<a href='javascript:void(0)'>脚本</a><a href='javascript:window.open(\"/x\")'>弹窗</a>"
            "<a href='data:text/html,<h1>x</h1>'>数据</a><a href='mailto:a@example.cn'>邮件</a><a href='tel:110'>电话</a>"
            "<a href='#'>顶部</a><a href=''>空</a><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
            "<a href='/behind-schemes.html'>普通</a>",
        ),
        "/behind-schemes.html": article("各种地址之后"),
        "/script": moved("javascript:alert(1)"),
        "/nul.html": article("空字符\0与半个字符", "<p>\0</p>"),
        **{f"/many?n={n}": article(f"第{n}个") for n in range(5000)},
    }  # fmt: skip
    return pages  # noqa: RET504


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("hostile"))
    with SmallSite(hostile()) as served:
        yield served, desk.audit(served.url, "--timeout", "3"), desk.pages(served.host)


def test_the_audit_ends_in_time_and_well(night):
    _, audited, _ = night
    assert audited.status == 0, audited.errors
    assert audited.seconds < 40
    assert audited.told["stats"]["gongkai/memory_peak_mb"] < 300


def test_the_ordinary_pages_are_audited_completely(night):
    served, audited, pages = night
    assert {"/list/", "/empty/", *GOOD} <= set(pages)
    assert set(by_path(audited.found("COL101"), served.host)) == {"/empty/"}
    dead = set(by_path(audited.found("LNK101"), served.host))
    # Eight dead links with one cause are one finding.
    assert any(ref.startswith("/dead") for ref in dead)


def test_what_could_not_be_read_is_named(night):
    served, audited, _ = night
    (families,) = audited.told["score"]["coverage"].values()
    unread = set()
    for gap in families["columns"]["gaps"]:
        if gap["kind"] == "unread":
            assert gap["count"] == 8
            unread = {url.removeprefix(f"http://{served.host}") for url in gap["examples"]}
    assert unread < {
        "/loop/a",
        "/big",
        "/bomb",
        "/not-gzip",
        "/drip",
        "/reset",
        "/silent",
        "/script",
    }


def test_none_of_it_is_called_dead(night):
    served, audited, _ = night
    dead = by_path(audited.found("LNK101"), served.host)
    assert not set(BAD) & set(dead)


def test_the_calendar_is_left_and_counted(night):
    _, audited, pages = night
    days = [path for path in pages if path.startswith("/calendar/")]
    assert 5 < len(days) < 15
    assert audited.gaps()["depth"]["count"] == 1


def test_five_thousand_links_with_parameters_are_bounded_and_counted(night):
    served, audited, _ = night
    asked = [path for path in served.counts if path.startswith("/many?")]
    assert len(asked) == 60
    assert audited.gaps()["query_combinations"]["count"] == 4940


def test_pages_behind_bad_charset_markup_and_schemes_are_read(night):
    _, _, pages = night
    assert {
        "/behind-charset.html",
        "/behind-markup.html",
        "/behind-schemes.html",
        "/nul.html",
    } <= set(pages)


def test_nothing_but_the_web_is_asked(night):
    served, audited, _ = night
    assert not any("alert" in path or "javascript" in path for _, path in served.asked)
    assert not [
        one
        for one in audited.told["findings"]
        if one["subject"]["ref"].startswith(("data:", "javascript:", "mailto:"))
    ]


# -- the browser ---------------------------------------------------------------------------------

FILL = (
    "<ul id='list' class='list'></ul><script>for(let i=1;i<9;i++){document.getElementById('list').insertAdjacentHTML("
    "'beforeend','<li><a href=\"/s'+i+'.html\">关于第'+i+'件事情的通知</a><span>2026-06-2'+i+'</span></li>')}</script>"
)  # fmt: skip
END = "document.getElementById('list').innerHTML='<li>到不了</li>'</script>"
HANGS = f"<ul id='list' class='list'></ul><script>while(1){{}}{END}"
EATS = f"<ul id='list' class='list'></ul><script>const a=[];while(1)a.push(new Array(1e6).fill(Math.random()));{END}"


@pytest.mark.browser
def test_pages_that_crash_the_browser_are_gaps_and_the_others_are_rendered(tmp_path):
    if find_browser() is None:
        pytest.skip("no Chromium here")
    names = {"filled": FILL, "hangs": HANGS, "eats": EATS}
    nav = "".join(f"<li><a href='/{name}/'>{name}栏目</a></li>" for name in (*names, "later"))
    pages = {
        "/": page("某区人民政府", f"<ul class='nav'>{nav}</ul>"),
        **{f"/{name}/": page(f"{name}栏目", body) for name, body in names.items()},
        "/later/": page("later栏目", FILL),
        **{f"/s{number}.html": article(f"关于第{number}件事情的通知") for number in range(1, 9)},
    }
    desk = Desk(tmp_path)
    with SmallSite(pages) as served:
        audited = desk.audit(served.url, "--timeout", "5", "--render", "auto", timeout=120)
        known = desk.pages(served.host)
    assert audited.status == 0, audited.errors
    assert audited.seconds < 60
    assert {f"/s{number}.html" for number in range(1, 9)} <= set(known), (
        "links that script wrote are followed"
    )
    gaps = audited.gaps()
    broken = {url.removeprefix(f"http://{served.host}") for url in gaps["browser"]["examples"]}
    assert broken >= {"/hangs/", "/eats/"}
    assert "/filled/" not in broken
    assert "/later/" not in broken
    empty = {
        path for code in ("COL101", "COL102") for path in by_path(audited.found(code), served.host)
    }
    assert empty == set(), "what could not be shown is not called empty"
    unreadable = set(by_path(audited.found("COL103"), served.host))
    assert unreadable == {"/hangs/", "/eats/"}
