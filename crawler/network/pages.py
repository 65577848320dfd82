"""Raw facts of a page, made from what Scrapy hands over: answers and failures alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plugins import Failure, Page, Redirect

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


def page_of(
    response: Response,
    *,
    asked: str,
    depth: int = 0,
    referrers: tuple[str, ...] = (),
    rendered: bool = False,
    failure: Failure | None = None,
    status: int | None = None,
) -> Page:
    """The page that an answer brought; ``asked`` is the address before redirects.

    A rendered page keeps the HTTP status of its document; its body is the browser's DOM in UTF-8.
    """
    return Page(
        url=asked,
        status=response.status if status is None else status,
        body=response.body,
        headers={
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        },
        final_url=response.url if response.url != asked else "",
        redirects=redirects_of(response.meta),
        encoding="utf-8" if rendered else "",
        elapsed=response.meta.get("download_latency"),
        failure=failure,
        rendered=rendered,
        depth=depth,
        referrers=referrers,
        unserved=getattr(response.meta.get("gongkai_rendered"), "unserved", ()),
    )


def page_of_failure(
    request: Request,
    failure: Failure,
    *,
    asked: str,
    depth: int = 0,
    referrers: tuple[str, ...] = (),
) -> Page:
    """The page of a fetch that failed: no status, no body, but a reason."""
    return Page(
        url=asked,
        final_url=request.url if request.url != asked else "",
        redirects=redirects_of(request.meta),
        failure=failure,
        depth=depth,
        referrers=referrers,
    )


def redirects_of(meta: dict[str, Any]) -> tuple[Redirect, ...]:
    """The steps that our redirect middleware left in ``meta``."""
    return tuple(Redirect(url, status) for url, status in meta.get("redirects", ()))
