"""Where an answer sends its reader, and whether that is a way, a loop or a wall: pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from selectolax.lexbor import LexborHTMLParser

from plugins.addresses.urls import resolve
from plugins.facts.page.page import Failure, FailureKind

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_HOPS = 10
_REFRESH = re.compile(r"url\s*=\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_LOCATION = re.compile(
    r"""^\s*(?:<!--|//)?\s*(?:setTimeout\(.{0,40}?)?(?:window\.|self\.|top\.|parent\.|document\.)*location"""
    r"""(?:\.href)?\s*(?:=\s*["']([^"']*)["']|\.(?:replace|assign)\(\s*["']([^"']*)["'])""",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class NextStep:
    """The next address to ask ("" = none), and what is wrong where there is none.

    ``replay``: it is the same address once more, with the cookie that the answer set.
    """

    url: str = ""
    failure: Failure | None = None
    replay: bool = False


def next_step(
    url: str,
    status: int,
    location: bytes | str,
    *,
    sets_cookie: bool,
    passed: Sequence[str] = (),
    replayed: bool = False,
) -> NextStep:
    """What follows from an answer's status and Location header.

    ``passed`` are the addresses left before ``url`` on this way, ``replayed`` whether the one
    replay with a cookie was spent. A redirect to the very same address with a cookie is how
    firewalls of government sites test for browsers (domain.md §10.6): asked once more, then a wall.
    """
    if status not in REDIRECTS or not location:
        return NextStep()
    target = resolve(url, decoded(location))
    if urlsplit(target).scheme not in {"http", "https"}:
        detail = f"redirects to {decoded(location)[:100]!r}"
        return NextStep(failure=Failure(FailureKind.INVALID, detail))
    if target == urldefrag(url).url and sets_cookie and not replayed:
        return NextStep(target, replay=True)
    if target in {urldefrag(left).url for left in (*passed, url)}:
        # With a cookie in the chain the second visit of an address may end differently.
        if sets_cookie and not replayed:
            return NextStep(target, replay=True)
        return NextStep(failure=Failure(FailureKind.REDIRECT_LOOP, f"redirects back to {target}"))
    if len(passed) >= MOST_HOPS:
        detail = f"more than {MOST_HOPS} redirects"
        return NextStep(failure=Failure(FailureKind.REDIRECT_LOOP, detail))
    return NextStep(target)


def decoded(location: bytes | str) -> str:
    """A Location header's text: UTF-8, else GB18030, as servers here send it unencoded."""
    if isinstance(location, str):
        return location
    for encoding in ("utf-8", "gb18030"):
        try:
            return location.decode(encoding)
        except UnicodeDecodeError:
            continue
    return location.decode("latin-1")


def cookies_set(headers: Sequence[str]) -> dict[str, str]:
    """Names and values of Set-Cookie headers; what else they say does not matter for one replay."""
    # Where it is needed: every worker imports this module, and none is sent a cookie.
    from http.cookies import CookieError, SimpleCookie

    found: dict[str, str] = {}
    for header in headers:
        try:
            jar = SimpleCookie(header.split(";", 1)[0])
        except CookieError:
            continue
        found |= {name: morsel.coded_value for name, morsel in jar.items()}
    return found


def cookie_header(cookies: Mapping[str, str]) -> str:
    """The Cookie header that sends them back."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def refresh_target(tree: LexborHTMLParser, base: str) -> str:
    """Where a page sends its reader by a meta refresh or a bare script; "" where it stays."""
    for meta in tree.css("meta[http-equiv]"):
        if (meta.attributes.get("http-equiv") or "").strip().lower() == "refresh":
            match = _REFRESH.search(meta.attributes.get("content") or "")
            if match:
                return resolve(base, match[1].strip("'\" "))
    for script in tree.css("script:not([src])"):
        match = _LOCATION.search(script.text())
        if match:
            return resolve(base, match[1] or match[2])
    return ""
