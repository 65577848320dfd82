"""The night's working file: places, aliases, verdicts, gaps, and views that travel as paths."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from crawler.workfile.pages import PLACES_KEPT, Spool, SpooledColumns, SpooledPages, SpooledTargets
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
def spool(tmp_path):
    opened = Spool(tmp_path / "run" / "spool.db")
    yield opened
    opened.close()


def link(path: str, words: str = "一处", region: Region = Region.LIST):
    made = Link(raw=path, url=at(path), key=at(path), text=words, region=region)
    return made, TargetKind.PAGE, UNKNOWN, ""


def digest(path: str, **more) -> PageDigest:
    return PageDigest(
        **{"url": at(path), "key": at(path), "status": 200, "kind": "article", **more}
    )


def verdict(spool: Spool, path: str, said: LinkVerdict, status: int = 200) -> None:
    spool.put_verdict(SITE, at(path), said, status, "", url=at(path))


def target(spool: Spool, path: str):
    return next(one for one in SpooledTargets(spool.path, SITE) if one.key == at(path))


# -- places ------------------------------------------------------------------------------------


def test_twenty_places_are_kept_and_all_are_counted(spool):
    for number in range(60):
        spool.put_links(SITE, at(f"/{number:02}"), [link("/gone")], home=False)
    verdict(spool, "/gone", DEAD, 404)
    found = target(spool, "/gone")
    assert found.place_count == 60
    assert [place.page for place in found.places] == [at(f"/{n:02}") for n in range(PLACES_KEPT)]
    assert not found.on_home


def test_the_home_page_stands_first_although_it_came_last(spool):
    for number in range(60):
        spool.put_links(SITE, at(f"/{number:02}"), [link("/gone")], home=False)
    spool.put_links(SITE, at("/z"), [link("/gone", "首页上的")], home=True)
    verdict(spool, "/gone", DEAD, 404)
    found = target(spool, "/gone")
    assert found.on_home
    assert found.places[0].page == at("/z")
    assert found.places[0].text == "首页上的"
    assert len(found.places) == PLACES_KEPT


def test_a_page_that_was_put_twice_counts_its_places_once(spool):
    for _ in range(2):
        spool.put_links(SITE, at("/a"), [link("/gone"), link("/gone", "又一处")], home=False)
    verdict(spool, "/gone", DEAD, 404)
    assert sorted(place.text for place in target(spool, "/gone").places) == ["一处", "又一处"]


def test_a_living_target_carries_no_places(spool):
    spool.put_links(SITE, at("/a"), [link("/b")], home=False)
    verdict(spool, "/b", OK)
    assert target(spool, "/b").places == ()
    assert target(spool, "/b").place_count == 1


def test_what_has_no_address_is_named_by_its_spelling(spool):
    bad = Link(raw=" http:/\\x y ", url="", key="", text="坏")
    spool.put_links(
        SITE, at("/a"), [(bad, TargetKind.PAGE, LinkVerdict.MALFORMED, "写错")], home=False
    )
    (found,) = SpooledTargets(spool.path, SITE)
    assert (found.key, found.url, found.verdict) == ("http:/\\x y", "", LinkVerdict.MALFORMED)
    assert spool.unasked(SITE, 9) == []


# -- verdicts ----------------------------------------------------------------------------------


def test_a_verdict_holds_although_the_first_link_is_found_after_it(spool):
    verdict(spool, "/start", DEAD, 404)
    assert list(SpooledTargets(spool.path, SITE)) == []
    assert not spool.has_target(SITE, at("/start"))
    spool.put_links(SITE, at("/a"), [link("/start")], home=False)
    spool.settle_page_targets(SITE)
    found = target(spool, "/start")
    assert (found.verdict, found.status, found.raw) == (DEAD, 404, "/start")
    assert spool.has_target(SITE, at("/start"))
    assert spool.verdict(SITE, at("/start")) is DEAD
    assert spool.verdict(SITE, at("/never")) is None


def test_targets_to_be_asked_are_handed_out_once(spool):
    spool.put_links(SITE, at("/a"), [link("/x"), link("/y"), link("/z")], home=False)
    verdict(spool, "/z", OK)
    assert [key for key, _, _ in spool.unasked(SITE, 1)] == [at("/x")]
    assert [key for key, _, _ in spool.unasked(SITE, 9)] == [at("/y")]
    assert spool.unasked(SITE, 9) == []


def test_suspects_keep_their_first_answer_until_the_second_verdict(spool):
    spool.put_links(SITE, at("/a"), [link("/x")], home=False)
    spool.put_verdict(SITE, at("/x"), UNKNOWN, 404, "", url=at("/x"), suspect=True, answer=b"one")
    assert spool.suspects(SITE) == [(at("/x"), at("/x"), TargetKind.PAGE, b"one")]
    verdict(spool, "/x", DEAD, 404)
    assert spool.suspects(SITE) == []
    assert list(spool.verified(SITE, [DEAD])) == [at("/x")]
    assert spool.count_targets(SITE) == {"broken": 1}


def test_targets_below_a_folder_are_undecided_until_each_has_a_verdict(spool):
    spool.put_links(SITE, at("/p"), [link("/a/1"), link("/a/2"), link("/b/1")], home=False)
    for path in ("/a/1", "/a/2"):
        verdict(spool, path, DEAD, 404)
    verdict(spool, "/b/1", LinkVerdict.TRANSIENT, 503)
    assert not spool.undecided(SITE, at("/a/"), [DEAD, OK])
    assert spool.undecided(SITE, at("/b/"), [DEAD, OK])
    assert spool.undecided(SITE, "", [DEAD, OK])


# -- aliases -----------------------------------------------------------------------------------


def test_an_alias_has_the_verdict_of_the_page_that_it_leads_to(spool):
    spool.put_links(SITE, at("/p"), [link("/a/index.html"), link("/a/")], home=False)
    verdict(spool, "/a/", DEAD, 404)
    spool.put_alias(SITE, at("/a/index.html"), at("/a/"))
    spool.settle_page_targets(SITE)
    assert target(spool, "/a/index.html").verdict is DEAD


def test_an_alias_of_a_page_that_nobody_links_to_is_fine_when_the_page_is(spool):
    spool.put_links(SITE, at("/p"), [link("/a/index.html"), link("/b/index.html")], home=False)
    spool.put_page(SITE, digest("/a/"), "hash")
    spool.put_page(SITE, digest("/b/", kind="error", status=503), "hash")
    spool.put_alias(SITE, at("/a/index.html"), at("/a/"))
    spool.put_alias(SITE, at("/b/index.html"), at("/b/"))
    spool.settle_page_targets(SITE)
    assert target(spool, "/a/index.html").verdict is OK
    assert target(spool, "/b/index.html").verdict is LinkVerdict.EXCLUDED


def test_a_page_that_was_reached_by_a_redirect_only_is_there(spool):
    spool.put_links(SITE, at("/p"), [link("/new")], home=False)
    spool.put_page(SITE, digest("/new"), "hash")
    spool.settle_page_targets(SITE)
    assert target(spool, "/new").verdict is OK


def test_what_was_never_fetched_is_excluded_and_not_dead(spool):
    spool.put_links(SITE, at("/p"), [link("/far")], home=False)
    spool.settle_page_targets(SITE)
    found = target(spool, "/far")
    assert found.verdict is LinkVerdict.EXCLUDED
    assert "未抓取" in found.reason


def test_an_alias_of_an_alias_leads_to_the_page_in_either_order(spool):
    spool.put_page(SITE, digest("/a/"), "hash")
    spool.put_alias(SITE, at("/old"), at("/a/index.html"))
    spool.put_alias(SITE, at("/a/index.html"), at("/a/"))
    spool.put_alias(SITE, at("/older"), at("/old"))
    pages = SpooledPages(spool.path, SITE)
    for path in ("/a/", "/a/index.html", "/old", "/older"):
        assert pages[at(path)].key == at("/a/")
    spool.put_alias(SITE, at("/a/"), at("/old"))
    assert pages[at("/old")].key == at("/a/"), "a ring leads nowhere and is not made"
    assert len(pages) == 1
    pages.close()


# -- views -------------------------------------------------------------------------------------


def test_views_travel_as_paths_and_read_what_is_there_now(spool):
    views = [kind(spool.path, SITE) for kind in (SpooledPages, SpooledColumns, SpooledTargets)]
    sent = [pickle.loads(pickle.dumps(view)) for view in views]
    assert all(len(pickle.dumps(view)) < 500 for view in views)
    for number in range(3):
        spool.put_page(SITE, digest(f"/{number}"), "hash")
        spool.put_column(
            SITE, Column(url=at(f"/{number}"), key=at(f"/{number}"), name=f"栏{number}")
        )
    spool.put_page("other.example.cn", digest("/other"), "hash")
    spool.put_links(SITE, at("/0"), [link("/1")], home=False)
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


def test_a_view_cannot_write(spool):
    view = SpooledPages(spool.path, SITE)
    with pytest.raises(Exception, match="readonly"):
        view.db.execute("DELETE FROM digest")
    view.close()


# -- the rest ----------------------------------------------------------------------------------


def test_more_may_be_learned_of_a_page_later(spool):
    spool.put_page(SITE, digest("/a"), "hash")
    spool.replace_page(SITE, replace(digest("/a"), probes={"axe": 1}))
    assert spool.page(SITE, at("/a")).probes == {"axe": 1}
    assert spool.content(SITE, at("/a")) == "hash"
    assert spool.content(SITE, at("/b")) is None
    assert not spool.failed(SITE, at("/a"))


def test_gaps_are_counted_by_kind_with_examples(spool):
    for number in range(7):
        for _ in range(2):
            spool.put_gap(SITE, "depth", "太深，未抓取", at(f"/{number}"))
    spool.put_gap(SITE, "robots", "robots.txt不允许抓取", at("/r"))
    deep, robots = spool.gaps(SITE)
    assert deep == ("depth", "太深，未抓取", 7, tuple(at(f"/{n}") for n in range(5)))
    assert robots[2] == 1
    spool.settle_gap(SITE, "robots", at("/r"))
    assert [gap[0] for gap in spool.gaps(SITE)] == ["depth"]


def test_an_unread_page_is_a_leaf_where_every_link_to_it_reads_like_a_title(spool):
    long = "关于印发某某办法的通知"
    spool.put_links(SITE, at("/p"), [link("/doc", long), link("/col", long)], home=False)
    spool.put_links(SITE, at("/q"), [link("/col", "政策", Region.NAV)], home=False)
    for path in ("/doc", "/col", "/unlinked"):
        spool.put_gap(SITE, "unread", "页面未能正常打开", at(path))
    spool.put_gap(SITE, "depth", "太深，未抓取", at("/deep"))
    found = {one.url: one for one in spool.unread(SITE, 9)}
    assert set(found) == {at("/doc"), at("/col"), at("/unlinked")}
    assert found[at("/doc")].leaf
    assert found[at("/doc")].words == (long,)
    assert not found[at("/col")].leaf
    assert not found[at("/unlinked")].leaf
    assert len(list(spool.unread(SITE, 2))) == 2


def test_the_first_name_that_navigation_gives_stays(spool):
    spool.put_nav(SITE, [(at("/a/"), "动态", at("/a/"))])
    spool.put_nav(SITE, [(at("/a/"), "工作动态", at("/a/")), (at("/b/"), "公告", at("/b/"))])
    assert {key: name for key, (name, _) in spool.nav(SITE).items()} == {
        at("/a/"): "动态",
        at("/b/"): "公告",
    }


def test_findings_of_pages_wait_until_their_unit_is_known(spool):
    sighting = Sighting(
        "XYZ001",
        Subject(SubjectKind.PAGE, SITE, at("/a")),
        Finding("有误。", where=(Evidence("x"),)),
    )
    spool.put_sightings([sighting, sighting])
    assert list(spool.sightings(SITE)) == [sighting]


def test_the_hosts_that_pages_link_to_are_named_without_ports_and_without_our_own(spool):
    outside = [
        (Link(raw=url, url=url, key=url), TargetKind.OUTSIDE, UNKNOWN, "")
        for url in (
            "http://b.example.cn:81/x",
            "http://b.example.cn/y",
            "http://www.example.cn:81/",
        )
    ]
    spool.put_links(SITE, at("/a"), outside, home=False)
    assert spool.linked_hosts(SITE, [SITE]) == {"b.example.cn"}
