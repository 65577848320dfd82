"""The vendored axe-core in a real browser: sure violations, near-misses, and what it cannot tell."""

from __future__ import annotations

import asyncio
import hashlib
import json
import pickle
import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.async_api import async_playwright

from crawler.browser.chromium import find_browser, launch_options
from crawler.browser.tabs import Browser
from crawler.probes import axe as axe_module
from crawler.probes.axe import MOST_HTML, MOST_NODES, AxeProbe
from crawler.probes.sampling import choose_sample
from plugins import PageDigest

VENDORED = Path(axe_module.__file__).with_name("axe_core")
EXECUTABLE = find_browser()
browser = pytest.mark.browser
needs_browser = pytest.mark.skipif(EXECUTABLE is None, reason="no Chromium on this machine")

WHOLE = "<!doctype html><html lang=zh-CN><head><title>页</title></head><body><main>{}</main></body></html>"


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    """Ask axe about a page body (or a whole page)."""
    folder = tmp_path_factory.mktemp("pages")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()

    async def ask(html: str):
        (folder / "page.html").write_text(html, "utf-8")
        async with async_playwright() as playwright:
            options = launch_options(EXECUTABLE or "")
            opened = Browser(lambda: playwright.chromium.launch(**options))
            try:
                url = f"http://127.0.0.1:{server.server_port}/page.html"
                rendered = await opened.render(url, [AxeProbe()])
            finally:
                await opened.close()
        return rendered.probes["axe"]

    yield lambda html: asyncio.run(ask(html if "<html" in html else WHOLE.format(html)))
    server.shutdown()
    server.server_close()


def rules(results):
    return {result.rule for result in results}


@browser
@needs_browser
def test_violations_of_level_a_are_found_with_chinese_texts(answer):
    found = answer("<img src=a.png><a href=/x></a><input type=text><div>好</div>")
    assert rules(found.violations) == {"image-alt", "link-name", "label"}
    [image] = [result for result in found.violations if result.rule == "image-alt"]
    assert image.help == "图像必须有替代文本"
    assert image.nodes[0].selector == "img"
    assert image.nodes[0].html == '<img src="a.png">'
    assert image.count == 1
    assert "wcag2a" in image.tags
    assert found.version == "4.14.1"
    assert pickle.loads(pickle.dumps(found)) == found


@browser
@needs_browser
def test_near_misses_are_left_alone(answer):
    found = answer(
        '<img src=a.png alt=""><img src=b.png role=presentation>'
        '<input type=text aria-label="关键词"><label>姓名<input type=text></label>'
        '<a href=/x aria-label="首页"></a><a href=/y><img src=c.png alt="徽标"></a>'
        "<p style='color:#999;background:#fff'>对比度属于AA级，不在此列</p>"
    )
    assert rules(found.violations) == set()
    assert "image-alt" in found.passed


@browser
@needs_browser
def test_what_axe_leaves_to_a_person_is_no_violation(answer):
    found = answer("<video src=film.mp4></video>")
    assert "video-caption" in rules(found.incomplete)
    assert "video-caption" not in rules(found.violations)


@browser
@needs_browser
def test_old_libraries_that_change_builtin_objects_do_not_break_it(answer):
    found = answer(
        "<script>Array.prototype.toJSON=function(){return 'broken'};"
        "Array.prototype.map=function(){throw 1};window.axe={run(){return 'forged'}};"
        "window.define=function(){};define.amd=true</script><img src=a.png>"
    )
    assert rules(found.violations) == {"image-alt"}


@browser
@needs_browser
def test_the_answer_is_bounded(answer):
    found = answer(f"<img src=a.png title=''>{'<img src=b.png class=' + 'x' * 900 + '>'}" * 40)
    [image] = [result for result in found.violations if result.rule == "image-alt"]
    assert image.count == 80
    assert len(image.nodes) == MOST_NODES
    assert max(len(node.html) for node in image.nodes) <= MOST_HTML


def test_the_vendored_files_are_those_of_the_package():
    sums = dict(re.findall(r"([0-9a-f]{64})\s+(\S+)", (VENDORED / "README.md").read_text("utf-8")))
    for digest, name in sums.items():
        assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == digest
    assert len(sums) == 2
    assert "axe v4.14.1" in (VENDORED / "axe.min.js").read_text("utf-8")[:200]
    assert (VENDORED / "VERSION").read_text("utf-8").strip() == "axe-core 4.14.1"
    assert (VENDORED / "LICENSE").exists()


def test_the_chinese_texts_fit_the_version():
    texts = json.loads((VENDORED / "zh_CN.json").read_text("utf-8"))
    assert texts["rules"]["image-alt"]["help"] == "图像必须有替代文本"


def page(
    key: str, template: str = "a", kind: str = "article", status: int | None = 200
) -> PageDigest:
    return PageDigest(url=f"http://x/{key}", key=key, status=status, kind=kind, template=template)


def test_a_sample_has_some_pages_of_each_template_and_the_home_page_first():
    pages = [page(f"a{n}") for n in range(9)] + [page(f"b{n}", "b") for n in range(3)]
    pages += [page("home", "c", "home"), page("lone", "d")]
    chosen = choose_sample(pages, per_template=2)
    assert chosen[0].key == "home"
    assert sorted(digest.template for digest in chosen) == ["a", "a", "b", "b", "c", "d"]
    assert [digest.template for digest in chosen[:4]] == ["c", "a", "b", "d"]


def test_the_same_pages_are_chosen_every_night():
    pages = [page(f"a{n}") for n in range(50)]
    first = choose_sample(pages, per_template=3)
    assert choose_sample(reversed(pages), per_template=3) == first
    gone = [one for one in pages if one not in first]
    assert choose_sample([*gone, first[1]], per_template=3)[0] == first[1]


def test_error_pages_stand_for_nothing():
    pages = [
        page("a", status=404),
        page("b", status=None),
        page("c", kind="error"),
        page("d", kind="data"),
    ]
    assert choose_sample(pages) == ()


def test_a_sample_is_bounded_and_prefers_breadth():
    pages = [page(f"{t}{n}", t) for t in "abcdef" for n in range(5)]
    chosen = choose_sample(pages, per_template=2, limit=7)
    assert len(chosen) == 7
    assert {digest.template for digest in chosen} == set("abcdef")
