"""Scrapy's download handler for http and https: guarded connections, bounded answers, facts.

``crawler/settings.py`` must contain::

    TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
    DOWNLOAD_HANDLERS = {scheme: "crawler.network.downloading.GuardedDownloadHandler" for http, https}
    GONGKAI_DIALER = Dialer(resolution, allowed_hosts)    # one object for all clients of the run
    GONGKAI_BODY_LIMIT = 10 * 1024 * 1024                 # bytes of a body, compressed or not
    DOWNLOAD_TIMEOUT = 30                                 # whole life of a request, drip included
    DOWNLOAD_MAXSIZE = 0; DOWNLOAD_WARNSIZE = 0           # ours keeps status, headers and start
    DOWNLOAD_FAIL_ON_DATALOSS = False                     # a cut body is a fact, not an exception
    DOWNLOAD_VERIFY_CERTIFICATES = False                  # certificate_fault() records what is wrong
    DOWNLOAD_TLS_MIN_VERSION = "TLSv1.0"                  # old servers are audited, not shunned
    HTTPERROR_ALLOW_ALL = True
    COMPRESSION_ENABLED = REDIRECT_ENABLED = METAREFRESH_ENABLED = RETRY_ENABLED = False
    COOKIES_ENABLED = ROBOTSTXT_OBEY = HTTPPROXY_ENABLED = False
    DOWNLOADER_MIDDLEWARES = {
        "crawler.network.robots.RobotsMiddleware": 100,
        "crawler.network.decompression_middleware.DecompressionMiddleware": 590,
        "crawler.network.redirection.RedirectMiddleware": 600,
        "crawler.network.pacing.PaceMiddleware": 610,
    }

Optional: GONGKAI_ATTEMPTS (2), GONGKAI_BREAKER (8), GONGKAI_RETRY_AFTER_MAX (60 s),
GONGKAI_CRAWL_DELAY_MAX (10 s), GONGKAI_ROBOTS_IGNORE (hosts). ``crawler.get_downloader_middleware(
PaceMiddleware).gaps()`` and ``(RobotsMiddleware).gaps()`` give the run's gaps as plugins.Gap.

Of Scrapy's own these do their job and stay: DownloadTimeout, DefaultHeaders, UserAgent, Stats.

Meta keys that a request may carry: ``body_limit`` (bytes), ``start_only`` (True: stop at
``body_limit`` without calling it a failure, for link targets), ``download_timeout``, ``attempts``
(how often a transient failure is tried in all, default GONGKAI_ATTEMPTS = 2; 1 for link targets),
``robots_exempt``, ``dont_redirect``. Meta keys that an answer carries: ``gongkai_failure`` (a
plugins.Failure where the answer is not whole), ``redirects`` (list of (url, status) that were
left), ``asked`` (the address before redirects), ``certificate_fault`` (crawler.network.certificates; absent
where there is none), ``download_latency``. What ended without an answer
arrives in the errback: ``failure_of(failure)`` gives the plugins.Failure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.core.downloader.contextfactory import (
    _ScrapyCertificateOptions,
    _ScrapyClientContextFactory,
)
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _ScrapyAgent,
)
from scrapy.exceptions import StopDownload
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import deferred_from_coro, maybe_deferred_to_future
from twisted.internet.endpoints import TCP4ClientEndpoint, TCP6ClientEndpoint, wrapClientTLS
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.python.failure import Failure as TwistedFailure
from twisted.web._newclient import HEADER, STATUS
from twisted.web.client import URI, Agent
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.network.certificates import certificate_fault
from crawler.network.dialing import Dialer
from crawler.network.failures import NotAskedError, failure_of
from plugins.facts.page.page import Failure, FailureKind

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IProtocolFactory
    from twisted.internet.protocol import Protocol

__all__ = ["GuardedDownloadHandler", "NotAskedError", "failure_of"]

BODY_LIMIT = 10 * 1024 * 1024
HEAD_LIMIT = 256 * 1024
CONNECT_PATIENCE = 10.0  # seconds for one address of a host, while there may be another
_RECEIVED = "_gongkai_received"


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Downloads what the guard allows, from where ``--resolve`` says, within bounds.

    A class to combine: ``class X(ScrapyPlaywrightDownloadHandler, GuardedDownloadHandler)`` sends
    through it whatever does not go to the browser.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory  # noqa: SLF001 - as Scrapy's own handler does
        self._contextFactory = _LenientContextFactory.from_crawler(crawler)  # type: ignore[assignment]  # zope
        self.dialer: Dialer = crawler.settings.get("GONGKAI_DIALER") or Dialer()
        self.body_limit = crawler.settings.getint("GONGKAI_BODY_LIMIT", BODY_LIMIT)
        self._certificates: dict[tuple[str, int], str] = {}
        # Scrapy makes one handler for each scheme, and tells every handler of every request.
        self._own: set[Request] = set()
        crawler.signals.connect(self._headers_received, signals.headers_received)
        crawler.signals.connect(self._bytes_received, signals.bytes_received)

    async def download_request(self, request: Request) -> Response:
        """Fetch; a body cut by the bound, or by the network, is marked in ``meta["gongkai_failure"]``."""
        request.meta.pop("gongkai_failure", None)
        request.meta.pop(_RECEIVED, None)
        agent = _GuardedAgent(
            dialer=self.dialer,
            contextFactory=self._contextFactory,
            pool=self._pool,
            fail_on_dataloss=False,
            crawler=self._crawler,
        )
        self._own.add(request)
        try:
            with wrap_twisted_exceptions():
                response = await maybe_deferred_to_future(agent.download_request(request))
        finally:
            self._own.discard(request)
            request.meta.pop(_RECEIVED, None)
        self._note_certificate(request, response)
        failure = self._shortfall(request, response)
        if failure is not None:
            request.meta["gongkai_failure"] = failure
        return response

    def _limit(self, request: Request) -> int:
        return int(request.meta.get("body_limit") or self.body_limit)

    def _headers_received(self, body_length: int | str, request: Request) -> None:
        """Do not even begin a body that is announced as too large."""
        if request not in self._own:
            return
        # Twisted gives the marker string UNKNOWN_LENGTH where no length is announced.
        announced = body_length if isinstance(body_length, int) else 0
        if announced > self._limit(request) and not request.meta.get("start_only"):
            raise StopDownload(fail=False)

    def _bytes_received(self, data: bytes, request: Request) -> None:
        if request not in self._own:
            return
        received = request.meta.get(_RECEIVED, 0) + len(data)
        request.meta[_RECEIVED] = received
        if received > self._limit(request):
            raise StopDownload(fail=False)

    def _note_certificate(self, request: Request, response: Response) -> None:
        request.meta.pop("certificate_fault", None)
        if response.certificate is None:
            return
        host = urlsplit(request.url).hostname or ""
        certificate = response.certificate.original.to_cryptography()
        key = (host, certificate.serial_number)
        if key not in self._certificates:
            self._certificates[key] = certificate_fault(certificate, host)
        if self._certificates[key]:
            request.meta["certificate_fault"] = self._certificates[key]

    def _shortfall(self, request: Request, response: Response) -> Failure | None:
        if "download_stopped" in response.flags:
            if request.meta.get("start_only"):
                return None
            return Failure(FailureKind.TOO_LARGE, f"more than {self._limit(request)} bytes")
        if "dataloss" in response.flags:
            return Failure(FailureKind.TRUNCATED, "the connection closed before the body ended")
        return None


class _LenientOptions(_ScrapyCertificateOptions):
    """Speaks to servers that only know TLS 1.0 and old keys: they are audited, not shunned."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # The setting DOWNLOADER_CLIENT_TLS_CIPHERS cannot say it: Twisted expands the string to
        # names of ciphers, and the security level gets lost on the way.
        self._cipherString = "DEFAULT:@SECLEVEL=0"


class _LenientContextFactory(_ScrapyClientContextFactory):
    def _get_cert_options(self) -> _LenientOptions:
        return _LenientOptions(**self._get_cert_options_kwargs())


class HeadTooLargeError(Exception):
    """Header lines without end; Twisted would keep them all until the time is up."""

    failure = Failure(FailureKind.TOO_LARGE, f"more than {HEAD_LIMIT} bytes of headers")


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    _head = 0

    def request(self, request: Any) -> Deferred[Any]:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is not None and self._parser.state in {STATUS, HEADER}:
            self._head += len(data)
            if self._head > HEAD_LIMIT:
                self._giveUp(TwistedFailure(HeadTooLargeError()))  # type: ignore[no-untyped-call]


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _BoundedProtocol:  # noqa: ARG002, N802 - Twisted's name
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class _GuardedAgent(_ScrapyAgent):
    """Scrapy's agent with endpoints that ask the dialer where they may connect to."""

    def __init__(self, *, dialer: Dialer, **options: Any) -> None:
        super().__init__(**options)
        self._dialer = dialer

    def _get_agent(self, request: Request, timeout: float) -> Agent:  # noqa: ARG002 - proxies are not used
        from twisted.internet import reactor

        factory = _GuardedEndpoints(
            reactor=reactor,
            dialer=self._dialer,
            policy=self._contextFactory,
            patience=min(timeout, CONNECT_PATIENCE),
        )
        return Agent.usingEndpointFactory(reactor, factory, self._pool)  # type: ignore[no-untyped-call, no-any-return]


@implementer(IAgentEndpointFactory)
class _GuardedEndpoints:
    def __init__(
        self, *, reactor: ReactorBase, dialer: Dialer, policy: Any, patience: float
    ) -> None:
        self._reactor = reactor
        self._dialer = dialer
        self._policy = policy
        self._patience = patience

    def endpointForURI(self, uri: URI) -> Any:  # noqa: N802 - Twisted's name
        """A plain or a TLS endpoint; the TLS name is that of the URL."""
        host = uri.host.decode("ascii")
        endpoint: Any = _GuardedEndpoint(
            self._reactor, self._dialer, host, uri.port, self._patience
        )
        if uri.scheme == b"https":
            options = self._policy.creatorForNetloc(uri.host, uri.port)
            return wrapClientTLS(options, endpoint)
        return endpoint


@implementer(IStreamClientEndpoint)
class _GuardedEndpoint:
    """Connects to the first address of a host that takes the connection."""

    def __init__(
        self, reactor: ReactorBase, dialer: Dialer, host: str, port: int, patience: float
    ) -> None:
        self._reactor = reactor
        self._dialer = dialer
        self._host = host
        self._port = port
        self._patience = patience

    def connect(self, factory: IProtocolFactory) -> Deferred[Protocol]:
        """Resolve, check, connect: nothing lies between check and connection."""
        return deferred_from_coro(self._connect(factory))

    async def _connect(self, factory: IProtocolFactory) -> Protocol:
        addresses = await self._dialer.addresses(self._host, self._port)
        for address, port in addresses[:-1]:
            try:
                return await self._attempt(factory, address, port)
            except Exception:  # noqa: BLE001, S112 - whatever ails it, the next address is tried
                continue
        return await self._attempt(factory, *addresses[-1])

    async def _attempt(self, factory: IProtocolFactory, address: str, port: int) -> Protocol:
        endpoint_class = TCP6ClientEndpoint if ":" in address else TCP4ClientEndpoint
        endpoint = endpoint_class(self._reactor, address, port, self._patience)
        connecting: Deferred[Any] = endpoint.connect(factory)
        try:
            protocol: Protocol = await maybe_deferred_to_future(connecting)
        except Exception:
            self._dialer.unreachable(address)
            raise
        self._dialer.reachable(address)
        return protocol
