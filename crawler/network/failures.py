"""From an exception of any client (Scrapy, Twisted, httpx, the browser) to a fact of the world."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import httpcore
import httpx
from OpenSSL import SSL
from scrapy import exceptions as scrapy_errors
from twisted.internet import defer
from twisted.internet import error as twisted_errors
from twisted.python.failure import Failure as TwistedFailure
from twisted.web import _newclient as twisted_http
from twisted.web.client import ResponseFailed

from crawler.network.dialing import NameLookupError, PrivateAddressError
from plugins.facts.page.page import Failure, FailureKind

_LONGEST = 200

# The first row that fits any exception of the chain decides, so the sure causes stand first.
_KINDS: tuple[tuple[FailureKind, tuple[type[BaseException], ...]], ...] = (
    (FailureKind.PRIVATE_ADDRESS, (PrivateAddressError,)),
    (
        FailureKind.DNS,
        (NameLookupError, scrapy_errors.CannotResolveHostError, twisted_errors.DNSLookupError),
    ),
    (FailureKind.TLS, (SSL.Error, ssl.SSLError, twisted_errors.VerifyError)),
    (
        FailureKind.TIMEOUT,
        (
            scrapy_errors.DownloadTimeoutError,
            twisted_errors.TimeoutError,
            twisted_errors.TCPTimedOutError,
            httpx.TimeoutException,
            httpcore.TimeoutException,
            TimeoutError,
        ),
    ),
    (
        FailureKind.REFUSED,
        (
            scrapy_errors.DownloadConnectionRefusedError,
            twisted_errors.ConnectionRefusedError,
            ConnectionRefusedError,
        ),
    ),
    (FailureKind.REDIRECT_LOOP, (httpx.TooManyRedirects,)),
    (FailureKind.DECOMPRESSION, (httpx.DecodingError,)),
    (FailureKind.TRUNCATED, (scrapy_errors.ResponseDataLossError,)),
    (
        FailureKind.INVALID,
        (
            twisted_http.ParseError,
            scrapy_errors.UnsupportedURLSchemeError,
            scrapy_errors.NotSupported,
            httpx.UnsupportedProtocol,
            httpx.InvalidURL,
            httpcore.UnsupportedProtocol,
            UnicodeError,
        ),
    ),
    (
        FailureKind.RESET,
        (
            twisted_errors.ConnectionLost,
            twisted_errors.ConnectionDone,
            twisted_errors.ConnectionAborted,
            ConnectionResetError,
            ConnectionAbortedError,
            BrokenPipeError,
            EOFError,
            httpx.ReadError,
            httpx.WriteError,
            httpcore.ReadError,
            httpcore.WriteError,
        ),
    ),
    (FailureKind.REFUSED, (twisted_errors.ConnectError, httpx.ConnectError, httpcore.ConnectError)),
    (FailureKind.INVALID, (httpx.ProtocolError, httpcore.ProtocolError, ValueError)),
    (
        FailureKind.RESET,
        (ResponseFailed, scrapy_errors.DownloadFailedError, scrapy_errors.DownloadCancelledError),
    ),
)
_PROTOCOL = (
    ("disconnected without sending", FailureKind.RESET),
    ("complete message body", FailureKind.TRUNCATED),
    ("incomplete chunked read", FailureKind.TRUNCATED),
    ("buffer too long", FailureKind.TOO_LARGE),
)


class NotAskedError(scrapy_errors.IgnoreRequest):
    """A request that was not sent on purpose; ``failure`` says why (robots.txt, host given up)."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


def failure_of(error: BaseException | TwistedFailure) -> Failure:
    """What an exception says about the world: its kind, and a short English detail.

    The causes behind it decide, down to OpenSSL's own: clients wrap them in general words.
    """
    chain = list(_chain(error))
    for link in chain:
        noted = getattr(link, "failure", None)  # NotAskedError, and RenderError of the browser
        if isinstance(noted, Failure):
            return noted
    for kind, types in _KINDS:
        for link in chain:
            if isinstance(link, types):
                return Failure(_corrected(kind, link), _words(link))
    first = chain[0]
    if _module(first).startswith(("playwright", "scrapy_playwright")):
        return Failure(FailureKind.BROWSER, _words(first))
    return Failure(FailureKind.OTHER, _words(first))


def _corrected(kind: FailureKind, error: BaseException) -> FailureKind:
    """In httpx's eyes a body that ends early, or a closed connection, is a breach of protocol."""
    if isinstance(error, httpx.RemoteProtocolError | httpcore.RemoteProtocolError):
        text = str(error)
        for words, real in _PROTOCOL:
            if words in text:
                return real
    return kind


def _chain(error: BaseException | TwistedFailure) -> Iterator[BaseException]:
    """The exception and all that caused it, breadth first, each once."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        link = waiting.pop(0)
        if isinstance(link, TwistedFailure):
            link = link.value
        if not isinstance(link, BaseException) or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        waiting += getattr(link, "reasons", None) or ()
        if isinstance(link, defer.FirstError):
            waiting.append(link.subFailure)
        if isinstance(link, BaseExceptionGroup):
            waiting += link.exceptions
        waiting.append(link.__cause__)
        # httpcore hides the cause ("from None") and keeps it as its first argument.
        waiting += [part for part in link.args if isinstance(part, BaseException)]
        if not link.__suppress_context__:
            waiting.append(link.__context__)


def _words(error: BaseException) -> str:
    if isinstance(error, SSL.Error) and error.args and isinstance(error.args[0], list):
        reasons = [str(entry[-1]) for entry in error.args[0] if entry]
        return "TLS: " + ("; ".join(reasons) or "connection closed during the handshake")
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _module(error: BaseException) -> str:
    return type(error).__module__
