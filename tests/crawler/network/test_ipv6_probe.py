"""The IPv6 probe against a real DNS server and real web servers on both loopback addresses."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from crawler.demo.dns_server import DnsServer, Records
from crawler.plan.resolution import Resolution
from crawler.probes.home_page import distance
from crawler.probes.ipv6 import NOT_HERE, Ipv6Probe, source_address
from crawler.probes.names import UnansweredError, host_names, read_address
from plugins import Site
from plugins.errors import ConfigurationError

HOST = "www.example.gov.cn"
Content = Callable[[bool], tuple[int, str]]


def has_loopback6() -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as sock:
        sock.bind(("::1", 0))
        return True
    return False


loopback6 = pytest.mark.skipif(not has_loopback6(), reason="no IPv6 loopback on this machine")


class Web(ThreadingHTTPServer):
    daemon_threads = True
    content: Content

    def handle_error(self, *_: Any) -> None:
        """Hanging up is what one of the tests wants."""


class Web6(Web):
    address_family = socket.AF_INET6


class Handler(BaseHTTPRequestHandler):
    server: Web

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        six = self.server.address_family == socket.AF_INET6
        status, text = self.server.content(six)
        if self.headers["Host"] != HOST:
            status, text = 421, "wrong host"
        if status == 301 and self.path != "/home":
            self.send_response(301)
            self.send_header("Location", f"http://{HOST}/home")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = text.encode()
        self.send_response(200 if status == 301 else status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def serving(content: Content, *, four: bool = True, six: bool = True) -> Iterator[int]:
    """A home page on both loopback addresses, same port; hands back the port."""
    first = Web(("127.0.0.1", 0), Handler)
    port = first.server_port
    servers: list[Web] = [first]
    if six:
        servers.append(Web6(("::1", port), Handler))
    if not four:
        servers.remove(first)
        first.server_close()
    for server in servers:
        server.content = content
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield port
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def same(_: bool) -> tuple[int, str]:
    return 200, "<p>" + " ".join(f"字{n}" for n in range(300)) + "</p>"


def probe(records: Records, port: int = 9, *, selftest: str | None = None) -> Any:
    """The answer about HOST; a self-test on loopback makes loopback addresses count."""

    async def main(dns: DnsServer) -> Any:
        asked = Ipv6Probe(dns.address, selftest, Resolution.parse([f"{HOST}:80:127.0.0.1:{port}"]))
        site = Site(host=HOST, today=date(2026, 3, 1), url=f"http://{HOST}/")
        return await asked.probe_site(site, 30)

    with DnsServer(records) as dns:
        return asyncio.run(main(dns))


BOTH = [("A", "127.0.0.1"), ("AAAA", "::1")]


@pytest.mark.parametrize(
    ("rows", "usable", "dropped"),
    [
        ([("A", "9.9.9.9"), ("AAAA", "2400:3200::7")], ("2400:3200::7",), ()),
        ([("A", "9.9.9.9")], (), ()),
        ([("A", "9.9.9.9"), ("AAAA", "::ffff:9.9.9.9")], (), ("::ffff:9.9.9.9",)),
        ([("A", "9.9.9.9"), ("AAAA", "::1")], (), ("::1",)),
        ([("A", "9.9.9.9"), ("AAAA", "fd00::5")], (), ("fd00::5",)),
        ([("CNAME", "cdn.example.net")], ("2400:3200::8",), ()),
    ],
)
def test_only_addresses_that_others_can_use_count(rows, usable, dropped):
    records = {HOST: rows, "cdn.example.net": [("AAAA", "2400:3200::8")]}
    answer = probe(records)
    assert set(answer.addresses) == set(usable)
    assert {a.replace("::ffff:909:909", "::ffff:9.9.9.9") for a in answer.dropped} == set(dropped)


@pytest.mark.parametrize(
    "records",
    [
        {},
        {HOST: [("NXDOMAIN", "")]},
        {HOST: [("SERVFAIL", "")]},
        {HOST: [("REFUSED", "")]},
        {HOST: [("SILENT", "")]},
        {HOST: [("TXT", '"neither A nor AAAA"')]},
        {HOST: [("CNAME", "gone.example.net")]},
    ],
)
@pytest.mark.slow
def test_what_dns_does_not_say_is_no_answer(records):
    with pytest.raises(UnansweredError):
        probe(records)


@pytest.mark.slow
def test_no_resolver_is_no_answer():
    async def main() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        site = Site(host=HOST, today=date(2026, 3, 1))
        await Ipv6Probe(f"127.0.0.1:{port}").probe_site(site, 10)

    with pytest.raises(UnansweredError):
        asyncio.run(main())


def test_a_site_named_by_its_address_is_not_asked_about():
    async def main() -> None:
        await Ipv6Probe("127.0.0.1:9").probe_site(Site("127.0.0.1:8000", date(2026, 3, 1)), 10)

    with pytest.raises(UnansweredError):
        asyncio.run(main())


def test_name_servers_are_told():
    records = {
        HOST: [("A", "9.9.9.9")],
        "example.gov.cn": [
            ("NS", "ns1.example.net"),
            ("NS", "ns2.example.net"),
            ("NS", "ns3.example.net"),
        ],
        "ns1.example.net": [("A", "9.9.9.9"), ("AAAA", "2400:3200::1")],
        "ns2.example.net": [("A", "9.9.9.9")],
        "ns3.example.net": [("SERVFAIL", "")],
    }
    assert probe(records).nameservers == {
        "ns1.example.net": True,
        "ns2.example.net": False,
        "ns3.example.net": None,
    }


def test_without_ipv6_of_ones_own_nothing_is_said_but_what_dns_says():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    answer = probe({HOST: BOTH}, selftest=f"[::1]:{closed}")
    assert (answer.tested, answer.why, answer.reachable) == (False, NOT_HERE, None)
    assert answer.addresses == ("::1",)


def test_a_private_source_address_is_no_ipv6():
    address = source_address()
    assert not address.startswith(("fd", "fc", "fe80", "::1"))


@loopback6
def test_the_same_page_over_both_is_fine():
    with serving(same) as port:
        answer = probe({HOST: BOTH}, port, selftest=f"[::1]:{port}")
    assert (answer.tested, answer.proved, answer.reachable) == (True, True, True)
    assert (answer.status4, answer.status6, answer.distance) == (200, 200, 0)
    assert (answer.open4, answer.open6) == ((80,), (80,))


@loopback6
def test_redirects_on_the_host_are_followed_over_ipv6():
    with serving(lambda six: (301, same(six)[1])) as port:
        answer = probe({HOST: BOTH}, port, selftest=f"[::1]:{port}")
    assert (answer.reachable, answer.status6, answer.distance) == (True, 200, 0)


@loopback6
def test_an_address_where_nobody_listens_is_not_reachable():
    with serving(same) as other, serving(same, six=False) as port:
        answer = probe({HOST: BOTH}, port, selftest=f"[::1]:{other}")
    assert (answer.tested, answer.proved, answer.reachable) == (True, True, False)
    assert (answer.open4, answer.open6) == ((80,), ())
    assert answer.detail == "连接不上"


@loopback6
def test_a_server_that_hangs_up_over_ipv6_is_not_reachable():
    def content(six: bool) -> tuple[int, str]:
        if six:
            raise ConnectionAbortedError
        return same(six)

    with serving(same) as other, serving(content) as port:
        answer = probe({HOST: BOTH}, port, selftest=f"[::1]:{other}")
    assert (answer.reachable, answer.open6, answer.status4) == (False, (80,), 200)
    assert answer.detail == "连接后被服务器中断，没有应答"


@loopback6
def test_a_site_that_is_down_altogether_says_nothing_about_ipv6():
    with serving(same) as other:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            closed = free.getsockname()[1]
        answer = probe({HOST: BOTH}, closed, selftest=f"[::1]:{other}")
    assert (answer.tested, answer.reachable) == (True, None)


@loopback6
def test_another_page_over_ipv6_is_told_by_its_distance():
    def content(six: bool) -> tuple[int, str]:
        return 200, "<h1>默认页面</h1>" if six else same(six)[1]

    with serving(content) as port:
        answer = probe({HOST: BOTH}, port, selftest=f"[::1]:{port}")
    assert answer.reachable
    assert answer.distance > 90


@loopback6
def test_another_status_over_ipv6_is_told():
    with serving(lambda six: (403 if six else 200, same(six)[1])) as port:
        answer = probe({HOST: BOTH}, port, selftest=f"[::1]:{port}")
    assert (answer.status4, answer.status6, answer.distance) == (200, 403, None)


@loopback6
def test_a_page_that_never_looks_the_same_is_not_compared():
    def content(_: bool) -> tuple[int, str]:
        return 200, "<p>" + " ".join(f"w{random.random():.6f}" for _ in range(300)) + "</p>"

    with serving(content) as port:
        answer = probe({HOST: BOTH}, port, selftest=f"[::1]:{port}")
    assert answer.reachable
    assert answer.distance is None


def test_hosts_that_links_lead_to_are_asked_each_once():
    records = {
        "a.example.gov.cn": [("A", "9.9.9.9"), ("AAAA", "2400:3200::1")],
        "b.example.gov.cn": [("A", "9.9.9.9")],
        "c.example.gov.cn": [("SERVFAIL", "")],
    }
    hosts = ["a.example.gov.cn", "A.example.gov.cn:8080", "b.example.gov.cn", "c.example.gov.cn"]
    with DnsServer(records) as dns:
        answer = asyncio.run(
            Ipv6Probe(dns.address).linked_hosts(
                [*hosts, "no.example.gov.cn", "10.0.0.1", "localhost"]
            )
        )
        assert dns.asked["a.example.gov.cn", "AAAA"] == 1
    assert answer == {
        "a.example.gov.cn": True,
        "b.example.gov.cn": False,
        "c.example.gov.cn": None,
        "no.example.gov.cn": None,
    }


def test_nonces_and_view_states_make_no_difference():
    page = '<script nonce="{0}"></script><input name="__VIEWSTATE" value="{0}"><p>同样的正文</p>'
    assert distance(page.format("abc"), page.format("xyz9")) == 0
    assert distance("<p>一 二 三</p>", "<p>一 二 四</p>") > 0


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("127.0.0.1:5353", ("127.0.0.1", 5353)),
        ("127.0.0.1", ("127.0.0.1", 53)),
        ("[::1]:5353", ("::1", 5353)),
        ("::1", ("::1", 53)),
        ("[::1]", ("::1", 53)),
    ],
)
def test_server_addresses_are_read_as_people_write_them(text, read):
    assert read_address(text, "resolver", 53) == read


@pytest.mark.parametrize("text", ["dns.example:53", "127.0.0.1:0", "127.0.0.1:x", ":53", "[::1"])
def test_wrong_server_addresses_are_refused(text):
    with pytest.raises(ConfigurationError, match="resolver"):
        read_address(text, "resolver", 53)


def test_ports_and_addresses_are_no_names():
    assert host_names(
        ["B.example:80", "a.example.", "1.2.3.4:80", "[::1]:80", "::1", "intranet"]
    ) == [
        "a.example",
        "b.example",
    ]
