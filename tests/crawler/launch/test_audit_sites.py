"""Several sites in one audit, what lies between them, and what an audit leaves out and says so."""

from __future__ import annotations

import socket

import pytest

from tests.crawler.audits import Desk, by_path, column
from tests.crawler.small_site import Reply, SmallSite, article, moved, page, rows

pytestmark = pytest.mark.audit

A, B, DOWN, AWAY, OUT = (f"{name}.example.cn" for name in ("a", "b", "down", "away", "out"))
MORE = """
[[unit]]
name = "区教育局"
kind = "department"
fields = "few"

[[site]]
host = "{b}"
name = "区教育局"
start = ["http://{b}/"]
unit = "区教育局"

[[site]]
host = "{down}"
name = "关了的网站"
start = ["http://{down}/"]

[[site]]
host = "{away}"
name = "搬走的网站"
start = ["http://{away}/"]
"""
PRIVATE = [f"/private/{number}.html" for number in range(6)]


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def long_list(pages: int) -> dict:
    """A list whose pager is written by script: no page links to the next."""
    found = {}
    for number in range(pages):
        path = f"/long/index_{number}.html" if number else "/long/"
        document = f"/a2.html?n={number}"
        listed = {"/a1.html": "关于第1件事情的通知", document: f"关于第{number}号事项的公告"}
        pager = f"<script>createPageHTML({pages}, {number}, 'index', 'html');</script>"
        found |= {
            path: page("很长的动态", rows(listed) + pager),
            document: article(listed[document]),
        }
    return {**found, "/long/index.html": found["/long/"]}


def hosts() -> dict:
    links = [
        "/list/", "/long/", "/crossing.html", "/member/", "/member/inside.html", f"http://{B}/", f"http://{B}/nowhere.html",
        f"http://{OUT}/alive.html", f"http://{OUT}/dead.html", *PRIVATE, "/x%5B.html", "/a b.html", "http://[::1/",
    ]  # fmt: skip
    body = "".join(f"<p><a href='{url}'>链接{n}</a></p>" for n, url in enumerate(links))
    return {
        A: {
            "/robots.txt": Reply("User-agent: *\nDisallow: /private/\n", type="text/plain"),
            "/": page("某区人民政府", body),
            "/list/": page(
                "动态", rows({f"/a{n}.html": f"关于第{n}件事情的通知" for n in range(12)})
            ),
            **{f"/a{n}.html": article(f"关于第{n}件事情的通知") for n in range(12)},
            **long_list(50),
            "/crossing.html": moved(f"http://{B}/target.html"),
            "/member/": 403,
            "/member/inside.html": 403,
            "/x[.html": article("方括号"),
            "/a b.html": article("空格"),
        },
        B: {
            "/": page("区教育局", "<p><a href='/empty/'>空栏</a></p>"),
            "/empty/": page("空栏", "<ul class='list'></ul>"),
            "/target.html": article("跳转的终点"),
        },
        AWAY: {"/": moved(f"http://{OUT}/")},
        OUT: {"/": page("别处"), "/alive.html": article("别处的文章")},
    }


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("sites"))
    with SmallSite(hosts=hosts()) as served:
        ports = dict.fromkeys((A, B, AWAY, OUT), served.port) | {DOWN: closed_port()}
        resolve = [
            part
            for host, port in ports.items()
            for part in ("--resolve", f"{host}:80:127.0.0.1:{port}")
        ]
        inventory = desk.inventory(
            A,
            more=MORE.format(b=B, down=DOWN, away=AWAY)
            + column(A, "动态", "/list/", unit="区教育局", duty="30"),
        )
        yield desk, desk.audit("--inventory", inventory, *resolve), served


def gaps(audited, host: str, family: str = "columns") -> dict:
    covered = audited.told["score"]["coverage"][host][family]
    return {gap["kind"]: gap for gap in covered["gaps"]}


def test_sites_that_are_down_do_not_cost_the_others_their_report(night):
    _, audited, _ = night
    assert audited.status == 3
    assert audited.told["state"] == "unhealthy"
    assert audited.told["sites"] == {
        A: "finished", B: "finished", DOWN: "unhealthy", AWAY: "unhealthy",
    }  # fmt: skip
    assert f"{DOWN}：首页未能正常打开" in audited.notes
    assert f"{AWAY}：首页跳转到{OUT}" in audited.notes
    assert len(audited.told["reports"]) == 3
    coverage = audited.told["score"]["coverage"]
    assert {sheet["state"] for sheet in coverage[DOWN].values()} == {"failed"}
    assert {one["site"] for one in audited.told["findings"]} == {A, B}


def test_findings_belong_to_their_site_and_unit(night):
    _, audited, _ = night
    (empty,) = audited.found("COL101")
    assert (empty["site"], empty["unit"]) == (B, "区教育局")


def test_a_redirect_to_another_site_is_that_sites_page(night):
    desk, audited, served = night
    assert "/crossing.html" not in desk.pages(A)
    assert "/target.html" not in desk.pages(B), "nobody links to it there"
    assert served.count("/target.html", B) == 1
    assert "/crossing.html" not in by_path(audited.found("LNK"), A)


def test_links_between_and_out_of_sites_are_verified_as_outside_ones(night):
    _, audited, _ = night
    outside = {one["subject"]["ref"] for one in audited.found("LNK102")}
    assert outside == {f"http://{OUT}/dead.html", f"http://{B}/nowhere.html"}
    assert audited.found("LNK101") == []


def test_what_robots_txt_excludes_is_a_gap_and_costs_nothing(night):
    _, audited, served = night
    assert not any(path in PRIVATE for _, path in served.asked)
    gap = gaps(audited, A)["robots"]
    assert gap["count"] == len(PRIVATE)
    assert gap["examples"] == [f"http://{A}{path}" for path in PRIVATE[:5]]
    assert not [one for one in audited.told["findings"] if "/private/" in one["subject"]["ref"]]
    assert audited.told["score"]["coverage"][A]["columns"]["state"] == "partial"


def test_a_folder_behind_a_login_is_unread_and_blocked_and_not_dead(night):
    _, audited, _ = night
    gap = gaps(audited, A)["unread"]
    assert gap["examples"] == [f"http://{A}/member/", f"http://{A}/member/inside.html"]
    (blocked,) = audited.found("LNK106")
    assert blocked["review"]
    assert "2个链接目标" in blocked["message"]


def test_odd_addresses_are_fetched_or_named(night):
    desk, audited, _ = night
    assert {"/x%5B.html", "/a%20b.html"} <= set(desk.pages(A))
    assert [one["subject"]["ref"] for one in audited.found("LNK105")] == ["http://[::1/"]


def test_pages_of_a_site_are_told_apart_by_host(night):
    desk, _, _ = night
    assert set(desk.pages(B)) == {"/", "/empty/"}
    short = {path for path in desk.pages(A) if "/long/" not in path and "?n=" not in path}
    assert len(short) == 14 + 2 + 2


def test_a_list_of_many_pages_is_read_up_to_a_bound_that_is_named(night):
    desk, audited, _ = night
    read = [path for path in desk.pages(A) if path.startswith("/long/")]
    assert len(read) == 1 + 40
    gap = gaps(audited, A)["list_pages"]
    assert gap["count"] == 9
    assert "40" in gap["why"]


def test_the_budget_is_kept_and_what_it_leaves_is_counted(tmp_path):
    desk = Desk(tmp_path)
    listed = {f"/a{n}.html": f"关于第{n}件事情的通知" for n in range(30)}
    pages = {
        "/": page("某区人民政府", rows(listed)),
        **{one: article(listed[one]) for one in listed},
    }
    with SmallSite(pages) as served:
        audited = desk.audit(served.url, "--max-pages", "10")
        asked = [path for path, count in served.counts.items() if path.startswith("/a")]
    assert audited.status == 0
    assert audited.told["pages"] == 10
    assert len(asked) == 9
    gap = audited.gaps()["budget"]
    assert gap["count"] == 21
    assert len(gap["examples"]) == 5
    assert "10" in gap["why"]
    assert audited.found("LNK") == [], "what was not asked is neither alive nor dead"


def test_robots_txt_that_excludes_the_home_page_is_named_as_the_reason(tmp_path):
    robots = Reply("User-agent: *\nDisallow: /\n", type="text/plain")
    with SmallSite({"/robots.txt": robots, "/": page("某区人民政府")}) as served:
        audited = Desk(tmp_path).audit(served.url)
    assert audited.status == 3
    assert "robots.txt不允许抓取首页" in audited.notes
    assert served.count("/") == 0
