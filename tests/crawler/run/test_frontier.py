"""The addresses of one run: once each, in order, on disk."""

from __future__ import annotations

import pytest

from crawler.workfile.file import Workfile
from crawler.workfile.frontier import Candidate, Frontier, Rank

SITE = "www.example.cn"


def at(path: str, depth: int = 1, rank: Rank = Rank.LINK, owner: str = "") -> Candidate:
    url = f"http://{SITE}{path}"
    return Candidate(url, url, depth, rank, owner)


def key(path: str) -> str:
    return f"http://{SITE}{path}"


@pytest.fixture
def frontier(tmp_path):
    file = Workfile(tmp_path / "run" / "spool.db")
    yield file.frontier
    file.close()


def taken(frontier: Frontier) -> list[str]:
    found = []
    while (candidate := frontier.take(SITE)) is not None:
        found.append(candidate.key.removeprefix(f"http://{SITE}"))
    return found


def test_an_address_is_handed_out_once_however_often_it_is_added(frontier):
    frontier.add(SITE, [at("/a"), at("/a")])
    assert taken(frontier) == ["/a"]
    frontier.done(SITE, key("/a"))
    frontier.add(SITE, [at("/a", depth=0, rank=Rank.START)])
    assert taken(frontier) == []
    assert frontier.is_done(SITE, key("/a"))


def test_the_same_address_may_stand_in_two_sites(frontier):
    frontier.add(SITE, [at("/a")])
    frontier.add("other.example.cn", [at("/a")])
    assert frontier.take(SITE)
    assert frontier.take("other.example.cn")
    assert frontier.take(SITE) is None


def test_start_comes_before_remembered_before_further_pages_before_folders_before_links(frontier):
    ranks = list(Rank)
    frontier.add(SITE, [at(f"/{rank.name}", rank=rank) for rank in reversed(ranks)])
    assert taken(frontier) == ["/START", "/REMEMBERED", "/PAGER", "/FOLDER", "/LINK"]


def test_links_nearer_to_the_home_page_come_first(frontier):
    frontier.add(SITE, [at("/a", 3), at("/z", 1), at("/m", 2)])
    assert taken(frontier) == ["/z", "/m", "/a"]


def test_an_address_that_waits_rises_when_somebody_wants_it_more(frontier):
    frontier.add(SITE, [at("/a"), at("/b")])
    frontier.add(SITE, [at("/b", rank=Rank.PAGER)])
    assert taken(frontier) == ["/b", "/a"]


def test_the_first_column_that_claims_a_further_page_owns_it(frontier):
    frontier.add(SITE, [at("/list_1")])
    frontier.add(SITE, [at("/list_1", rank=Rank.PAGER, owner=key("/list"))])
    frontier.add(SITE, [at("/list_1", rank=Rank.PAGER, owner=key("/other"))])
    assert frontier.owner(SITE, key("/list_1")) == key("/list")
    assert frontier.owners(SITE) == {key("/list_1"): key("/list")}


def test_a_page_is_not_its_own_further_page(frontier):
    frontier.add(SITE, [at("/list", rank=Rank.PAGER, owner=key("/list"))])
    assert frontier.owners(SITE) == {}


def test_an_index_page_waits_for_its_folder(frontier):
    frontier.hold(SITE, at("/a/index.html"), key("/a/"))
    frontier.hold(SITE, at("/b/index.html"), key("/b/"))
    assert taken(frontier) == []
    assert frontier.held(SITE, key("/a/")) == [(key("/a/index.html"), key("/a/index.html"))]
    frontier.release(SITE, key("/a/"))
    assert taken(frontier) == ["/a/index.html"]
    assert frontier.held(SITE, key("/a/")) == []


def test_what_waits_and_what_is_held_is_left_when_the_budget_is_spent(frontier):
    frontier.add(SITE, [at("/done"), at("/waiting", 2)])
    frontier.done(SITE, frontier.take(SITE).key)
    frontier.hold(SITE, at("/a/index.html"), key("/a/"))
    assert frontier.leave(SITE, "budget") == 2
    assert frontier.count(SITE, "left") == 2
    assert frontier.left(SITE) == (key("/a/index.html"), key("/waiting"))
    assert frontier.left(SITE, limit=1) == (key("/a/index.html"),)
    assert frontier.count(SITE, "done") == 1
    assert taken(frontier) == []


def test_many_addresses_are_looked_up_at_once(frontier):
    frontier.add(SITE, [at(f"/{number}") for number in range(1200)])
    wanted = [key(f"/{number}") for number in range(0, 2400, 2)]
    assert frontier.among(SITE, wanted) == {key(f"/{number}") for number in range(0, 1200, 2)}
    assert frontier.known(SITE, key("/7"))
    assert not frontier.known(SITE, key("/x"))
