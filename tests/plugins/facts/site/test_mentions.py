"""Where a site speaks of given papers is found in one pass, by core and not by letter."""

from __future__ import annotations

from datetime import date

from plugins import LinkTarget, LinkVerdict, PageDigest, Place, Site, TargetKind
from plugins.facts.language.titles import read_title
from plugins.facts.papers.documents import Document
from plugins.facts.site.mentions import links_naming, mentions

PAPER = "关于进一步加强户外广告管理的若干规定"
CORE = read_title(PAPER).core


def page(path: str, title: str, **more) -> PageDigest:
    url = f"http://site.test{path}"
    return PageDigest(url=url, key=url, status=200, kind="article", title=title, **more)


def site(*pages: PageDigest, targets=()) -> Site:
    return Site(
        host="site.test", today=date(2026, 6, 30), pages={one.key: one for one in pages}, targets=targets
    )  # fmt: skip


def test_a_title_names_a_paper_whatever_filler_words_it_leaves_out():
    found = mentions({CORE}, site(page("/1.html", "我区出台《关于加强户外广告管理若干规定》")))
    assert [one.tells for one in found[CORE]] == [True]


def test_papers_calls_drafts_and_interpretations_tell_nothing_new():
    found = mentions(
        {CORE},
        site(
            page("/1.html", PAPER, facts={"Document": Document(number="某政规〔2026〕1号")}),
            page("/2.html", f"关于公开征求《{PAPER}（征求意见稿）》意见的公告"),
            page("/3.html", f"《{PAPER}》解读"),
        ),
    )
    assert [one.tells for one in found[CORE]] == [False, False, False]


def test_a_title_that_repeals_a_paper_is_told_apart():
    found = mentions({CORE}, site(page("/1.html", f"关于废止《{PAPER}》的决定")))
    assert [one.repeals for one in found[CORE]] == [True]


def test_links_with_the_name_of_a_paper_are_found_by_the_page_they_stand_on():
    target = LinkTarget(
        url="http://site.test/a.pdf",
        key="http://site.test/a.pdf",
        kind=TargetKind.ATTACHMENT,
        verdict=LinkVerdict.OK,
        places=(Place(page="http://site.test/jd/1.html", text=f"附件：{PAPER}.pdf"),),
    )
    found = links_naming(
        {CORE}, site(targets=(target,)), lambda one: one.kind is TargetKind.ATTACHMENT
    )
    assert found == {CORE: {"site.test/jd/1.html"}}
    assert links_naming({CORE}, site(targets=(target,)), lambda one: False) == {}
