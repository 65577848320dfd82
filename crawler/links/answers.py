"""What a link target answered: the same plain facts from Scrapy and from the second client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from crawler.network.redirects import refresh_target
from crawler.network.status_words import ABSENT
from plugins.facts.language.text import squeeze
from plugins.facts.markup.charset import decode
from plugins.facts.page.page import Failure, FailureKind, Redirect

if TYPE_CHECKING:
    from scrapy.http import Response

START = 64 * 1024  # bytes of a target that are read: enough for a title and an error page
_SUCCESS = range(200, 300)


@dataclass(frozen=True)
class TargetAnswer:
    """One GET of one link target. ``headers`` lower-case names; ``final_url`` "" = ``url``."""

    url: str
    final_url: str = ""
    status: int | None = None
    redirects: tuple[Redirect, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    start: bytes = b""
    failure: Failure | None = None
    elapsed: float | None = None

    def __getstate__(self) -> dict[str, Any]:
        # Answers wait on disk for the second look: without what can be derived again.
        return {part.name: getattr(self, part.name) for part in fields(self)}

    @property
    def address(self) -> str:
        """Where the answer came from."""
        return self.final_url or self.url

    @property
    def arrived(self) -> bool:
        """Whether the server gave the thing asked for, be it too large, slow or cut short."""
        return self.status in _SUCCESS

    @property
    def name_absent(self) -> bool:
        """Whether name servers said that there is no such host, as opposed to saying nothing."""
        failure = self.failure
        return failure is not None and failure.kind is FailureKind.DNS and ABSENT in failure.detail

    @property
    def is_html(self) -> bool:
        """Whether the answer is a web page, by its header or, without one, by its first bytes."""
        media = self.headers.get("content-type", "").split(";")[0].strip().lower()
        if media:
            return media in {"text/html", "application/xhtml+xml"}
        return self.start.lstrip()[:1] == b"<"

    @cached_property
    def markup(self) -> str:
        """The start of the answer as text."""
        return decode(self.start, self.headers)[0]

    @cached_property
    def face(self) -> Face:
        """What a reader sees of it."""
        return Face.read(self.markup, self.address) if self.is_html else Face()


@dataclass(frozen=True)
class Face:
    """Title and visible words of a page, and where it sends its reader by itself ("" = nowhere)."""

    title: str = ""
    text: str = ""
    jump: str = ""

    @classmethod
    def read(cls, markup: str, base: str) -> Face:
        """Parse a page that may be cut off anywhere."""
        tree = LexborHTMLParser(markup)
        title = tree.css_first("title")
        words = squeeze(title.text()) if title is not None else ""
        jump = refresh_target(tree, base)
        for node in tree.css("script, style, noscript, template, title"):
            node.decompose()
        body = tree.body
        return cls(words, squeeze(body.text(separator=" ")) if body is not None else "", jump)


def answer_of(response: Response, asked: str = "") -> TargetAnswer:
    """The answer that Scrapy's callback received; ``asked`` is the address before redirects."""
    meta = response.meta
    return TargetAnswer(
        url=asked or str(meta.get("asked", response.url)),
        final_url=response.url,
        status=response.status,
        redirects=tuple(Redirect(url, status) for url, status in meta.get("redirects", ())),
        headers={
            name.decode("latin-1").lower(): b", ".join(values).decode("utf-8", "replace")
            for name, values in response.headers.items()
        },
        start=response.body[:START],
        failure=meta.get("gongkai_failure"),
        elapsed=meta.get("download_latency"),
    )
