"""``gongkai discover`` on a real server: two files for the office, nothing overwritten, no memory."""

import subprocess
from pathlib import Path

import pytest

from crawler.inventory.model import read_inventory
from crawler.inventory.table.importing import plan_import
from tests.crawler.audits import COMMAND, ROOT, environment
from tests.crawler.small_site import SENTENCE, Pages, SmallSite, page

pytestmark = pytest.mark.audit

TODAY = "2026-06-30"


def article(title: str, source: str, day: str) -> str:
    return page(
        title,
        f"<div class='crumb'><a href='/'>首页</a> &gt; <a href='/zs/'>招生信息</a></div><h1>{title}</h1>"
        f"<p>发布时间：{day} 来源：{source}</p><div class='content'><p>{SENTENCE * 8}</p></div>",
    )


def listing(path: str, name: str, days: list[str]) -> str:
    rows = "".join(
        f"<li><a href='{path}{place}.html'>关于第{place}批学校招生工作安排的通知</a><span>{day}</span></li>"
        for place, day in enumerate(days)
    )
    crumbs = (
        f"<div class='crumb'>当前位置：<a href='/'>首页</a> &gt; <a href='{path}'>{name}</a></div>"
    )
    return page(f"{name}-某区人民政府", f"{crumbs}<h2>{name}</h2><ul class='list'>{rows}</ul>")


def site() -> Pages:
    days = [f"2026-{month:02}-{day:02}" for month in range(6, 0, -1) for day in (25, 12)]
    names = ("招生信息", "通知公告", "&lt;b&gt;=1+1")
    menu = "".join(
        f"<li><a href='{path}'>{name}</a></li>"
        for path, name in zip(("/zs/", "/tz/", "/bd/"), names, strict=True)
    )
    found: Pages = {
        "/": page("某区人民政府", f"<div class='nav'><ul>{menu}</ul></div><p>{SENTENCE * 4}</p>")
    }
    for path, name in zip(("/zs/", "/tz/", "/bd/"), names, strict=True):
        found[path] = listing(path, name, days)
        for place, day in enumerate(days):
            source = "某区教育局" if path == "/zs/" else "本站"
            found[f"{path}{place}.html"] = article(f"第{place}批学校招生工作安排", source, day)
    return found


def discover(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "discover", *arguments, "--as-of", TODAY, "--render", "never", "--rate", "500",
         "--workers", "1"],
        cwd=folder, env=environment(str(ROOT)), capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("discover")
    with SmallSite(site()) as server:
        run = discover(folder, f"http://{server.host}/", "--out", "draft.toml")
        asked = len(server.asked)
        again = discover(folder, f"http://{server.host}/", "--out", "draft.toml")
        assert len(server.asked) == asked  # refused before anything was fetched
    return folder, run, again


def test_the_draft_is_written_twice_and_says_what_it_guesses(found):
    folder, run, _ = found
    assert run.returncode == 0, run.stderr
    assert sorted(one.name for one in folder.iterdir()) == ["draft.toml", "draft.xlsx"]
    inventory = read_inventory(folder / "draft.toml")
    rows = {one.name: one for one in inventory.columns}
    assert inventory.district == "某区"
    assert (rows["招生信息"].unit, rows["招生信息"].duty.text) == ("某区教育局", "30")
    assert (rows["通知公告"].type, rows["通知公告"].duty.text) == ("通知公告", "180")
    assert rows["通知公告"].unit == ""
    text = (folder / "draft.toml").read_text(encoding="utf-8")
    assert "未经核对，不能据此通报" in text
    assert "推测：12篇注明来源的文章中有12篇来自“某区教育局”" in text
    assert "<b>" not in text
    assert not plan_import(folder / "draft.xlsx", folder / "draft.toml").needed
    assert "均须核对" in run.stdout


def test_nothing_is_overwritten_unless_forced(found):
    _, _, again = found
    assert again.returncode == 2
    assert "draft.toml：文件已存在，未覆盖；确需覆盖请加 --force" in again.stderr
    assert "draft.xlsx：文件已存在" in again.stderr


def test_a_site_that_does_not_answer_gives_no_draft(tmp_path):
    with SmallSite({"/": 503}) as server:
        run = discover(tmp_path, f"http://{server.host}/", "--out", "d.toml")
    assert run.returncode == 3
    assert "没有写出草稿" in run.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("inventory",), "不是网址"),
        (("http://127.0.0.1:9/", "--out", "d.xlsx"), "应以 .toml 结尾"),
        (("http://127.0.0.1:9/", "--max-pages", "0"), "--max-pages"),
        ((), "缺少参数 网址"),
    ],
)
def test_wrong_use_is_told_in_one_line(tmp_path, arguments, words):
    run = discover(tmp_path, *arguments)
    assert run.returncode == 2
    assert words in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1
