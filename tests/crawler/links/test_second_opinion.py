"""The second client asks real servers again, clears what lives, and is bounded in every way."""

from __future__ import annotations

import asyncio
from time import monotonic

import pytest

from crawler.links.answers import TargetAnswer
from crawler.links.second_client import USER_AGENT, SecondOpinion
from crawler.network.dialing import Dialer, NameLookupError
from crawler.plan.resolution import Resolution
from plugins.addresses.verdicts import LinkVerdict
from plugins.facts.page.page import Failure, FailureKind
from tests.crawler.network.hostile_server import (
    GONE_WORDS,
    HostileServer,
    ipv6_available,
    old_tls,
    tls_context,
)

pytestmark = pytest.mark.slow

HTML = {"content-type": "text/html; charset=utf-8"}


@pytest.fixture(scope="module")
def server():
    with (server := HostileServer()).running():
        yield server


def dialer(server, **more):
    return Dialer(allowed_hosts=[f"127.0.0.1:{server.port}", "127.0.0.1:1"], **more)


def ask(server, *urls, own=None, **options):
    """Ask each address once; the answers in order."""

    async def run():
        client = SecondOpinion(own or dialer(server), **{"rate": 1000, "timeout": 2, **options})
        try:
            return [await client.ask(url) for url in urls]
        finally:
            await client.close()

    return asyncio.run(run())


def settle(server, *firsts, own=None, **options):
    """Settle first answers; the judgements in order."""

    async def run():
        client = SecondOpinion(own or dialer(server), **{"rate": 1000, "timeout": 2, **options})
        try:
            settled = await client.settle({first.url: first for first in firsts})
            return [settled[first.url] for first in firsts]
        finally:
            await client.close()

    return asyncio.run(run())


def missing(url, status=404):
    return TargetAnswer(url, status=status, headers=HTML, start=b"not found")


def gone(url):
    return TargetAnswer(url, status=200, headers=HTML, start=GONE_WORDS)


def failed(url, kind, detail=""):
    return TargetAnswer(url, failure=Failure(kind, detail))


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/loop/a", 302, FailureKind.REDIRECT_LOOP),
        ("/hops/0", 301, FailureKind.REDIRECT_LOOP),
        ("/wall-closed", 302, FailureKind.REDIRECT_LOOP),
        ("/not-gzip", 200, FailureKind.DECOMPRESSION),
        ("/drip", 200, FailureKind.TIMEOUT),
        ("/silent", None, FailureKind.TIMEOUT),
        ("/reset", 200, FailureKind.RESET),
        ("/cut", 200, FailureKind.TRUNCATED),
        ("/endless-headers", None, FailureKind.TOO_LARGE),
        ("/not-http", None, FailureKind.INVALID),
        ("/to-script", 302, FailureKind.INVALID),
        ("/to-metadata", None, FailureKind.PRIVATE_ADDRESS),
    ],
)
def test_every_hostile_answer_is_a_fact_within_its_time(server, path, status, kind):
    (answer,) = ask(server, server.url(path))
    assert answer.failure is not None
    assert (answer.status, answer.failure.kind) == (status, kind)
    assert answer.elapsed < 3


@pytest.mark.parametrize("path", ["/big", "/big-unannounced", "/bomb"])
def test_only_the_start_of_a_body_is_read(server, path):
    (answer,) = ask(server, server.url(path))
    assert answer.failure is None
    assert answer.status == 200
    assert len(answer.start) <= 65536


def test_private_addresses_are_refused_unless_named(server):
    port = server.port
    own = Dialer(Resolution.parse([f"named.example:{port}:127.0.0.1:{port}"]))
    asked = server.count("/secret")
    answers = ask(
        server, f"http://127.0.0.1:{port}/secret", f"http://localhost:{port}/secret",
        f"http://[::1]:{port}/secret", f"http://2130706433:{port}/secret", "http://10.0.0.1/",
        f"http://named.example:{port}/to-loopback", own=own,
    )  # fmt: skip
    assert {answer.failure.kind for answer in answers} == {FailureKind.PRIVATE_ADDRESS}
    assert answers[-1].redirects[0].status == 302
    assert server.count("/secret") == asked


def test_resolve_keeps_url_host_header_and_name(server):
    own = Dialer(Resolution.parse([f"www.example.gov.cn:80:127.0.0.1:{server.port}"]))
    (answer,) = ask(server, "http://www.example.gov.cn/live.html", own=own)
    assert answer.status == 200
    assert answer.address == "http://www.example.gov.cn/live.html"
    assert server.asked[-1].headers["host"] == "www.example.gov.cn"
    assert server.asked[-1].headers["user-agent"] == USER_AGENT


def test_a_bad_certificate_is_looked_past(tmp_path):
    with (secure := HostileServer(context=tls_context(tmp_path, expired=True))).running():
        (answer,) = ask(secure, secure.url("/live.html"))
    assert answer.status == 200


def test_a_server_of_the_year_2012_is_reached(tmp_path):
    with (old := HostileServer(context=old_tls(tls_context(tmp_path)))).running():
        (answer,) = ask(old, old.url("/live.html"))
    assert answer.status == 200


def test_tls_against_a_plain_server_is_a_tls_failure(server):
    (answer,) = ask(server, f"https://127.0.0.1:{server.port}/")
    assert answer.failure.kind is FailureKind.TLS


def test_ipv6_is_reached():
    if not ipv6_available():
        pytest.skip("this machine has no ::1")
    with (six := HostileServer(host="::1")).running():
        own = Dialer(allowed_hosts=[f"[::1]:{six.port}"])
        (answer,) = ask(six, six.url("/live.html"), own=own)
    assert answer.status == 200


def test_a_wall_of_cookies_is_passed_with_one_replay(server):
    (answer,) = ask(server, server.url("/wall-cookie"))
    assert (answer.status, len(answer.redirects)) == (200, 1)


def test_a_missing_page_is_broken_and_a_living_one_cleared(server):
    urls = [server.url(path) for path in ("/nope.html", "/live.html", "/no-head", "/error-410")]
    broken, living, no_head, deleted = settle(server, *(missing(url) for url in urls))
    assert broken.verdict is deleted.verdict is LinkVerdict.BROKEN
    assert living.verdict is no_head.verdict is LinkVerdict.OK


def test_head_is_never_sent(server):
    settle(server, missing(server.url("/no-head")))
    assert {asked.method for asked in server.asked} == {"GET"}


@pytest.mark.parametrize(
    "path", ["/wall-403", "/wall-412", "/wall-521", "/wall-999", "/wall-closed"]
)
def test_a_wall_is_blocked_at_the_second_look_too(server, path):
    (settled,) = settle(server, missing(server.url(path), 403))
    assert settled.verdict is LinkVerdict.BLOCKED


@pytest.mark.parametrize("path", ["/error-500", "/reset-before", "/silent", "/loop/a", "/not-http"])
def test_what_may_pass_is_transient(server, path):
    (settled,) = settle(server, failed(server.url(path), FailureKind.TIMEOUT))
    assert settled.verdict is LinkVerdict.TRANSIENT


def test_a_soft_404_is_told_from_a_living_page_beside_it(server):
    dead, living = settle(
        server, gone(server.url("/soft/dead.html")), gone(server.url("/soft/live.html"))
    )
    assert dead.verdict is LinkVerdict.SOFT_404
    assert "编造" in dead.reason
    assert living.verdict is LinkVerdict.OK


def test_a_server_that_sends_all_that_is_missing_home_is_seen_through(server):
    url = server.url("/home-soft/dead.html")
    (first,) = ask(server, url)
    (dead,) = settle(server, first, home=server.url("/"))
    assert dead.verdict is LinkVerdict.SOFT_404


def test_a_honest_directory_clears_a_mere_redirect_home(server):
    url = server.url("/moved-home/old.html")
    (first,) = ask(server, url)
    (settled,) = settle(server, first, home=server.url("/"))
    assert settled.verdict is LinkVerdict.REDIRECTED


def test_a_site_that_sends_strangers_home_first_is_not_taken_for_dead(server):
    url = server.url("/visitors/article.html")
    (answer,) = ask(server, url)
    assert answer.address == url
    assert answer.status == 200


def test_one_made_up_name_serves_a_whole_directory(server):
    before = len(server.asked)
    settle(server, *(gone(server.url(f"/soft/{number}.html")) for number in range(5)))
    asked = [asked.path for asked in server.asked[before:]]
    assert len(asked) == 6
    assert len(set(asked)) == 6


def test_a_page_that_one_client_alone_calls_dead_is_not(server):
    (settled,) = settle(server, failed(server.url("/soft/x.html"), FailureKind.TIMEOUT))
    assert settled.verdict is LinkVerdict.TRANSIENT
    (settled,) = settle(server, missing(server.url("/nope"), 403))
    assert settled.verdict is LinkVerdict.BLOCKED


async def public_only(name):
    if name == "outside.example":
        return ("114.114.114.114",)
    raise NameLookupError(name, absent=True)


def test_a_missing_name_counts_only_where_the_resolver_was_seen_to_work(server):
    first = failed("http://gone.example/a", FailureKind.DNS, "no such host name: gone.example")
    blind = Dialer(lookup=public_only)
    (undecided,) = settle(server, first, own=blind)
    assert undecided.verdict is LinkVerdict.TRANSIENT
    seeing = Dialer(lookup=public_only)
    asyncio.run(seeing.addresses("outside.example", 80))
    (dead,) = settle(server, first, own=seeing)
    assert dead.verdict is LinkVerdict.BROKEN


def test_a_missing_name_is_looked_up_anew(server):
    answers = iter([NameLookupError("x", absent=True), ("127.0.0.1",)])

    async def lookup(name):
        answer = next(answers)
        if isinstance(answer, NameLookupError):
            raise answer
        return answer

    own = Dialer(lookup=lookup, allowed_hosts=["back.example"])
    url = f"http://back.example:{server.port}/live.html"
    (first,) = ask(server, url, own=own)
    assert first.name_absent
    (settled,) = settle(server, first, own=own)
    assert settled.verdict is LinkVerdict.OK


def test_a_host_is_asked_at_its_rate_and_one_at_a_time(server):
    before = len(server.asked)
    settle(server, *(missing(server.url(f"/nope/{n}")) for n in range(4)), rate=10)
    times = [asked.at for asked in server.asked[before:]]
    assert len(times) == 4
    assert times[-1] - times[0] >= 0.28


def test_a_dead_host_is_left_after_a_few_tries_and_the_others_go_on(server):
    started = monotonic()
    down = [missing(f"http://127.0.0.1:1/{number}") for number in range(40)]
    *lost, found = settle(server, *down, missing(server.url("/nope.html")))
    assert {judged.verdict for judged in lost} == {LinkVerdict.TRANSIENT}
    assert found.verdict is LinkVerdict.BROKEN
    assert monotonic() - started < 5


def test_the_budget_ends_it_all_and_what_is_left_is_not_dead(server):
    started = monotonic()
    firsts = [missing(server.url(f"/drip?{number}")) for number in range(5)]
    settled = settle(server, *firsts, timeout=30, budget=1)
    assert monotonic() - started < 3
    assert {judged.verdict for judged in settled} == {LinkVerdict.TRANSIENT}
    assert all("没有来得及复核" in judged.reason for judged in settled)


def test_a_server_that_asks_for_patience_is_not_asked_on():
    with (busy := HostileServer(busy_until=99)).running():
        first = missing(busy.url("/busy"))
        others = [missing(busy.url(f"/nope/{number}")) for number in range(5)]
        settled = settle(busy, first, *others)
    assert len(busy.asked) == 1
    assert settled[0].verdict is LinkVerdict.BLOCKED
    assert {judged.verdict for judged in settled[1:]} == {LinkVerdict.TRANSIENT}
