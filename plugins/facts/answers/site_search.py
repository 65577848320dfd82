"""How a site's own search was asked, and what came back (answer of the probe ``site_search``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode, urlsplit

from plugins.addresses.urls import host_of
from plugins.facts.answers import limits
from plugins.facts.language.text import solid
from plugins.values import build

if TYPE_CHECKING:
    from collections.abc import Collection

    from plugins.facts.markup.extract import Form
    from plugins.facts.page.page import Page

KEYWORD = re.compile(
    r"^(?:q|qt|wd|kw|keys?|keywords?|searchword|search|query|title|text|sw|word|searchtext|content|searchkey|k|s|key_?words?)$",
    re.IGNORECASE,
)
SEARCHES = re.compile(r"搜|检索|查询|search|/so/|sousuo|/ss/", re.IGNORECASE)
ACCOUNT = re.compile(r"登录|登陆|密码|passw|\buser|account|验证码", re.IGNORECASE)
NOTHING = re.compile(
    r"(?:没有|未能?|无法)(?:找到|查到|检索到|搜索到)|(?:找到|共有?|约)[^。，]{0,8}?(?<!\d)0\s*(?:条|个|篇|项)|无(?:相关|搜索|检索|查询)?(?:结果|记录|数据)|暂无(?:相关)?(?:结果|数据|信息|内容|记录)"
)


@dataclass(frozen=True, slots=True)
class SearchTry:
    """One question: the title that was searched, its address, the page of results.

    ``found`` = it stands on page 1; None = could not tell. ``why`` says in Chinese what was seen.
    """

    title: str
    url: str
    asked: str = ""
    found: bool | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """All that was tried; ``why`` = why nothing could be (no form, POST, another host)."""

    tries: tuple[SearchTry, ...] = ()
    why: str = ""

    @classmethod
    def of(cls, answer: Any) -> Self:
        """The probe's answer, also where a fixture gives it as a table.

        Raises:
            MisfitError: it is neither.
        """
        if isinstance(answer, cls):
            return answer
        made: Self = build(cls, answer, {"SearchTry": SearchTry})
        return made


def search_form(page: Page) -> Form | None:
    """The search box of a page; None = there is no form that looks like one."""
    for form in page.forms:
        # The host's name says nothing about the form.
        sign = f"{form.text} {urlsplit(form.action).path} {form.keyword}"
        if (
            form.is_search
            and form.keyword
            and SEARCHES.search(sign)
            and not ACCOUNT.search(f"{form.text} {' '.join(form.fields)}")
        ):
            return form
    return next(
        (form for form in page.forms if form.is_search and KEYWORD.match(form.keyword)), None
    )


def question(page: Page, title: str, hosts: Collection[str]) -> tuple[str, str]:
    """(address of the results, ""), or ("", why it cannot be asked)."""
    form = search_form(page)
    if form is None:
        return "", "首页没有能够直接提交的检索框"
    if form.method != "get":
        return "", "检索框以POST方式提交，不便自动提问"
    action = form.action or page.address
    if host_of(action) not in hosts:
        return "", "检索由其他主机提供"
    query = urlencode(
        [*form.hidden, (form.keyword, title)], encoding=page.charset or "utf-8", errors="ignore"
    )
    return action.partition("?")[0] + "?" + query, ""


def judge_results(page: Page, title: str, key: str) -> tuple[bool | None, str]:
    """Whether a page of results shows an article: a link to it, or with its title."""
    if page.failure is not None or page.status != HTTPStatus.OK:
        return None, f"检索页没有正常打开（HTTP {page.status or '无应答'}）"
    wanted = solid(title)
    for link in page.links:
        if link.key == key or wanted in solid(link.title + link.text):
            return True, "检索结果第1页有该信息"
    # Titles are often cut or marked in results.
    if any(
        solid(link.text).rstrip(".…")[: limits.TITLE_START] == wanted[: limits.TITLE_START]
        for link in page.links
    ):
        return True, "检索结果第1页有该信息"
    if NOTHING.search(page.text):
        return False, "检索页称没有结果"
    if len([entry for entry in page.rows if entry.date]) >= limits.RESULT_ROWS:
        return False, f"检索结果第1页的{len(page.rows)}条信息中没有它"
    return None, "检索页没有显示可以辨认的结果，可能由脚本加载"
