"""Follows redirects in Scrapy and keeps them as facts: every address left, with its status.

Scrapy's own middleware drops a loop without an answer, keeps no status, and its cookie jar would
carry what one page sets (language, font size, version for the elderly) to all others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.network.redirects import cookie_header, cookies_set, next_step
from plugins.facts.page.page import Redirect

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_COOKIES = "_gongkai_cookies"
_REPLAYED = "_gongkai_replayed"


class RedirectMiddleware:
    """Each hop is a request of its own: paced, guarded and checked against robots.txt as any.

    Cookies live for one chain and one host, with one exception: a cookie that got a request past
    a wall (a redirect to itself) is shown to that host from then on, so the wall is met once.
    """

    def __init__(self) -> None:
        self._passes: dict[str, dict[str, str]] = {}

    def process_request(self, request: Request) -> None:
        """Show the pass that a host's wall gave us."""
        cookies = self._passes.get(_host(request.url), {}) | request.meta.get(_COOKIES, {}).get(
            _host(request.url), {}
        )
        if cookies and "Cookie" not in request.headers:
            request.headers["Cookie"] = cookie_header(cookies)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Ask the next address, or give the answer with what was met on the way in ``meta``."""
        meta = request.meta
        left: list[tuple[str, int]] = meta.setdefault("redirects", [])
        meta.setdefault("asked", request.url)
        if meta.get("dont_redirect"):
            return response
        cookies = cookies_set(
            [header.decode("latin-1") for header in response.headers.getlist("Set-Cookie")]
        )
        step = next_step(
            request.url,
            response.status,
            response.headers.get("Location") or b"",
            sets_cookie=bool(cookies),
            passed=[url for url, _ in left],
            replayed=bool(meta.get(_REPLAYED)),
        )
        if not step.url:
            if step.failure is not None:
                meta["gongkai_failure"] = step.failure
            elif meta.get(_REPLAYED):
                host = _host(request.url)
                self._passes[host] = dict(meta.get(_COOKIES, {}).get(host, {}))
            return response
        return self._follow(request, step.url, left, response.status, cookies, replay=step.replay)

    def _follow(
        self,
        request: Request,
        url: str,
        left: list[tuple[str, int]],
        status: int,
        cookies: dict[str, str],
        *,
        replay: bool,
    ) -> Request:
        following = request.replace(url=url, dont_filter=True, priority=request.priority + 2)
        for key in ("download_slot", "gongkai_failure"):
            following.meta.pop(key, None)
        following.headers.pop("Cookie", None)
        jars: dict[str, dict[str, str]] = dict(request.meta.get(_COOKIES, {}))
        host = _host(request.url)
        if cookies:
            jars[host] = jars.get(host, {}) | cookies
        following.meta[_COOKIES] = jars
        following.meta[_REPLAYED] = replay or bool(request.meta.get(_REPLAYED))
        following.meta["redirects"] = [*left, (request.url, status)]
        return following


def redirects_of(request: Request) -> tuple[Redirect, ...]:
    """The redirects on the way to a request's answer, as ``Page.redirects`` holds them."""
    return tuple(Redirect(url, status) for url, status in request.meta.get("redirects", ()))


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
