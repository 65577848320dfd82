"""The page an audit starts from is the home page only where it looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.page_work import PageJob, work
from plugins import Page, Site
from plugins.examine import Examiner
from plugins.manager import Plugins

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
