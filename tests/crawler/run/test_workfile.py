"""The night's working file: places, aliases, verdicts, gaps, and views that travel as paths."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from crawler.workfile.columns import ColumnView
from crawler.workfile.file import Workfile
from crawler.workfile.pages import PageView
from crawler.workfile.targets import PLACES_KEPT, TargetView
from plugins import (
    Column,
    Evidence,
    Finding,
    Link,
    LinkVerdict,
    PageDigest,
    Region,
    Sighting,
    Subject,
    SubjectKind,
    TargetKind,
)

SITE = "www.example.cn"
OK, DEAD, UNKNOWN = LinkVerdict.OK, LinkVerdict.BROKEN, LinkVerdict.UNKNOWN


def at(path: str) -> str:
    return f"http://{SITE}{path}"


@pytest.fixture
def file(tmp_path):
    opened = Workfile(tmp_path / "run" / "work")
    yield opened
    opened.close()


def link(path: str, words: str = "一处", region: Region = Region.LIST):
    made = Link(raw=path, url=at(path), key=at(path), text=words, region=region)
    return made, TargetKind.PAGE, UNKNOWN, ""


def digest(path: str, **more) -> PageDigest:
    return PageDigest(
        **{"url": at(path), "key": at(path), "status": 200, "kind": "article", **more}
    )


def verdict(file: Workfile, path: str, said: LinkVerdict, status: int = 200) -> None:
    file.targets.put_verdict(SITE, at(path), said, status, "", url=at(path))


def target(file: Workfile, path: str):
    return next(one for one in TargetView(file.path, SITE) if one.key == at(path))


# -- places ------------------------------------------------------------------------------------


def test_twenty_places_are_kept_and_all_are_counted(file):
    for number in range(60):
        file.targets.put_links(SITE, at(f"/{number:02}"), [link("/gone")], home=False)
    verdict(file, "/gone", DEAD, 404)
    found = target(file, "/gone")
    assert found.place_count == 60
    assert [place.page for place in found.places] == [at(f"/{n:02}") for n in range(PLACES_KEPT)]
    assert not found.on_home


def test_the_home_page_stands_first_although_it_came_last(file):
    for number in range(60):
        file.targets.put_links(SITE, at(f"/{number:02}"), [link("/gone")], home=False)
    file.targets.put_links(SITE, at("/z"), [link("/gone", "首页上的")], home=True)
    verdict(file, "/gone", DEAD, 404)
    found = target(file, "/gone")
    assert found.on_home
    assert found.places[0].page == at("/z")
    assert found.places[0].text == "首页上的"
    assert len(found.places) == PLACES_KEPT


def test_a_page_that_was_put_twice_counts_its_places_once(file):
    for _ in range(2):
        file.targets.put_links(SITE, at("/a"), [link("/gone"), link("/gone", "又一处")], home=False)
    verdict(file, "/gone", DEAD, 404)
    assert sorted(place.text for place in target(file, "/gone").places) == ["一处", "又一处"]


def test_a_living_target_carries_no_places(file):
    file.targets.put_links(SITE, at("/a"), [link("/b")], home=False)
    verdict(file, "/b", OK)
    assert target(file, "/b").places == ()
    assert target(file, "/b").place_count == 1


def test_what_has_no_address_is_named_by_its_spelling(file):
    bad = Link(raw=" http:/\\x y ", url="", key="", text="坏")
    file.targets.put_links(
        SITE, at("/a"), [(bad, TargetKind.PAGE, LinkVerdict.MALFORMED, "写错")], home=False
    )
    (found,) = TargetView(file.path, SITE)
    assert (found.key, found.url, found.verdict) == ("http:/\\x y", "", LinkVerdict.MALFORMED)
    assert file.targets.unasked(SITE, 9) == []


# -- verdicts ----------------------------------------------------------------------------------


def test_a_verdict_holds_although_the_first_link_is_found_after_it(file):
    verdict(file, "/start", DEAD, 404)
    assert list(TargetView(file.path, SITE)) == []
    assert not file.targets.linked(SITE, at("/start"))
    file.targets.put_links(SITE, at("/a"), [link("/start")], home=False)
    file.targets.settle_pages(SITE)
    found = target(file, "/start")
    assert (found.verdict, found.status, found.raw) == (DEAD, 404, "/start")
    assert file.targets.linked(SITE, at("/start"))
    assert file.targets.verdict(SITE, at("/start")) is DEAD
    assert file.targets.verdict(SITE, at("/never")) is None


def test_targets_to_be_asked_are_handed_out_once(file):
    file.targets.put_links(SITE, at("/a"), [link("/x"), link("/y"), link("/z")], home=False)
    verdict(file, "/z", OK)
    assert [key for key, _, _ in file.targets.unasked(SITE, 1)] == [at("/x")]
    assert [key for key, _, _ in file.targets.unasked(SITE, 9)] == [at("/y")]
    assert file.targets.unasked(SITE, 9) == []


def test_suspects_keep_their_first_answer_until_the_second_verdict(file):
    file.targets.put_links(SITE, at("/a"), [link("/x")], home=False)
    file.targets.put_verdict(
        SITE, at("/x"), UNKNOWN, 404, "", url=at("/x"), suspect=True, answer=b"one"
    )
    assert file.targets.suspects(SITE) == [(at("/x"), at("/x"), TargetKind.PAGE, b"one")]
    verdict(file, "/x", DEAD, 404)
    assert file.targets.suspects(SITE) == []
    assert list(file.targets.verified(SITE, [DEAD])) == [at("/x")]


def test_targets_below_a_folder_are_undecided_until_each_has_a_verdict(file):
    file.targets.put_links(SITE, at("/p"), [link("/a/1"), link("/a/2"), link("/b/1")], home=False)
    for path in ("/a/1", "/a/2"):
        verdict(file, path, DEAD, 404)
    verdict(file, "/b/1", LinkVerdict.TRANSIENT, 503)
    assert not file.targets.undecided(SITE, at("/a/"), [DEAD, OK])
    assert file.targets.undecided(SITE, at("/b/"), [DEAD, OK])
    assert file.targets.undecided(SITE, "", [DEAD, OK])


# -- aliases -----------------------------------------------------------------------------------


def test_an_alias_has_the_verdict_of_the_page_that_it_leads_to(file):
    file.targets.put_links(SITE, at("/p"), [link("/a/index.html"), link("/a/")], home=False)
    verdict(file, "/a/", DEAD, 404)
    file.pages.put_alias(SITE, at("/a/index.html"), at("/a/"))
    file.targets.settle_pages(SITE)
    assert target(file, "/a/index.html").verdict is DEAD


def test_an_alias_of_a_page_that_nobody_links_to_is_fine_when_the_page_is(file):
    file.targets.put_links(
        SITE, at("/p"), [link("/a/index.html"), link("/b/index.html")], home=False
    )
    file.pages.put(SITE, digest("/a/"), "hash")
    file.pages.put(SITE, digest("/b/", kind="error", status=503), "hash")
    file.pages.put_alias(SITE, at("/a/index.html"), at("/a/"))
    file.pages.put_alias(SITE, at("/b/index.html"), at("/b/"))
    file.targets.settle_pages(SITE)
    assert target(file, "/a/index.html").verdict is OK
    assert target(file, "/b/index.html").verdict is LinkVerdict.EXCLUDED


def test_a_page_that_was_reached_by_a_redirect_only_is_there(file):
    file.targets.put_links(SITE, at("/p"), [link("/new")], home=False)
    file.pages.put(SITE, digest("/new"), "hash")
    file.targets.settle_pages(SITE)
    assert target(file, "/new").verdict is OK


def test_what_was_never_fetched_is_excluded_and_not_dead(file):
    file.targets.put_links(SITE, at("/p"), [link("/far")], home=False)
    file.targets.settle_pages(SITE)
    found = target(file, "/far")
    assert found.verdict is LinkVerdict.EXCLUDED
    assert "未抓取" in found.reason


def test_an_alias_of_an_alias_leads_to_the_page_in_either_order(file):
    file.pages.put(SITE, digest("/a/"), "hash")
    file.pages.put_alias(SITE, at("/old"), at("/a/index.html"))
    file.pages.put_alias(SITE, at("/a/index.html"), at("/a/"))
    file.pages.put_alias(SITE, at("/older"), at("/old"))
    pages = PageView(file.path, SITE)
    for path in ("/a/", "/a/index.html", "/old", "/older"):
        assert pages[at(path)].key == at("/a/")
    file.pages.put_alias(SITE, at("/a/"), at("/old"))
    assert pages[at("/old")].key == at("/a/"), "a ring leads nowhere and is not made"
    assert len(pages) == 1
    pages.close()


# -- views -------------------------------------------------------------------------------------


def test_views_travel_as_paths_and_read_what_is_there_now(file):
    views = [kind(file.path, SITE) for kind in (PageView, ColumnView, TargetView)]
    sent = [pickle.loads(pickle.dumps(view)) for view in views]
    assert all(len(pickle.dumps(view)) < 500 for view in views)
    for number in range(3):
        file.pages.put(SITE, digest(f"/{number}"), "hash")
        file.columns.put(
            SITE, Column(url=at(f"/{number}"), key=at(f"/{number}"), name=f"栏{number}")
        )
    file.pages.put("other.example.cn", digest("/other"), "hash")
    file.targets.put_links(SITE, at("/0"), [link("/1")], home=False)
    pages, columns, targets = sent
    assert list(pages) == [at("/0"), at("/1"), at("/2")]
    assert dict(pages.items())[at("/1")] == pages[at("/1")] == digest("/1")
    assert len(pages) == len(list(pages.values())) == 3
    assert pages.get(at("/other")) is None
    assert [column.name for column in columns] == ["栏0", "栏1", "栏2"]
    assert (len(columns), columns[0].name, columns[-1].name) == (3, "栏0", "栏2")
    with pytest.raises(IndexError):
        columns[3]
    assert [one.key for one in targets] == [at("/1")] == [one.key for one in targets]
    for view in sent:
        view.close()
        view.close()


def test_a_view_cannot_write(file):
    view = PageView(file.path, SITE)
    with pytest.raises(Exception, match="readonly"):
        view.db.execute("DELETE FROM digest")
    view.close()


# -- the rest ----------------------------------------------------------------------------------


def test_more_may_be_learned_of_a_page_later(file):
    file.pages.put(SITE, digest("/a"), "hash")
    file.pages.replace(SITE, replace(digest("/a"), probes={"axe": 1}))
    assert file.pages.get(SITE, at("/a")).probes == {"axe": 1}
    assert file.pages.content(SITE, at("/a")) == "hash"
    assert file.pages.content(SITE, at("/b")) is None
    assert not file.pages.failed(SITE, at("/a"))


def test_gaps_are_counted_by_kind_with_examples(file):
    for number in range(7):
        for _ in range(2):
            file.gaps.put(SITE, "depth", "太深，未抓取", at(f"/{number}"))
    file.gaps.put(SITE, "robots", "robots.txt不允许抓取", at("/r"))
    deep, robots = file.gaps.summed(SITE)
    assert deep == ("depth", "太深，未抓取", 7, tuple(at(f"/{n}") for n in range(5)))
    assert robots[2] == 1
    file.gaps.settle(SITE, "robots", at("/r"))
    assert [gap[0] for gap in file.gaps.summed(SITE)] == ["depth"]


def test_an_unread_page_is_a_leaf_where_every_link_to_it_reads_like_a_title(file):
    long = "关于印发某某办法的通知"
    file.targets.put_links(SITE, at("/p"), [link("/doc", long), link("/col", long)], home=False)
    file.targets.put_links(SITE, at("/q"), [link("/col", "政策", Region.NAV)], home=False)
    for path in ("/doc", "/col", "/unlinked"):
        file.gaps.put(SITE, "unread", "页面未能正常打开", at(path))
    file.gaps.put(SITE, "depth", "太深，未抓取", at("/deep"))
    found = {one.url: one for one in file.gaps.unread(SITE, 9)}
    assert set(found) == {at("/doc"), at("/col"), at("/unlinked")}
    assert found[at("/doc")].leaf
    assert found[at("/doc")].words == (long,)
    assert not found[at("/col")].leaf
    assert not found[at("/unlinked")].leaf
    assert len(list(file.gaps.unread(SITE, 2))) == 2


def test_the_first_name_that_navigation_gives_stays(file):
    file.listings.put_nav(SITE, [(at("/a/"), "动态", at("/a/"))])
    file.listings.put_nav(
        SITE, [(at("/a/"), "工作动态", at("/a/")), (at("/b/"), "公告", at("/b/"))]
    )
    assert {key: name for key, (name, _) in file.listings.nav(SITE).items()} == {
        at("/a/"): "动态",
        at("/b/"): "公告",
    }


def test_findings_of_pages_wait_until_their_unit_is_known(file):
    sighting = Sighting(
        "XYZ001",
        Subject(SubjectKind.PAGE, SITE, at("/a")),
        Finding("有误。", where=(Evidence("x"),)),
    )
    file.sightings.put([sighting])
    file.sightings.put([sighting])
    assert list(file.sightings.faults(SITE)) == [(sighting, sighting)]


def test_the_hosts_that_pages_link_to_are_named_without_ports_and_without_our_own(file):
    outside = [
        (Link(raw=url, url=url, key=url), TargetKind.OUTSIDE, UNKNOWN, "")
        for url in (
            "http://b.example.cn:81/x",
            "http://b.example.cn/y",
            "http://www.example.cn:81/",
        )
    ]
    file.targets.put_links(SITE, at("/a"), outside, home=False)
    assert file.targets.linked_hosts(SITE, [SITE]) == {"b.example.cn"}


def test_what_fails_within_a_transaction_leaves_nothing(file):
    def half_done():
        with file.database.transaction():
            file.pages.put(SITE, digest("/a"), "x")
            file.gaps.put(SITE, "unread", "未能打开", at("/b"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    assert file.pages.get(SITE, at("/a")) is None
    assert file.gaps.summed(SITE) == []
