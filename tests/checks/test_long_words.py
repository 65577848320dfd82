"""A page may be one endless word, picture or comment: no fact and no rule may take seconds over it."""

from __future__ import annotations

import time
from datetime import date

import pytest

from plugins import Page, Site
from plugins.engine.examine import Examiner
from plugins.engine.manager import Plugins
from plugins.facts.site.digest import digest

SIZE = 600_000
LONGEST = 2.0
WORDS = {
    "picture": f"<img src='data:image/png;base64,{'iVBORw0KGgo' * (SIZE // 11)}'>",
    "digits": "1" * SIZE,
    "characters": "公" * SIZE,
    "blanks": " " * SIZE,
    "stars": "*" * SIZE,
    "opening marks": "《" * SIZE,
    "brackets": "（" * SIZE,
    "half numbers": "139 " * (SIZE // 4),
    "whole numbers": "420000197805123017" * (SIZE // 18),
    "script": f"<script>{'a' * SIZE}</script>",
    "open comment": "<!--" + "x" * SIZE,
    "many open comments": "<!--" * (SIZE // 4),
    "clauses": "公，" * (SIZE // 2),
    "dashes": "-" * SIZE,
    "dates": "2026-01-01" * (SIZE // 10),
    "style": f"<p style='{'left:' * (SIZE // 5)}'>x</p>",
    "open tags": "<b>" * 20_000,
}


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(Plugins.discover())


@pytest.mark.parametrize("name", WORDS)
def test_no_rule_takes_long_over_an_endless_word(examiner: Examiner, name: str) -> None:
    body = (
        "<html><head><title>关于样例的通知</title></head><body><a href='/a/'>政务公开</a>"
        "<h1>关于样例的通知</h1><p>发布时间：2026-01-01</p>"
        f"<div class='content'>{WORDS[name]}</div></body></html>"
    )
    page = Page(
        "http://site.test/", 200, body.encode(), {"content-type": "text/html; charset=utf-8"}
    )
    site = Site("site.test", date(2026, 6, 30), url="http://site.test/", hosts=("site.test",))
    started = time.process_time()
    digest(page, site)
    assert time.process_time() - started < LONGEST
    examined = examiner.page(page, site)
    assert [error for error in examined.errors if error.kind != "needs"] == []
    assert {code: took for code, took in examined.seconds.items() if took > LONGEST} == {}
