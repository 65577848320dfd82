"""A real mail server on loopback that keeps what it gets, and breaks off where it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult

PASSWORD = "口令abc"


@dataclass
class PostOffice:
    """The server. ``faults`` are used up one a connection; "" = none.

    ``connect``, ``mail``, ``data`` and ``after`` break the line off there (``after`` = the mail is
    kept, and no answer given); ``mail 451 …``, ``rcpt 550 …``, ``end 451 …`` answer so.
    ``kept`` holds one mail for each Message-ID, as a server that drops doubles does.
    """

    faults: list[str] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    wrapped: bool = False
    login: bool = False
    arrived: list[str] = field(default_factory=list)
    kept: dict[str, bytes] = field(default_factory=dict)
    to: list[str] = field(default_factory=list)
    connections: int = 0
    commands: list[bytes] = field(default_factory=list)
    port: int = 0

    @property
    def mails(self) -> list[EmailMessage]:
        """What was kept, read by another reader than the one that wrote it."""
        return [message_from_bytes(raw, policy=default) for raw in self.kept.values()]

    def keep(self, raw: bytes, to: list[str]) -> None:
        """Keep a mail, unless one of this Message-ID is there."""
        name = str(message_from_bytes(raw, policy=default)["Message-ID"])
        self.arrived.append(name)
        if name not in self.kept:
            self.kept[name] = raw
            self.to += to

    @contextmanager
    def open(self) -> Iterator[PostOffice]:
        """Serve in a thread."""
        loop = asyncio.new_event_loop()

        def line() -> SMTP:
            self.connections += 1
            fault = self.faults.pop(0) if self.faults else ""
            return Line(self, fault, loop)

        made = loop.run_until_complete(
            loop.create_server(line, "127.0.0.1", 0, ssl=self.tls if self.wrapped else None)
        )
        self.port = made.sockets[0].getsockname()[1]
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            made.close()
            for task in asyncio.all_tasks(loop):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    loop.run_until_complete(task)
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()


class Line(SMTP):
    """One connection."""

    def __init__(self, office: PostOffice, fault: str, loop: asyncio.AbstractEventLoop) -> None:
        with warnings.catch_warnings():
            # It does not see that the whole line is encrypted already.
            warnings.simplefilter("ignore", UserWarning)
            super().__init__(
                self,
                loop=loop,
                hostname="mail.example",
                tls_context=None if office.wrapped else office.tls,
                authenticator=self.judge if office.login else None,
                auth_required=office.login,
                auth_require_tls=not office.wrapped,
            )
        self.office, self.fault = office, fault

    @staticmethod
    def judge(_server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
        """Only one name and password are right."""
        good = (data.login, data.password.decode()) == (b"gk", PASSWORD)
        return AuthResult(success=good, handled=False)

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if self.fault == "connect":
            transport.abort()

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        self.office.commands.append(b"MAIL")
        if self.fault == "mail":
            self.transport.abort()
        elif self.fault.startswith("mail "):
            await self.push(self.fault[5:])
        else:
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        if self.fault.startswith("rcpt "):
            await self.push(self.fault[5:])
        else:
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        if self.fault == "data":
            await self.push("354 go on")
            self.transport.abort()
        else:
            await super().smtp_DATA(arg)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.fault.startswith("end "):
            return self.fault[4:]
        self.office.keep(bytes(envelope.content), envelope.rcpt_tos)
        if self.fault == "after":
            self.transport.abort()
        return "250 kept"


@dataclass
class ChatService:
    """An HTTP service that takes JSON notifications; ``statuses`` are used up one a request."""

    statuses: list[int] = field(default_factory=list)
    got: list[dict[str, Any]] = field(default_factory=list)
    asked: int = 0
    port: int = 0

    @contextmanager
    def open(self) -> Iterator[ChatService]:
        """Serve in a thread."""
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                service.asked += 1
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                status = service.statuses.pop(0) if service.statuses else 200
                if status == 0:  # taken, and no answer
                    service.got.append(json.loads(raw))
                    self.close_connection = True
                    return
                if status == 200:
                    service.got.append(json.loads(raw))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
