"""The browser with real pages on loopback: what it shows, what it refuses, what it survives."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import async_playwright

from crawler.browser.chromium import find_browser, launch_options
from crawler.browser.proxy import BrowserProxy
from crawler.browser.requests import RenderLimits
from crawler.browser.tabs import Browser, Rendered, RenderError
from crawler.network.dialing import Dialer
from crawler.plan.resolution import Resolution
from plugins import FailureKind
from tests.crawler.browser.rendering_site import Site

EXECUTABLE = find_browser()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(EXECUTABLE is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def site():
    with Site() as site:
        yield site


@contextlib.asynccontextmanager
async def opened(site: Site, *rules: str, **limits: Any) -> AsyncIterator[Browser]:
    proxy = BrowserProxy(Dialer(Resolution.parse(rules), [site.host]))
    options = launch_options(EXECUTABLE or "")
    options["proxy"] = {"server": await proxy.start()}
    async with async_playwright() as playwright:
        browser = Browser(
            lambda: playwright.chromium.launch(**options), RenderLimits(**limits), proxy=proxy
        )
        try:
            yield browser
            assert browser.open_tabs == 0, "a tab was left open"
            assert browser.tally.open_now == 0
        finally:
            await browser.close()
            await proxy.close()


def rendering(
    site: Site, use: Callable[[Browser], Awaitable[Any]], *rules: str, **limits: Any
) -> Any:
    async def main() -> Any:
        async with opened(site, *rules, **limits) as browser:
            return await use(browser)

    return asyncio.run(main())


def render(site: Site, path: str, **limits: Any) -> Rendered:
    return rendering(site, lambda browser: browser.render(site.url(path)), **limits)


def failure(site: Site, url: str, **limits: Any) -> Any:
    async def use(browser: Browser) -> Any:
        with pytest.raises(RenderError) as caught:
            await browser.render(url if "://" in url else site.url(url))
        return caught.value.failure

    return rendering(site, use, **limits)


@pytest.mark.parametrize("path", ["/list", "/fetched", "/moved-by-script"])
def test_a_list_filled_by_script_is_seen(site, path):
    rendered = render(site, path)
    assert rendered.html.decode().count("<a ") == 9
    assert "第8条" in rendered.html.decode()
    assert rendered.status == 200
    assert rendered.failure is None


def test_the_page_is_utf8_whatever_the_site_said(site):
    rendered = render(site, "/plain")
    assert "正文" in rendered.html.decode("utf-8")
    assert rendered.headers["content-type"] == "text/html; charset=utf-8"
    assert "content-length" not in rendered.headers
    page = rendered.page()
    assert (page.rendered, page.encoding, page.final_url) == (True, "utf-8", "")


def test_redirects_and_statuses_are_kept(site):
    rendered = render(site, "/redirect")
    assert rendered.final_url == site.url("/plain")
    assert [(step.url, step.status) for step in rendered.redirects] == [
        (site.url("/redirect"), 302)
    ]
    assert render(site, "/nowhere").status == 404


def test_dialogs_do_not_hold_a_page_up(site):
    assert "后面的字" in render(site, "/alert").html.decode()


def test_popups_are_closed(site):
    assert "弹窗" in render(site, "/popups").html.decode()  # and no tab is left, see opened()


def test_a_page_that_never_stops_loading_gives_what_it_has(site):
    rendered = render(site, "/endless", page_seconds=15)
    assert "开头" in rendered.html.decode()
    assert rendered.failure.kind is FailureKind.TIMEOUT
    assert rendered.elapsed < 16


def test_a_page_that_polls_for_ever_is_whole(site):
    rendered = render(site, "/polls", settle_seconds=4)
    assert "轮询" in rendered.html.decode()
    assert rendered.failure is None
    assert rendered.elapsed < 8


def test_a_server_that_never_answers_times_out(site):
    assert failure(site, "/mute", page_seconds=2).kind is FailureKind.TIMEOUT


def test_a_script_that_never_ends_costs_its_page_only(site):
    async def use(browser: Browser) -> Any:
        with pytest.raises(RenderError) as caught:
            await browser.render(site.url("/loop"))
        return caught.value.failure, await browser.render(site.url("/list"))

    lost, after = rendering(site, use, page_seconds=6)
    assert lost.kind is FailureKind.BROWSER
    assert after.html.decode().count("<a ") == 9


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/reset", FailureKind.RESET),
        ("/file", FailureKind.OTHER),
        ("/round", FailureKind.REDIRECT_LOOP),
        ("/to-intranet", FailureKind.PRIVATE_ADDRESS),
        ("/redirect-to-intranet", FailureKind.PRIVATE_ADDRESS),
        ("http://10.0.0.1/", FailureKind.PRIVATE_ADDRESS),
        ("https://10.0.0.1/", FailureKind.PRIVATE_ADDRESS),
        ("http://169.254.1.1/", FailureKind.PRIVATE_ADDRESS),
        ("http://localhost:8999/", FailureKind.PRIVATE_ADDRESS),
        ("http://no-such-host.invalid/", FailureKind.DNS),
    ],
)
def test_what_cannot_be_opened_has_its_reason(site, path, kind):
    assert failure(site, path).kind is kind


@pytest.mark.parametrize("path", ["/asks-intranet", "/hidden-way"])
def test_scripts_cannot_reach_private_addresses_either(site, path):
    assert "不通" in render(site, path).html.decode()


def test_hosts_are_connected_to_where_resolve_says(site):
    rendered = rendering(
        site,
        lambda browser: browser.render("http://www.example.gov.cn/plain"),
        f"www.example.gov.cn:80:127.0.0.1:{site.server_port}",
    )
    assert rendered.final_url == "http://www.example.gov.cn/plain"
    assert "正文" in rendered.html.decode()


def test_pictures_films_and_fonts_are_not_fetched(site):
    site.asked.clear()
    render(site, "/pictures")
    assert "/pictures" in site.asked
    assert "/picture.png" not in site.asked
    assert "/font.woff2" not in site.asked


def test_a_large_document_comes_whole_up_to_the_bound(site):
    assert len(render(site, "/big").html) > 5_000_000
    assert failure(site, "/big", max_dom=1_000_000).kind is FailureKind.TOO_LARGE


def test_a_page_that_eats_memory_loses_its_renderer_and_nobody_else_does(site):
    async def use(browser: Browser) -> Any:
        lost, kept = await asyncio.gather(
            browser.render(site.url("/bomb")),
            browser.render(site.url("/list")),
            return_exceptions=True,
        )
        return lost, kept, await browser.render(site.url("/list")), browser.tally

    lost, kept, after, tally = rendering(site, use)
    assert lost.failure.kind is FailureKind.BROWSER
    assert kept.html.decode().count("<a ") == 9
    assert after.html.decode().count("<a ") == 9
    assert tally.browsers == 2, "the browser is renewed after a crash"


class Killer:
    """A probe that kills the browser under its page, once."""

    name = "killer"

    def __init__(self) -> None:
        self.done = False

    async def probe_page(self, browser_page: Any, page: Any, timeout: float) -> Any:  # noqa: ASYNC109
        if not self.done:
            self.done = True
            session = await browser_page.context.browser.new_browser_cdp_session()
            info = await session.send("SystemInfo.getProcessInfo")
            [pid] = [row["id"] for row in info["processInfo"] if row["type"] == "browser"]
            os.kill(pid, signal.SIGKILL)
        return await browser_page.evaluate("new Promise(()=>0)")


def test_a_browser_that_dies_costs_no_page_that_did_not_kill_it(site):
    async def use(browser: Browser) -> Any:
        innocent = asyncio.ensure_future(browser.render(site.url("/polls")))
        await asyncio.sleep(1)  # in the middle of its page
        killer = await browser.render(site.url("/plain"), [Killer()])
        return killer, await innocent, browser.tally

    killer, innocent, tally = rendering(site, use, settle_seconds=5)
    assert "正文" in killer.html.decode(), "its DOM was read before the probe"
    assert killer.probes == {}, "a probe that fails leaves no answer"
    assert "轮询" in innocent.html.decode()
    assert tally.browsers == 2
    assert tally.failed == 0


def test_probes_answer_under_their_own_limit(site):
    class Slow:
        name = "slow"

        async def probe_page(self, browser_page: Any, page: Any, timeout: float) -> Any:  # noqa: ASYNC109
            await browser_page.evaluate("new Promise(()=>0)")

    class Title:
        name = "title"

        async def probe_page(self, browser_page: Any, page: Any, timeout: float) -> Any:  # noqa: ASYNC109
            return await browser_page.title(), page.rendered

    rendered = rendering(
        site,
        lambda browser: browser.render(site.url("/plain"), [Slow(), Title()]),
        probe_seconds=1,
    )
    assert rendered.probes == {"title": ("页", True)}


def test_no_more_pages_than_allowed_are_open_and_the_browser_is_renewed(site):
    async def use(browser: Browser) -> Any:
        most = 0

        async def watch() -> None:
            nonlocal most
            while True:
                most = max(most, browser.open_tabs)
                await asyncio.sleep(0.01)

        watching = asyncio.ensure_future(watch())
        answers = await asyncio.gather(*(browser.render(site.url("/plain")) for _ in range(7)))
        watching.cancel()
        return answers, most, browser.tally

    answers, most, tally = rendering(site, use, renew_after=3)
    assert len(answers) == 7
    assert most == 2
    assert tally.open_most == 2
    assert tally.browsers == 3


async def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    for _ in range(int(seconds / 0.05)):
        if condition():
            return True
        await asyncio.sleep(0.05)
    return False


def test_a_render_that_is_cancelled_closes_its_tab(site):
    async def use(browser: Browser) -> None:
        task = asyncio.ensure_future(browser.render(site.url("/mute")))
        assert await until(lambda: browser.open_tabs == 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await until(lambda: browser.open_tabs == 0)

    rendering(site, use)


def test_scrapy_renders_marked_requests_and_downloads_the_others(site):
    script = Path(__file__).with_name("rendering_crawl.py")
    done = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", str(script), site.host],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    seen = json.loads(done.stdout)
    assert seen["plain"] == {"links": 0, "rendered": False, "status": 200}
    assert seen["browser"] == {"links": 9, "rendered": True, "status": 200}
    assert seen["other"] == seen["browser"]
    assert seen["lost"] == {"failure": "private_address"}
    assert seen["stats"] == {"browsers": 1, "open_most": 2, "pages": 3}
