"""Dead targets are told by their cause: a page, a vanished folder, a template."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from plugins import LinkTarget, LinkVerdict, PageDigest, Place, Region, Site, TargetKind
from plugins.facts.site.causes import CauseKind, dead_causes, masked

HOST = "https://www.example.gov.cn"
SITE = Site(host="www.example.gov.cn", today=date(2026, 3, 1))


def target(path, verdict=LinkVerdict.BROKEN, kind=TargetKind.PAGE, places=(), status=404):
    url = path if "://" in path else HOST + path
    return LinkTarget(url, url, kind, verdict, status, places=places, place_count=len(places))


def causes(*targets, pages=(), kind=TargetKind.PAGE):
    known = {page.key: page for page in pages}
    return dead_causes(replace(SITE, targets=targets, pages=known), kind)


def digest(path, status=200):
    return PageDigest(url=HOST + path, key=HOST + path, status=status, kind="article")


GONE = [target(f"/old/2019/{n}.html") for n in range(5)]


def test_a_folder_that_vanished_is_one_cause_named_by_the_folder_that_all_share():
    (cause,) = causes(*GONE, target("/new/1.html", LinkVerdict.OK))
    assert (cause.kind, cause.ref, cause.key) == (CauseKind.PREFIX, HOST + "/old/2019/", "prefix")
    assert len(cause.targets) == 5
    (cause,) = causes(*GONE, target("/old/2020/1.html"), target("/new/1.html", LinkVerdict.OK))
    assert cause.ref == HOST + "/old/"
    assert len(cause.targets) == 6


def test_one_living_page_below_the_folder_makes_them_single_faults():
    alive = digest("/old/2019/alive.html")
    assert [cause.kind for cause in causes(*GONE, pages=[alive, digest("/")])] == [
        CauseKind.TARGET
    ] * 5
    asked = target("/old/2019/alive.pdf", LinkVerdict.OK, TargetKind.ATTACHMENT)
    assert len(causes(*GONE, asked)) == 5


def test_life_beside_the_folder_narrows_the_cause():
    apart = target("/old/2020/1.html")
    first, second = causes(*GONE, apart, pages=[digest("/"), digest("/old/index.html")])
    assert (first.kind, first.ref) == (CauseKind.PREFIX, HOST + "/old/2019/")
    assert (second.kind, second.ref) == (CauseKind.TARGET, apart.key)


def test_a_soft_404_that_was_crawled_as_a_page_is_no_sign_of_life():
    soft = [replace(one, verdict=LinkVerdict.SOFT_404, status=200) for one in GONE]
    pages = [digest("/"), digest("/a/b.html"), *(digest(f"/old/2019/{n}.html") for n in range(5))]
    (cause,) = causes(*soft, pages=pages)
    assert cause.kind is CauseKind.PREFIX


def test_blocked_and_failing_targets_are_neither_dead_nor_alive():
    doubtful = [
        target("/old/2019/6.html", LinkVerdict.BLOCKED, status=403),
        target("/old/2019/7.html", LinkVerdict.TRANSIENT, status=502),
    ]
    alive = target("/new/1.html", LinkVerdict.OK)
    (cause,) = causes(*GONE, *doubtful, alive)
    assert len(cause.targets) == 5
    assert causes(*doubtful, alive) == ()


def test_four_are_no_group():
    assert [cause.kind for cause in causes(*GONE[:4])] == [CauseKind.TARGET] * 4


def test_questions_to_a_script_that_is_gone_are_one_cause():
    asked = [target(f"/content.jsp?id={n}") for n in range(5)]
    (cause,) = causes(*asked, pages=[digest("/"), digest("/index.html")])
    assert cause.where == HOST + "/content.jsp?"
    alive = target("/content.jsp?id=9", LinkVerdict.OK)
    assert len(causes(*asked, alive)) == 5


def test_a_host_that_is_gone_is_one_cause():
    (cause,) = causes(
        *(
            target(f"http://gone.example.org/{n}/a.html", kind=TargetKind.OUTSIDE, status=None)
            for n in range(6)
        ),
        kind=TargetKind.OUTSIDE,
    )
    assert cause.ref == "http://gone.example.org/"


def icons(folders, verdict=LinkVerdict.BROKEN):
    return [
        target(
            f"/{folder}/images/share{n}.png",
            verdict,
            TargetKind.IMAGE,
            tuple(
                Place(f"{HOST}/{folder}/{page}.html", region=Region.FOOTER) for page in range(20)
            ),
        )
        for folder in folders
        for n in range(5)
    ]


def test_share_icons_with_a_wrong_relative_path_in_six_folders_are_one_cause():
    (cause,) = causes(*icons("abcdef"), kind=TargetKind.IMAGE)
    assert (cause.kind, cause.ref, cause.key) == (CauseKind.TEMPLATE, "images/", "template")
    assert len(cause.targets) == 30
    assert cause.place_count == 600
    assert len(cause.evidence) == 20
    assert "30个" in cause.told("图片")


def test_the_folder_for_which_the_template_was_written_may_be_alive_but_not_more():
    one = causes(*icons("abcdef"), *icons("g", LinkVerdict.OK), kind=TargetKind.IMAGE)
    assert [cause.kind for cause in one] == [CauseKind.TEMPLATE]
    more = causes(*icons("abcdef"), *icons("gh", LinkVerdict.OK), kind=TargetKind.IMAGE)
    assert CauseKind.TEMPLATE not in {cause.kind for cause in more}


def test_lists_in_several_columns_with_dead_articles_are_no_template():
    dead = [
        target(f"/{column}/202301/t{number}.html", places=(Place(f"{HOST}/{column}/index.html"),))
        for number, column in enumerate("abcde")
    ]
    living = [target(f"/{column}/202301/x.html", LinkVerdict.OK) for column in "abcde"]
    assert [cause.kind for cause in causes(*dead, *living)] == [CauseKind.TARGET] * 5


def test_evidence_shows_every_target_before_any_place_twice_and_home_first():
    places = tuple(Place(f"{HOST}/p{n}.html", f"词{n}") for n in range(20))
    home = (Place(f"{HOST}/", "首页的词", Region.NAV, home=True),)
    many = [replace(one, places=places, place_count=40) for one in GONE[:4]]
    (cause,) = causes(*many, replace(GONE[4], places=home, place_count=1))
    assert cause.evidence[0].selector == "home"
    assert cause.on_home
    assert cause.traits == ("home",)
    first = {item.text.rpartition(" → ")[2] for item in cause.evidence[:5]}
    assert first == {one.url for one in GONE}


def test_passwords_and_tokens_are_not_quoted():
    shown = masked("http://admin:geheim@10.1.2.3/a?token=abc123&id=7&access_token=x#y")
    assert shown == "http://***@10.1.2.3/a?token=***&id=7&access_token=***#y"
    assert (
        masked("https://www.example.gov.cn/a?id=3&page=2")
        == "https://www.example.gov.cn/a?id=3&page=2"
    )
