"""``gongkai facts``: one JSON object a line, in the order asked for, whatever the pages do."""

from __future__ import annotations

import json
import subprocess
import time

import pytest

from crawler.browser.chromium import find_browser
from tests.crawler.audits import COMMAND, ROOT, environment
from tests.crawler.small_site import Reply, SmallSite, article, moved, page, rows

ROWS = rows({f"/a{number}.html": f"关于第{number}件事情的通知" for number in range(6)})
SCRIPTED = (
    "<ul id='list' class='list'></ul><script>for(let i=1;i<9;i++){document.getElementById('list').insertAdjacentHTML("
    "'beforeend','<li><a href=\"/s'+i+'.html\">关于第'+i+'件事情的通知</a><span>2026-06-2'+i+'</span></li>')}</script>"
)  # fmt: skip
ASKING = (
    "<ul id='list' class='list'></ul><script>fetch('DATA').then(r=>r.json()).then(all=>all.forEach("
    "one=>document.getElementById('list').append(one)))</script>"
)
KEYS = [
    "url", "status", "kind", "title", "published", "published_from", "meta", "meta_empty", "rows", "newest", "empty",
    "empty_why", "documents", "interpretation_links", "document_links", "footer", "columns",
]  # fmt: skip


def late(handler) -> None:
    time.sleep(0.7)
    body = page("迟到的动态", ROWS).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    handler.wfile.write(head.encode() + body)


def facts(*arguments: str, status: int = 0) -> tuple[list[dict], str]:
    run = subprocess.run(
        [*COMMAND, "facts", *arguments, "--as-of", "2026-06-30", "--rate", "500"],
        cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert run.returncode == status, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()], run.stderr


@pytest.fixture(scope="module")
def served():
    pages = {
        "/": page("某区人民政府", "<p>首页</p>"),
        "/late/": Reply(act=late),
        "/list/": page("动态", ROWS),
        "/a.html": article("一篇文章"),
        "/gone.html": 404,
        "/reset": Reply(act=lambda handler: handler.connection.close()),
        "/moved": moved("/a.html"),
        "/robots.txt": Reply("User-agent: *\nDisallow: /", type="text/plain"),
        "/scripted/": page("脚本写出的动态", SCRIPTED),
        "/nothing/": page("接口没有数据的动态", ASKING.replace("DATA", "/none.json")),
        "/broken/": page("接口出错的动态", ASKING.replace("DATA", "/failing.json")),
        "/none.json": Reply("[]", type="application/json"),
        "/failing.json": 500,
    }
    with SmallSite(pages) as site:
        yield site


def test_pages_are_told_in_order_and_failures_are_objects_too(served):
    paths = ["late/", "list/", "gone.html", "a.html", "reset", "moved", "list/"]
    told, _ = facts(*(served.url + path for path in paths), "--render", "never")
    assert [one["url"] for one in told] == [served.url + path for path in paths]
    assert [one["kind"] for one in told] == [
        "list",
        "list",
        "error",
        "article",
        "error",
        "article",
        "list",
    ]
    assert [one["status"] for one in told] == [200, 200, 404, 200, None, 200, 200]
    assert all(list(one) == KEYS for one in told)
    assert len(told[1]["rows"]) == 6
    assert told[1]["newest"] == "2026-06-29"
    assert told[4]["empty"] is None


def test_several_hosts_may_be_asked_at_once(served):
    with SmallSite({"/": page("另一个网站")}) as other:
        told, _ = facts(served.url, other.url, "http://127.0.0.1:1/", "--render", "never")
    assert [one["status"] for one in told] == [200, 200, None]
    assert told[1]["title"] == "另一个网站"


def test_resolve_leads_elsewhere_and_the_address_stays(served):
    told, _ = facts(
        "http://www.example.cn/",
        "--resolve",
        f"www.example.cn:80:127.0.0.1:{served.port}",
        "--render",
        "never",
    )
    assert (told[0]["url"], told[0]["kind"]) == ("http://www.example.cn/", "home")


def test_wrong_addresses_are_all_refused_before_anything_is_asked(served):
    before = len(served.asked)
    told, errors = facts("ftp://x/", served.url, "not an address", status=2)
    assert told == []
    assert "ftp://x/" in errors
    assert "not an address" in errors
    assert len(served.asked) == before


@pytest.mark.browser
def test_what_a_script_writes_is_seen_with_the_browser_only(served):
    if find_browser() is None:
        pytest.skip("no Chromium here")
    seen, _ = facts(served.url + "scripted/", served.url + "a.html")
    assert len(seen[0]["rows"]) == 8
    assert seen[0]["newest"] == "2026-06-28"
    assert seen[1]["kind"] == "article"


@pytest.mark.browser
def test_a_list_is_not_called_empty_where_its_data_could_not_be_had(served):
    if find_browser() is None:
        pytest.skip("no browser on this machine")
    told, _ = facts(served.url + "nothing/", served.url + "broken/", "--render", "auto")
    assert [one["empty"] for one in told] == [True, None]
    assert "接口" in told[1]["empty_why"]
