"""Pictures of findings: a real audit with a real browser, and what it keeps of what it saw."""

from __future__ import annotations

import asyncio
import base64
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.async_api import async_playwright

from crawler.browser.chromium import ARGUMENTS, UNSEEN, find_browser, launch_options
from crawler.browser.picture_probe import PictureProbe, Spot, around
from crawler.browser.tabs import Browser
from crawler.run.pictures import FRESH, choose, look_of, private_pages
from findings.records.pictures import HEAVIEST
from findings.records.records import Presence, RuleRecord, StoredFinding, Verdict
from findings.store.store import Store
from plugins import Evidence, Subject, SubjectKind
from plugins.addresses.urls import url_key
from plugins.engine.manager import Plugins
from tests.crawler.audits import Desk, column
from tests.crawler.small_site import Reply, SmallSite, article, page, rows

pytestmark = pytest.mark.audit

EXECUTABLE = find_browser()
browser = pytest.mark.browser
needs_browser = pytest.mark.skipif(EXECUTABLE is None, reason="no Chromium on this machine")
NOW = datetime(2026, 6, 30, 2, tzinfo=UTC)
# A valid check digit, of a place and day that nobody was born at.
IDENTITY = "110101199003070038"
PIXELS = """
async address => {
  const image = new Image(); image.src = address; await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext('2d'); pen.drawImage(image, 0, 0);
  const data = pen.getImageData(0, 0, image.width, image.height).data;
  let left = 1e9, top = 1e9, right = -1, bottom = -1, dark = 0;
  for (let y = 0; y < image.height; y++) for (let x = 0; x < image.width; x++) {
    const at = (y * image.width + x) * 4;
    const [r, g, b] = [data[at], data[at + 1], data[at + 2]];
    if (r > 190 && g < 70 && b < 80) {
      left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
    }
    if (b > 150 && r < 90 && g < 90) dark++;
  }
  return {width: image.width, height: image.height, left, top, right, bottom, blue: dark};
}
"""
LINKS = {f"/xw/{n}.html": f"区政府召开第{n}次常务会议研究部署重点工作" for n in range(1, 9)}
NAV = "<div class='nav'><a href='/'>首页</a> <a href='/xw/'>新闻</a> <a href='/kong/'>通知公告</a></div>"
FOOT = "<div class='footer'>版权所有 某区人民政府</div>"
EMPTY = page(
    "通知公告",
    NAV + "<div class='position'>当前位置：<a href='/'>首页</a> &gt; 通知公告</div>"
    "<div class='main' style='height:300px;margin-top:60px'><ul class='list' style='min-height:180px;width:600px;margin-left:200px'></ul></div>"
    + FOOT,
)


def site(**more):
    pages = {
        "/": page("某区人民政府", NAV + f"<div style='height:1600px'>{rows(LINKS)}</div>" + FOOT),
        "/xw/": page("新闻", NAV + rows(LINKS) + FOOT),
        "/kong/": EMPTY,
        **{url: article(title) for url, title in LINKS.items()},
    }
    return SmallSite({**pages, **more})


def kept(desk):
    with Store.open(desk.url, create=False) as store:
        run = store.latest()
        return store.pictures(run), {one.fingerprint: one for one in store.find(state="all")}


def options(*, images):
    """How a browser is started, with images or without."""
    args = [one for one in ARGUMENTS if not (images and one in UNSEEN)]
    return {**launch_options(EXECUTABLE or ""), "args": args}


def measured(pictures):
    """Size and red pixels of each picture, as a browser decodes it."""

    async def measure():
        async with async_playwright() as playwright:
            chromium = await playwright.chromium.launch(**options(images=True))
            tab = await chromium.new_page()
            async with asyncio.timeout(30):
                found = [await tab.evaluate(PIXELS, one) for one in pictures]
            await chromium.close()
            return found

    return asyncio.run(measure())


def audit(desk, served, *options, more=""):
    register = column(served.host, "通知公告", "/kong/", unit="区政府办") + more
    done = desk.audit(
        "--inventory", desk.inventory(served.host, more=register), "--render", "auto", *options,
        timeout=240,
    )  # fmt: skip
    assert done.status == 0, done.errors
    return done


@browser
@needs_browser
def test_the_empty_list_is_pictured_with_a_red_frame_round_it(tmp_path):
    desk = Desk(tmp_path)
    with site() as served:
        audit(desk, served)
    pictures, found = kept(desk)
    (blank,) = [one for one in found.values() if one.code == "COL101"]
    picture = pictures[blank.fingerprint]
    assert picture.usable
    assert picture.outlined
    assert picture.page == url_key(f"http://{served.host}/kong/")
    (seen,) = measured([picture.address])
    assert (seen["width"], seen["height"]) == (picture.width, picture.height)
    # The list is 640 × 180 pixels with its padding; the frame stands five pixels outside of it.
    assert abs(seen["right"] - seen["left"] - 650) <= 4
    assert abs(seen["bottom"] - seen["top"] - 190) <= 4
    marks = [one for one in found.values() if one.code == "PLT301"]
    assert marks
    assert {one.fingerprint for one in marks} <= pictures.keys()
    assert {pictures[one.fingerprint].outlined for one in marks} == {True}


@browser
@needs_browser
def test_pictures_are_bounded_and_fresh_ones_are_not_taken_again(tmp_path):
    desk = Desk(tmp_path)
    with site() as served:
        audit(desk, served, "--pictures", "2")
        first, found = kept(desk)
        assert len(first) == 2
        assert len([one for one in found.values() if one.code in {"COL101", "PLT301"}]) > 2
        served.asked.clear()
        audit(desk, served, "--pictures", "2")
        second, _ = kept(desk)
    assert first.keys() < second.keys()
    assert len(second) == 4
    assert all(second[name].taken == one.taken for name, one in first.items())


@browser
@needs_browser
def test_a_page_with_personal_data_has_no_picture(tmp_path):
    desk = Desk(tmp_path)
    private = EMPTY.replace("<ul class='list'", f"<p>公民身份号码：{IDENTITY}</p><ul class='list'")
    with site() as served:
        audit(desk, served)
        before, found = kept(desk)
        assert any(one.code == "COL101" for one in found.values())
        pictured = [one for one in before.values() if one.page.endswith("/kong")]
        pictured = pictured or [one for one in before.values() if "kong" in one.page]
        assert pictured
        served.pages["/kong/"] = private
        audit(desk, served)
        after, found = kept(desk)
    assert any(one.code == "TXT101" and one.present for one in found.values())
    # The one of the night before is forgotten, too.
    assert not [one for one in after.values() if "kong" in one.page]
    assert after


@browser
@needs_browser
def test_what_robots_txt_excludes_is_not_pictured_and_no_browser_means_no_picture(tmp_path):
    desk = Desk(tmp_path)
    robots = Reply("User-agent: *\nDisallow: /kong/\n", type="text/plain")
    with site(**{"/robots.txt": robots}) as served:
        audit(desk, served)
        pictures, _ = kept(desk)
        assert not [one for one in pictures.values() if "kong" in one.page]
        assert served.count("/kong/") == 0
    other = Desk(tmp_path / "other")
    other.folder.mkdir()
    with site() as served:
        done = other.audit(served.url, "--render", "never")
    assert kept(other)[0] == {}
    assert "问题没有截图" in done.notes


# -- the probe ------------------------------------------------------------------------------------


def shots(served, path, spots, *, images=True, today=date(2026, 6, 30)):
    async def take():
        async with async_playwright() as playwright:
            opened = Browser(lambda: playwright.chromium.launch(**options(images=images)))
            try:
                rendered = await opened.render(
                    served.url.rstrip("/") + path, [PictureProbe(spots, today, HEAVIEST)]
                )
            finally:
                await opened.close()
        return rendered.probes.get("picture")

    return asyncio.run(take())


def address(shot):
    return "data:image/jpeg;base64," + base64.b64encode(shot.image).decode()


PLACES = page(
    "页",
    "<header style='height:90px'>头</header><div style='height:900px'></div>"
    "<p id='x' style='width:300px;height:40px;margin:0 0 0 400px'>页面建设中</p>"
    "<div style='width:200px;height:60px;margin-left:300px'><a id='hidden' style='display:none'>藏</a></div>"
    "<div style='height:900px'></div><footer style='height:120px;width:500px'>某区主办</footer>",
)


@browser
@needs_browser
@pytest.mark.parametrize(
    ("spot", "size"),
    [
        (Spot("a", "#x"), (310, 50)),
        (Spot("a", "list", "页面建设中"), (310, 50)),
        (Spot("a", "", "页面 建设中"), (310, 50)),
        (Spot("a", "#hidden"), (210, 70)),
        (Spot("a", "footer"), (505, 126)),  # cut at the window's edge
        (Spot("a", "a[", "没有这句话"), None),
        (Spot("a", "home"), None),
        (Spot("a", "'); document.body.remove(); ('"), None),
    ],
)
def test_a_place_is_found_by_selector_words_or_region(spot, size):
    with SmallSite({"/p": PLACES}) as served:
        shot = shots(served, "/p", [spot])["a"]
    (seen,) = measured([address(shot)])
    assert shot.outlined is (size is not None)
    if size is None:
        assert seen["right"] == -1
        assert (shot.width, shot.height) == (1280, 720)
    else:
        found = (seen["right"] - seen["left"], seen["bottom"] - seen["top"])
        assert all(abs(one - wanted) <= 6 for one, wanted in zip(found, size, strict=True)), found


@browser
@needs_browser
def test_images_are_shown_where_they_were_asked_for_only():
    blue = base64.b64encode(
        b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><rect width="200" height="200" fill="#1010ff"/></svg>'
    ).decode()
    body = f"<img alt='徽标' src='data:image/svg+xml;base64,{blue}' width='200' height='200'>"
    with SmallSite({"/p": page("页", body)}) as served:
        with_images = shots(served, "/p", [Spot("a")])["a"]
        without = shots(served, "/p", [Spot("a")], images=False)["a"]
    one, other = measured([address(with_images), address(without)])
    assert one["blue"] > 30_000
    assert other["blue"] == 0


@browser
@needs_browser
def test_several_places_of_one_page_have_one_frame_each():
    with SmallSite({"/p": PLACES}) as served:
        taken = shots(served, "/p", [Spot("a", "#x"), Spot("b", "home"), Spot("c", "footer")])
    one, two, three = measured([address(taken[name]) for name in "abc"])
    assert one["right"] > 0
    assert two["right"] == -1
    assert three["right"] > 0


@browser
@needs_browser
@pytest.mark.parametrize(
    "reply",
    [
        page("页", f"<p>身份证号：{IDENTITY}</p>"),
        Reply(page("出错", "出错了"), status=500),
        page("404", "<h1>404</h1><p>您访问的页面不存在或已删除</p>"),
    ],
)
def test_errors_and_personal_data_give_nothing(reply):
    with SmallSite({"/p": reply}) as served:
        assert not shots(served, "/p", [Spot("a")])


# -- the choice -----------------------------------------------------------------------------------

RULES = Plugins.discover().known


def finding(
    code="COL101",
    path="/a",
    *,
    words="",
    verdict=Verdict.UNTRIAGED,
    host="x.example",
    selector="list",
):
    url = f"http://{host}{path}"
    return StoredFinding(
        fingerprint=(code + path).ljust(32, "0"),
        subject=Subject(SubjectKind.COLUMN, host, url),
        key="",
        message="",
        rule=RuleRecord(code, code, "columns", "minor"),
        evidence=(Evidence(url, words, selector),),
        presence=Presence.PRESENT,
        verdict=verdict,
    )


def picked(findings, looks=(), *, limit=40, hidden=(), now=NOW):
    chosen = choose(
        findings, dict(looks), RULES, hosts=("x.example",), hidden=hidden, limit=limit, now=now
    )
    return [(one.url, [each.code for each in one.findings]) for one in chosen]


def test_only_what_can_be_seen_is_pictured():
    assert picked([finding(), finding("COL201"), finding("TXT101", "/b")]) == [
        ("http://x.example/a", ["COL101"])
    ]
    assert picked([finding(verdict=Verdict.REJECTED)]) == []
    assert picked([finding(host="elsewhere.example")]) == []
    assert picked([finding("PLT203", selector="html")]) == []
    assert picked([finding()], hidden=private_pages([finding("TXT102")], RULES)) == []
    # A rule that was taken out meanwhile cannot say what it found: nothing of its page is shown.
    assert picked([finding()], hidden=private_pages([finding("ENG901")], RULES)) == []
    assert picked([finding()], hidden=private_pages([finding()], RULES)) != []


def test_new_and_changed_ones_come_before_old_ones_and_fresh_ones_are_left():
    fresh, old, changed, new = (finding(path=f"/{n}") for n in range(4))
    looks = {
        fresh.fingerprint: (look_of(fresh), NOW - FRESH + timedelta(hours=1)),
        old.fingerprint: (look_of(old), NOW - FRESH - timedelta(hours=1)),
        changed.fingerprint: (look_of(finding(path="/2", words="暂无内容")), NOW),
    }
    urls = [url[-1] for url, _ in picked([fresh, old, changed, new], looks)]
    assert urls == ["2", "3", "1"]
    assert [url[-1] for url, _ in picked([fresh, old, changed, new], looks, limit=1)] == ["2"]


def test_what_stands_on_one_page_is_taken_in_one_visit():
    assert picked([finding(), finding("PLT301"), finding(path="/b")]) == [
        ("http://x.example/a", ["COL101", "PLT301"]),
        ("http://x.example/b", ["COL101"]),
    ]


def test_the_part_that_is_shown_lies_in_the_window():
    assert around(None, 1280, 720) == {"x": 0, "y": 0, "width": 1280, "height": 720}
    near = around({"left": 1200, "top": 3, "width": 60, "height": 20}, 1280, 720)
    assert near == {"x": 520, "y": 0, "width": 760, "height": 420}
    whole = around({"left": 3, "top": 3, "width": 1274, "height": 714}, 1280, 720)
    assert whole == {"x": 0, "y": 0, "width": 1280, "height": 720}
    assert json.dumps(near)
