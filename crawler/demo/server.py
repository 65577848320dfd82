"""A real HTTP server on loopback that plays all hosts of a demo on one port."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Self

from crawler.demo.answers import Answer, Question, Respondent

LOOPBACK = "127.0.0.1"
LOOPBACK6 = "::1"
MOST_HEAD = 64 * 1024
MOST_BODY = 1024 * 1024
MOST_CONNECTIONS = 256
MOST_LOGGED = 200_000
IDLE_SECONDS = 30.0
LAST_SECONDS = 0.05
ATTEMPTS = 20


@dataclass
class RequestLog:
    """What was asked: counts for each (host, target); bounded, thread-safe."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    methods: Counter[str] = field(default_factory=Counter)
    total: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note(self, host: str, target: str, method: str) -> int:
        """Count one request; tells how often this address was asked for before."""
        with self._lock:
            self.total += 1
            self.methods[method] += 1
            before = self.counts[host, target]
            if before or len(self.counts) < MOST_LOGGED:
                self.counts[host, target] = before + 1
            return before

    def count(self, url: str) -> int:
        """How often ``http://host/target`` was asked for."""
        host, _, target = url.removeprefix("http://").partition("/")
        with self._lock:
            return self.counts[host, "/" + target]


class DemoServer:
    """Serves a :class:`Respondent` on 127.0.0.1 and, where there is one, on [::1], same port.

    A context manager: entering binds the port (``port=0`` takes a free one) and starts one thread
    with an event loop of its own; leaving closes every connection and ends the thread. Hosts are
    told apart by the Host header. ``log`` counts the requests, ``resolve_options`` are the values
    for ``--resolve`` under which the demo's addresses (``http://www.….gov.cn/…``) lead here.

    Raises:
        OSError: the wanted port is taken.
    """

    def __init__(self, respondent: Respondent, *, port: int = 0, ipv6: bool = True) -> None:
        self.respondent = respondent
        self.log = RequestLog()
        self.port = port
        self.ipv6 = ipv6
        self._sockets: list[socket.socket] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stop: asyncio.Event | None = None

    @property
    def resolve_options(self) -> list[str]:
        """``HOST:80:127.0.0.1:PORT`` for every host of the demo."""
        return [f"{host}:80:{LOOPBACK}:{self.port}" for host in self.respondent.hosts]

    @property
    def url(self) -> str:
        """Where a person's browser finds the first host without any host name being resolved."""
        return f"http://{LOOPBACK}:{self.port}/"

    def __enter__(self) -> Self:
        self._sockets = self._bind()
        self.port = self._sockets[0].getsockname()[1]
        ready = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(ready)), name="demo-server", daemon=True
        )
        self._thread.start()
        ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._loop and self._stop:
            with contextlib.suppress(RuntimeError):  # the loop is gone already
                self._loop.call_soon_threadsafe(self._stop.set)
        if self._thread:
            self._thread.join(timeout=10)
        for bound in self._sockets:
            bound.close()

    def _bind(self) -> list[socket.socket]:
        """Both families on one port; a free port on one may be taken on the other, so try again."""
        for _ in range(ATTEMPTS):
            four = _listen(socket.AF_INET, LOOPBACK, self.port)
            if not self.ipv6:
                return [four]
            try:
                six = _listen(socket.AF_INET6, LOOPBACK6, four.getsockname()[1])
            except OSError:
                if self.port or not _has_ipv6_loopback():
                    self.ipv6 = False
                    return [four]
                four.close()
                continue
            return [four, six]
        raise OSError("127.0.0.1 与 [::1] 上没有共同的空闲端口")

    async def _serve(self, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        tasks: set[asyncio.Task[None]] = set()
        room = asyncio.Semaphore(MOST_CONNECTIONS)

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            tasks.add(task)
            try:
                async with room:
                    await self._talk(reader, writer)
            except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
                pass  # the client went away or spoke nonsense: nothing to tell it
            except asyncio.CancelledError:
                pass  # the server is being closed
            finally:
                tasks.discard(task)
                if self._stop and self._stop.is_set():
                    writer.transport.abort()  # nobody waits for a slow reader any more
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()

        lines: set[asyncio.Transport] = set()
        servers = [
            await self._loop.create_server(
                lambda: _Line(asyncio.StreamReader(limit=MOST_HEAD), connected, lines), sock=bound
            )
            for bound in self._sockets
        ]
        ready.set()
        await self._stop.wait()
        # What was accepted a moment ago must have begun before it can be told to end: Python 3.11
        # loses a connection whose server is closed between its acceptance and its first step.
        for bound in self._sockets:
            self._loop.remove_reader(bound)
        await asyncio.sleep(LAST_SECONDS)
        for server in servers:
            server.close()
        open_tasks = list(tasks)
        for task in open_tasks:
            task.cancel()
        await asyncio.gather(*open_tasks, return_exceptions=True)
        # A connection whose task was cancelled before its first step has nobody to close it.
        for line in list(lines):
            line.abort()
        await asyncio.sleep(LAST_SECONDS)  # transports tell their protocols: the connection is lost

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: requests one after another until either side has had enough."""
        peer = writer.get_extra_info("peername")
        ipv6 = ":" in str(peer[0]) if peer else False
        while True:
            async with asyncio.timeout(IDLE_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
            asked = _read_head(head)
            if asked is None:
                writer.write(
                    b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                )
                await writer.drain()
                return
            method, target, headers = asked
            length = int(headers.get("content-length", "0") or 0)
            if length:
                await reader.readexactly(min(length, MOST_BODY))
            host = headers.get("host", "").rpartition("]")[2].partition(":")[0].lower()
            if host not in self.respondent.hosts:
                host = self.respondent.hosts[0]
            times = self.log.note(host, target, method)
            answer = self.respondent.answer(
                Question(host, target, method, headers.get("cookie", ""), ipv6, times)
            )
            if answer.delay:
                await asyncio.sleep(answer.delay)
            if answer.drop:
                return
            stay = headers.get("connection", "").lower() != "close"
            # One write: head and body in two packets would wait for the client's delayed ACK.
            writer.write(
                _write_head(answer, stay=stay) + (b"" if method == "HEAD" else answer.body)
            )
            await writer.drain()
            if not stay:
                return


class _Line(asyncio.StreamReaderProtocol):
    """A connection that is known from its first moment to its last, so that none is left open."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        connected: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
        lines: set[asyncio.Transport],
    ) -> None:
        super().__init__(reader, connected)
        self._lines = lines
        self._line: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._line = transport
        self._lines.add(transport)
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._line is not None:
            self._lines.discard(self._line)
        super().connection_lost(exc)


def _listen(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    # With the protocol named asyncio turns Nagle's algorithm off on what is accepted.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind((address, port))
        bound.listen(512)
    except OSError:
        bound.close()
        raise
    return bound


def _has_ipv6_loopback() -> bool:
    try:
        _listen(socket.AF_INET6, LOOPBACK6, 0).close()
    except OSError:
        return False
    return True


def _read_head(head: bytes) -> tuple[str, str, dict[str, str]] | None:
    """Method, target (path and query) and headers; None where it is no HTTP/1 request."""
    first, *rest = head.decode("latin-1").split("\r\n")
    method, _, rest_of_line = first.partition(" ")
    target, _, version = rest_of_line.rpartition(" ")
    if not method or not target or not version.startswith("HTTP/1."):
        return None
    if "://" in target:  # absolute form, as proxies send it
        target = "/" + target.split("://", 1)[1].partition("/")[2]
    headers = {}
    for line in rest:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    if not headers.get("content-length", "0").isdigit():
        return None
    return method, target or "/", headers


def _write_head(answer: Answer, *, stay: bool) -> bytes:
    try:
        phrase = HTTPStatus(answer.status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {answer.status} {phrase}"]
    if answer.content_type:
        lines.append(f"Content-Type: {answer.content_type}")
    lines.append(f"Content-Length: {len(answer.body)}")
    lines += [f"{name}: {value}" for name, value in answer.headers]
    lines.append("Connection: keep-alive" if stay else "Connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
