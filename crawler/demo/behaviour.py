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
BEHAVIOURS: dict[str, Callable[[Question, Answer], Answer]] = {
    # Down at the first attempt, well ever after.
    "flaky": lambda question, usual: usual if question.times else SORRY,
    # A server that refuses HEAD.
    "no_head": lambda question, usual: REFUSED if question.method == "HEAD" else usual,
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
