"""The door through which the browser reaches the network: one that knows which addresses are shut.

Route interception sees the first address of a navigation only: redirects, workers, frames in other
processes and sockets pass it by. So the browser is told to use this proxy on loopback for
everything: it resolves names as the crawl does (``--resolve`` included), refuses private
addresses with the crawl's own guard, and connects to the very address that was judged, which also
shuts the door on names that change their address between two look-ups.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections import OrderedDict
from urllib.parse import urlsplit

from crawler.network.dialing import Dialer, NameLookupError, PrivateAddressError
from plugins.facts.page.page import Failure, FailureKind

HEAD_LIMIT = 64 * 1024
CHUNK = 64 * 1024
CONNECT_SECONDS = 10.0
HEAD_SECONDS = 60.0
REMEMBERED = 500
HOP_HEADERS = frozenset({b"connection", b"proxy-connection", b"keep-alive", b"proxy-authorization"})
MARK = "x-gongkai-refused"
HTTP_PORT = 80


class BrowserProxy:
    """An HTTP proxy on 127.0.0.1 for one browser.

    ``max_bytes`` bounds what one connection may bring. ``failures`` keeps, for the hosts asked last,
    why they could not be reached: the browser itself only says that its proxy did not connect.
    """

    def __init__(self, dialer: Dialer, *, max_bytes: int = 64 * 1024 * 1024) -> None:
        self._dialer = dialer
        self._max_bytes = max_bytes
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._failures: OrderedDict[tuple[str, int], Failure] = OrderedDict()
        self.token = secrets.token_hex(16)
        self.address = ""

    async def start(self) -> str:
        """Listen; hands back ``http://127.0.0.1:port``."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=HEAD_LIMIT)
        port = self._server.sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        return self.address

    async def close(self) -> None:
        """Stop listening and cut every connection."""
        if self._server is None:
            return
        self._server.close()
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._server = None

    def failure_of(self, url: str) -> Failure | None:
        """Why the host of ``url`` could not be reached just now; None = it could."""
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme in {"https", "wss"} else HTTP_PORT)
        return self._failures.get(((parts.hostname or "").lower(), port))

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(HEAD_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
            line, *headers = head[:-4].split(b"\r\n")
            method, target, _ = line.decode("latin-1").split(" ", 2)
            if method == "CONNECT":
                await self._tunnel(target, reader, writer)
            else:
                await self._forward(method, target, headers, reader, writer)
        except (OSError, ValueError, TimeoutError, EOFError, asyncio.LimitOverrunError):
            pass  # the connection is over; the browser reports what it makes of that
        finally:
            await _shut(writer)

    async def _tunnel(
        self, target: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        parts = urlsplit(f"//{target}")
        upstream = await self._dial(parts.hostname or "", parts.port or 443, writer)
        if upstream is None:
            return
        up_reader, up_writer = upstream
        try:
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            sending = asyncio.ensure_future(self._pipe(reader, up_writer))
            try:
                await self._pipe(up_reader, writer)
            finally:
                sending.cancel()
                await asyncio.gather(sending, return_exceptions=True)
        finally:
            await _shut(up_writer)

    async def _forward(
        self,
        method: str,
        target: str,
        headers: list[bytes],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        """One plain HTTP request; the connection ends with its answer.

        The browser keeps one pool of connections for all plain hosts behind a proxy. A server that
        kept such a connection open would be sent requests meant for others, so each carries one.
        """
        parts = urlsplit(target)
        upstream = await self._dial(parts.hostname or "", parts.port or HTTP_PORT, writer)
        if upstream is None:
            return
        up_reader, up_writer = upstream
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            kept = [line for line in headers if _name(line) not in HOP_HEADERS]
            length = next((int(_value(x)) for x in kept if _name(x) == b"content-length"), 0)
            up_writer.write(f"{method} {path} HTTP/1.1\r\n".encode("latin-1"))
            up_writer.write(b"\r\n".join([*kept, b"Connection: close", b"", b""]))
            while length > 0 and (chunk := await reader.read(min(CHUNK, length))):
                up_writer.write(chunk)
                await up_writer.drain()
                length -= len(chunk)
            gone = asyncio.ensure_future(reader.read(1))  # the browser hung up, or broke the deal
            answer = asyncio.ensure_future(self._answer(up_reader, writer))
            await asyncio.wait({gone, answer}, return_when=asyncio.FIRST_COMPLETED)
            for task in (gone, answer):
                task.cancel()
            await asyncio.gather(gone, answer, return_exceptions=True)
        finally:
            await _shut(up_writer)

    async def _answer(self, upstream: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await upstream.readuntil(b"\r\n\r\n")
            line, *headers = head[:-4].split(b"\r\n")
            interim = line.split(b" ")[1:2] in ([b"100"], [b"102"], [b"103"])
            kept = [item for item in headers if _name(item) not in HOP_HEADERS]
            if not interim:
                kept.append(b"Connection: close")
                break
        writer.write(b"\r\n".join([line, *kept, b"", b""]))
        await self._pipe(upstream, writer)

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        left = self._max_bytes
        while left > 0 and (chunk := await reader.read(min(CHUNK, left))):
            left -= len(chunk)
            writer.write(chunk)
            await writer.drain()

    async def _dial(
        self, host: str, port: int, writer: asyncio.StreamWriter
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """Connect to the first address that answers; otherwise tell the browser and remember why."""
        key = (host.lower(), port)
        try:
            opened = await self._open(host, port)
        except PrivateAddressError as error:
            failure = Failure(FailureKind.PRIVATE_ADDRESS, str(error))
        except NameLookupError as error:
            failure = Failure(FailureKind.DNS, str(error))
        except TimeoutError:
            failure = Failure(FailureKind.TIMEOUT, f"连接 {host}:{port} 超时")
        except ConnectionRefusedError:
            failure = Failure(FailureKind.REFUSED, f"{host}:{port} 拒绝连接")
        except ConnectionResetError:
            failure = Failure(FailureKind.RESET, f"{host}:{port} 中断连接")
        except OSError as error:
            failure = Failure(FailureKind.OTHER, f"连接 {host}:{port} 失败：{error}")
        else:
            self._failures.pop(key, None)
            return opened
        self._failures[key] = failure
        while len(self._failures) > REMEMBERED:
            self._failures.popitem(last=False)
        # With some content: the browser makes an error page of its own out of an empty refusal.
        writer.write(
            f"HTTP/1.1 502 Bad Gateway\r\n{MARK}: {self.token}\r\nContent-Type: text/plain\r\n"
            "Content-Length: 7\r\nConnection: close\r\n\r\nrefused".encode()
        )
        with contextlib.suppress(OSError):
            await writer.drain()
        return None

    async def _open(
        self, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        error: OSError = OSError("域名没有地址")
        async with asyncio.timeout(CONNECT_SECONDS):
            for address, number in await self._dialer.addresses(host, port):
                try:
                    return await asyncio.open_connection(address, number, limit=HEAD_LIMIT)
                except OSError as failed:
                    error = failed
        raise error


async def _shut(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(1):
            await writer.wait_closed()


def _name(line: bytes) -> bytes:
    return line.partition(b":")[0].strip().lower()


def _value(line: bytes) -> bytes:
    return line.partition(b":")[2].strip()
