"""The home page over one address family: does it answer, with what, and how far do two differ."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    import httpx

CONNECT_SECONDS = 4.0
ANSWER_SECONDS = 10.0
MOST_BYTES = 500 * 1024
MOST_REDIRECTS = 5
DEFAULT_PORTS = {"http": 80, "https": 443}

# What differs between any two fetches of a page that is the same.
_CHANGING = re.compile(
    r"""\snonce=["'][^"']*["']"""
    r"""|<input[^>]*name=["']?(?:__VIEWSTATE\w*|__EVENTVALIDATION|[\w.-]*(?:csrf|token)[\w.-]*)["']?[^>]*>"""
    r"""|\b\d{10,}\b""",  # time stamps in addresses of scripts
    re.IGNORECASE,
)
_PIECE = re.compile(r"<[^>]*>|[^<>\s]+")


@dataclass(frozen=True)
class HomeAnswer:
    """What came back: the status of the page that is shown at the end, and its first 500 KB."""

    status: int | None = None
    text: str = ""
    error: str = ""


async def open_ports(address: str, ports: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Of (port as asked, port to connect to), those asked ports that take a connection in 4 s."""
    import asyncio

    taken = await asyncio.gather(*(connects(address, to) for _, to in ports))
    return tuple(asked for (asked, _), took in zip(ports, taken, strict=True) if took)


async def connects(address: str, port: int) -> bool:
    """Whether a TCP connection is taken within 4 seconds."""
    import asyncio

    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            _, writer = await asyncio.open_connection(address, port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True


async def fetch(url: str, address: str, port_of: dict[int, int], user_agent: str) -> HomeAnswer:
    """GET ``url`` from ``address``; redirects are followed as long as they stay on the host.

    ``port_of`` maps ports to those that are connected to instead. Certificates are not checked:
    what is wrong with them is the same over both families.
    """
    # Where it is needed: every worker imports this module, and none fetches anything.
    import asyncio

    import httpx

    host = urlsplit(url).hostname
    try:
        async with (
            asyncio.timeout(ANSWER_SECONDS),
            httpx.AsyncClient(verify=False, trust_env=False, timeout=ANSWER_SECONDS) as client,  # noqa: S501
        ):
            for _ in range(MOST_REDIRECTS):
                status, body, location = await _get(client, url, address, port_of, user_agent)
                onward = urljoin(url, location) if location else ""
                if not onward or urlsplit(onward).hostname != host:
                    return HomeAnswer(status, body)
                url = onward
            return HomeAnswer(error="重定向过多")
    except (TimeoutError, httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return HomeAnswer(error=_told(error))


def _told(error: Exception) -> str:
    """What went wrong, in Chinese: it stands in a finding."""
    import httpx

    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        secure = "SSL" in str(error) or "TLS" in str(error)
        return "加密连接（TLS）失败" if secure else "连接不上"
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return f"{ANSWER_SECONDS:g}秒内没有应答"
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError):
        return "连接后被服务器中断，没有应答"
    return "应答有误，无法读取"


async def _get(
    client: httpx.AsyncClient, url: str, address: str, port_of: dict[int, int], user_agent: str
) -> tuple[int, str, str]:
    parts = urlsplit(url)
    port = parts.port or DEFAULT_PORTS.get(parts.scheme, 80)
    literal = f"[{address}]" if ":" in address else address
    target = parts._replace(netloc=f"{literal}:{port_of.get(port, port)}", fragment="").geturl()
    request = client.build_request(
        "GET",
        target,
        headers={"Host": parts.netloc.rpartition("@")[2], "User-Agent": user_agent},
        extensions={"sni_hostname": parts.hostname or ""},
    )
    response = await client.send(request, stream=True)
    try:
        body = b""
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) >= MOST_BYTES:
                break
    finally:
        await response.aclose()
    location = response.headers.get("location", "") if response.is_redirect else ""
    return response.status_code, body[:MOST_BYTES].decode("utf-8", "replace"), location


def distance(first: str, second: str) -> int:
    """How much of two pages differs, 0 to 100, measured in tags and words, not in characters."""
    from rapidfuzz.distance import Indel

    one, two = (_PIECE.findall(_CHANGING.sub("", text)) for text in (first, second))
    if one == two:
        return 0
    return round(100 * Indel.normalized_distance(one, two))
