"""Absence is not evidence until one looked: what three nights and an unhealthy one close, and what not."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

import pytest

from tests.crawler.audits import Audited, Desk
from tests.crawler.small_site import Reply, SmallSite, article, moved, page, rows

pytestmark = pytest.mark.audit

CHECK = '''"""测试用的问题。

为什么：原因。
看什么：网页上的记号。
不报：没有记号的网页。
整改：去掉记号。
依据：测试。
"""

from plugins import Evidence, Finding, Rule, Severity, Subject, SubjectKind, hookimpl

RULE = Rule(__doc__, code="{code}", severity=Severity.MINOR)


@hookimpl
{hook}
'''
ON_PAGE = """
def check_page(page):
    if "{mark}" in page.text:
        yield Finding("网页上有记号。", where=(page.address,))
"""
RAISES = """
def check_page(page):
    raise ValueError("broken tonight")
"""
ON_COLUMN = """
def check_column(column, site):
    for entry in column.entries:
        if "{mark}" in entry.title:
            yield Finding("列表中有记号。", of=Subject(SubjectKind.PAGE, site.host, entry.key), where=(column.url,))
"""
COLUMN_RAISES = """
def check_column(column):
    raise ValueError("broken tonight")
"""
GONE = page("页面不存在", "<p>抱歉，您访问的页面不存在或已被删除。</p>")
WALL = page("访问被拦截", "<p>您的请求已被拦截。</p>")
BUSY = Reply(page("503", "忙"), status=503, headers=(("Retry-After", "0"),))
MARKED = (
    "mended",
    "busy",
    "gone",
    "unlinked",
    "joined",
    "left",
    "walled",
    "soft",
    "linked-gone",
    "off",
    "crash",
)
TITLE = "某区关于促进养老服务发展的实施办法"


def marked(name: str) -> str:
    mark = {"off": "记号乙", "crash": "记号丙"}.get(name, "记号甲")
    return article(f"关于{name}事项的通知", f"<p>{mark}</p>")


def document(link: str = "") -> str:
    return article(
        f"某区人民政府办公室关于印发《{TITLE}》的通知", f"<p>某政办发〔2026〕3号</p>{link}"
    )


def home(*links: str) -> str:
    nav = "".join(
        f"<li><a href='/{one}/'>{one}栏目</a></li>"
        for one in ("list", "blank", "shut", "dropped")
        if f"/{one}/" in links
    )
    others = [one for one in links if not one.endswith("/")]
    return page(
        "某区人民政府", f"<ul class='nav'>{nav}</ul>" + "".join(f"<p><a href='{one}'>{one}页</a></p>" for one in others)
    )  # fmt: skip


LINKS = (
    "/list/", "/blank/", "/shut/", "/dropped/",
    *(f"/{name}.html" for name in MARKED),
    "/carrier.html", "/lost-carrier.html", "/document.html", "/reading.html", "/old.html",
)  # fmt: skip


def first_night() -> dict:
    listed = {f"/a{n}.html": f"关于第{n}件事情的通知" for n in range(24)}
    listed["/a0.html"] += "记号丁"
    pages = {
        "/": home(*LINKS),
        "/list/": page("动态", rows(listed)),
        **{path: article(title) for path, title in listed.items()},
        **{f"/{name}.html": marked(name) for name in MARKED},
        **{
            f"/{name}/": page(f"{name}栏目", "<ul class='list'></ul>")
            for name in ("blank", "shut", "dropped")
        },
        "/carrier.html": article("带链接的文章", "<a href='/dead.html'>失效的链接</a>"),
        "/lost-carrier.html": article("另一篇文章", "<a href='/dead-too.html'>失效的链接</a>"),
        "/old.html": article(
            "旧文章", "".join(f"<a href='/old/{n}.html'>旧{n}</a>" for n in range(6))
        ),
        "/document.html": document(),
        "/reading.html": article(f"《{TITLE}》政策解读"),
        # Soft 404 is told by comparing with a made-up address: this site answers 404 for those.
    }
    return pages  # noqa: RET504 - reads as what it is


def second_night(pages: dict, port: int) -> None:
    """Everything changes at once: what may be closed, and what only seems to have gone."""
    pages["/"] = home(*(link for link in LINKS if link not in {"/unlinked.html", "/dropped/"}))
    pages["/elsewhere.html"] = article("别的网站的文章")
    for name in ("mended", "off", "crash"):
        pages[f"/{name}.html"] = article(f"关于{name}事项的通知")
    pages["/busy.html"] = BUSY
    pages["/gone.html"] = 404
    pages["/linked-gone.html"] = 404
    pages["/joined.html"] = moved("/a1.html", 301)
    pages["/left.html"] = moved(f"http://localhost:{port}/elsewhere.html", 301)
    pages["/walled.html"] = WALL
    pages["/soft.html"] = GONE
    pages["/list/"] = page(
        "动态", rows({f"/a{n}.html": f"关于第{n}件事情的通知" for n in range(24)})
    )
    pages["/blank/"] = page("blank栏目", rows({"/a1.html": "关于第1件事情的通知"}))
    pages["/shut/"] = 500
    pages["/carrier.html"] = article("带链接的文章")
    pages["/lost-carrier.html"] = 500
    pages["/reading.html"] = 500
    for number in range(6):
        pages[f"/old/{number}.html"] = 500


def third_night(pages: dict) -> None:
    """What was away is back and mended; what was mended first is broken again."""
    second = dict(pages)
    pages.update(first_night())
    pages["/mended.html"] = marked("mended")
    for name in ("busy", "unlinked", "walled", "off", "crash"):
        pages[f"/{name}.html"] = article(f"关于{name}事项的通知")
    for path in (
        "/gone.html",
        "/linked-gone.html",
        "/joined.html",
        "/left.html",
        "/soft.html",
        "/list/",
        "/blank/",
        "/carrier.html",
    ):
        pages[path] = second[path]
    pages["/"] = home(
        *(
            link
            for link in LINKS
            if link not in {"/unlinked.html", "/dropped/", "/linked-gone.html"}
        )
    )
    pages["/lost-carrier.html"] = article("另一篇文章")
    pages["/shut/"] = second["/blank/"]
    pages["/old.html"] = article("旧文章")
    pages["/document.html"] = document("<p><a href='/reading.html'>政策解读</a></p>")
    pages["/reading.html"] = article(
        f"《{TITLE}》政策解读", "<p><a href='/document.html'>政策原文</a></p>"
    )


@dataclass
class Nights:
    host: str
    audits: list[Audited]
    states: list[dict[tuple[str, str], object]]
    served: SmallSite

    def presence(self, code: str, ref: str) -> list[str]:
        """Present or gone after each night."""
        return [
            state[code, ref].presence.value if (code, ref) in state else "" for state in self.states
        ]


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("nights"))
    folder = desk.folder / "mine"
    folder.mkdir()

    def write(code: str, hook: str) -> None:
        (folder / f"{code.lower()}.py").write_text(
            CHECK.format(code=code, hook=dedent(hook).strip())
        )

    def sound() -> None:
        for code, mark in (("XYZ001", "记号甲"), ("XYZ002", "记号乙"), ("XYZ003", "记号丙")):
            write(code, ON_PAGE.format(mark=mark))
        write("XYZ004", ON_COLUMN.format(mark="记号丁"))

    audits, states = [], []
    with SmallSite(first_night()) as served:
        inventory = desk.inventory(served.host, audit='plugins_folder = "mine"')

        def night(*arguments: str) -> None:
            audits.append(desk.audit("--inventory", inventory, *arguments))
            states.append(desk.remembered(served.host))

        sound()
        night()
        second_night(served.pages, served.port)
        write("XYZ003", RAISES)
        write("XYZ004", COLUMN_RAISES)
        night("--without", "XYZ002", "--as-of", "2026-07-01")
        sound()
        kept = served.pages["/"]
        served.pages["/"] = 500
        night("--as-of", "2026-07-02")
        served.pages["/"] = kept
        third_night(served.pages)
        night("--as-of", "2026-07-03")
        yield Nights(served.host, audits, states, served)


ALWAYS, TWO = ["present"] * 4, ["present"] * 3 + ["gone"]
SECOND = ["present", "gone", "gone", "gone"]


def test_the_nights_ended_as_they_should(nights):
    assert [audit.status for audit in nights.audits] == [0, 0, 3, 0], nights.audits[1].errors
    assert [audit.told["state"] for audit in nights.audits] == [
        "finished", "finished", "unhealthy", "finished",
    ]  # fmt: skip


def test_a_mended_fault_goes_and_comes_back(nights):
    assert nights.presence("XYZ001", "/mended.html") == ["present", "gone", "gone", "present"]
    assert nights.states[-1]["XYZ001", "/mended.html"].times_back == 1


def test_faults_of_a_page_that_was_busy_stay(nights):
    assert nights.presence("XYZ001", "/busy.html") == TWO


def test_faults_of_a_page_behind_a_wall_that_answers_200_stay(nights):
    assert nights.presence("XYZ001", "/walled.html") == TWO


@pytest.mark.parametrize("name", ["gone", "linked-gone", "joined", "left", "soft"])
def test_faults_of_a_page_that_is_no_more_go_with_it(nights, name):
    assert nights.presence("XYZ001", f"/{name}.html") == SECOND


def test_a_page_that_nobody_links_to_any_more_is_looked_at_again(nights):
    assert nights.presence("XYZ001", "/unlinked.html") == TWO


def test_a_page_that_vanished_but_is_linked_is_a_dead_link_on_the_same_night(nights):
    assert nights.presence("LNK101", "/linked-gone.html") == ["", "present", "present", "gone"]
    assert nights.presence("LNK101", "/gone.html") == ["", "present", "present", "present"]


def test_a_dead_link_that_was_taken_away_goes(nights):
    assert nights.presence("LNK101", "/dead.html") == SECOND


def test_a_dead_link_on_a_page_that_was_unreachable_stays(nights):
    assert nights.presence("LNK101", "/dead-too.html") == TWO


def test_a_group_of_dead_links_stays_while_its_targets_only_fail(nights):
    assert nights.presence("LNK101", "/old/") == TWO


def test_a_rule_that_was_switched_off_closes_nothing(nights):
    assert nights.presence("XYZ002", "/off.html") == TWO


def test_a_check_that_crashes_closes_nothing(nights):
    assert nights.presence("XYZ003", "/crash.html") == TWO
    assert "XYZ003" in nights.audits[1].notes


def test_a_column_check_that_crashes_closes_nothing_on_pages(nights):
    assert nights.presence("XYZ004", "/a0.html") == TWO


def test_columns_are_closed_when_filled_or_taken_away_and_not_when_unreachable(nights):
    assert nights.presence("COL101", "/blank/") == SECOND
    # Not on the second night: a page that could not be read may have linked to it.
    assert nights.presence("COL101", "/dropped/") == TWO
    assert nights.presence("COL101", "/shut/") == TWO


def test_a_pair_is_not_closed_while_the_partner_is_unreachable(nights):
    assert nights.presence("POL101", "/document.html") == TWO
    assert nights.presence("POL102", "/reading.html") == TWO


def test_an_unhealthy_night_changes_nothing(nights):
    second, third = nights.states[1], nights.states[2]
    assert {key: (one.presence, one.last_run) for key, one in second.items()} == {
        key: (one.presence, one.last_run) for key, one in third.items()
    }
    assert "首页未能正常打开" in nights.audits[2].notes


def test_no_finding_is_there_twice_and_no_verdict_was_touched(nights):
    last = nights.states[-1].values()
    assert len({one.fingerprint for one in last}) == len(last)
    assert {one.verdict.value for one in last} == {"untriaged"}


def test_pages_behind_faults_are_gaps(nights):
    gaps = nights.audits[1].gaps()
    assert gaps["error_page"]["count"] == 1
    assert nights.host + "/walled.html" in gaps["error_page"]["examples"][0]
    assert gaps["unread"]["count"] >= 4
