"""The small sites beside the portal: what of them answers otherwise than its page says."""

from __future__ import annotations

from typing import Any

from crawler.demo.answers import Answer, Question
from crawler.demo.behaviour import searched
from crawler.demo.ground import Frame, Ground, Item
from crawler.demo.rows import RowColumn

PORTAL = "www.gongkai-demo.gov.cn"
JOBS = "jy.gongkai-demo.gov.cn"
TRADE = "ggzy.gongkai-demo.gov.cn"
FIGURES = "tj.gongkai-demo.gov.cn"


def behave(ground: Ground) -> None:
    """Searches, dead IPv6, a server that knows every address; after all pages are there."""
    for host in (PORTAL, JOBS, TRADE, FIGURES):
        broken = host == TRADE and ground.planted("plt502-finds-nothing")
        searched(ground, host, "/ss/", finds=not broken)
    if ground.planted("plt202-dead-entry"):
        ground.answers[TRADE, "/wza/"] = Answer(b"Not Found", 404, "text/plain")
    if ground.planted("plt102-silent-over-ipv6"):
        _over_ipv6(ground, TRADE, Answer(drop=True))
    soft = bare_page(
        "明湖区公共资源交易网",
        "您访问的页面不存在",
        "抱歉，您要查看的内容可能已被删除或移动，请返回首页。",
    )
    ground.fallbacks.append((f"http://{TRADE}/", Answer(soft.encode())))
    if ground.planted("plt103-other-page-over-ipv6"):
        welcome = bare_page(
            None,
            "Welcome to nginx!",
            "If you see this page, the web server is successfully installed and working.",
        )
        _over_ipv6(ground, FIGURES, Answer(welcome.encode()))


def small_frame(
    family: str,
    host: str,
    site: str,
    owner: str,
    code: str,
    columns: tuple[RowColumn, ...],
    **options: Any,
) -> Frame:
    """The frame of a small site: its columns are its navigation."""
    nav = (Item("首页", "/"), *(column.item for column in columns))
    return Frame(
        family, host, site, owner, code, unit=owner, nav=nav, crumbs=(Item("首页", "/"),), **options
    )


def _over_ipv6(ground: Ground, host: str, answer: Answer) -> None:
    """Let the home page of a host answer otherwise over IPv6."""
    usual = ground.answers[host, "/"]

    def respond(question: Question) -> Answer:
        if question.ipv6:
            return answer
        return usual(question) if callable(usual) else usual

    ground.answers[host, "/"] = respond


def bare_page(site: str | None, title: str, words: str) -> str:
    """A bare page, as servers print them."""
    owner = f" - {site}" if site else ""
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}{owner}</title></head>'
        f'<body><main><h1>{title}</h1><p>{words}</p><p><a href="/">首页</a></p></main></body></html>'
    )
