"""One page is one page, however it is spelt and in whatever order its spellings are met."""

from __future__ import annotations

import itertools
from collections import Counter
from urllib.parse import unquote

import pytest

from tests.crawler.audits import Desk
from tests.crawler.small_site import Reply, SmallSite, article, moved, page

pytestmark = pytest.mark.audit

HOST = "www.example.cn"
SAME = "abc"
SPELLINGS = (
    "/x.html",
    "/x.html#top",
    "/./y/../x.html",
    f"http://{HOST}:80/x.html",
    "HTTP://WWW.Example.cn/x.html",
    "/x.html;jsessionid=0123456789ABCDEF0123456789ABCDEF",
    "/x.html?jsessionid=0123456789ABCDEF0123456789ABCDEF",
    "/%78.html",
)
LINKS = (
    *SPELLINGS,
    *(f"/{name}/{file}" for name in SAME for file in ("", "index.html")),
    "/changing/",
    "/changing/index.html",
    "/two/",
    "/two/index.html",
    "/lonely/index.html",
    "/forbidden/index.html",
    "/missing/index.html",
    "/leads/",
    "/leads/index.html",
    "/away/index.html",
    "/other/default.html",
    "/other/",
    "/moved.html",
    "/index.html",
    "/deep/er/index.html",
)
PAGES = {
    # The home page and its index name are one.
    "/", *(f"/{name}/" for name in SAME), "/lonely/", "/other/", "/x.html", "/deep/er/",
    # Shown to differ: two pages each.
    "/changing/", "/changing/index.html", "/two/", "/two/index.html",
    # A folder that does not answer, or leads to its index page, is no page.
    "/forbidden/index.html", "/missing/index.html", "/leads/index.html", "/away/index.html",
}  # fmt: skip


def site(links: tuple[str, ...]) -> SmallSite:
    clock = itertools.count()
    home = page(
        "某区人民政府",
        "".join(f"<p><a href='{url}'>第{n}处</a></p>" for n, url in enumerate(links)),
    )

    def changing() -> str:
        return article("变化的页面", f"<p>第{next(clock)}次访问</p>")

    pages = {
        "/": home,
        "/index.html": home,
        "/x.html": article("一个页面"),
        "/changing/": changing,
        "/changing/index.html": changing,
        "/two/": article("目录"),
        "/two/index.html": article("另一个页面"),
        "/forbidden/": 403,
        "/forbidden/index.html": article("目录不许列出"),
        "/missing/index.html": article("没有目录页"),
        "/leads/": moved("/leads/index.html"),
        "/leads/index.html": article("目录跳转过来"),
        "/away/": moved("http://elsewhere.example.cn/"),
        "/away/index.html": article("目录跳转到别处"),
        "/moved.html": moved("/a/index.html"),
        "/robots.txt": Reply(status=404),
    }
    for name in (*SAME, "lonely", "deep/er"):
        pages[f"/{name}/"] = pages[f"/{name}/index.html"] = article(f"目录{name}")
    pages["/other/"] = pages["/other/default.html"] = article("默认页")
    return SmallSite(hosts={HOST: pages, "elsewhere.example.cn": {"/": article("别处")}})


@pytest.fixture(scope="module", params=["as they stand", "reversed"])
def night(request, tmp_path_factory):
    links = LINKS if request.param == "as they stand" else LINKS[::-1]
    desk = Desk(tmp_path_factory.mktemp("identity"))
    with site(links) as served:
        resolve = [
            part
            for host in (HOST, "elsewhere.example.cn")
            for part in ("--resolve", f"{host}:80:127.0.0.1:{served.port}")
        ]
        audited = desk.audit(f"http://{HOST}/", *resolve)
        yield desk, audited, served


def test_the_pages_are_the_same_in_either_order(night):
    desk, audited, _ = night
    assert audited.status == 0, audited.errors
    assert set(desk.pages(HOST)) == PAGES


def test_nothing_is_fetched_twice(night):
    _, _, served = night
    counts = Counter(served.asked)
    # A redirect leads there before its folder was compared with it.
    assert counts.pop((HOST, "/a/index.html")) <= 2
    assert set(counts.values()) == {1}


def test_a_page_of_many_spellings_is_fetched_once(night):
    _, _, served = night
    asked = [path for _, path in served.asked if unquote(path.partition(";")[0]) == "/x.html"]
    assert len(asked) == 1


def test_folders_that_nobody_links_to_are_no_gap_and_no_fault(night):
    _, audited, _ = night
    assert audited.gaps() == {}
    assert audited.found("LNK") == []


def test_no_link_is_left_without_a_verdict(night):
    _, audited, _ = night
    (families,) = audited.told["score"]["coverage"].values()
    assert families["links"]["state"] == "complete"
