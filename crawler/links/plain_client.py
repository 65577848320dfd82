"""The second client's connections: httpx over sockets that the same dialer opened."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpcore
import httpx

from crawler.network.dialing import Dialer

CONNECT_PATIENCE = 10.0


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to where the dialer says, and nowhere else."""

    def __init__(self, dialer: Dialer) -> None:
        self._dialer = dialer
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Try the host's permitted addresses in order; DialError where there is none."""
        patience = min(timeout or CONNECT_PATIENCE, CONNECT_PATIENCE)
        error: Exception | None = None
        for address, real_port in await self._dialer.addresses(host, port):
            try:
                stream = await self._network.connect_tcp(
                    address, real_port, patience, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as problem:
                self._dialer.unreachable(address)
                error = problem
            else:
                self._dialer.reachable(address)
                return stream
        assert error is not None, "addresses() gives at least one"
        raise error

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """No link leads to a socket file."""
        del timeout, socket_options
        raise httpcore.ConnectError(f"{path}: unix sockets are not dialled")

    async def sleep(self, seconds: float) -> None:
        """As httpcore asks, between its own retries."""
        await self._network.sleep(seconds)


class _Stream(httpx.AsyncByteStream):
    def __init__(self, pieces: Any) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._pieces:
            yield piece

    async def aclose(self) -> None:
        await self._pieces.aclose()


class GuardedTransport(httpx.AsyncBaseTransport):
    """httpx's way to httpcore, with our network behind it (httpx offers no setting for that)."""

    def __init__(self, dialer: Dialer) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=lenient_context(),
            max_connections=64,
            max_keepalive_connections=16,
            keepalive_expiry=15,
            network_backend=GuardedBackend(dialer),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; httpcore's exceptions pass as they are (``failure_of`` knows them)."""
        url = request.url
        response = await self._pool.handle_async_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Stream(response.stream)
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


def lenient_context() -> ssl.SSLContext:
    """TLS as an auditor needs it: old servers and bad certificates are looked at, not shunned."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    return context


class PlainClient:
    """A client without memory: no cookies, redirects, proxies or environment; one GET at a time."""

    def __init__(self, dialer: Dialer, user_agent: str, timeout: float) -> None:
        self._transport = GuardedTransport(dialer)
        self._client = httpx.AsyncClient(
            transport=self._transport,
            headers={
                "User-Agent": user_agent,
                "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
                "Accept-Language": "zh-CN,zh;q=0.9",
                "Accept-Encoding": "gzip, deflate",
            },
            timeout=timeout,
            trust_env=False,
        )

    @asynccontextmanager
    async def get(self, url: str, headers: Mapping[str, str]) -> AsyncIterator[httpx.Response]:
        """One GET, its body unread; the connection is given back or closed behind the block.

        The request goes to the transport directly: the client would first parse Location headers,
        even of redirects it is told not to follow, and raise on those that only browsers understand.
        """
        request = self._client.build_request("GET", url, headers=dict(headers))
        response = await self._transport.handle_async_request(request)
        try:
            yield response
        finally:
            await response.aclose()

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()
