"""A real Scrapy crawl of a server that misbehaves: every case ends in a record, and the rest goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.network.hostile_server import HostileServer, ipv6_available, old_tls, tls_context

pytestmark = pytest.mark.audit

ROOT = Path(__file__).parents[3]
MEGA = 1024 * 1024


def crawl(*urls: str, **task: Any) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """Run the crawl in a process of its own; records by address, and all it printed."""
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-m", "tests.crawler.network.hostile_crawl"],
        input=json.dumps({"urls": urls, **task}),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    printed = json.loads(done.stdout)
    return {record["url"]: record for record in printed["records"]}, printed


HOSTILE = {
    "/loop/a": "redirect_loop",
    "/hops/0": "redirect_loop",
    "/wall-closed": "redirect_loop",
    "/big": "too_large",
    "/big-unannounced": "too_large",
    "/bomb": "decompression",
    "/not-gzip": "decompression",
    "/drip": "timeout",
    "/silent": "timeout",
    "/reset": "truncated",
    "/cut": "truncated",
    "/endless-headers": "too_large",
    "/not-http": "invalid",
    "/to-script": "invalid",
    "/to-metadata": "private_address",
}
PLAIN = {
    "/": 200,
    "/gzip": 200,
    "/wrong-charset": 200,
    "/wall-cookie": 200,
    "/wall-403": 403,
    "/wall-412": 412,
    "/wall-521": 521,
    "/wall-999": 999,
    "/no-head": 200,
    "/nope": 404,
    "/error-410": 410,
    "/soft/x.html": 200,
}


@pytest.fixture(scope="module")
def hostile():
    """One crawl of everything, and the server it went to."""
    server = HostileServer()
    with server.running():
        urls = [server.url(path) for path in (*HOSTILE, *PLAIN)]
        records, printed = crawl(*urls, allowed=[f"127.0.0.1:{server.port}"])
        by_path = {url.removeprefix(server.origin): record for url, record in records.items()}
        yield server, by_path, printed


@pytest.mark.parametrize("path", HOSTILE)
def test_every_hostile_case_ends_in_a_failure_that_says_what_it_was(hostile, path):
    record = hostile[1][path]
    assert record["failure"] == HOSTILE[path]
    assert record["detail"]
    assert record["seconds"] < 8


@pytest.mark.parametrize("path", PLAIN)
def test_the_rest_of_the_crawl_goes_on(hostile, path):
    record = hostile[1][path]
    assert record["failure"] is None
    assert record["status"] == PLAIN[path]


def test_each_address_has_exactly_one_record(hostile):
    _, by_path, printed = hostile
    assert len(printed["records"]) == len(by_path) == len(HOSTILE) + len(PLAIN)


def test_a_body_past_the_bound_keeps_status_and_start(hostile):
    announced, streamed = hostile[1]["/big"], hostile[1]["/big-unannounced"]
    assert announced["status"] == streamed["status"] == 200
    assert announced["size"] == 0
    assert 10 * MEGA < streamed["size"] < 11 * MEGA


def test_a_body_that_was_cut_keeps_what_arrived(hostile):
    for path in ("/cut", "/reset"):
        assert hostile[1][path]["status"] == 200
        assert hostile[1][path]["size"] == 600


def test_a_bomb_leaves_nothing_in_memory(hostile):
    assert hostile[1]["/bomb"]["size"] == 0


def test_neither_200_megabytes_nor_a_bomb_fill_the_memory(hostile):
    assert hostile[2]["peak_megabytes"] < 200


def test_redirects_are_recorded_with_their_status(hostile):
    server, by_path, _ = hostile
    assert by_path["/loop/a"]["redirects"] == [[server.url("/loop/a"), 302]]
    assert [status for _, status in by_path["/hops/0"]["redirects"]] == [301] * 10


def test_a_wall_of_cookies_is_asked_again_once_and_no_more(hostile):
    server, by_path, _ = hostile
    assert server.count("/wall-cookie") == 2
    assert by_path["/wall-cookie"]["start"].startswith("<html>")
    assert server.count("/wall-closed") == 2


def test_robots_txt_is_asked_once_per_host(hostile):
    assert hostile[0].count("/robots.txt") == 1


def test_link_targets_are_read_to_their_start_without_a_failure():
    with (server := HostileServer()).running():
        meta = {"body_limit": 65536, "start_only": True, "attempts": 1}
        records, _ = crawl(
            server.url("/big"), server.url("/big-unannounced"), server.url("/bomb"),
            allowed=[f"127.0.0.1:{server.port}"], meta=meta,
        )  # fmt: skip
    for url in (server.url("/big"), server.url("/big-unannounced")):
        assert records[url]["failure"] is None
        assert 65536 < records[url]["size"] < 2 * MEGA
    assert records[server.url("/bomb")]["size"] <= 65536


def test_an_endless_calendar_is_followed_only_as_far_as_the_spider_asks():
    with (server := HostileServer()).running():
        records, _ = crawl(
            server.url("/calendar/1"), allowed=[f"127.0.0.1:{server.port}"], follow=5
        )
    assert [record["status"] for record in records.values()] == [200] * 6


def test_private_addresses_are_refused_in_every_spelling_unless_named():
    with (server := HostileServer()).running():
        port = server.port
        urls = [
            f"http://127.0.0.1:{port}/secret",
            "http://10.0.0.1/",
            f"http://[::1]:{port}/",
            f"http://[::ffff:127.0.0.1]:{port}/",
            f"http://2130706433:{port}/",
            f"http://0x7f.1:{port}/",
            f"http://localhost:{port}/secret",
            f"http://intranet.example:{port}/",
            f"http://named.example:{port}/to-loopback",
        ]
        records, _ = crawl(
            *urls,
            names={"intranet.example": ["10.1.2.3"]},
            resolve=[f"named.example:{port}:127.0.0.1:{port}"],
        )
    assert {record["failure"] for record in records.values()} == {"private_address"}
    assert len(records) == len(urls)
    assert server.count("/secret") == 0
    assert server.count("/to-loopback") == 1


def test_resolve_changes_the_connection_and_nothing_else():
    with (server := HostileServer()).running():
        url = "http://www.example.gov.cn/live.html"
        records, _ = crawl(url, resolve=[f"www.example.gov.cn:80:127.0.0.1:{server.port}"])
    assert records[url]["status"] == 200
    assert records[url]["final"] == url
    assert {asked.headers["host"] for asked in server.asked} == {"www.example.gov.cn"}


def test_a_server_on_ipv6_is_reached():
    if not ipv6_available():
        pytest.skip("this machine has no ::1")
    with (server := HostileServer(host="::1")).running():
        url = "http://six.example/live.html"
        records, _ = crawl(
            url, server.url("/live.html"),
            resolve=[f"six.example:80:[::1]:{server.port}"], allowed=[f"[::1]:{server.port}"],
        )  # fmt: skip
    assert [record["status"] for record in records.values()] == [200, 200]


def test_the_next_address_is_tried_where_the_first_takes_no_connection():
    if not ipv6_available():
        pytest.skip("this machine has no ::1")
    with (server := HostileServer()).running():
        url = f"http://two.example:{server.port}/live.html"
        records, _ = crawl(
            url, names={"two.example": ["::1", "127.0.0.1"]}, allowed=["two.example"]
        )
    assert records[url]["status"] == 200


@pytest.mark.parametrize("expired", [False, True])
def test_a_bad_certificate_is_looked_past(tmp_path, expired):
    context = tls_context(tmp_path, expired=expired)
    with (server := HostileServer(context=context)).running():
        url = "https://secure.example/live.html"
        records, _ = crawl(url, resolve=[f"secure.example:443:127.0.0.1:{server.port}"])
    assert records[url]["status"] == 200
    assert records[url]["failure"] is None
    assert records[url]["certificate"] == ("expired" if expired else "issued for another name")


def test_a_server_of_the_year_2012_is_reached(tmp_path):
    with (server := HostileServer(context=old_tls(tls_context(tmp_path)))).running():
        records, _ = crawl(server.url("/live.html"), allowed=["127.0.0.1"])
    assert records[server.url("/live.html")]["status"] == 200


def test_https_against_a_plain_server_is_a_tls_failure():
    with (server := HostileServer()).running():
        url = f"https://127.0.0.1:{server.port}/"
        records, _ = crawl(url, allowed=["127.0.0.1"])
    assert records[url]["failure"] == "tls"


def test_a_refused_connection_and_a_missing_name_are_told_apart():
    urls = ["http://127.0.0.1:1/", "http://nowhere.invalid/"]
    records, _ = crawl(*urls, allowed=["127.0.0.1:1"])
    assert records[urls[0]]["failure"] == "refused"
    assert records[urls[1]]["failure"] == "dns"
    assert "no such host name" in records[urls[1]]["detail"]


def test_retry_after_holds_the_whole_host_and_the_request_is_asked_again():
    with (server := HostileServer()).running():
        urls = [server.url("/busy"), server.url("/live.html")]
        records, _ = crawl(
            *urls,
            allowed=["127.0.0.1"],
            settings={"GONGKAI_ATTEMPTS": 2, "CONCURRENT_REQUESTS_PER_DOMAIN": 1},
        )
    assert records[urls[0]]["status"] == 200
    busy, later = (asked.at for asked in server.asked if asked.path == "/busy")
    assert later - busy >= 1.0
    others = [asked.at for asked in server.asked if asked.path == "/live.html"]
    assert all(at < busy or at - busy >= 1.0 for at in others)


def test_a_wait_of_hours_is_not_waited_for():
    with (server := HostileServer()).running():
        url = server.url("/busy-for-hours")
        records, _ = crawl(
            url, allowed=["127.0.0.1"],
            settings={"GONGKAI_ATTEMPTS": 3, "GONGKAI_RETRY_AFTER_MAX": 0.5},
        )  # fmt: skip
    assert records[url]["status"] == 503
    assert server.count("/busy-for-hours") == 1


def test_a_host_that_takes_no_connection_is_given_up_and_reported():
    urls = [f"http://127.0.0.1:1/{number}" for number in range(12)]
    records, printed = crawl(
        *urls, allowed=["127.0.0.1:1"], meta={"robots_exempt": True},
        settings={"GONGKAI_BREAKER": 3, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "CONCURRENT_REQUESTS": 1},
    )  # fmt: skip
    assert {record["failure"] for record in records.values()} == {"refused"}
    given_up = [record for record in records.values() if "given up" in record["detail"]]
    (gap,) = printed["gaps"]
    assert gap["kind"] == "host_given_up"
    assert gap["count"] == len(given_up) >= 8
    assert 1 <= len(gap["examples"]) <= 5


def test_what_robots_txt_excludes_is_not_asked_and_reported():
    rules = b"User-agent: *\nDisallow: /soft/\nDisallow: /honest/"
    with (server := HostileServer(robots=(200, rules))).running():
        urls = [server.url(path) for path in ("/soft/a", "/soft/b", "/live.html")]
        records, printed = crawl(*urls, allowed=["127.0.0.1"])
    assert [records[url]["failure"] for url in urls] == ["robots", "robots", None]
    assert server.count("/soft/a") == 0
    (gap,) = printed["gaps"]
    assert (gap["kind"], gap["count"]) == ("robots", 2)
    assert gap["examples"] == urls[:2]


def test_a_robots_txt_that_cannot_be_read_closes_the_host_and_is_reported():
    with (server := HostileServer(robots=(503, b""))).running():
        url = server.url("/live.html")
        records, printed = crawl(url, allowed=["127.0.0.1"])
    assert records[url]["failure"] == "robots"
    assert server.count("/live.html") == 0
    assert printed["gaps"][0]["kind"] == "robots_unreachable"


def test_a_missing_robots_txt_and_a_registered_exception_open_it():
    rules = b"User-agent: *\nDisallow: /"
    with (server := HostileServer(robots=(200, rules))).running():
        url = server.url("/live.html")
        netloc = f"127.0.0.1:{server.port}"
        records, _ = crawl(url, allowed=["127.0.0.1"], settings={"GONGKAI_ROBOTS_IGNORE": [netloc]})
    assert records[url]["status"] == 200


def test_a_crawl_delay_is_kept_to():
    rules = b"User-agent: gongkai\nCrawl-delay: 0.6"
    with (server := HostileServer(robots=(200, rules))).running():
        urls = [server.url(f"/live.html?n={number}") for number in range(3)]
        crawl(*urls, allowed=["127.0.0.1"], settings={"DOWNLOAD_DELAY_JITTER": 0})
    times = [asked.at for asked in server.asked if asked.path.startswith("/live")]
    assert len(times) == 3
    assert all(later - earlier > 0.5 for earlier, later in pairwise(times))
