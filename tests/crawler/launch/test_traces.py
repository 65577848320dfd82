"""After an audit, a finding can say what its page was taken for, and why."""

from __future__ import annotations

import json

import pytest

from crawler.commands import run as gongkai
from crawler.workfile.file import Workfile
from crawler.workfile.pages import PageView
from findings.store.store import Store
from plugins.taken import unpacked
from tests.crawler.audits import Desk
from tests.crawler.small_site import SmallSite, article, page, rows

# The standard's own example.
NUMBER = "11010519491231002X"
PAGES = {
    "/": page("某区人民政府", "<ul><li><a href='/old/'>动态</a></li><li><a href='/gone.html'>旧闻</a></li></ul>"),
    "/old/": page("动态", rows({f"/a{n}.html": f"关于第{n}件事情的通知" for n in range(6)}, day="2019-01-1")),
    **{f"/a{n}.html": article(f"关于第{n}件事情的通知") for n in range(6)},
    "/a0.html": article("关于第0件事情的通知", f"<p>张三，身份证号{NUMBER}</p>"),
    "/gone.html": 404,
}  # fmt: skip


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    folder = tmp_path_factory.mktemp("traces")
    desk = Desk(folder)
    with SmallSite(PAGES) as site:
        return desk, desk.audit(site.url)


def why(capsys, url, name):
    assert gongkai(["findings", "--why", name, "--format", "json", "--database", url]) == 0
    return json.loads(capsys.readouterr().out)


def test_every_finding_with_a_page_says_what_that_was_taken_for(audited, capsys):
    desk, result = audited
    kinds = set()
    for found in result.told["findings"]:
        told = why(capsys, desk.url, found["fingerprint"][:8])
        rests = [item["url"] for item in told["evidence"] if item["url"]]
        if told["subject"]["kind"] != "site" or rests:
            assert told["pages"], told
            assert told["why_none"] == ""
            kinds.add(told["subject"]["kind"])
        for one in told["pages"]:
            assert one["run"] == result.told["run"]
            assert one["kind"]
    assert {"page", "column", "link"} <= kinds


def test_what_is_kept_shows_nobodys_numbers(audited):
    desk, _ = audited
    with Store.open(desk.url, create=False) as store:
        traces = store.traces(store.latest())
    assert traces
    assert not any(NUMBER in str(one.page) for pages in traces.values() for one in pages)


def test_what_is_told_is_what_the_file_of_the_run_holds(audited):
    desk, _ = audited
    (path,) = desk.folder.rglob("spool.db")
    file = Workfile(path)
    (site,) = {row[0] for row in file.traces.db.execute("SELECT DISTINCT site FROM trace")}
    digests = PageView(path, site)
    kinds = {key: unpacked(file.traces.get(site, key)).kind for key in digests}
    assert kinds == {key: digest.kind for key, digest in digests.items()}
    assert file.traces.get(site, "http://nowhere/") is None
    digests.close()
    file.close()
