"""Small sites on loopback, described as a dictionary path → answer that may change between nights."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import unquote

HTML = "text/html; charset=utf-8"
SENTENCE = "本页公布区人民政府及其部门的有关信息，供公众查阅和监督。"


@dataclass(frozen=True)
class Reply:
    """One answer; ``act`` takes the connection over instead (hostile behaviour)."""

    body: str | bytes = b""
    status: int = 200
    type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    act: Callable[[Any], None] | None = None


Page = Reply | str | int
Pages = dict[str, Page | Callable[[], Page]]


def page(title: str, body: str = "", *, head: str = "") -> str:
    """A page with a title and a body, long enough to be a page."""
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body>{body}</body></html>"
    )


def article(title: str, body: str = "") -> str:
    """A page that reads like an article."""
    return page(
        title,
        f"<h1>{title}</h1><p>发布时间：2026-01-05 来源：区政府办</p><div class='content'>"
        f"<p>{SENTENCE * 8}</p>{body}</div>",
    )


def rows(links: Mapping[str, str] | Iterable[tuple[str, str]], day: str = "2026-06-2") -> str:
    """A list of dated rows: address → title."""
    pairs = list(links.items() if isinstance(links, Mapping) else links)
    return (
        "<ul class='list'>"
        + "".join(
            f"<li><a href='{url}'>{title}</a><span>{day}{9 - number % 10}</span></li>"
            for number, (url, title) in enumerate(pairs)
        )
        + "</ul>"
    )


def moved(url: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply(status=status, headers=(("Location", url),))


@dataclass
class SmallSite:
    """Serves ``pages`` (and ``hosts``: other host names → their pages); keeps a log of requests.

    A page is a text (200), a number (that status), a :class:`Reply`, or a function that gives one of
    these anew for every request. What is not there is a 404.
    """

    pages: Pages = field(default_factory=dict)
    hosts: dict[str, Pages] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> Self:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 20

            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                with contextlib.suppress(OSError):
                    site._answer(self)

            do_HEAD = do_GET  # noqa: N815 - the library's name

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False
            request_queue_size = 128

            def handle_error(self, *_: Any) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    @property
    def host(self) -> str:
        """The site's own name in identities."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The home page."""
        return f"http://{self.host}/"

    def count(self, path: str, host: str = "") -> int:
        """How often a path was asked for (of a host, where one is named)."""
        return sum(path == one and (not host or host == name) for name, one in self.asked)

    @property
    def counts(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(path for _, path in self.asked)

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        name = (handler.headers.get("Host") or "").lower()
        self.asked.append((name, handler.path))
        pages = self.hosts.get(name.partition(":")[0], self.pages)
        bare = handler.path.partition("?")[0]
        found = pages.get(handler.path, pages.get(unquote(bare), 404))
        made = found() if callable(found) else found
        reply = made if isinstance(made, Reply) else _reply(made)
        if reply.act is not None:
            handler.close_connection = True
            reply.act(handler)
            return
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        handler.send_response(reply.status)
        for field_name, value in (("Content-Type", reply.type), *reply.headers):
            handler.send_header(field_name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)


def _reply(found: str | int) -> Reply:
    if isinstance(found, str):
        return Reply(found)
    return Reply(page(f"{found}", f"<p>HTTP {found}</p>"), status=found)
