"""The page an audit starts from is the home page only where it looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.jobs.page import PageJob, work
from plugins import Page, Site
from plugins.engine.examine import Examiner
from plugins.engine.manager import Plugins
from tests.crawler.audits import Desk
from tests.crawler.small_site import SmallSite, article, page

pytestmark = pytest.mark.audit

ROWS = "".join(
    f'<li><a href="/zwgk/tzgg/{number}.html">关于开展第{number}次联合检查的通知</a><span>2026-06-{number:02}</span></li>'
    for number in range(10, 25)
)
LIST = f"<html><head><title>通知公告</title></head><body><ul class='list'>{ROWS}</ul></body></html>"


def kind(url: str, body: str) -> str:
    page = Page(
        url=url, status=200, headers={"content-type": "text/html; charset=utf-8"}, body=body.encode()
    )  # fmt: skip
    job = PageJob(page, Site(host="site.test", today=date(2026, 6, 30)), home=True)
    return work(job, Examiner(Plugins.of([]), 5)).digest.kind


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://site.test/", "home"),
        ("http://site.test/index.html", "home"),
        ("http://site.test/zwgk/tzgg/", "list"),
    ],
)
def test_an_audit_that_starts_at_a_list_has_no_home_page_there(url, expected):
    assert kind(url, LIST) == expected


def test_what_lies_outside_a_list_that_an_audit_started_from_was_not_seen(tmp_path):
    listed = page("某区人民政府", f"<h1>通知公告</h1><ul class='list'>{ROWS}</ul>")
    pages = {
        f"/zwgk/tzgg/{n}.html": article(f"关于开展第{n}次联合检查的通知") for n in range(10, 25)
    }
    with SmallSite({"/zwgk/tzgg/": listed, **pages}) as site:
        inventory = f'[[site]]\nhost = "{site.host}"\nname = "某区人民政府"\nstart = ["{site.url}zwgk/tzgg/"]\n'
        path = tmp_path / "inventory.toml"
        path.write_text(
            f'[district]\nname = "某区"\n[audit]\nallow_private = ["127.0.0.1"]\n{inventory}',
            "utf-8",
        )
        told = Desk(tmp_path).audit("--inventory", str(path))
    assert told.gaps("disclosure")["start"]["examples"] == [f"{site.url}zwgk/tzgg/"]
    # "There is no such thing on the whole site" is not for a list to prove.
    assert told.found("DSC", review=False) == []
    assert told.found("PLT30") == []
