"""Articles, documents, cross links, solicitations and kinds, each from its cases/*.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from plugins.facts.kept.solicitation import read_solicitation
from plugins.facts.page.page import Page

FOLDER = Path(__file__).parents[1] / "cases"
HOST = "http://www.example.test"
DOCUMENT = (
    "<h1>某区人民政府关于印发《某区产业扶持办法》的通知</h1><p>发布时间：2025-03-01 来源：某区政府办</p><div class='con'><p>某政规〔2025〕3号</p>"
    "<p>各街道办事处，区政府各部门：《某区产业扶持办法》已经区政府研究同意，现印发给你们，请认真贯彻执行。</p></div>"
)
INTERPRETATION = (
    "<h1>《某区产业扶持办法》政策解读</h1><p>发布时间：2025-03-02 来源：某区政府办</p><div class='con'>"
    "<p>一、出台背景。为促进产业发展，区政府出台了本办法。二、主要内容。办法共五章二十条，明确了扶持对象和标准。</p></div>"
)
SOLICITATION = (
    "<html><body><div>当前位置：<a href='/'>首页</a>&gt;<a href='/hd/'>互动交流</a></div><h1>{title}</h1><div>发布时间：2025-03-01 来源：某区司法局</div><div>{head}</div>"
    "<div class='con'><p>为加强管理，我局起草了《某区管理办法（征求意见稿）》，现公布全文。</p>{text}<p>附件：征求意见稿</p></div></body></html>"
)
TITLE = "关于征求《某区管理办法（征求意见稿）》意见的公告"


def cases(name: str) -> list[Any]:
    found = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["name"].replace(" ", "_")) for case in found]


def paths(urls: tuple[str, ...]) -> list[str]:
    return [url.removeprefix(HOST) for url in urls]


def seen_in(page: Page) -> dict[str, Any]:
    document = page.document
    needs = document.needs_interpretation if document else None
    return {
        "kind": page.kind.value,
        "title": page.title,
        "published": page.published,
        "published_from": page.published_from,
        "source": page.article.source if page.article else "",
        "number": document.number if document else "",
        "issued": document.issued if document else None,
        "validity": document.validity if document else "",
        "needs": {True: "yes", False: "no", None: "unknown"}[needs],
        "empty": "null" if page.empty is None else page.empty,
        "newest": page.newest,
        "rows": sum(entry.date is not None for entry in page.rows),
        "columns": [column.name for column in page.nav_columns],
        "browser": bool(page.needs_browser),
    }


def agrees(case: dict[str, Any], seen: dict[str, Any]) -> None:
    wanted = {name: value for name, value in case.items() if name in seen}
    assert {name: seen[name] for name in wanted} == wanted


@pytest.mark.parametrize("case", cases("articles"))
def test_an_article_says_what_it_is(case: dict[str, Any]) -> None:
    agrees(case, seen_in(Page(case["url"], 200, case["html"].encode())))


@pytest.mark.parametrize("case", cases("kinds"))
def test_a_page_is_of_its_kind(case: dict[str, Any]) -> None:
    headers = {"content-type": case.get("type", "text/html")}
    page = Page(case["url"], case.get("status", 200), case["html"].encode(), headers)
    agrees(case, seen_in(page))
    assert page.empty_why


@pytest.mark.parametrize("case", cases("crosslinks"))
def test_cross_links_are_real_links(case: dict[str, Any]) -> None:
    html = case["html"].replace("{document}", DOCUMENT).replace("{interpretation}", INTERPRETATION)
    page = Page(HOST + "/zc/wj/202503/t20250301_9.html", 200, html.encode())
    if "to" in case:
        assert paths(page.interpretation_links) == case["to"]
    if "from" in case:
        assert paths(page.document_links) == case["from"]


@pytest.mark.parametrize("case", cases("solicitations"))
def test_a_solicitation_says_until_when(case: dict[str, Any]) -> None:
    html = SOLICITATION.format(
        title=case.get("title", TITLE), head=case.get("head", ""), text=case["text"]
    )
    found = read_solicitation(Page(HOST + "/hd/yjzj/202503/t20250301_9.html", 200, html.encode()))
    if case.get("none"):
        assert found is None
        return
    assert found is not None
    assert found.closes == case.get(
        "closes",
        found.closes
        if found.result or "label" in case or "reason" in case or "results" in case
        else None,
    )
    for name in ("opens", "label", "result"):
        if name in case:
            assert getattr(found, name) == case[name]
    if "reason" in case:
        assert bool(found.reason) == case["reason"]
    if "results" in case:
        assert paths(found.result_links) == case["results"]
