"""A real DNS server on loopback for tests and the demo: answers from a table, and misbehaves by it."""

from __future__ import annotations

import socketserver
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

Records = Mapping[str, Sequence[tuple[str, str]]]
SILENT = "SILENT"
FAULTS = {
    "SERVFAIL": dns.rcode.SERVFAIL,
    "REFUSED": dns.rcode.REFUSED,
    "NXDOMAIN": dns.rcode.NXDOMAIN,
}
LONGEST_CHAIN = 8
TTL = 60


class DnsServer:
    """Serves ``records`` over UDP on 127.0.0.1; a context manager with a thread of its own.

    ``records`` maps a host name to (type, value) pairs: ``("A", "127.0.0.1")``, ``("AAAA", "::1")``,
    ``("CNAME", "other.example")``, ``("NS", …)``. Instead of a type stand ``SERVFAIL``, ``REFUSED``,
    ``NXDOMAIN`` and ``SILENT`` (no answer at all). A name that is not in the table does not exist
    (NXDOMAIN); one without the asked type has no such record (an empty answer).
    ``address`` is ``127.0.0.1:port``, as ``--resolver`` wants it; ``asked`` counts (name, type).
    """

    def __init__(self, records: Records, port: int = 0) -> None:
        self._records = {_plain(name): tuple(rows) for name, rows in records.items()}
        self._port = port
        self._server: socketserver.ThreadingUDPServer | None = None
        self._thread: threading.Thread | None = None
        self.asked: Counter[tuple[str, str]] = Counter()

    @property
    def address(self) -> str:
        """Where it listens, as ``address:port``."""
        if self._server is None:
            raise RuntimeError("the DNS server is not running")
        return f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        table = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                data, sock = self.request
                reply = table.answer(data)
                if reply is not None:
                    sock.sendto(reply, self.client_address)

        socketserver.ThreadingUDPServer.daemon_threads = True
        self._server = socketserver.ThreadingUDPServer(("127.0.0.1", self._port), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="demo-dns", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
        self._server = self._thread = None

    def answer(self, data: bytes) -> bytes | None:
        """The reply to one packet; None where the table says to keep silent, or it is no query."""
        try:
            query = dns.message.from_wire(data)
            question = query.question[0]
        except (dns.exception.DNSException, IndexError):
            return None
        kind = dns.rdatatype.to_text(question.rdtype)
        name = _plain(question.name.to_text())
        self.asked[name, kind] += 1
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        for _ in range(LONGEST_CHAIN):
            rows = self._records.get(name)
            if rows is None:
                reply.set_rcode(dns.rcode.NXDOMAIN)
                break
            types = {row[0] for row in rows}
            if SILENT in types:
                return None
            fault = next((FAULTS[word] for word in types if word in FAULTS), None)
            if fault is not None:
                reply.set_rcode(fault)
                break
            values = [value for row, value in rows if row == kind]
            alias = next((value for row, value in rows if row == "CNAME"), "")
            if values:
                reply.answer.append(_rrset(name, kind, values))
            if values or not alias:
                break
            reply.answer.append(_rrset(name, "CNAME", [alias]))
            name = _plain(alias)
        return reply.to_wire()


def _rrset(name: str, kind: str, values: Sequence[str]) -> dns.rrset.RRset:
    absolute = [f"{value.rstrip('.')}." if kind in {"CNAME", "NS"} else value for value in values]
    return dns.rrset.from_text_list(f"{name}.", TTL, "IN", kind, absolute)


def _plain(name: str) -> str:
    return name.rstrip(".").lower()
