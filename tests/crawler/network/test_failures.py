"""Every exception of every client becomes one kind of failure."""

from __future__ import annotations

import ssl

import httpcore
import httpx
import pytest
from OpenSSL import SSL
from scrapy import exceptions as scrapy_errors
from twisted.internet import error as tx
from twisted.python.failure import Failure as TwistedFailure
from twisted.web._newclient import ParseError, ResponseNeverReceived

from crawler.network.dialing import NameLookupError, PrivateAddressError
from crawler.network.failures import NotAskedError, failure_of
from plugins.facts.page.page import Failure, FailureKind


def wrapped(cause):
    """As Scrapy wraps what Twisted wrapped."""
    inner = ResponseNeverReceived([TwistedFailure(cause)])
    outer = scrapy_errors.DownloadFailedError(str(inner))
    outer.__cause__ = inner
    return outer


CASES = [
    (scrapy_errors.CannotResolveHostError("x"), "dns"),
    (NameLookupError("x", absent=True), "dns"),
    (PrivateAddressError("x"), "private_address"),
    (scrapy_errors.DownloadConnectionRefusedError("x"), "refused"),
    (tx.ConnectionRefusedError(), "refused"),
    (tx.NoRouteError(), "refused"),
    (tx.ConnectError(), "refused"),
    (httpx.ConnectError("x"), "refused"),
    (httpcore.ConnectError(OSError("All connection attempts failed")), "refused"),
    (scrapy_errors.DownloadTimeoutError("x"), "timeout"),
    (tx.TCPTimedOutError(), "timeout"),
    (tx.TimeoutError(), "timeout"),
    (httpx.ReadTimeout("x"), "timeout"),
    (httpcore.ConnectTimeout("x"), "timeout"),
    (TimeoutError(), "timeout"),
    (wrapped(tx.ConnectionLost()), "reset"),
    (wrapped(tx.ConnectionDone()), "reset"),
    (ConnectionResetError(104, "reset"), "reset"),
    (httpcore.ReadError("x"), "reset"),
    (scrapy_errors.DownloadCancelledError("x"), "reset"),
    (httpcore.RemoteProtocolError("Server disconnected without sending a response."), "reset"),
    (wrapped(SSL.Error([("SSL routines", "", "tlsv1 alert protocol version")])), "tls"),
    (httpcore.ConnectError(ssl.SSLError(1, "handshake failure")), "tls"),
    (ssl.SSLCertVerificationError(1, "expired"), "tls"),
    (wrapped(ParseError("wrong number of parts", b"220 smtp")), "invalid"),
    (httpcore.RemoteProtocolError("illegal status line"), "invalid"),
    (httpx.InvalidURL("x"), "invalid"),
    (scrapy_errors.UnsupportedURLSchemeError("x"), "invalid"),
    (scrapy_errors.NotSupported("x"), "invalid"),
    (ValueError("invalid hostname"), "invalid"),
    (scrapy_errors.ResponseDataLossError("x"), "truncated"),
    (httpx.RemoteProtocolError("peer closed connection without sending complete message body"), "truncated"),
    (httpx.TooManyRedirects("x"), "redirect_loop"),
    (httpx.DecodingError("x"), "decompression"),
    (NotAskedError(Failure(FailureKind.ROBOTS, "excluded")), "robots"),
    (KeyError("x"), "other"),
]  # fmt: skip


@pytest.mark.parametrize(("error", "kind"), CASES)
def test_an_exception_is_told_by_its_deepest_sure_cause(error, kind):
    assert failure_of(error).kind == kind
    assert failure_of(TwistedFailure(error)).kind == kind


def test_the_detail_is_short_and_on_one_line():
    failure = failure_of(TimeoutError("a\nb\n" + "long " * 200))
    assert "\n" not in failure.detail
    assert len(failure.detail) <= 200


def test_openssls_own_words_are_kept():
    error = SSL.Error([("SSL routines", "", "wrong version number")])
    assert failure_of(wrapped(error)).detail == "TLS: wrong version number"


def test_an_exception_whose_context_was_suppressed_stands_for_itself():
    error = ConnectionResetError()
    error.__context__ = NameLookupError("x", absent=True)
    assert failure_of(error).kind is FailureKind.DNS
    error.__suppress_context__ = True
    assert failure_of(error).kind is FailureKind.RESET
