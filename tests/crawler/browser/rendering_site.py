"""A small site on loopback whose pages do what pages do to a browser."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

FILL = (
    "for(let i=0;i<9;i++){const a=document.createElement('a');a.href='/a'+i;"
    "a.textContent='第'+i+'条';document.getElementById('l').append(a)}"
)
PAGES = {
    "/plain": "<p>正文</p>",
    "/list": f"<div id=l></div><script>setTimeout(()=>{{{FILL}}},600)</script>",
    "/fetched": f"<div id=l></div><script>fetch('/data').then(()=>{{{FILL}}})</script>",
    "/alert": "<script>alert(1);confirm('x');prompt('y')</script><p>后面的字</p>",
    "/popups": "<script>for(let i=0;i<5;i++)window.open('/list')</script><p>弹窗</p>",
    "/loop": "<p>x</p><script>while(1){}</script>",
    "/bomb": "<script>const a=[];while(1)a.push(new Array(1e5).fill('x'+Math.random()))</script>",
    "/moved-by-script": "<script>location.href='/list'</script>",
    "/to-intranet": "<script>location.href='http://10.0.0.1/'</script>",
    "/asks-intranet": (
        "<p id=l>没有</p><script>fetch('http://10.0.0.1/secret',{mode:'no-cors'})"
        ".then(()=>l.textContent='到了').catch(()=>l.textContent='不通')</script>"
    ),
    "/hidden-way": (
        "<p id=l>没有</p><script>fetch('/redirect-to-intranet',{mode:'no-cors'})"
        ".then(()=>l.textContent='到了').catch(()=>l.textContent='不通')</script>"
    ),
    "/pictures": "<p>图</p><img src=/picture.png><video src=/film.mp4 autoplay></video>"
    "<style>@font-face{font-family:f;src:url(/font.woff2)}p{font-family:f}</style>",
    "/polls": "<p>轮询</p><script>setInterval(()=>fetch('/data?'+Math.random()),100)</script>",
    "/big": "<p>" + "x" * 5_000_000 + "</p>",
    "/data": "{}",
}
REDIRECTS = {
    "/redirect": "/plain",
    "/redirect-to-intranet": "http://10.0.0.1/",
    "/round": "/round",
}


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append(path)
        if path in REDIRECTS:
            self._send(302, b"", Location=REDIRECTS[path])
        elif path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write("<!doctype html><p>开头</p>".encode())
            self.wfile.flush()
            self.server.released.wait(60)
            self.close_connection = True
        elif path == "/mute":
            self.server.released.wait(60)
            self.close_connection = True
        elif path == "/reset":
            self.close_connection = True
        elif path == "/file":
            self._send(200, b"PK", **{"Content-Type": "application/zip"})
        elif path in PAGES:
            # A charset that the DOM's bytes do not have any more.
            body = f"<!doctype html><title>页</title>{PAGES[path]}".encode("gb18030")
            self._send(200, body, **{"Content-Type": "text/html; charset=gbk"})
        else:
            self._send(404, "没有".encode(), **{"Content-Type": "text/html; charset=utf-8"})

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Site(ThreadingHTTPServer):
    """Context manager: serves on a free port of 127.0.0.1; ``asked`` lists the paths in order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[str] = []
        self.released = threading.Event()
        self.thread = threading.Thread(target=self.serve_forever, daemon=True)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self.shutdown()
        self.server_close()
        self.thread.join()

    def handle_error(self, *_: Any) -> None:
        """Connections that the browser cuts are what is tested, no news."""
