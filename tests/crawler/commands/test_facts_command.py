"""``gongkai facts``: one JSON object a line, in the order asked for, whatever the pages do."""

from __future__ import annotations

import json
import subprocess
import time

import pytest

from crawler.browser.chromium import find_browser
from crawler.commands import run as gongkai
from tests.crawler.audits import COMMAND, ROOT, environment
from tests.crawler.small_site import Reply, SmallSite, article, moved, page, rows

pytestmark = pytest.mark.audit

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


QUESTIONS = [
    "kind",
    "title",
    "published",
    "main",
    "rows",
    "newest",
    "pager",
    "empty",
    "whole",
    "document",
]


@pytest.fixture
def saved(tmp_path):
    """A list page in GBK that says so in its markup, as a browser saved it."""
    path = tmp_path / "存下的页面.html"
    markup = page("动态", ROWS, head="<meta charset='gbk'>").replace("utf-8", "gbk")
    path.write_bytes(markup.encode("gbk"))
    return path


def asked(capsys, *arguments: object, status: int = 0) -> tuple[str, str]:
    """The command in this process: with files alone it fetches nothing."""
    assert gongkai(["facts", *map(str, arguments)]) == status
    heard = capsys.readouterr()
    return heard.out, heard.err


def test_a_saved_page_is_read_as_if_it_had_been_fetched(saved, served, capsys):
    told = json.loads(asked(capsys, saved, "--url", served.url + "list/")[0])
    (fetched,), _ = facts(served.url + "list/", "--render", "never")
    assert told.pop("file") == str(saved)
    assert told == fetched
    # The address counts: a root is a home page.
    home = json.loads(asked(capsys, saved, "--url", "www.example.cn")[0])
    assert (home["url"], home["kind"]) == ("https://www.example.cn/", "home")


def test_several_files_and_addresses_keep_their_order(saved, served):
    other = saved.with_name("b.html")
    other.write_text("<p>一段文字</p>", encoding="utf-8")
    arguments = (str(saved), served.url + "a.html", str(other), str(saved))
    told, _ = facts(*arguments, "--render", "never")
    assert [one.get("file", one["url"]) for one in told] == list(arguments)
    assert [one["kind"] for one in told][:2] == ["list", "article"]
    assert told[0]["url"] == told[2]["url"] == "http://site.test/page.html"


def test_why_tells_the_steps_of_what_was_asked_for(saved, served, capsys):
    told = json.loads(asked(capsys, saved, "--why", "kind,rows", "--why", "empty")[0])
    assert list(told["why"]) == ["kind", "rows", "empty"]
    everything = json.loads(asked(capsys, saved, "--why")[0])["why"]
    assert set(QUESTIONS) <= set(everything)
    assert everything == json.loads(asked(capsys, saved, "--why", "all")[0])["why"]
    assert {name: everything[name] for name in told["why"]} == told["why"]
    for steps in everything.values():
        assert all(list(step) == ["test", "answer", "saw", "limit"] for step in steps)
    assert "why" not in json.loads(asked(capsys, saved)[0])
    # What the policy of the browser has looked at before leaves its steps too.
    (fetched,), _ = facts(served.url + "list/", "--why", "all")
    same = json.loads(asked(capsys, saved, "--url", served.url + "list/", "--why")[0])
    assert fetched["why"] == same["why"]


def test_why_is_told_to_people_as_tables(saved, capsys):
    text, _ = asked(capsys, saved, "--why", "kind,document", "--format", "text")
    steps = json.loads(asked(capsys, saved, "--why", "kind")[0])["why"]["kind"]
    assert f"# {saved}\n" in text
    assert "类型\t列表页（list）" in text
    assert "标题\t动态" in text
    assert "文件信息取自哪里（document）" in text
    if steps:
        decisive = steps[-1]
        assert f"✓\t{decisive['test']}\t{decisive['answer']}\t" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.html"], "missing.html：文件或文件夹不存在"),
        (["{folder}"], "{folder}：这是文件夹，不是文件"),
        (["{folder}/empty.html"], "empty.html：文件是空的"),
        (["{folder}/paper.pdf"], "paper.pdf：不是网页，是pdf文件"),
        (["{folder}/program"], "program：不是网页，是二进制文件"),
        (
            ["{folder}/a.html", "{folder}/b.html", "--url", "http://a.cn/"],
            "--url：只能与一个本地文件",
        ),
        (["http://a.cn/", "--url", "http://a.cn/"], "--url：只能与一个本地文件"),
        (["{folder}/a.html", "--url", "ftp://a.cn/"], "--url：“ftp://a.cn/”不是网址"),
        (["{folder}/a.html", "--why", "kind,kid"], "--why：没有“kid”这一项，是否想写“kind”"),
        (["{folder}/a.html", "--why", "{folder}/b.html"], "--why：没有“"),
        (["{folder}/a.html", "--as-of", "昨天"], "--as-of：“昨天”不是日期"),
        (["{folder}/a.html", "--format", "csv"], "--format：“csv”无法识别"),
    ],
)
def test_wrong_input_is_one_line(tmp_path, capsys, arguments, said):
    for name, data in {
        "a.html": b"<p>a</p>", "b.html": b"<p>b</p>", "empty.html": b" \n", "paper.pdf": b"%PDF-1.4 x",
        "program": b"\x7fELF\x02\x00\x00",
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
    words = [word.format(folder=tmp_path) for word in arguments]
    out, errors = asked(capsys, *words, status=2)
    assert out == ""
    assert said.format(folder=tmp_path) in errors
    assert errors.count("\n") == 1


@pytest.mark.parametrize("text", ["utf-8-sig", "utf-16", "gb18030"])
def test_the_charset_of_a_saved_page_is_found(tmp_path, capsys, text):
    path = tmp_path / "page.html"
    path.write_bytes("<html><title>关于龙䶮小学的通知</title><p>一段文字</p></html>".encode(text))
    assert json.loads(asked(capsys, path)[0])["title"] == "关于龙䶮小学的通知"
