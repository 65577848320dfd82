"""What makes a site's night prove nothing: then nothing is added and nothing is closed."""

from __future__ import annotations

import pytest

from crawler.plan.config import configure
from crawler.run.site_state import open_sites
from plugins import PageDigest


@pytest.fixture
def state(tmp_path):
    config = configure(url="http://www.example.gov.cn/", database="", out=tmp_path)
    (state,) = open_sites(config)
    state.home = PageDigest("http://www.example.gov.cn/", "http://www.example.gov.cn/", 200, "home")
    state.asked = 40
    return state


def test_a_site_that_was_read_is_healthy(state):
    assert state.unhealthy == ""


@pytest.mark.parametrize("status", [404, 500, None])
def test_without_its_home_page_nothing_is_proved(state, status):
    state.home = PageDigest("http://www.example.gov.cn/", "k", status, "error")
    assert "首页" in state.unhealthy


def test_too_many_failures_prove_nothing(state):
    state.failed = 13
    assert "13" in state.unhealthy


def test_a_fault_of_our_own_proves_nothing(state):
    state.broken = 1
    assert "出错" in state.unhealthy
