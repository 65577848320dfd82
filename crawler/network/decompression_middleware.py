"""Scrapy's place for ``crawler.network.decompression``: bodies are decompressed within the bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.responsetypes import responsetypes

from crawler.network.decompression import ACCEPT_ENCODING, inflate
from crawler.network.downloading import BODY_LIMIT

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class DecompressionMiddleware:
    """Undoes Content-Encoding; what is wrong with it is noted in ``meta["gongkai_failure"]``."""

    def __init__(self, body_limit: int) -> None:
        self.body_limit = body_limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DecompressionMiddleware:
        """Take the bound from GONGKAI_BODY_LIMIT."""
        return cls(crawler.settings.getint("GONGKAI_BODY_LIMIT", BODY_LIMIT))

    def process_request(self, request: Request) -> None:
        """Say which codings are understood."""
        request.headers.setdefault("Accept-Encoding", ACCEPT_ENCODING)

    def process_response(self, request: Request, response: Response) -> Response:
        """Give the response with its body as it was before compression."""
        encoding = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        rendered = "playwright" in response.flags  # its body is the browser's document
        if not encoding or not response.body or rendered or request.method == "HEAD":
            return response
        inflated = inflate(
            response.body,
            encoding,
            limit=int(request.meta.get("body_limit") or self.body_limit),
            # A body that was cut before it was decompressed has its failure already.
            start_only=bool(request.meta.get("start_only") or request.meta.get("gongkai_failure")),
        )
        if inflated.failure is not None:
            request.meta.setdefault("gongkai_failure", inflated.failure)
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=inflated.body)
        return response.replace(cls=kind, headers=headers, body=inflated.body)
