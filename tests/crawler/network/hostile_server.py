"""A real server on loopback that does what bad servers do: one path, one misbehaviour."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import ssl
import struct
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LINE = "本栏目发布区人民政府及其部门的公开信息，供公众查阅。"
PAGE = f"<html><head><title>工作动态</title></head><body>{LINE * 20}</body></html>".encode()
GONE_WORDS = "<html><head><title>您访问的页面不存在</title></head><body>抱歉，您访问的页面不存在</body></html>".encode()
CHALLENGE = b"<html><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1;</script></html>"


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    at: float


@dataclass
class HostileServer:
    """Runs in a thread of its own; ``asked`` holds what was requested, in order."""

    host: str = "127.0.0.1"
    context: ssl.SSLContext | None = None
    robots: tuple[int, bytes] = (404, b"")
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    busy_until: int = 1
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    @property
    def origin(self) -> str:
        """The server's address, without closing slash."""
        scheme = "https" if self.context else "http"
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{name}:{self.port}"

    def url(self, path: str) -> str:
        """An absolute address on it."""
        return self.origin + path

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(asked.path == path for asked in self.asked)

    @contextmanager
    def running(self) -> Iterator[HostileServer]:
        """Serve until the block ends."""
        ready = threading.Event()
        stop = asyncio.Event()

        async def serve() -> None:
            server = await asyncio.start_server(self._serve, self.host, 0, ssl=self.context)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await stop.wait()
            server.close()
            tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        def run() -> None:
            asyncio.set_event_loop(self.loop)
            self.loop.set_exception_handler(lambda *_: None)  # resets are what we are here for
            self.loop.run_until_complete(serve())
            self.loop.close()

        thread = threading.Thread(target=run, name="hostile-server")
        thread.start()
        assert ready.wait(10)
        try:
            yield self
        finally:
            self.loop.call_soon_threadsafe(stop.set)
            thread.join(10)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                opening = await reader.readexactly(1)
                if opening == b"\x16":  # TLS spoken to a plain server
                    writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                    break
                head = (opening + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                first, *lines = head.rstrip().split("\r\n")
                method, path, _ = first.split(" ", 2)
                headers = {
                    name.strip().lower(): value.strip()
                    for name, _, value in (line.partition(":") for line in lines)
                }
                self.asked.append(Asked(method, path, headers, asyncio.get_running_loop().time()))
                if not await self._answer(method, path, headers, writer):
                    break
        writer.close()

    async def _answer(
        self, method: str, path: str, headers: dict[str, str], writer: asyncio.StreamWriter
    ) -> bool:
        bare = path.partition("?")[0]
        special = {
            "/big": self._big,
            "/big-unannounced": self._big_unannounced,
            "/drip": self._drip,
            "/silent": self._silent,
            "/reset": self._reset,
            "/reset-before": self._reset_before,
            "/cut": self._cut,
            "/endless-headers": self._endless_headers,
            "/not-http": self._not_http,
        }.get(bare)
        if special is not None:
            await special(writer)
            return False
        status, fields, body = self._plain(method, bare, path, headers)
        await _send(writer, status, fields, b"" if method == "HEAD" else body, len(body))
        return True

    def _plain(  # noqa: C901, PLR0912 - a table of paths
        self, method: str, bare: str, path: str, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        html = {"Content-Type": "text/html; charset=utf-8"}
        cookie = headers.get("cookie", "")
        if bare == "/robots.txt":
            return self.robots[0], {"Content-Type": "text/plain"}, self.robots[1]
        if bare.startswith("/loop/"):
            other = "b" if bare.endswith("a") else "a"
            return 302, {"Location": f"/loop/{other}"}, b""
        if bare.startswith("/hops/"):
            return 301, {"Location": f"/hops/{int(bare[6:]) + 1}"}, b""
        if bare == "/wall-cookie":
            if "pass=1" in cookie:
                return 200, html, PAGE
            return 302, {"Location": path, "Set-Cookie": "pass=1; path=/"}, b""
        if bare == "/wall-closed":
            return 302, {"Location": path, "Set-Cookie": "token=x; path=/"}, b""
        if bare.startswith("/calendar/"):
            day = int(bare[10:])
            links = f'<a href="/calendar/{day + 1}">后一天</a>'.encode()
            return 200, html, b"<html><body>" + links + b"</body></html>"
        if bare == "/bomb":
            zeros = gzip.compress(bytes(64 * 1024 * 1024), 9)
            return 200, html | {"Content-Encoding": "gzip"}, zeros
        if bare == "/not-gzip":
            return 200, html | {"Content-Encoding": "gzip"}, PAGE
        if bare == "/gzip":
            return 200, html | {"Content-Encoding": "gzip"}, gzip.compress(PAGE)
        if bare == "/wrong-charset":
            text = PAGE.decode().encode("gb18030")
            return 200, {"Content-Type": "text/html; charset=utf-8"}, text
        if bare == "/no-head":
            return (405, html, b"") if method == "HEAD" else (200, html, PAGE)
        if bare in {"/wall-403", "/wall-412", "/wall-521", "/wall-999", "/error-500", "/error-410"}:
            body = CHALLENGE if bare == "/wall-412" else b"refused"
            return int(bare[-3:]), html, body
        if bare == "/busy":
            if self.count(path) <= self.busy_until:
                return 429, {"Retry-After": "1"}, b""
            return 200, html, PAGE
        if bare == "/busy-for-hours":
            later = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
            return 503, {"Retry-After": later}, b""
        if bare.startswith("/soft/"):
            return (200, html, PAGE) if bare == "/soft/live.html" else (200, html, GONE_WORDS)
        if bare.startswith("/home-soft/"):
            return (
                (200, html, PAGE)
                if bare == "/home-soft/live.html"
                else (302, {"Location": "/"}, b"")
            )
        if bare == "/moved-home/old.html":
            return 302, {"Location": "/"}, b""
        if bare.startswith("/visitors/"):
            if "visitor=1" in cookie:
                return 200, html, PAGE
            return 302, {"Location": "/", "Set-Cookie": "visitor=1; path=/"}, b""
        if bare == "/to-loopback":
            return 302, {"Location": f"http://127.0.0.1:{self.port}/secret"}, b""
        if bare == "/to-metadata":
            return 302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""
        if bare == "/to-script":
            return 302, {"Location": "javascript:alert(1)"}, b""
        if bare in {"/", "/index.html", "/live.html", "/honest/live.html", "/secret"}:
            return 200, html, PAGE
        return 404, html, GONE_WORDS

    async def _big(self, writer: asyncio.StreamWriter) -> None:
        """200 MB, announced."""
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 209715200\r\n\r\n"
        )
        for _ in range(200):
            writer.write(b"a" * 1048576)
            await writer.drain()

    async def _big_unannounced(self, writer: asyncio.StreamWriter) -> None:
        """200 MB, length unknown."""
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
        for _ in range(200):
            writer.write(b"a" * 1048576)
            await writer.drain()

    async def _drip(self, writer: asyncio.StreamWriter) -> None:
        """One byte now and then: never silent long enough for a read time-out."""
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n"
        )
        for _ in range(100000):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.1)

    async def _silent(self, writer: asyncio.StreamWriter) -> None:
        """Takes the request and never answers."""
        del writer
        await asyncio.sleep(600)

    async def _reset(self, writer: asyncio.StreamWriter) -> None:
        """Half a body, then RST."""
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n")
        writer.write(PAGE[:600])
        await writer.drain()
        await asyncio.sleep(0.2)
        _abort(writer)

    async def _reset_before(self, writer: asyncio.StreamWriter) -> None:
        """RST instead of an answer."""
        _abort(writer)

    async def _cut(self, writer: asyncio.StreamWriter) -> None:
        """Half a body, then an orderly close."""
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n")
        writer.write(PAGE[:600])
        await writer.drain()

    async def _endless_headers(self, writer: asyncio.StreamWriter) -> None:
        """Header lines for ever."""
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"".join(b"X-%d: %s\r\n" % (n, b"y" * 500) for n in range(200)))
            await writer.drain()
            await asyncio.sleep(0)

    async def _not_http(self, writer: asyncio.StreamWriter) -> None:
        """Something that is not HTTP at all."""
        writer.write(b"220 mail.example ESMTP\r\n\r\n")
        await writer.drain()


def _abort(writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _send(
    writer: asyncio.StreamWriter, status: int, fields: dict[str, str], body: bytes, length: int
) -> None:
    head = f"HTTP/1.1 {status} Whatever\r\nContent-Length: {length}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    writer.write(head.encode("latin-1") + b"\r\n" + body)
    await writer.drain()


def tls_context(folder: Path, name: str = "127.0.0.1", *, expired: bool = False) -> ssl.SSLContext:
    """A server's context with a self-signed certificate, expired on demand."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=-30 if expired else 30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}-{expired}.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def old_tls(context: ssl.SSLContext) -> ssl.SSLContext:
    """Make a context speak nothing newer than TLS 1.0, as servers of 2012 do."""
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1
    return context


def ipv6_available() -> bool:
    """Whether ``::1`` can be served."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True
