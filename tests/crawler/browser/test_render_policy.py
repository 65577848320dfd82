"""Which pages go to the browser: by need, by pattern, by what was learned; and which browser it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crawler.browser.chromium import find_browser, launch_options
from crawler.browser.policy import RenderMode, RenderPolicy
from crawler.browser.rendering import Rendering, playwright_settings
from crawler.browser.shape import PageShape, shape_of
from plugins import Page
from plugins.errors import ConfigurationError

NEEDY = PageShape(needs_browser="内容由脚本写出", rows="a", text=500, links=20)
ENOUGH = PageShape(rows="a", text=500, links=20)
FILLED = PageShape(rows="b", text=900, links=40)
OPEN_QUESTION = PageShape(needs_browser="列表为空", text=100, links=20, undecided=True)


def url(number: int, folder: str = "a") -> str:
    return f"http://x.test/{folder}/{number}.html"


def taught(rendered: PageShape, times: int = 3, **options: int) -> RenderPolicy:
    policy = RenderPolicy(**options)
    for number in range(times):
        assert policy.wanted(url(number), NEEDY)
        policy.learn(url(number), NEEDY, rendered)
    return policy


def test_a_page_whose_static_form_is_enough_is_not_rendered():
    policy = RenderPolicy()
    assert not policy.wanted(url(1), ENOUGH)
    assert not policy.directly(url(1))


@pytest.mark.parametrize(("mode", "rendered"), [("always", True), ("never", False)])
def test_modes_overrule_what_pages_need(mode, rendered):
    policy = RenderPolicy(mode)
    assert policy.directly(url(1)) is rendered
    assert policy.wanted(url(1), ENOUGH) is rendered
    assert policy.wanted(url(1), NEEDY) is rendered


def test_without_a_browser_nothing_is_rendered():
    policy = RenderPolicy("always", available=False)
    assert policy.mode is RenderMode.NEVER
    assert not policy.directly(url(1))


def test_a_pattern_that_rendering_does_not_change_is_left_alone_but_for_every_tenth():
    policy = taught(NEEDY)
    wanted = [policy.wanted(url(number), NEEDY) for number in range(100, 200)]
    assert sum(wanted) == 10
    assert policy.saved == 90


def test_a_page_that_may_be_an_empty_column_is_rendered_whatever_was_learned():
    policy = taught(NEEDY)
    assert all(policy.wanted(url(number), OPEN_QUESTION) for number in range(100, 120))


def test_a_pattern_that_needs_the_browser_goes_there_at_once_but_for_every_tenth():
    policy = taught(FILLED)
    direct = [policy.directly(url(number)) for number in range(100, 200)]
    assert sum(direct) == 90


def test_patterns_are_learned_apart():
    policy = taught(FILLED)
    assert not policy.directly(url(1, "b"))
    assert policy.wanted(url(1, "b"), NEEDY)


def test_a_site_that_changes_its_technique_is_noticed():
    policy = taught(FILLED)
    assert policy.directly(url(50))
    assert not policy.wanted(url(51), ENOUGH), "the tenth page came statically, and was enough"
    assert not policy.directly(url(52))
    policy = taught(NEEDY)
    policy.learn(url(60), NEEDY, FILLED)
    assert policy.wanted(url(61), NEEDY)


def test_memory_is_bounded():
    policy = RenderPolicy(capacity=10)
    for number in range(100):
        policy.wanted(url(1, f"folder{chr(97 + number % 26)}{'x' * (number // 26)}"), NEEDY)
    assert len(policy) == 10


def test_a_clock_and_a_counter_are_no_change_but_a_row_and_a_menu_are():
    still = PageShape(rows="a", text=530, links=21)
    assert not NEEDY.differs(still)
    assert NEEDY.differs(PageShape(rows="c", text=500, links=20))
    assert NEEDY.differs(PageShape(rows="a", text=500, links=40))
    assert NEEDY.differs(PageShape(rows="a", text=900, links=20))


def test_the_shape_of_a_page_is_made_of_its_facts():
    rows = "".join(
        f"<li><a href='/n/t2026061{i}_{i}.html'>我区召开第{i}次全区工作会议</a><span>2026-06-1{i}</span></li>"
        for i in range(6)
    )
    listed = shape_of(Page("http://x.test/a/", 200, f"<ul>{rows}</ul>".encode()))
    other = shape_of(
        Page("http://x.test/a/", 200, f"<ul>{rows.replace('-10<', '-09<')}</ul>".encode())
    )
    assert not listed.undecided
    assert listed.rows != other.rows, "the date of a row is part of the row"


def test_a_browser_that_is_named_must_exist(tmp_path):
    with pytest.raises(ConfigurationError, match="GONGKAI_BROWSER"):
        find_browser({"GONGKAI_BROWSER": str(tmp_path / "no-such-browser")})


def test_a_named_browser_comes_first_and_then_playwrights_own(tmp_path):
    named = tmp_path / "mine"
    own = tmp_path / "cache" / "chromium-1200" / "chrome-linux64" / "chrome"
    older = tmp_path / "cache" / "chromium-999" / "chrome-linux64" / "chrome"
    for path in (named, own, older):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
    env = {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "cache")}
    assert find_browser({**env, "GONGKAI_BROWSER": str(named)}) == str(named)
    assert find_browser(env) == str(own)


def test_root_starts_chromium_without_its_sandbox_and_nobody_else_does():
    options = launch_options("/usr/bin/chromium")
    assert options["chromium_sandbox"] is (os.geteuid() != 0)
    assert options["headless"]
    assert {"--disable-quic", "--no-first-run", "--disable-background-networking"} <= set(
        options["args"]
    )


def test_without_a_browser_there_are_no_settings():
    assert playwright_settings(Rendering(None)) == {}
    settings = playwright_settings(Rendering(str(Path("/usr/bin/chromium"))))
    assert settings["GONGKAI_RENDERING"].executable == "/usr/bin/chromium"
    assert settings["PLAYWRIGHT_MAX_PAGES_PER_CONTEXT"] == 2
