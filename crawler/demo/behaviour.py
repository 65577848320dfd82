"""Answers that depend on who asks how, how often and for what: a search, a flaky server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote_to_bytes

from markupsafe import Markup

from crawler.demo.answers import Answer, Maker, Question
from crawler.demo.ground import Ground
from crawler.demo.publishing import anchor

MOST_RESULTS = 10
SORRY = Answer(b"Service Unavailable", 503, "text/plain", (("Retry-After", "1"),))
REFUSED = Answer(b"", 405, "text/plain")
WELCOME = Answer(
    (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>Welcome to nginx!</title></head>'
        "<body><main><h1>Welcome to nginx!</h1><p>If you see this page, the web server is successfully "
        'installed and working.</p><p><a href="/">首页</a></p></main></body></html>'
    ).encode()
)


def _behind_cookie(question: Question, usual: Answer) -> Answer:
    """A firewall that sends the visitor back to the same address with a cookie."""
    if "waf_pass=1" in question.cookie:
        return usual
    told = (("Location", question.target.partition("?")[0]), ("Set-Cookie", "waf_pass=1; Path=/"))
    return Answer(b"", 302, headers=told)


BEHAVIOURS: dict[str, Callable[[Question, Answer], Answer]] = {
    # Down at the first attempt, well ever after.
    "flaky": lambda question, usual: usual if question.times else SORRY,
    # A server that refuses HEAD.
    "no_head": lambda question, usual: REFUSED if question.method == "HEAD" else usual,
    "behind_cookie": _behind_cookie,
    # An address that only IPv6 leads to the wrong place: nobody, or a server that was never set up.
    "silent_over_ipv6": lambda question, usual: Answer(drop=True) if question.ipv6 else usual,
    "welcome_over_ipv6": lambda question, usual: WELCOME if question.ipv6 else usual,
}


def behave(how: str, usual: Answer) -> Maker:
    """The usual answer, but for what the behaviour of this name does to some questions."""
    changed = BEHAVIOURS[how]
    return lambda question: changed(question, usual)


def searched(ground: Ground, host: str, path: str, *, finds: bool = True) -> None:
    """Let a page of a host be its search: it finds the host's articles by their titles.

    ``finds=False``: an index that holds nothing, as the server itself would say to whoever looks.
    """
    usual = ground.answers[host, path]
    assert isinstance(usual, Answer)
    body, charset = usual.body, "gbk" if "gbk" in usual.content_type else "utf-8"
    known = ground.titles.get(host, []) if finds else []
    if not finds:
        usual = replace(usual, body=usual.body + b"<!-- index: 0 documents -->\n")

    def respond(question: Question) -> Answer:
        query = question.target.partition("?")[2]
        words = next((part[2:] for part in query.split("&") if part.startswith("q=")), "")
        asked = unquote_to_bytes(words.replace("+", " ")).decode(charset, "replace").strip()
        if not asked:
            return usual
        found = [item for item in known if asked in item[0]][:MOST_RESULTS]
        shown = (
            Markup("<ul>{}</ul>").format(
                Markup("").join(
                    Markup("<li>{}</li>").format(anchor(url, title)) for title, url in found
                )
            )
            if found
            else Markup("<p>没有找到与“{}”相关的信息。</p>").format(asked)
        )
        mark = "<p>请在页面上方".encode(charset)
        return replace(
            usual, body=body.replace(mark, str(shown).encode(charset, "xmlcharrefreplace") + mark)
        )

    ground.answers[host, path] = respond
