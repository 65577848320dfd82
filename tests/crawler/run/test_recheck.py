"""``gongkai recheck``: mended, still there, or could not tell, and nothing else fetched or changed."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from findings.records.records import RunKind, StoredFinding
from findings.store.store import Store
from tests.crawler.audits import COMMAND, ROOT, TODAY, Desk, column, environment
from tests.crawler.small_site import Pages, Reply, SmallSite, article, moved, page, rows

pytestmark = pytest.mark.audit

OFFICE = "区政府办"
NUMBER = "110101199003070011"
LEAK = f"<p>领取人身份证号：{NUMBER}。</p>"
LEAKS = {
    f"/{name}.html": f"关于{word}工作情况的通知"
    for name, word in zip(
        "abcdef", ("环境整治", "防汛", "消防", "食品安全", "道路养护", "档案"), strict=True
    )
}
DEAD = {f"/dead{number}.html": f"关于公布办事指南第{number}批的通知" for number in range(1, 5)}
COLUMNS = {
    "/gfxwj/": "规范性文件",
    "/tzgg/": "通知公告",
    "/kb/": "重大项目",
    "/gzdt/": "工作动态",
    "/sd/": "街道动态",
}
NEWS = {f"/n{number}.html": f"区领导调研重点工作第{number}次情况" for number in range(4)}
DOCUMENT = "/files/biaoge.doc"
NAMES = {f"/files/mingdan{number}.csv": f"第{number}批补贴发放名单" for number in range(1, 4)}
SHEET = "序号,姓名,身份证号,金额\n" + "".join(
    f"{number},张某,{NUMBER},500\n" for number in range(1, 9)
)
CLEAN = SHEET.replace(NUMBER, "110***********0011")
OLD = {
    f"/{folder}/{number}.html": f"历年{word}文件第{number}号"
    for folder, word in (("old", "财政"), ("past", "民政"))
    for number in range(5)
}
PAPERS = {"/p1.html": "关于印发环境整治实施方案的通知", "/p2.html": "区教育局2026年招聘公告"}


def csv(text: str) -> Reply:
    return Reply(text, type="text/csv; charset=utf-8")


def home(dead: dict[str, str], more: str = "") -> str:
    menu = "".join(f"<a href='{path}'>{name}</a>" for path, name in COLUMNS.items())
    links = {**LEAKS, **dead, DOCUMENT: "办事表格下载", **NAMES}
    return page("某区人民政府", f"<div class='nav'>{menu}</div>{rows(links)}{more}")


def listing(path: str, links: dict[str, str], day: str) -> str:
    where = f"<div class='pos'>当前位置：<a href='/'>首页</a> > <a href='{path}'>{COLUMNS[path]}</a></div>"
    return page(COLUMNS[path], where + (rows(links, day) if links else "<ul class='list'></ul>"))


def first_night() -> Pages:
    return {
        "/": home({**DEAD, **OLD}),
        "/gfxwj/": listing("/gfxwj/", PAPERS, "2026-06-2"),
        **{path: article(title) for path, title in PAPERS.items()},
        **dict.fromkeys(NAMES, csv(SHEET)),
        "/tzgg/": listing("/tzgg/", {}, ""),
        "/kb/": listing("/kb/", {}, ""),
        "/gzdt/": listing("/gzdt/", NEWS, "2024-06-2"),
        "/sd/": listing("/sd/", NEWS, "2024-06-2"),
        **{path: article(title, LEAK) for path, title in LEAKS.items()},
        **{path: article(title) for path, title in NEWS.items()},
    }


def later(stop: threading.Event) -> Pages:
    silent = Reply(act=lambda _: stop.wait(60))
    kept = {path: title for path, title in DEAD.items() if path != "/dead3.html"}
    kept |= {"/past/4.html": OLD["/past/4.html"]}
    return {
        **first_night(),
        "/": home(kept, "<div class='footer'>京ICP备12345678号-1</div>"),
        "/gfxwj/": listing("/gfxwj/", {"/p1.html": PAPERS["/p1.html"]}, "2026-06-2"),
        "/files/mingdan1.csv": csv(CLEAN),
        "/files/mingdan3.csv": 404,
        # Mended, but with a new fault that a recheck does not add.
        "/a.html": article(LEAKS["/a.html"], "<p>联系人：XXX，内容待补充。</p>"),
        "/c.html": silent,
        "/d.html": 404,
        "/e.html": moved("/e2.html"),
        "/e2.html": article(LEAKS["/e.html"], LEAK),
        "/f.html": 500,
        "/dead1.html": article(DEAD["/dead1.html"]),
        "/dead4.html": 503,
        DOCUMENT: Reply(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), type="application/msword"
        ),
        "/tzgg/": listing("/tzgg/", NEWS, "2026-06-2"),
        "/sd/": silent,
    }


@dataclass(frozen=True)
class Told:
    """What the command said, and what it asked the site for."""

    status: int
    told: dict[str, Any]
    errors: str
    asked: frozenset[str] = frozenset()

    def outcome(self, code: str, end: str = "", key: str = "") -> tuple[str, str]:
        (found,) = (
            one
            for one in self.told["findings"]
            if one["code"] == code and one["subject"]["ref"].endswith(end) and key in one["key"]
        )
        return found["outcome"], found["why"]


def recheck(desk: Desk, *arguments: str) -> Told:
    run = subprocess.run(
        [
            *COMMAND, "recheck", *arguments, "--render", "never", "--rate", "500",
            *(() if "--as-of" in arguments else ("--as-of", TODAY)),
            "--timeout", "2", "--database", desk.url, "--out", str(desk.folder), "--json",
        ],
        cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return Told(run.returncode, json.loads(run.stdout or "{}"), run.stderr)


def registered(host: str) -> str:
    duties = {"/gfxwj/": "365", "/tzgg/": "30", "/kb/": "365", "/gzdt/": "14", "/sd/": "30"}
    return "".join(
        column(host, COLUMNS[path], path, duty=duty, unit=OFFICE) for path, duty in duties.items()
    )


def findings(desk: Desk) -> dict[str, StoredFinding]:
    with Store.open(desk.url, create=False) as store:
        return {one.fingerprint: one for one in store.find(state="all")}


@dataclass(frozen=True)
class District:
    """An audited site, changed and rechecked: what was known before and after."""

    desk: Desk
    host: str
    inventory: str
    before: dict[str, StoredFinding]
    after: dict[str, StoredFinding]
    again: Told
    bare: Told


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    desk = Desk(tmp_path_factory.mktemp("recheck"))
    stop = threading.Event()
    with SmallSite(first_night()) as site:
        inventory = desk.inventory(site.host, more=registered(site.host))
        audited = desk.audit("--inventory", inventory)
        assert audited.status == 0, audited.errors
        before = findings(desk)
        site.pages = later(stop)
        site.asked.clear()
        again = recheck(desk, "--unit", OFFICE, "--inventory", inventory)
        again = replace(again, asked=frozenset(path for _, path in site.asked))
        after = findings(desk)
        bare = recheck(desk, "--page", f"http://{site.host}/gzdt/", "--page", f"{site.url}b.html")
        yield District(desk, site.host, inventory, before, after, again, bare)
        stop.set()


OUTCOMES = [
    ("TXT101", "/a.html", "verified", "已没有这个问题"),
    ("TXT101", "/b.html", "still", ""),
    ("TXT101", "/c.html", "unknown", "未能打开"),
    ("TXT101", "/d.html", "verified", "已撤下"),
    ("TXT101", "/e.html", "unknown", "仍有同类问题"),
    ("TXT101", "/f.html", "unknown", "500"),
    ("LNK101", "/dead1.html", "verified", "能打开"),
    ("LNK101", "/dead2.html", "still", "404"),
    ("LNK101", "/dead3.html", "verified", "都已没有它"),
    ("LNK101", "/dead4.html", "unknown", ""),
    ("LNK103", DOCUMENT, "verified", "能打开"),
    ("LNK101", "/old/", "verified", "都已更正"),
    ("LNK101", "/past/", "still", "/past/4.html"),
    ("TXT104", "/files/mingdan1.csv", "verified", "重新读取了文件"),
    ("TXT104", "/files/mingdan2.csv", "still", ""),
    ("TXT104", "/files/mingdan3.csv", "verified", "已撤下"),
    ("COL303", "/p2.html", "verified", "重新抓取了栏目"),
    ("COL101", "/tzgg/", "verified", "已没有这个问题"),
    ("COL101", "/kb/", "still", ""),
    ("COL201", "/gzdt/", "still", ""),
    ("COL201", "/sd/", "unknown", "未能打开"),
    ("DSC601", "", "unknown", "须检查全站"),
]


@pytest.mark.parametrize(("code", "end", "outcome", "why"), OUTCOMES)
def test_each_finding_is_mended_or_still_there_or_not_known(
    district: District, code: str, end: str, outcome: str, why: str
) -> None:
    assert district.again.status == 0, district.again.errors
    said, because = district.again.outcome(code, end)
    assert (said, why in because) == (outcome, True), because


def test_a_mark_of_the_home_page_is_decided_by_the_home_page(district: District) -> None:
    assert district.again.outcome("PLT301", key="icp")[0] == "verified"
    assert district.again.outcome("PLT301", key="police")[0] == "still"


def test_the_store_knows_what_was_said_and_nothing_else_has_changed(district: District) -> None:
    said = {one["fingerprint"]: one["outcome"] for one in district.again.told["findings"]}
    assert set(district.after) == set(district.before)
    for name, before in district.before.items():
        after = district.after[name]
        if said.get(name) == "verified":
            assert (after.present, after.gone_run) == (False, 2), before.message
        elif said.get(name) == "still":
            assert (after.present, after.last_run) == (True, 2), before.message
        else:
            assert after == before


def test_words_of_what_is_still_there_are_shown(district: District) -> None:
    (one,) = (
        one
        for one in district.again.told["findings"]
        if one["code"] == "TXT101" and one["subject"]["ref"].endswith("/b.html")
    )
    assert one["evidence"][0]["url"].endswith("/b.html")
    assert NUMBER not in json.dumps(district.again.told)


def test_only_what_the_findings_rest_on_is_fetched(district: District) -> None:
    allowed = {"/", "/robots.txt", "/e2.html", *PAPERS, DOCUMENT, *NAMES}
    allowed |= {*LEAKS, *DEAD, *COLUMNS, "/past/4.html"}
    # The newest row of a stale column is evidence.
    assert district.again.asked - allowed <= set(NEWS)
    assert len(district.again.asked & set(NEWS)) <= 2


def test_without_the_register_nothing_is_said_of_columns(district: District) -> None:
    assert district.bare.status == 0, district.bare.errors
    outcome, why = district.bare.outcome("COL201", "/gzdt/")
    assert (outcome, "--inventory" in why) == ("unknown", True)
    assert district.bare.outcome("TXT101", "/b.html")[0] == "still"


def test_runs_tell_rechecks_from_audits(district: District) -> None:
    with Store.open(district.desk.url, create=False) as store:
        kinds = {run.id: run.kind for run in store.runs()}
        latest = store.latest()
    assert (kinds[1], kinds[2]) == (RunKind.AUDIT, RunKind.RECHECK)
    assert latest is not None
    assert latest.id == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--unit、--finding、--page 或 --claimed"),
        (("--unit", "没有的局"), "没有单位“没有的局”"),
        (("--finding", "0123abcd"), "没有这条问题"),
        (("--finding", "01"), "至少写8位"),
        (("--unit", OFFICE, "--as-of", "2026-06-29"), "早于上次检查"),
    ],
)
def test_wrong_usage_is_told_and_nothing_is_fetched(
    district: District, arguments: tuple[str, ...], words: str
) -> None:
    told = recheck(district.desk, *arguments)
    assert (told.status, words in told.errors) == (2, True), told.errors


def test_a_finding_that_is_gone_is_told_without_a_run(district: District) -> None:
    gone = next(one for one in district.after.values() if not one.present)
    told = recheck(district.desk, "--finding", gone.fingerprint[:12])
    assert (told.status, told.told["run"]) == (0, None)
    assert told.outcome(gone.code, gone.subject.ref, gone.key)[0] == "verified"


def test_a_home_page_that_is_down_changes_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with SmallSite({"/": home({}), "/a.html": article(LEAKS["/a.html"], LEAK)}) as site:
        desk.audit(site.url)
        before = findings(desk)
        site.pages = {"/": 503, "/a.html": article(LEAKS["/a.html"])}
        told = recheck(desk, "--page", f"{site.url}a.html")
        assert told.status == 3
        assert told.outcome("TXT101")[0] == "unknown"
        assert findings(desk) == before
        # An audit of a bare address has no register that could be missing.
        site.pages = {"/": home({}), "/a.html": article(LEAKS["/a.html"])}
        told = recheck(desk, "--page", f"{site.url}a.html")
        assert (told.status, told.outcome("TXT101")[0]) == (0, "verified"), told.errors
