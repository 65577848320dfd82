"""What a link target answered: the same plain facts from Scrapy and from the second client."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.failures import failure_of
from crawler.redirection import redirects_of
from plugins.facts.page import Failure, Redirect

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure

START = 64 * 1024  # bytes of a target that are read; enough for a title and an error page
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_NAME = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """One GET of one link target. ``headers`` lower-case names; ``final_url`` after redirects."""

    url: str
    final_url: str = ""
    status: int | None = None
    redirects: tuple[Redirect, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    start: bytes = b""
    failure: Failure | None = None
    elapsed: float | None = None
    # No name server knew the host's name (NXDOMAIN), as opposed to none having answered.
    name_absent: bool = False

    @property
    def address(self) -> str:
        """Where the answer came from."""
        return self.final_url or self.url

    @property
    def media(self) -> str:
        """The media type that the server names, "" where it names none."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def is_html(self) -> bool:
        """Whether the answer is a web page, by its header or, without one, by its first bytes."""
        if self.media:
            return self.media in {"text/html", "application/xhtml+xml"}
        return self.start.lstrip()[:1] == b"<"

    @cached_property
    def markup(self) -> str:
        """The start of the answer as text."""
        named = _NAME.search(self.headers.get("content-type", ""))
        inside = _CHARSET.search(self.start[:2048])
        names = [named[1]] if named else []
        names += [inside[1].decode("latin-1")] if inside else []
        for name in (*names, "utf-8"):
            try:
                return self.start.decode(name)
            except (LookupError, UnicodeDecodeError):
                continue
        # The start may end in the middle of a letter, which must not turn a page into GBK.
        text = self.start.decode("utf-8", "replace")
        if text.count("\N{REPLACEMENT CHARACTER}") <= 1:
            return text
        return self.start.decode("gb18030", "replace")


def answer_of(response: Response) -> Answer:
    """The answer that Scrapy's callback received."""
    request = response.request
    assert request is not None
    return Answer(
        url=asked_url(request),
        final_url=response.url,
        status=response.status,
        redirects=redirects_of(request),
        headers={
            name.decode("latin-1").lower(): b", ".join(values).decode("utf-8", "replace")
            for name, values in response.headers.items()
        },
        start=response.body[:START],
        failure=request.meta.get("failure"),
        elapsed=request.meta.get("download_latency"),
    )


def no_answer(reason: TwistedFailure) -> Answer:
    """What Scrapy's errback received: no answer, and why."""
    request: Request = reason.request  # type: ignore[attr-defined]  # Scrapy sets it on every one
    return Answer(
        url=asked_url(request),
        final_url=request.url,
        redirects=redirects_of(request),
        failure=failure_of(reason),
        name_absent=absent_name(reason),
    )


def asked_url(request: Request) -> str:
    """The address that was asked for, before redirects."""
    return str(request.meta.get("asked", request.url))


def host_of_answer(answer: Answer) -> str:
    """Host and port where the answer came from, or was expected from."""
    return urlsplit(answer.address).netloc.lower()
