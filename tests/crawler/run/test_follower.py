"""Index pages and their folders: what is passed over is never lost."""

from __future__ import annotations

import pytest

from crawler.browser.shape import PageShape
from crawler.jobs.page import PageResult
from crawler.plan.config import configure
from crawler.run.index_pages import ENOUGH
from crawler.run.links_to_follow import Follower
from crawler.run.site_state import open_sites
from crawler.workfile.file import Workfile
from crawler.workfile.frontier import Candidate
from plugins import PageDigest
from plugins.engine.examine import Examined

ROOT = "http://www.example.gov.cn"


@pytest.fixture
def desk(tmp_path):
    config = configure(url=f"{ROOT}/", database="", out=tmp_path)
    (state,) = open_sites(config)
    file = Workfile(tmp_path / "run" / "spool.db")
    yield Follower(file, config.bounds), state
    file.close()


def meet(follower, state, *paths):
    follower.admit(state, [Candidate(ROOT + path, ROOT + path, 1) for path in paths])


def answer(follower, state, path, content):
    url = ROOT + path
    digest = PageDigest(url, url, 200, "article", text_length=500)
    result = PageResult(digest, content, (), None, (), Examined(), PageShape())
    if not follower.is_its_folder(state, result):
        follower.pages.put(state.host, digest, content)
    follower.frontier.done(state.host, url)
    follower.answered(state, url)


def fetch_all(follower, state):
    """Fetch what is in line, one by one; index pages are their folders. Gives the paths asked for."""
    asked = []
    while (candidate := follower.frontier.take(state.host)) is not None:
        path = candidate.url.removeprefix(ROOT)
        asked.append(path)
        answer(follower, state, path, path.removesuffix("index.html"))
    return asked


def test_after_enough_equal_ones_an_index_page_is_passed_over(desk):
    follower, state = desk
    meet(follower, state, *(f"/{turn}/index.html" for turn in range(ENOUGH)))
    assert len(fetch_all(follower, state)) == 2 * ENOUGH
    meet(follower, state, "/late/index.html")
    assert fetch_all(follower, state) == ["/late/"]


def test_what_was_passed_over_is_fetched_once_the_name_is_shown_to_differ(desk):
    follower, state = desk
    meet(follower, state, "/own/")
    fetch_all(follower, state)
    meet(follower, state, "/own/index.html")
    request = follower.frontier.take(state.host)  # on its way while the name gets settled
    meet(follower, state, *(f"/{turn}/index.html" for turn in range(ENOUGH)))
    fetch_all(follower, state)
    meet(follower, state, "/late/index.html")
    assert fetch_all(follower, state) == ["/late/"]
    answer(follower, state, request.url.removeprefix(ROOT), "another page than its folder")
    assert fetch_all(follower, state) == ["/late/index.html"]
